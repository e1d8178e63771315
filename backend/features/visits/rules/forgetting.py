"""What goes when somebody takes their consent back, refuses, or when the time has come."""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend.features.visits.facts import PartsForgotten
from backend.features.visits.model.parts import Answer, Person
from backend.features.visits.model.visit import Forgotten, Refusal, Visit
from backend.features.visits.rules.decision import Decision, moved, place, step
from backend.features.visits.rules.submitting import REQUIRED
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.privacy.model import Cause

_NOTHING: tuple[Any, ...] = (None, "", (), [])
_NOT_PERSONAL = frozenset({"id", "visit", "aspect", "sealed", "address_as"})


def forget(
    visit: Visit, aspects: tuple[str, ...], action: AtEnd, cause: Cause, actor: Actor, when: When
) -> Decision:
    """The visit with these parts told as gone. A living one that can no longer become what it was
    asked for ends, and the outlet's counter is what is offered."""
    told = [
        Forgotten(aspect, action, cause, when.received_at)  # type: ignore[arg-type]
        for aspect in aspects
    ]
    others = [one for one in visit.forgotten if one.aspect not in aspects]
    values: dict[str, Any] = {"forgotten": (*others, *told)}
    state = moved(visit, "withdraw") if _ends(visit, aspects, cause) else None
    if state is not None:
        refusal = _refusal(cause, actor, when)
        values |= {"state": state, "refusal": refusal, "decided_at": when.judged_at}
    after = step(visit, "forgotten", actor, when, **values)
    fact = PartsForgotten(
        **place(visit),
        aspects=aspects,
        action=action,
        cause=cause,
        ended=state is not None,
        staff=visit.staff,
    )
    return Decision(after, (fact,))


def revokes(aspects: Iterable[str], cause: Cause) -> bool:
    """Whether what rests on these parts may not be used any more. Photos and address may go and
    the wish stands; what is over by its time was used or expired long ago."""
    return cause == "withdrawal" and not set(aspects).isdisjoint(REQUIRED)


def filled(part: Person | Answer) -> int:
    """How many personal fields of the part say something."""
    plain = msgspec.structs.asdict(part)
    return sum(
        1 for name, value in plain.items() if name not in _NOT_PERSONAL and value not in _NOTHING
    )


def _ends(visit: Visit, aspects: tuple[str, ...], cause: Cause) -> bool:
    """A verification that nobody agrees to any more; and a visit that lay until nobody knows where
    it was to go."""
    if cause == "retention":
        return "address" in aspects
    return visit.kind == "verification" and revokes(aspects, cause)


def _refusal(cause: Cause, actor: Actor, when: When) -> Refusal:
    if cause == "retention":
        return Refusal("staff", "other", "branch", actor.id, when.judged_at)
    return Refusal("customer", "withdrew", "branch", actor.id, when.judged_at)
