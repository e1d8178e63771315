"""What happened to a round. Free text is personal: it lives in the part that can be erased."""

from typing import Any

from backend.foundation.journal.envelope import Fact


class RoundFact(Fact, frozen=True):
    """Every fact of a round says which round, where, and in which line."""

    round: str
    outlet: str
    line: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        worded = {"note", "reason", "text", "value", "was", "was_note"}
        return frozenset(worded & set(cls.__struct_fields__))


class Assigned(RoundFact, frozen=True):
    assignee: str
    template: str
    rhythm: str
    due_at: str


class Reassigned(RoundFact, frozen=True):
    """The round went to somebody else; the earlier assignee may still send in good faith."""

    earlier: str
    assignee: str
    reason: str


class Cancelled(RoundFact, frozen=True):
    assignee: str
    reason: str


class Started(RoundFact, frozen=True):
    """A round that nobody planned."""

    assignee: str
    template: str
    late_template: bool


class Opened(RoundFact, frozen=True):
    by: str


class AnswerSet(RoundFact, frozen=True):
    """`chosen` is one of the template's own answers, which says nothing of a person; what was
    measured, written, placed or dated is the `value`."""

    item: str
    slot: str
    chosen: Any
    value: Any
    note: str


class AnswerCleared(RoundFact, frozen=True):
    item: str
    slot: str


class PhotoAttached(RoundFact, frozen=True):
    photo: str
    sha256: str
    item: str | None
    finding: str | None
    purpose: str


class PhotoDetached(RoundFact, frozen=True):
    photo: str
    reason: str


class FindingRecorded(RoundFact, frozen=True):
    finding: str
    item: str
    severity: str
    on_spot: bool
    text: str


class FindingDropped(RoundFact, frozen=True):
    finding: str


class Submitted(RoundFact, frozen=True):
    """The sheet is frozen. `hash` is the server's own; `hash_equal` says the phone had the same."""

    by: str
    assigned_by: str
    template: str
    hash: str
    hash_equal: bool
    points: int
    max: int
    vetoed: tuple[str, ...]
    findings: int
    late: bool


class Amended(RoundFact, frozen=True):
    by: str
    assignee: str
    item: str
    was: Any
    value: Any
    was_note: str
    note: str
    reason: str


class ContributedLate(RoundFact, frozen=True):
    """Work of the earlier assignee arrived after the round was given away, in good faith."""

    by: str
    assignee: str
    assigned_by: str


ALL = (
    Assigned,
    Reassigned,
    Cancelled,
    Started,
    Opened,
    AnswerSet,
    AnswerCleared,
    PhotoAttached,
    PhotoDetached,
    FindingRecorded,
    FindingDropped,
    Submitted,
    Amended,
    ContributedLate,
)
