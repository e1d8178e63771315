"""Who has the case: assigning, accepting, giving back, handing to another department."""

from backend.features.rectifications import problems
from backend.features.rectifications.commands import (
    Assign,
    Decline,
    DeclineOver,
)
from backend.features.rectifications.commands import (
    HandOver as AskedHandOver,
)
from backend.features.rectifications.facts import (
    Accepted,
    Assigned,
    Declined,
    HandedOver,
    HandOverDeclined,
    TakenOver,
)
from backend.features.rectifications.model import HandOver, Rectification
from backend.features.rectifications.rules.dating import dated
from backend.features.rectifications.rules.decision import (
    Decision,
    aside,
    is_fixer,
    joined,
    place,
    require_fixer,
    step,
    was_owner,
)
from backend.features.rectifications.states import (
    COORDINATORS,
    LIVING,
    MACHINE,
    OUTLET_STAFF,
)
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import bad_transition, forbidden
from backend.foundation.organisation.calendar import Due


def assign(
    case: Rectification, asked: Assign, actor: Actor, when: When, due: Due | None
) -> Decision:
    """The owner changes and the due day may. Assigning the same person again changes nothing."""
    state = MACHINE.require("assign", case.state, actor, outlet=case.outlet, line=case.line)
    if case.owner == asked.owner and case.state in ("assigned", "accepted") and due is None:
        return Decision(case, status="merged")
    given = step(
        case,
        "assigned",
        actor,
        when,
        to=asked.owner,
        state=state,
        owner=asked.owner,
        handover=None,
        **dated(due),
    )
    return Decision(given, (Assigned(**place(case), owner=asked.owner, due_at=given.due_at),))


def accept(case: Rectification, actor: Actor, when: When) -> Decision:
    """The owner takes the case on; one that nobody has may be taken by anyone of the outlet."""
    if case.owner is None:
        if not actor.may(OUTLET_STAFF, case.outlet, case.line):
            raise forbidden(move="accept")
    else:
        require_fixer(case, actor)
    if case.state == "accepted" and case.owner == actor.id:
        return Decision(case, status="merged")
    state = MACHINE.require("accept", case.state, actor, outlet=case.outlet, line=case.line)
    taken = step(case, "accepted", actor, when, to=actor.id, state=state, owner=actor.id)
    return Decision(taken, (Accepted(**place(case), owner=actor.id),))


def decline(case: Rectification, asked: Decline, actor: Actor, when: When) -> Decision:
    """Back to the manager with a reason. Whoever lost the case meanwhile keeps the reason told."""
    if not is_fixer(case, actor) and was_owner(case, actor):
        refused = problems.not_owner
        return aside(case, "decline", actor, when, note=asked.reason, refused=refused)
    require_fixer(case, actor)
    if MACHINE.move("decline", case.state) is None:
        return aside(case, "decline", actor, when, note=asked.reason)
    back = step(case, "declined", actor, when, note=asked.reason, state="open", owner=None)
    return Decision(back, (Declined(**place(case), by=actor.id, reason=asked.reason),))


def hand_over(
    case: Rectification,
    asked: AskedHandOver,
    actor: Actor,
    when: When,
    people: tuple[str, ...],
) -> Decision:
    """An offer: owner and department stay as they are until the other side accepts."""
    if not actor.may(COORDINATORS, case.outlet, case.line):
        require_fixer(case, actor)
    if case.state not in LIVING:
        raise bad_transition(state=case.state, move="hand_over")
    if case.handover is not None:
        raise problems.handover_waiting()
    offer = HandOver(
        to_unit=asked.to_unit,
        to_person=asked.to_person,
        reason=asked.reason,
        by=actor.id,
        at=when.received_at,
        people=people,
    )
    offered = step(
        case,
        "handed_over",
        actor,
        when,
        note=asked.reason,
        to=asked.to_person or asked.to_unit,
        handover=offer,
    )
    fact = HandedOver(
        **place(case),
        by=actor.id,
        to_unit=asked.to_unit,
        people=people,
        reason=asked.reason,
    )
    return Decision(offered, (fact,))


def take_over(case: Rectification, actor: Actor, when: When, units: frozenset[str]) -> Decision:
    """The receiver becomes owner; only now does the case leave the sender."""
    offer = case.handover
    if offer is None and case.owner == actor.id and case.state == "accepted":
        return Decision(case, status="merged")
    offer = _received(case, actor, units)
    state = MACHINE.require("take_over", case.state, actor, outlet=case.outlet, line=case.line)
    taken = step(
        case,
        "taken_over",
        actor,
        when,
        to=actor.id,
        state=state,
        owner=actor.id,
        dept=offer.to_unit,
        handover=None,
    )
    fact = TakenOver(**place(case), by=actor.id, sender=case.owner, to_unit=offer.to_unit)
    return Decision(taken, (fact,))


def decline_over(
    case: Rectification, asked: DeclineOver, actor: Actor, when: When, units: frozenset[str]
) -> Decision:
    """The offer is gone, the reason stays, and so does the owner."""
    offer = _received(case, actor, units)
    kept = step(case, "over_declined", actor, when, note=asked.reason, to=offer.by, handover=None)
    fact = HandOverDeclined(**place(case), by=actor.id, sender=offer.by, reason=asked.reason)
    return Decision(kept, (fact,))


def _received(case: Rectification, actor: Actor, units: frozenset[str]) -> HandOver:
    """The offer, if it was made to this person or to a department they hold a post in."""
    offer = case.handover
    if offer is None:
        raise problems.no_handover()
    came = offer.to_person is None and joined(case, offer, units)
    if actor.id not in offer.people and not came:
        raise forbidden(move="take_over")
    return offer
