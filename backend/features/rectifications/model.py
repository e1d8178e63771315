"""A case as rules think of it and as it lies in the table: one row, its events inside."""

import msgspec

from backend.foundation.kernel import canonical
from backend.foundation.organisation.calendar import Step


class ItemRef(msgspec.Struct, frozen=True):
    """The checklist item that failed, in the words of its day."""

    key: str
    no: str
    text: dict[str, str]


class PhotoRef(msgspec.Struct, frozen=True):
    """A photo of the case: whose it is, and the digest that says which picture."""

    id: str
    sha256: str
    by: str


class HandOver(msgspec.Struct, frozen=True):
    """Offered to another department; the case stays with the sender until somebody accepts.
    `people` are those who were asked: the named person, or who held a post there on that day."""

    to_unit: str
    to_person: str | None
    reason: str
    by: str
    at: str
    people: tuple[str, ...] = ()


class Extension(msgspec.Struct, frozen=True):
    """More time, asked for by the owner. `answer` is asked, granted or refused."""

    until: str
    reason: str
    by: str
    at: str
    answer: str = "asked"


class Point(msgspec.Struct, frozen=True):
    """One remark of a return: what it is about (a photo, the measure, the note) and the remark."""

    about: str
    comment: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing somebody did. `to` is who received the case, `seen` the content decided on,
    `for_person` whom they stood in for."""

    id: str
    type: str
    by: str
    occurred_at: str
    received_at: str
    note: str = ""
    photos: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    to: str | None = None
    seen: str | None = None
    for_person: str | None = None


class Return(msgspec.Struct, frozen=True):
    """A decision that the fix is not good enough, with its remarks."""

    by: str
    at: str
    points: tuple[Point, ...]
    note: str


class Rectification(msgspec.Struct, frozen=True):
    """One finding and how it is put right."""

    id: str
    finding: str
    round: str
    outlet: str
    line: str
    item: ItemRef
    item_key: str
    severity: str
    text: str
    raised_by: str
    raised_at: str
    opened_at: str
    cause: str = ""
    measure: str = ""
    on_spot: bool = False
    state: str = "open"
    owner: str | None = None
    dept: str | None = None
    handover: HandOver | None = None
    due_at: str | None = None
    due_steps: tuple[Step, ...] = ()
    due_waits_for: str | None = None  # the year whose official days are not in yet
    late: bool = False
    fixed_by: str | None = None
    reported_at: str | None = None
    closed_at: str | None = None
    extension: Extension | None = None
    before: tuple[PhotoRef, ...] = ()
    after: tuple[PhotoRef, ...] = ()
    events: tuple[Event, ...] = ()
    returns: tuple[Return, ...] = ()

    def is_overdue(self, now: str) -> bool:
        """Whether the due moment passed while nobody has reported a fix. Never stored."""
        waits = self.state in ("open", "assigned", "accepted", "returned")
        return waits and self.due_at is not None and now > self.due_at


def content_digest(case: Rectification) -> str:
    """SHA-256 of what a decision is made on: the finding, every event, every photo.

    Times, owners and due days are left out: a decision is about what was seen, and an arriving
    photo, note or remark must move it while a re-computed date must not.
    """
    return canonical.digest(
        {
            "id": case.id,
            "finding": case.finding,
            "round": case.round,
            "item": [case.item.key, case.item.no],
            "severity": case.severity,
            "text": case.text,
            "cause": case.cause,
            "measure": case.measure,
            "events": [
                [
                    event.id,
                    event.type,
                    event.by,
                    event.note,
                    [[point.about, point.comment] for point in event.points],
                    list(event.photos),
                ]
                for event in case.events
            ],
            "before": [photo.sha256 for photo in case.before],
            "after": [photo.sha256 for photo in case.after],
        }
    )
