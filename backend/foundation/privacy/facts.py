"""What happened to notices, consents and what is kept. `ConsentWithdrawn` and `RetentionEnded` are
shared: the feature whose record it is reacts by erasing or sealing, and orders a certificate."""

from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.privacy.commands import Asker, Channel, How, Principal
from backend.foundation.privacy.model import Cause


class NoticePublished(Fact, frozen=True):
    """A notice is in force from now on. `notice` is the digest of its content."""

    notice: str
    code: str
    edition: str
    purposes: tuple[str, ...]


class NoticeRetired(Fact, frozen=True):
    """Nobody new is told this notice; consents that have it keep it."""

    notice: str


class ConsentGiven(Fact, frozen=True):
    """A person, or a child's guardian, answered the purposes of a notice one by one."""

    consent: str
    parent_kind: str
    parent_id: str
    notice: str
    principal: Principal
    how: How
    given: tuple[str, ...]
    refused: tuple[str, ...]
    valid_until: str | None


class WithdrawalRecorded(Fact, frozen=True):
    """By which channel a consent was taken back, who asked, and who took it down."""

    consent: str
    purposes: tuple[str, ...]
    channel: Channel
    asked_by: Asker
    staff: str


class ConsentWithdrawn(Fact, frozen=True):
    """What was kept of this record for these purposes has to go until `erase_by`. `action` is
    `seal` while a hold is on the record; the same fact follows with `erase` when it is released."""

    consent: str
    parent_kind: str
    parent_id: str
    purposes: tuple[str, ...]
    at: str
    erase_by: str
    action: AtEnd = "erase"


class RetentionEnded(Fact, frozen=True):
    """The time has come for a class of things of this record."""

    parent_kind: str
    parent_id: str
    klass: str
    action: AtEnd


class RecordHeld(Fact, frozen=True):
    """Nothing of this record is erased from now on."""

    hold: str
    parent_kind: str
    parent_id: str
    why: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        return frozenset({"why"})


class HoldReleased(Fact, frozen=True):
    """This hold stops nothing any more; another one on the same record may."""

    hold: str
    parent_kind: str
    parent_id: str
    why: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        """What people wrote in their own words."""
        return frozenset({"why"})


class ErasureOrdered(Fact, frozen=True):
    """These records and bytes were erased, or sealed, for this cause under this rule."""

    certificate: str
    cause: Cause
    action: AtEnd
    rule: str
    records: tuple[tuple[str, str], ...]
    fields: int
    digests: tuple[str, ...]
    erase_by: str


class ErasureDone(Fact, frozen=True):
    """Every byte that the certificate names is gone."""

    certificate: str


ALL = (
    NoticePublished,
    NoticeRetired,
    ConsentGiven,
    WithdrawalRecorded,
    ConsentWithdrawn,
    RetentionEnded,
    RecordHeld,
    HoldReleased,
    ErasureOrdered,
    ErasureDone,
)
