"""Planning an event, having it approved, calling it off, and who works at it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import msgspec

from backend.features.events import problems
from backend.features.events.commands import (
    Approve,
    AssignStaff,
    Cancel,
    Plan,
    Propose,
    Return,
    Revise,
)
from backend.features.events.facts import (
    Approved,
    Cancelled,
    Planned,
    Proposed,
    Returned,
    Revised,
    StaffAssigned,
)
from backend.features.events.model import Event, Stock, content_digest
from backend.features.events.rules.decision import Decision, members_of, place, step
from backend.features.events.states import ADMINISTRATION, APPROVERS, BEFORE, MACHINE, PLANNERS
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import ZONE, wire
from backend.foundation.kernel.problem import args_invalid, bad_transition, forbidden
from backend.foundation.organisation.lunar import festival_day

ALWAYS_SAFE = frozenset({"children"})


def plan(id: str, asked: Plan, actor: Actor, when: When) -> Decision:
    """A draft, by somebody whose post plans at this outlet and line."""
    if not actor.may(PLANNERS, asked.outlet, asked.line):
        raise forbidden(move="plan")
    made = Event(**_planned(asked), id=id, planned_by=actor.id, made_at=when.received_at)
    made = step(made, "planned", actor, when)
    fact = Planned(**place(made), kind=made.kind, theme=made.theme, day=made.day, by=actor.id)
    return Decision(made, (fact,))


def revise(event: Event, asked: Revise, actor: Actor, when: When) -> Decision:
    """The draft as a whole in its new form."""
    require_planner(event, actor, "revise")
    if event.state != "draft":
        raise bad_transition(state=event.state, move="revise")
    if (asked.outlet, asked.line) != (event.outlet, event.line):
        raise problems.plan_place_fixed()
    after = step(event, "revised", actor, when, **_planned(asked))
    fact = Revised(**place(after), theme=after.theme, day=after.day, by=actor.id)
    return Decision(after, (fact,))


def propose(event: Event, asked: Propose, actor: Actor, when: When) -> Decision:
    """The plan is complete, says whoever made it. Proposed twice is proposed once."""
    require_planner(event, actor, "propose")
    if event.state == "proposed" and event.approver == asked.approver:
        return Decision(event, status="merged")
    state = _moved(event, "propose", actor)
    after = step(event, "proposed", actor, when, state=state, approver=asked.approver)
    return Decision(after, (Proposed(**place(event), by=actor.id, approver=asked.approver),))


def approve(event: Event, asked: Approve, actor: Actor, when: When) -> Decision:
    """Somebody else says yes to the plan that they looked at."""
    state = _moved(event, "approve", actor)
    _require_other(event, actor)
    require_seen(event, asked.content_digest)
    after = step(event, "approved", actor, when, note=asked.note, state=state, approved_by=actor.id)
    fact = Approved(
        **place(event),
        by=actor.id,
        planned_by=event.planned_by,
        staff=event.staff,
        content_digest=asked.content_digest,
        note=asked.note,
    )
    return Decision(after, (fact,))


def send_back(event: Event, asked: Return, actor: Actor, when: When) -> Decision:
    """Back with remarks: the plan to a draft, or the result to whoever handed it in."""
    state = _moved(event, "return", actor)
    result = event.result
    if event.state == "closed":
        if result is None or result.state != "handed_in":
            raise problems.result_missing()
        require_other_than(result.by, actor)
        result = msgspec.structs.replace(result, state="returned")
    else:
        _require_other(event, actor)
    require_seen(event, asked.content_digest)
    after = step(event, "returned", actor, when, points=asked.points, state=state, result=result)
    fact = Returned(
        **place(event),
        by=actor.id,
        to=event.planned_by if result is None else result.by,
        result=result is not None,
        content_digest=asked.content_digest,
        points=len(asked.points),
    )
    return Decision(after, (fact,))


def cancel(event: Event, asked: Cancel, actor: Actor, when: When) -> Decision:
    """Called off before it began, with a reason."""
    if event.state == "cancelled" and actor.may(PLANNERS, event.outlet, event.line):
        return Decision(event, status="merged")
    state = _moved(event, "cancel", actor)
    after = step(
        event, "cancelled", actor, when, note=asked.reason, state=state, reason=asked.reason
    )
    people = tuple(sorted(members_of(event)))
    fact = Cancelled(**place(event), by=actor.id, people=people, reason=asked.reason)
    return Decision(after, (fact,))


def assign_staff(event: Event, asked: AssignStaff, actor: Actor, when: When) -> Decision:
    """Who works there, until it is over. A plan that was approved stays approved."""
    if not actor.may(ADMINISTRATION):
        require_planner(event, actor, "assign_staff")
    if event.state not in BEFORE | {"open"}:
        raise problems.event_over(state=event.state)
    require_once(asked.staff, "staff")
    came = tuple(person for person in asked.staff if person not in event.staff)
    left = tuple(person for person in event.staff if person not in asked.staff)
    if not came and not left:
        return Decision(event, status="merged")
    after = step(event, "staff_assigned", actor, when, staff=asked.staff)
    fact = StaffAssigned(**place(event), by=actor.id, came=came, left=left)
    return Decision(after, (fact,))


def require_planner(event: Event, actor: Actor, move: str) -> None:
    """Whoever planned it, or somebody whose post plans there."""
    if actor.id != event.planned_by and not actor.may(PLANNERS, event.outlet, event.line):
        raise forbidden(move=move)


def require_fit(staff: Iterable[Actor], outlet: str, line: str, roles: frozenset[str]) -> None:
    """Everybody on the list has a post there."""
    for person in staff:
        if not person.may(roles, outlet, line):
            raise problems.event_staff_out_of_scope(person=person.name)


def require_approver(person: Actor, outlet: str, line: str) -> None:
    """Whoever is asked for approval can give it there."""
    if not person.may(APPROVERS, outlet, line):
        raise problems.approver_out_of_scope(person=person.name)


def require_seen(event: Event, digest: str) -> None:
    """A decision is about what was seen."""
    if digest != content_digest(event):
        raise problems.event_moved()


def require_other_than(person: str, actor: Actor) -> None:
    """Nobody accepts or returns the result that they handed in."""
    if person == actor.id:
        raise problems.own_result(person=actor.name)


def require_once(values: Iterable[str], what: str) -> None:
    """No value stands there twice."""
    told = list(values)
    if len(set(told)) < len(told):
        raise problems.named_twice(what=what)


def _require_other(event: Event, actor: Actor) -> None:
    made = [act for act in event.acts if act.type in ("planned", "revised", "proposed")]
    # What a deputy planned is the absent person's as well: neither of the two may approve it.
    hands = {one for act in made for one in (act.by, act.for_person)}
    if actor.id in {event.planned_by, *hands}:
        raise problems.own_plan(person=actor.name)


def _moved(event: Event, move: str, actor: Actor) -> str:
    return MACHINE.require(move, event.state, actor, outlet=event.outlet, line=event.line)


def _planned(asked: Plan) -> dict[str, Any]:
    """The fields of an event that come from its plan."""
    if asked.kind in ALWAYS_SAFE and not asked.minor_safe:
        raise problems.minor_safe_fixed()
    if asked.ends <= asked.starts:
        raise problems.event_hours()
    require_once(asked.staff, "staff")
    require_once((one.key for one in asked.materials), "materials")
    day = _day_of(asked)
    return {
        "kind": asked.kind,
        "theme": asked.theme,
        "outlet": asked.outlet,
        "line": asked.line,
        "place": asked.place,
        "day": day.isoformat(),
        "until_day": asked.until_day,
        "starts": asked.starts,
        "ends": asked.ends,
        "starts_at": _moment(day, asked.starts),
        "ends_at": _moment(day, asked.ends),
        "festival": asked.festival,
        "goals": asked.goals,
        "topics": tuple(dict.fromkeys(asked.topics)),
        "stock": tuple(Stock(key=one.key, name=one.name, n=one.n) for one in asked.materials),
        "budget": asked.budget,
        "minor_safe": asked.minor_safe,
        "staff": asked.staff,
    }


def _day_of(asked: Plan) -> date:
    if (asked.day is None) == (asked.festival is None):
        raise problems.event_day()
    if asked.festival is not None:
        day = festival_day(asked.festival.code, asked.festival.year)
    else:
        day = parsed_day(asked.day or "", "day")
    if asked.until_day is not None and parsed_day(asked.until_day, "until_day") < day:
        raise problems.event_day()
    return day


def parsed_day(text: str, field: str) -> date:
    """The day, or `args_invalid` for one that no calendar has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise args_invalid(field=field, reason="not a day") from None


def _moment(day: date, local: str) -> str:
    try:
        return wire(datetime.combine(day, time.fromisoformat(local), ZONE))
    except OverflowError:
        raise args_invalid(field="day", reason="not a day that is planned for") from None
