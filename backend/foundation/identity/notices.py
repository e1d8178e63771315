"""Who hears about PINs: the person, always. Whoever has an unlocked phone in hand can set one."""

from collections.abc import Iterable

from backend.foundation.identity.facts import PinReset, PinSet
from backend.foundation.journal.envelope import Context, Told
from backend.foundation.journal.manifest import Notices


def pin_set(fact: PinSet, _context: Context) -> Iterable[Told]:
    """The person whose PIN it is."""
    yield Told(fact.person, "pin_set", {}, ("pin", fact.person))


def pin_reset(fact: PinReset, _context: Context) -> Iterable[Told]:
    """The person whose PIN it was."""
    yield Told(fact.person, "pin_reset", {}, ("pin", fact.person))


ALL = (
    Notices(PinSet, pin_set, "PIN 已设置", "PIN set"),
    Notices(PinReset, pin_reset, "PIN 已清除", "PIN taken away"),
)
