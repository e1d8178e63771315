"""A round and its findings, as rules think of them and as they lie in the tables."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from backend.foundation.checklists.answers import Value
from backend.foundation.checklists.scoring import Score
from backend.foundation.checklists.sheet import Finding, Severity, Shot
from backend.foundation.evidence.model import Photo

BEFORE = ("finding", "before")  # purposes of photos that show what is wrong
State = Literal["assigned", "open", "submitted", "cancelled"]


class Manifest(msgspec.Struct, frozen=True):
    """What the phone says it sent: how many answers, their hash, every picture with its size."""

    answers: int
    hash: str
    blobs: tuple[tuple[str, int], ...] = ()


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """A correction beside the submitted sheet: what stood there, what should, and why."""

    id: str
    item: str
    was: Value
    was_note: str
    value: Value
    note: str
    reason: str
    by: str
    occurred_at: str
    received_at: str
    score: Score


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sent in good faith after the round had been given to another person."""

    by: str
    first_at: str
    last_at: str
    items: tuple[str, ...] = ()
    submitted: Manifest | None = None


class Round(msgspec.Struct, frozen=True):
    """One visit with one checklist. Times of people are theirs; `received_at` is the server's."""

    id: str
    template: str
    title: dict[str, str]
    outlet: str
    line: str
    rhythm: str
    assignee: str
    assigned_by: str
    opens_at: str | None
    due_at: str | None
    unscheduled: bool
    state: State
    made_at: str
    late_template: bool = False
    reason: str = ""
    opened_at: str | None = None
    submitted_at: str | None = None
    received_at: str | None = None
    submitted_by: str | None = None
    signature: str | None = None
    manifest: Manifest | None = None
    hash_equal: bool = False
    score: Score | None = None
    findings: int = 0
    late: bool = False
    amendments: tuple[Amendment, ...] = ()
    contributions: tuple[Contribution, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """A finding in the sheet of a round, before and after it is frozen."""

    id: str
    round: str
    item: str
    severity: Severity
    text: str
    cause: str
    measure: str
    on_spot: bool
    by: str
    at: str
    raised: bool = False

    def in_sheet(self, photos: Iterable[Photo]) -> Finding:
        """The finding as it travels, with the ids of its photos."""
        own = [photo for photo in photos if photo.finding == self.id]
        return Finding(
            item=self.item,
            severity=self.severity,
            text=self.text,
            cause=self.cause,
            measure=self.measure,
            on_spot=self.on_spot,
            by=self.by,
            at=self.at,
            before=tuple(photo.id for photo in own if photo.purpose in BEFORE),
            after=tuple(photo.id for photo in own if photo.purpose == "after"),
        )


def shots(photos: Iterable[Photo], found: Iterable[Found]) -> list[Shot]:
    """The photos as demands count them. A photo of a finding is one of its item; a refused one
    shows nothing."""
    items = {one.id: one.item for one in found}
    return [
        Shot(
            item=photo.item or items.get(photo.finding or "", ""),
            finding=photo.finding,
            purpose=photo.purpose,
            sha256=photo.sha256,
            source=photo.source,
        )
        for photo in photos
        if photo.state != "refused"
    ]
