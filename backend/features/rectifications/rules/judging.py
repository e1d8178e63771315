"""Decisions on a case by somebody who did not make the fix."""

from backend.features.rectifications import problems
from backend.features.rectifications.commands import (
    Approve,
    Cancel,
    Reopen,
)
from backend.features.rectifications.commands import (
    Return as AskedReturn,
)
from backend.features.rectifications.facts import (
    Approved,
    Cancelled,
    Reopened,
    Returned,
)
from backend.features.rectifications.model import (
    Point,
    Rectification,
    Return,
    content_digest,
)
from backend.features.rectifications.rules.dating import dated
from backend.features.rectifications.rules.decision import (
    Decision,
    aside,
    place,
    require_role,
    step,
)
from backend.features.rectifications.states import DECIDERS, MACHINE, OUTLET_STAFF
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.organisation.calendar import Due

EXPLAINED = frozenset({"serious", "danger"})  # severities that close only with cause and measure


def approve(
    case: Rectification, asked: Approve, actor: Actor, when: When, awaited: int
) -> Decision:
    """Closed, if the decision was made on what the case is now and all of it has arrived."""
    _require_judge(case, actor, "approve")
    if case.state == "closed" and _last_seen(case, "approved") == asked.content_digest:
        return Decision(case, status="merged")
    if case.state != "reported":
        return aside(case, "approve", actor, when, note=asked.note)
    if asked.content_digest != content_digest(case):
        raise problems.content_moved.conflict()
    if awaited:
        raise problems.evidence_awaited(awaited=awaited)
    if case.severity in EXPLAINED and not (case.cause and case.measure):
        raise problems.cause_and_measure_missing(severity=case.severity)
    closed = step(
        case,
        "approved",
        actor,
        when,
        note=asked.note,
        seen=asked.content_digest,
        state="closed",
        closed_at=when.received_at,
    )
    fact = Approved(
        **place(case),
        by=actor.id,
        owner=case.owner,
        raised_by=case.raised_by,
        content_digest=asked.content_digest,
        note=asked.note,
    )
    return Decision(closed, (fact,))


def send_back(case: Rectification, asked: AskedReturn, actor: Actor, when: When) -> Decision:
    """Returned with a remark for each point. A second return on the same content adds its own."""
    _require_judge(case, actor, "return")
    points = tuple(Point(about=p.about, comment=p.comment) for p in asked.points)
    again = case.state == "returned" and _last_seen(case, "returned") == asked.content_digest
    if case.state != "reported" and not again:
        return aside(case, "return", actor, when, note=asked.note, points=points)
    if not again and asked.content_digest != content_digest(case):
        raise problems.content_moved.conflict()
    made = Return(by=actor.id, at=when.received_at, points=points, note=asked.note)
    back = step(
        case,
        "returned",
        actor,
        when,
        note=asked.note,
        points=points,
        seen=asked.content_digest,
        state="returned",
        returns=(*case.returns, made),
    )
    fact = Returned(
        **place(case),
        by=actor.id,
        owner=case.owner,
        content_digest=asked.content_digest,
        points=len(points),
        note=asked.note,
    )
    return Decision(back, (fact,), "merged" if again else "applied")


def reopen(case: Rectification, asked: Reopen, actor: Actor, when: When, due: Due) -> Decision:
    """Open again with a new due day; the history of the first closing stays."""
    state = MACHINE.require("reopen", case.state, actor, outlet=case.outlet, line=case.line)
    opened = step(
        case,
        "reopened",
        actor,
        when,
        note=asked.reason,
        state=state,
        owner=None,
        closed_at=None,
        **dated(due),
    )
    fact = Reopened(**place(case), by=actor.id, owner=case.owner, reason=asked.reason)
    return Decision(opened, (fact,))


def cancel(case: Rectification, asked: Cancel, actor: Actor, when: When) -> Decision:
    """Withdrawn with its reason. What the outlet still sends is kept beside it. Not by whoever has
    to put it right: withdrawing would end a case that nobody else has looked at."""
    _require_judge(case, actor, "cancel")
    if case.state == "cancelled":
        return Decision(step(case, "cancelled", actor, when, note=asked.reason), status="merged")
    if MACHINE.move("cancel", case.state) is None:
        return aside(case, "cancel", actor, when, note=asked.reason)
    gone = step(case, "cancelled", actor, when, note=asked.reason, state="cancelled", handover=None)
    fact = Cancelled(
        **place(case),
        by=actor.id,
        owner=case.owner,
        raised_by=case.raised_by,
        reason=asked.reason,
    )
    return Decision(gone, (fact,))


def _require_judge(case: Rectification, actor: Actor, move: str) -> None:
    """A decider's post, no hand in the fix (as reporter, owner or photographer), and no post at the
    outlet: somebody may be a manager by one post and its head by another."""
    require_role(case, actor, DECIDERS, move)
    hands = {case.fixed_by, case.owner, *(ref.by for ref in case.after)}
    reports = [event for event in case.events if event.type == "reported"]
    # A fix reported for somebody is that person's as well: neither of the two may approve it.
    hands |= {event.by for event in reports} | {event.for_person for event in reports}
    if actor.id in hands:
        raise problems.own_fix(person=actor.name)
    if actor.may(OUTLET_STAFF, case.outlet, case.line):
        raise problems.own_outlet_fix(person=actor.name)


def _last_seen(case: Rectification, kind: str) -> str | None:
    """The content that the last decision of this kind was made on."""
    return next((event.seen for event in reversed(case.events) if event.type == kind), None)
