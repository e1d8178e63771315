"""Asking for a visit, giving it to two people, putting it off, refusing it, calling it off."""

from datetime import date

import msgspec

from backend.features.visits import problems
from backend.features.visits.commands.planning import (
    Cancel,
    Decline,
    Postpone,
    Reorder,
    Request,
    Schedule,
)
from backend.features.visits.facts import (
    Cancelled,
    Declined,
    Postponed,
    Reordered,
    Requested,
    Scheduled,
)
from backend.features.visits.model.parts import Agent, Person
from backend.features.visits.model.visit import Cancel as CancelNote
from backend.features.visits.model.visit import Delay, Event, Refusal, Route, Visit
from backend.features.visits.rules.decision import (
    Decision,
    aside,
    moved,
    place,
    require_role,
    standing,
    step,
)
from backend.features.visits.states import (
    ADMINISTRATION,
    COORDINATORS,
    REQUESTERS,
    VISIT,
    VISITORS,
)
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import (
    ProblemType,
    args_invalid,
    bad_transition,
    forbidden,
)

DELAYS_MAX = 30  # a visit put off for a month of days is another visit


def request(id: str, asked: Request, actor: Actor, when: When) -> Decision:
    """A new visit, and apart from it who is to be visited and where."""
    if not actor.may(REQUESTERS, asked.outlet, asked.line):
        raise forbidden(move="request")
    _require_window(asked.day, asked.begins, asked.ends)
    told = asked.person
    agent = None
    if told.agent is not None:
        agent = Agent(told.agent.name, told.agent.relationship, told.agent.phone)
    person = Person(
        id=id,
        name=told.name,
        address_as=told.address_as,
        address=told.address,
        why=asked.why,
        phone=told.phone,
        agent=agent,
    )
    visit = Visit(
        id=id,
        kind=asked.kind,
        outlet=asked.outlet,
        line=asked.line,
        asked_by=asked.asked_by,
        channel=asked.channel,
        business=asked.business,
        day=asked.day,
        begins=asked.begins,
        ends=asked.ends,
        state=VISIT.initial,
        requested_by=actor.id,
        requested_at=when.judged_at,
        events=(
            Event(
                when.event_id,
                "requested",
                actor.id,
                when.occurred_at,
                when.received_at,
                for_person=actor.for_person,
            ),
        ),
    )
    return Decision(visit, (_requested(visit, person),), person=person)


def schedule(
    visit: Visit, asked: Schedule, actor: Actor, when: When, candidates: tuple[Actor, ...]
) -> Decision:
    """Two people get it, with its day and hours. Whoever had it before has it no more."""
    require_role(visit, actor, COORDINATORS | ADMINISTRATION, "schedule")
    state = moved(visit, "schedule")
    if state is None:
        raise bad_transition(state=visit.state, move="schedule")
    _require_window(asked.day, asked.begins, asked.ends)
    if asked.staff[0] == asked.staff[1]:
        raise problems.staff_pair()
    for one in candidates:
        if not one.may(VISITORS, visit.outlet, visit.line):
            raise problems.staff_out_of_scope(person=one.name)
    ever = dict.fromkeys((*visit.earlier, *visit.staff))
    given = step(
        visit,
        "scheduled",
        actor,
        when,
        state=state,
        staff=asked.staff,
        earlier=tuple(person for person in ever if person not in asked.staff),
        scheduled_by=actor.id,
        day=asked.day,
        begins=asked.begins,
        ends=asked.ends,
        presences=(),
    )
    fact = Scheduled(
        **place(visit),
        staff=given.staff,
        earlier=visit.staff,
        day=given.day,
        begins=given.begins,
    )
    return Decision(given, (fact,))


