"""What happened at visits, and to authorisations. Whatever is about the customer lies in the half
that can be erased; facts about a part are facts of that part's record, and go with it."""

from typing import Any

from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.privacy.model import Cause


class VisitFact(Fact, frozen=True):
    """Every fact of a visit says which one, where, and in which line."""

    visit: str
    outlet: str
    line: str


class Requested(VisitFact, frozen=True):
    kind: str
    business: str
    asked_by: str
    channel: str
    why: str
    day: str
    by: str
    name: str
    address: str
    phone: str | None
    agent: dict[str, Any] | None

    @classmethod
    def personal(cls) -> frozenset[str]:
        """Who they are, where they live and why they cannot come."""
        return frozenset({"why", "name", "address", "phone", "agent"})


class Scheduled(VisitFact, frozen=True):
    staff: tuple[str, ...]
    earlier: tuple[str, ...]
    day: str
    begins: str


class Reordered(Fact, frozen=True):
    person: str
    day: str
    order: tuple[str, ...]


class Postponed(VisitFact, frozen=True):
    staff: tuple[str, ...]
    scheduled_by: str | None
    requested_by: str
    by: str
    reason: str
    alternative: str
    day: str | None


class Declined(VisitFact, frozen=True):
    staff: tuple[str, ...]
    scheduled_by: str | None
    requested_by: str
    by: str
    reason: str
    alternative: str


class Cancelled(VisitFact, frozen=True):
    staff: tuple[str, ...]
    requested_by: str
    reason: str


class Remarked(VisitFact, frozen=True):
    about: str
    text: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        return frozenset({"text"})


class SignedIn(VisitFact, frozen=True):
    person: str
    how: str


class Located(VisitFact, frozen=True):
    person: str
    geo: dict[str, Any]

    @classmethod
    def personal(cls) -> frozenset[str]:
        """It is the customer's home."""
        return frozenset({"geo"})


class Signed(VisitFact, frozen=True):
    photo: str
    sha256: str


class Sighted(VisitFact, frozen=True):
    of: str
    document: str
    matches: bool

    @classmethod
    def personal(cls) -> frozenset[str]:
        """Whether somebody is who they say."""
        return frozenset({"document", "matches"})


class AgentNoted(VisitFact, frozen=True):
    present: bool
    relationship: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """Who was at somebody's home."""
        return frozenset({"present", "relationship"})


class ConditionObserved(VisitFact, frozen=True):
    responds_to_name: str
    states_purpose: str
    doubt: bool
    note: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """How somebody is."""
        return frozenset({"responds_to_name", "states_purpose", "doubt", "note"})


class IntentionRecorded(VisitFact, frozen=True):
    words: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What somebody said."""
        return frozenset({"words"})


class RecordingNoted(VisitFact, frozen=True):
    recorder: str
    number: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """Where somebody's voice is kept."""
        return frozenset({"recorder", "number"})


class PhotoAttached(VisitFact, frozen=True):
    photo: str
    sha256: str


class PhotoDetached(VisitFact, frozen=True):
    photo: str


class AuthorityNamed(VisitFact, frozen=True):
    business: tuple[str, ...]
    scope: str
    until: str


class Guided(VisitFact, frozen=True):
    topics: tuple[str, ...]
    minutes: int


class HandedOver(VisitFact, frozen=True):
    hand_over: str
    what: str
    number: str
    giver: str
    taker: str


class Submitted(VisitFact, frozen=True):
    by: str
    staff: tuple[str, ...]
    reviewers: tuple[str, ...]


class Accepted(VisitFact, frozen=True):
    by: str
    staff: tuple[str, ...]
    requested_by: str
    content_digest: str
    authorisation: str | None


class Returned(VisitFact, frozen=True):
    by: str
    staff: tuple[str, ...]
    content_digest: str
    points: tuple[str, ...]


class KeptAside(VisitFact, frozen=True):
    """Something came after the visit had moved on, or from somebody who no longer had it."""

    by: str
    wanted: str
    state: str
    people: tuple[str, ...]


class PartsForgotten(VisitFact, frozen=True):
    """These parts of the visit are erased or sealed. `ended` says that the visit ended by it."""

    aspects: tuple[str, ...]
    action: AtEnd
    cause: Cause
    ended: bool
    staff: tuple[str, ...]


class AuthorisationFact(Fact, frozen=True):
    """Every fact of an authorisation says which one, of which visit, and where."""

    authorisation: str
    visit: str
    outlet: str
    line: str


class Issued(AuthorisationFact, frozen=True):
    number: str
    business: tuple[str, ...]
    scope: str
    until: str


class Used(AuthorisationFact, frozen=True):
    use: str
    business: str
    reference: str


class UseRefused(AuthorisationFact, frozen=True):
    """Somebody told of business on an authorisation that no longer held."""

    code: str
    business: str
    reference: str
    by: str
    issued_by: str


class Revoked(AuthorisationFact, frozen=True):
    by: str
    reason: str
    staff: tuple[str, ...]


ALL = (
    Requested,
    Scheduled,
    Reordered,
    Postponed,
    Declined,
    Cancelled,
    Remarked,
    SignedIn,
    Located,
    Signed,
    Sighted,
    AgentNoted,
    ConditionObserved,
    IntentionRecorded,
    RecordingNoted,
    PhotoAttached,
    PhotoDetached,
    AuthorityNamed,
    Guided,
    HandedOver,
    Submitted,
    Accepted,
    Returned,
    KeptAside,
    PartsForgotten,
    Issued,
    Used,
    UseRefused,
    Revoked,
)
