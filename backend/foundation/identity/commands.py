"""What can be asked about people, their posts and their PINs."""

from typing import Annotated

import msgspec

from backend.foundation.identity.model import DeviceState, PersonName, Role, Username
from backend.foundation.kernel import limits
from backend.foundation.kernel.sealed_text import SealedText
from backend.foundation.organisation.model import LocalDay, RecordId, Words

Kind = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}$")]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.TEXT_MAX)]


class AddPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add a person who can be given posts; signing in needs a password as well."""

    username: Username
    name: PersonName


class ChangePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Correct a person's name or sign-in name; what is left out stays as it is."""

    username: Username | None = None
    name: PersonName | None = None


class HoldPost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Give a person a post: a role at an outlet, in a unit or in a line, from a day on."""

    post: RecordId
    role: Role
    title: Words
    unit: RecordId | None = None
    outlet: RecordId | None = None
    line: RecordId | None = None
    held_from: LocalDay | None = None
    held_to: LocalDay | None = None


class LeavePost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """End a person's post; `last_day` left out means it ends at once."""

    post: RecordId
    last_day: LocalDay | None = None


class SuspendPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take every right from a person at once; their phone may still hand over unsent work."""

    reason: Reason


class RestorePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Give a suspended person the rights of their posts back."""


class SetPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Set a person's password, handed over as its Argon2 hash; their other sessions end.

    `replaces` is the mark of the password that was there (`rules.mark_of`): one's own is changed by
    somebody who gave the old one, and by no unlocked phone alone."""

    password_hash: Annotated[str, msgspec.Meta(min_length=60, max_length=256)]
    replaces: str | None = None


class SetPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Set one's own PIN of six digits, for signing in on a colleague's phone."""

    sealed: SealedText


class ResetPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take a person's PIN away, so that it opens nothing any more and they set a new one."""


class AppointDeputy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Let somebody decide for a person who is away, from a first day to a last one."""

    person: RecordId
    deputy: RecordId
    first_day: LocalDay
    last_day: LocalDay
    reason: Reason


class EndDeputy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """End it before its last day: what was decided until then stands."""


class HandOverWork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Say that open work of this person goes to somebody else, and why; each piece then goes by its
    own command, and what the former owner still sends is taken as ever."""

    to: RecordId
    items: Annotated[tuple[tuple[Kind, RecordId], ...], msgspec.Meta(min_length=1, max_length=100)]
    reason: Reason


class SetDeviceState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Stop a device, order it to erase itself after it handed over or at once, or let it work."""

    state: DeviceState
    reason: Reason


class EndSessions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sign everybody out on a device; what it holds stays there until they sign in again."""

    reason: Annotated[str, msgspec.Meta(max_length=limits.TEXT_MAX)] = ""


class ConfirmErased(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device says that it erased itself as ordered, and what went with it unsent."""

    unsent: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] = 0
