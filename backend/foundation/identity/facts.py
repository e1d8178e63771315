"""What happened to people and their posts, for neighbours and for the chain."""

from backend.foundation.identity.model import DeviceState, Role
from backend.foundation.journal.envelope import Fact


class PersonAdded(Fact, frozen=True):
    """A person can be given posts from now on."""

    person: str
    username: str
    name: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"name", "username"})


class PersonChanged(Fact, frozen=True):
    """A person's name or sign-in name was corrected."""

    person: str
    username: str
    name: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"name", "username"})


class PostHeld(Fact, frozen=True):
    """A person holds a post from a day on."""

    person: str
    post: str
    role: Role
    unit: str | None
    outlet: str | None
    line: str | None
    held_from: str
    held_to: str | None


class PostLeft(Fact, frozen=True):
    """A post ends: on its last day, or at once when there is none."""

    person: str
    post: str
    role: Role
    last_day: str | None


class PersonSuspended(Fact, frozen=True):
    """A person lost every right."""

    person: str
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


class PersonRestored(Fact, frozen=True):
    """A suspended person has the rights of their posts again."""

    person: str


class PasswordSet(Fact, frozen=True):
    """A person has a new password, and their other sessions ended. `one_time`: somebody else gave
    it, and it has to be exchanged for one of their own."""

    person: str
    one_time: bool = False


class PinSet(Fact, frozen=True):
    """A person has a new PIN: whoever publishes its check publishes again."""

    person: str


class PinReset(Fact, frozen=True):
    """A person's PIN was taken away by an administrator."""

    person: str


class DeputyAppointed(Fact, frozen=True):
    """Somebody decides for an absent person on these days."""

    person: str
    deputy: str
    first_day: str
    last_day: str
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


class DeputyEnded(Fact, frozen=True):
    """A deputy decides for nobody any more, before the last day."""

    person: str
    deputy: str
    last_day: str


class WorkHandedOver(Fact, frozen=True):
    """An administrator gave open work of one person to another. What became of each piece its own
    facts tell: some may have been refused."""

    person: str
    to: str
    items: tuple[tuple[str, str], ...]
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


class DeviceStateSet(Fact, frozen=True):
    """What a device may do was changed."""

    device: str
    state: DeviceState
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


class SessionsEnded(Fact, frozen=True):
    """Everybody was signed out on a device."""

    device: str
    people: tuple[str, ...]
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


class DeviceErased(Fact, frozen=True):
    """A device said that it erased itself as ordered; `unsent` things went with it."""

    device: str
    unsent: int


ALL = (
    PersonAdded,
    PersonChanged,
    PostHeld,
    PostLeft,
    PersonSuspended,
    PersonRestored,
    PasswordSet,
    PinSet,
    PinReset,
    DeputyAppointed,
    DeputyEnded,
    WorkHandedOver,
    DeviceStateSet,
    SessionsEnded,
    DeviceErased,
)
