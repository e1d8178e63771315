"""What can be asked of privacy. `Giving` and `Sighted` travel inside the features' own commands."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.evidence.commands import Digest, Id, Instant
from backend.foundation.kernel import limits
from backend.foundation.organisation.model import Code, RecordId
from backend.foundation.privacy.notice import PURPOSES_MAX, NoticeDoc, PurposeCode

Channel = Literal["branch", "phone", "letter", "online", "visit"]
Asker = Literal["person", "guardian", "agent"]
Principal = Literal["person", "guardian"]
How = Literal["signature", "thumbprint", "spoken"]
Document = Literal["identity_card", "household_register", "passport", "residence_permit", "other"]
# Nothing longer fits: not the last six, not a card number with its middle left out.
LastFour = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z]{4}$")]
Why = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.TEXT_MAX)]
Kind = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z_]{0,39}$")]
STAFF_MAX = 8
ERASED_BYTES_MAX = 1000  # a record with all its photos and their small pictures
ERASED_PEOPLE_MAX = 10_000  # everybody of a large house


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Unknown fields are refused, not dropped."""


class PublishNotice(Asked, frozen=True):
    """The data-protection officer puts a notice in force; its id is the digest of its content."""

    doc: NoticeDoc


class RetireNotice(Asked, frozen=True):
    """The data-protection officer takes a notice out of use; consents keep the one they had."""


class Answered(Asked, frozen=True):
    """One purpose, answered by itself. There is no answer to all of them together."""

    purpose: PurposeCode
    given: bool


class Giving(Asked, frozen=True):
    """What a person answered to a notice, and how: signed on glass (`photo`), by thumbprint
    (`photo` and `witness`), or spoken (`witness`). `staff` were present."""

    id: Id
    notice: Digest
    principal: Principal
    answers: Annotated[tuple[Answered, ...], msgspec.Meta(max_length=PURPOSES_MAX)]
    how: How
    staff: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=STAFF_MAX)]
    photo: Id | None = None
    witness: Id | None = None
    valid_until: Instant | None = None


class Sighted(Asked, frozen=True):
    """An identity document was looked at and given back: its kind, whether it is the person's, and
    at most its last four characters."""

    kind: Document
    matches: bool
    last_four: LastFour | None = None


class Withdraw(Asked, frozen=True):
    """Somebody takes a consent back, wholly (no purposes named) or for some purposes, by any
    channel; what was kept under it is erased, or sealed while a hold is on it."""

    channel: Channel
    asked_by: Asker
    purposes: Annotated[tuple[PurposeCode, ...], msgspec.Meta(min_length=1)] | None = None
    staff: Id | None = None


class HoldRecord(Asked, frozen=True):
    """The data-protection officer stops the erasing of a record, and says why."""

    parent: tuple[Kind, RecordId]
    why: Why


class ReleaseHold(Asked, frozen=True):
    """The data-protection officer lets erasing go on, and says why."""

    why: Why


class RepeatErasure(Asked, frozen=True):
    """The house erases again what was erased after the backup that it was restored from."""

    digests: Annotated[tuple[Digest, ...], msgspec.Meta(max_length=ERASED_BYTES_MAX)] = ()
    within: tuple[Kind, RecordId] | None = None
    people: Annotated[tuple[Id, ...], msgspec.Meta(max_length=ERASED_PEOPLE_MAX)] = ()


class Expire(Asked, frozen=True):
    """The time for which a class of things of a record is kept has ended."""

    klass: Code
