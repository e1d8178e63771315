"""What happened at an event. Free text is personal: it lives in the part that can be erased. No
fact holds a name, a code, a number, its hash, or the key of an event."""

from backend.features.events.commands import EventKind, How, People
from backend.foundation.journal.envelope import Fact


class EventFact(Fact, frozen=True):
    """Every fact of an event says which event, where, and in which line."""

    event: str
    outlet: str
    line: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        return frozenset({"theme", "note", "reason", "text"} & set(cls.__struct_fields__))


class Planned(EventFact, frozen=True):
    kind: EventKind
    theme: str
    day: str
    by: str


class Revised(EventFact, frozen=True):
    theme: str
    day: str
    by: str


class Proposed(EventFact, frozen=True):
    by: str
    approver: str | None


class Approved(EventFact, frozen=True):
    by: str
    planned_by: str
    staff: tuple[str, ...]
    content_digest: str
    note: str


class Returned(EventFact, frozen=True):
    """The plan, or with `result` what was handed in, went back with remarks."""

    by: str
    to: str
    result: bool
    content_digest: str
    points: int


class Cancelled(EventFact, frozen=True):
    by: str
    people: tuple[str, ...]
    reason: str


class StaffAssigned(EventFact, frozen=True):
    by: str
    came: tuple[str, ...]
    left: tuple[str, ...]


class Invited(EventFact, frozen=True):
    roster: str
    entries: tuple[str, ...]


class Uninvited(EventFact, frozen=True):
    roster: str
    entries: tuple[str, ...]


class Opened(EventFact, frozen=True):
    by: str


class Closed(EventFact, frozen=True):
    """The counts that stood when the event was closed; what comes later does not change them."""

    by: str
    persons: int
    sightings: int
    voided: int


class Reopened(EventFact, frozen=True):
    by: str
    late: int
    reason: str


class CheckedIn(EventFact, frozen=True):
    check_in: str
    how: How
    late: bool


class CameLate(EventFact, frozen=True):
    """The first sighting that came after the closing."""

    planned_by: str
    closed_by: str
    by: str


class Voided(EventFact, frozen=True):
    check_ins: tuple[str, ...]
    late: bool
    by: str
    reason: str


class DuplicateJudged(EventFact, frozen=True):
    a: str
    b: str
    same: bool
    by: str


class Tallied(EventFact, frozen=True):
    counter: str
    n: int
    late: bool


class HandedOut(EventFact, frozen=True):
    material: str
    n: int
    late: bool


class Restocked(EventFact, frozen=True):
    material: str
    n: int
    note: str


class StockCounted(EventFact, frozen=True):
    material: str
    counted: int
    expected: int


class Asked(EventFact, frozen=True):
    question: str
    text: str


class FollowUpAsked(EventFact, frozen=True):
    follow_up: str
    consent: str


class FollowUpDone(EventFact, frozen=True):
    follow_up: str
    outcome: str


class ConsentNoted(EventFact, frozen=True):
    consent: str
    minor: bool


class PhotoAttached(EventFact, frozen=True):
    photo: str
    sha256: str
    people: People
    boxes: int
    consent: str | None


class PhotoDetached(EventFact, frozen=True):
    photo: str
    by: str


class Concluded(EventFact, frozen=True):
    by: str
    approved_by: str | None
    persons: int
    photos: tuple[str, ...]


class ResultAccepted(EventFact, frozen=True):
    by: str
    handed_in_by: str
    content_digest: str
    note: str


ALL = (
    Planned,
    Revised,
    Proposed,
    Approved,
    Returned,
    Cancelled,
    StaffAssigned,
    Invited,
    Uninvited,
    Opened,
    Closed,
    Reopened,
    CheckedIn,
    CameLate,
    Voided,
    DuplicateJudged,
    Tallied,
    HandedOut,
    Restocked,
    StockCounted,
    Asked,
    FollowUpAsked,
    FollowUpDone,
    ConsentNoted,
    PhotoAttached,
    PhotoDetached,
    Concluded,
    ResultAccepted,
)