def postpone(visit: Visit, asked: Postpone, actor: Actor, when: When) -> Decision:
    """Not today: why, and what was offered. Presences of a visit that did not happen go."""
    if asked.day is not None:
        _day(asked.day)
    state = moved(visit, "postpone")
    refused = _overtaken(visit, state, actor, "postpone")
    if state is None or refused is not None:
        return aside(visit, "postpone", actor, when, refused=refused or problems.visit_moved)
    delay = Delay(asked.by, asked.reason, asked.alternative, asked.day, actor.id, when.judged_at)
    off = step(
        visit,
        "postponed",
        actor,
        when,
        state=state,
        presences=(),
        delays=(*visit.delays, delay)[-DELAYS_MAX:],
    )
    fact = Postponed(
        **place(visit),
        staff=visit.staff,
        scheduled_by=visit.scheduled_by,
        requested_by=visit.requested_by,
        by=asked.by,
        reason=asked.reason,
        alternative=asked.alternative,
        day=asked.day,
    )
    return Decision(off, (fact,))


def decline(visit: Visit, asked: Decline, actor: Actor, when: When) -> Decision:
    """The customer or the staff do not go on. It never just ends: something else was offered."""
    state = moved(visit, "decline")
    refused = _overtaken(visit, state, actor, "decline")
    if state is None or refused is not None:
        return aside(visit, "decline", actor, when, refused=refused or problems.visit_moved)
    refusal = Refusal(asked.by, asked.reason, asked.alternative, actor.id, when.judged_at)
    ended = step(
        visit,
        "declined",
        actor,
        when,
        state=state,
        refusal=refusal,
        decided_at=when.judged_at,
    )
    return Decision(ended, (declined(ended, refusal),))


def declined(visit: Visit, refusal: Refusal) -> Declined:
    """The fact of a refusal."""
    return Declined(
        **place(visit),
        staff=visit.staff,
        scheduled_by=visit.scheduled_by,
        requested_by=visit.requested_by,
        by=refusal.by,
        reason=refusal.reason,
        alternative=refusal.alternative,
    )


def cancel(visit: Visit, asked: Cancel, actor: Actor, when: When) -> Decision:
    """Called off before anybody went."""
    if visit.state == "cancelled" and actor.may(COORDINATORS, visit.outlet, visit.line):
        return Decision(visit, status="merged")
    state = VISIT.require("cancel", visit.state, actor, outlet=visit.outlet, line=visit.line)
    note = CancelNote(asked.reason, actor.id, when.judged_at)
    off = step(
        visit, "cancelled", actor, when, state=state, cancelled=note, decided_at=when.judged_at
    )
    fact = Cancelled(
        **place(visit), staff=visit.staff, requested_by=visit.requested_by, reason=asked.reason
    )
    return Decision(off, (fact,))


def reorder(id: str, asked: Reorder, actor: Actor) -> tuple[Route, Reordered]:
    """The order in which somebody goes to their visits of a day. What they said last counts."""
    person, _, day = id.partition(".")
    if person != actor.id:
        raise problems.route_not_yours()
    if not actor.may(VISITORS):
        raise forbidden(move="reorder")
    _day(day)
    order = tuple(dict.fromkeys(asked.order))
    return Route(id, person, day, order), Reordered(person=person, day=day, order=order)


def _requested(visit: Visit, person: Person) -> Requested:
    return Requested(
        **place(visit),
        kind=visit.kind,
        business=visit.business,
        asked_by=visit.asked_by,
        channel=visit.channel,
        why=person.why,
        day=visit.day,
        by=visit.requested_by,
        name=person.name,
        address=person.address,
        phone=person.phone,
        agent=None if person.agent is None else msgspec.to_builtins(person.agent),
    )


def _overtaken(visit: Visit, state: str | None, actor: Actor, move: str) -> ProblemType | None:
    """Why it comes too late, if it does. The two staff may, and whoever coordinates the outlet."""
    mine = standing(visit, actor)
    if mine.now or actor.may(COORDINATORS, visit.outlet, visit.line):
        return problems.visit_moved if state is None else None
    if mine.once:
        return problems.not_visit_staff
    raise forbidden(move=move)


def _require_window(day: str, begins: str, ends: str) -> None:
    _day(day)
    if begins >= ends:
        raise problems.visit_window_empty()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise args_invalid(field="day", reason="not a day") from None
