"""What happened to targets, and to people's choices. No fact holds an address or a secret of a
target."""

from backend.foundation.journal.envelope import Fact
from backend.foundation.notices.model import TargetKind


class AddressSet(Fact, frozen=True):
    """A person's e-mail goes there from now on; None: it goes nowhere."""

    person: str
    address: str | None

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"address"})


class Chosen(Fact, frozen=True):
    """A person chose which features send them e-mail, and when not."""

    person: str
    muted: tuple[str, ...]
    quiet: bool


class TargetFact(Fact, frozen=True):
    """Every fact of a target says which one."""

    target: str


class TargetAdded(TargetFact, frozen=True):
    name: str
    kind: TargetKind
    host: str
    kinds: tuple[str, ...]
    outlets: tuple[str, ...]
    lines: tuple[str, ...]


class TargetChanged(TargetFact, frozen=True):
    """`resealed`: address and secret are others."""

    name: str
    host: str
    kinds: tuple[str, ...]
    outlets: tuple[str, ...]
    lines: tuple[str, ...]
    resealed: bool


class TargetPaused(TargetFact, frozen=True):
    pass


class TargetResumed(TargetFact, frozen=True):
    pass


class TargetTested(TargetFact, frozen=True):
    pass


class TargetReplayed(TargetFact, frozen=True):
    """One delivery, or all since a moment."""

    delivery: str | None
    since: str | None


class TargetRemoved(TargetFact, frozen=True):
    name: str


ALL = (
    AddressSet,
    Chosen,
    TargetAdded,
    TargetChanged,
    TargetPaused,
    TargetResumed,
    TargetTested,
    TargetReplayed,
    TargetRemoved,
)
