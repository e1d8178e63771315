"""More time: granted or refused by whoever coordinates."""

from datetime import date

import msgspec

from backend.features.rectifications import problems
from backend.features.rectifications.commands import Extend, RefuseExtension
from backend.features.rectifications.facts import Extended, ExtensionRefused
from backend.features.rectifications.model import Extension, Rectification
from backend.features.rectifications.rules.dating import dated
from backend.features.rectifications.rules.decision import Decision, place, require_role, step
from backend.features.rectifications.states import COORDINATORS, LIVING
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import bad_transition
from backend.foundation.organisation.calendar import Due


def extend(
    case: Rectification, asked: Extend, actor: Actor, when: When, due: Due, today: date
) -> Decision:
    """A later due day, with its steps. A waiting request counts as granted."""
    require_role(case, actor, COORDINATORS, "extend")
    if case.state not in LIVING:
        raise bad_transition(state=case.state, move="extend")
    due_at = wire(due.due_at)
    if asked.due_on <= today.isoformat() or (case.due_at and due_at <= case.due_at):
        raise problems.due_day_past(until=asked.due_on)
    later = step(
        case,
        "extended",
        actor,
        when,
        note=asked.note,
        **dated(due),
        extension=_answered(case.extension, "granted"),
    )
    return Decision(later, (Extended(**place(case), owner=case.owner, due_at=due_at),))


def refuse_extension(
    case: Rectification, asked: RefuseExtension, actor: Actor, when: When
) -> Decision:
    """The due day stays, and the owner reads why."""
    require_role(case, actor, COORDINATORS, "refuse_extension")
    if case.extension is None or case.extension.answer != "asked":
        raise problems.no_extension_asked()
    kept = step(
        case,
        "extension_refused",
        actor,
        when,
        note=asked.reason,
        extension=_answered(case.extension, "refused"),
    )
    fact = ExtensionRefused(**place(case), owner=case.owner, reason=asked.reason)
    return Decision(kept, (fact,))


def _answered(wish: Extension | None, answer: str) -> Extension | None:
    return None if wish is None else msgspec.structs.replace(wish, answer=answer)
