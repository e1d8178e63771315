"""What happened to a case. Free text is personal: it lives in the part that can be erased."""

from backend.foundation.journal.envelope import Fact


class CaseFact(Fact, frozen=True):
    """Every fact of a case says which case, where, and in which line."""

    case: str
    outlet: str
    line: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        return frozenset({"note", "reason"} & set(cls.__struct_fields__))


class Opened(CaseFact, frozen=True):
    """A finding became a case with a due day, or was born closed because fixed on the spot."""

    finding: str
    severity: str
    on_spot: bool
    raised_by: str
    due_at: str | None


class Assigned(CaseFact, frozen=True):
    owner: str
    due_at: str | None


class Accepted(CaseFact, frozen=True):
    owner: str


class Declined(CaseFact, frozen=True):
    by: str
    reason: str


class PhotoAttached(CaseFact, frozen=True):
    photo: str
    sha256: str


class PhotoDetached(CaseFact, frozen=True):
    photo: str


class Reported(CaseFact, frozen=True):
    fixed_by: str
    raised_by: str
    late: bool
    photos: tuple[str, ...]
    note: str


class ExtensionRequested(CaseFact, frozen=True):
    by: str
    until: str
    reason: str


class Extended(CaseFact, frozen=True):
    owner: str | None
    due_at: str


class ExtensionRefused(CaseFact, frozen=True):
    owner: str | None
    reason: str


class DueRecounted(CaseFact, frozen=True):
    """The official days of a year came in, and with them the due day moved."""

    owner: str | None
    due_at: str
    before: str


class Approved(CaseFact, frozen=True):
    by: str
    owner: str | None
    raised_by: str
    content_digest: str
    note: str


class Returned(CaseFact, frozen=True):
    by: str
    owner: str | None
    content_digest: str
    points: int
    note: str


class Reopened(CaseFact, frozen=True):
    by: str
    owner: str | None
    reason: str


class Cancelled(CaseFact, frozen=True):
    by: str
    owner: str | None
    raised_by: str
    reason: str


class HandedOver(CaseFact, frozen=True):
    by: str
    to_unit: str
    people: tuple[str, ...]
    reason: str


class TakenOver(CaseFact, frozen=True):
    by: str
    sender: str | None
    to_unit: str


class HandOverDeclined(CaseFact, frozen=True):
    by: str
    sender: str
    reason: str


class KeptAside(CaseFact, frozen=True):
    """A note or photo came after the case had moved on: kept as an event, nothing moved."""

    by: str
    wanted: str
    state: str
    decided_by: str | None
    photos: tuple[str, ...]
    note: str


ALL = (
    Opened,
    Assigned,
    Accepted,
    Declined,
    PhotoAttached,
    PhotoDetached,
    Reported,
    ExtensionRequested,
    Extended,
    ExtensionRefused,
    DueRecounted,
    Approved,
    Returned,
    Reopened,
    Cancelled,
    HandedOver,
    TakenOver,
    HandOverDeclined,
    KeptAside,
)
