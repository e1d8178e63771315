"""Who hears about PINs: the person, always. Whoever has an unlocked phone in hand can set one. And
about deputies: both, but for whoever did it."""

from collections.abc import Iterable

from backend.foundation.identity.facts import DeputyAppointed, DeputyEnded, PinReset, PinSet
from backend.foundation.journal.envelope import Context, Told
from backend.foundation.journal.manifest import Notices


def pin_set(fact: PinSet, _context: Context) -> Iterable[Told]:
    """The person whose PIN it is."""
    yield Told(fact.person, "pin_set", {}, ("pin", fact.person))


def pin_reset(fact: PinReset, _context: Context) -> Iterable[Told]:
    """The person whose PIN it was."""
    yield Told(fact.person, "pin_reset", {}, ("pin", fact.person))


def deputy_appointed(fact: DeputyAppointed, context: Context) -> Iterable[Told]:
    """The deputy, and the absent person where somebody else ordered it."""
    params = {"person": fact.person, "deputy": fact.deputy}
    params |= {"since": fact.first_day, "until": fact.last_day}
    for person in (fact.person, fact.deputy):
        if person != context.actor.id:
            yield Told(person, "deputy_appointed", params, context.rec)


def deputy_ended(fact: DeputyEnded, context: Context) -> Iterable[Told]:
    """Both, without whoever ended it."""
    params = {"person": fact.person, "deputy": fact.deputy}
    for person in (fact.person, fact.deputy):
        if person != context.actor.id:
            yield Told(person, "deputy_ended", params, context.rec)


ALL = (
    Notices(PinSet, pin_set, "PIN 已设置", "PIN set"),
    Notices(PinReset, pin_reset, "PIN 已清除", "PIN taken away"),
    Notices(DeputyAppointed, deputy_appointed, "已指定代理人", "Deputy appointed"),
    Notices(DeputyEnded, deputy_ended, "代理已结束", "Deputy ended"),
)
