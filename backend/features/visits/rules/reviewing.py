"""Decisions on a visit by somebody who was not there."""

from collections.abc import Mapping
from datetime import date

from backend.features.visits import problems
from backend.features.visits.commands.deciding import Accept
from backend.features.visits.commands.deciding import Return as AskedReturn
from backend.features.visits.facts import Accepted, Returned
from backend.features.visits.model.authorisation import Authorisation
from backend.features.visits.model.content import Whole, content_digest
from backend.features.visits.model.visit import Return, Visit
from backend.features.visits.rules.answering import require_agreed
from backend.features.visits.rules.decision import Decision, aside, place, require_role, step
from backend.features.visits.rules.submitting import REQUIRED, require_pair
from backend.features.visits.states import REVIEWERS, SUPERVISORS
from backend.foundation.evidence.model import Completeness
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.privacy.model import Standing as Agreed


def accept(
    whole: Whole,
    asked: Accept,
    actor: Actor,
    when: When,
    evidence: Completeness,
    agreed: Mapping[str, Agreed],
    authorisation: str,
    today: str,
) -> Decision:
    """Accepted, if it was decided on what the visit is now and all of it has arrived.

    `authorisation` is the id that the authorisation of a verification will have."""
    visit = whole.visit
    _require_judge(visit, actor, "accept")
    if visit.state == "accepted" and visit.reviewed_by == actor.id:
        return Decision(visit, status="merged")
    if visit.state != "submitted":
        return aside(visit, "accept", actor, when)
    if asked.content_digest != content_digest(whole):
        raise problems.visit_content_moved.conflict()
    if whole.doubts and not actor.may(SUPERVISORS, visit.outlet, visit.line):
        raise problems.doubt_needs_supervisor()
    require_pair(visit)
    if not evidence.complete:
        raise problems.visit_evidence_awaited(awaited=evidence.awaited + evidence.refused)
    issued = None
    if visit.kind == "verification":
        for aspect in REQUIRED:
            require_agreed(agreed[aspect], aspect)
        if visit.authority is None or visit.authority.until < today:
            raise problems.authority_past()
        issued = authorisation
    done = step(
        visit,
        "accepted",
        actor,
        when,
        state="accepted",
        reviewed_by=actor.id,
        decided_at=when.judged_at,
        authorisation=issued,
    )
    fact = Accepted(
        **place(visit),
        by=actor.id,
        staff=visit.staff,
        requested_by=visit.requested_by,
        content_digest=asked.content_digest,
        authorisation=issued,
    )
    return Decision(done, (fact,))


def send_back(whole: Whole, asked: AskedReturn, actor: Actor, when: When) -> Decision:
    """The two staff have to add something, and read where."""
    visit = whole.visit
    _require_judge(visit, actor, "return")
    if visit.state != "submitted":
        return aside(visit, "return", actor, when)
    if asked.content_digest != content_digest(whole):
        raise problems.visit_content_moved.conflict()
    points = tuple(dict.fromkeys(asked.points))
    back = step(
        visit,
        "returned",
        actor,
        when,
        state="returned",
        reviewed_by=actor.id,
        returns=(*visit.returns, Return(actor.id, when.judged_at, points)),
    )
    fact = Returned(
        **place(visit),
        by=actor.id,
        staff=visit.staff,
        content_digest=asked.content_digest,
        points=points,
    )
    return Decision(back, (fact,))


def issue(visit: Visit, number: str, when: When) -> Authorisation:
    """The authorisation of an accepted verification."""
    assert visit.authority is not None, "a verification was accepted without an authority"
    assert visit.authorisation is not None, "an authorisation without an id"
    assert visit.reviewed_by is not None, "nobody reviewed it"
    return Authorisation(
        id=visit.authorisation,
        visit=visit.id,
        outlet=visit.outlet,
        line=visit.line,
        number=number,
        business=visit.authority.business,
        scope=visit.authority.scope,
        until=visit.authority.until,
        issued_by=visit.reviewed_by,
        issued_at=when.judged_at,
        staff=visit.staff,
    )


def number_of(day: date, authorisation: str) -> str:
    """`SQ-20261127-7F3K2A`: read aloud at a counter, so without letters that look alike."""
    left = int(authorisation.replace("-", ""), 16)
    marks = ""
    for _ in range(NUMBER_MARKS):
        left, place_ = divmod(left, len(MARKS))
        marks += MARKS[place_]
    return f"SQ-{day:%Y%m%d}-{marks}"


MARKS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBER_MARKS = 6  # a thousand million a day


def _require_judge(visit: Visit, actor: Actor, move: str) -> None:
    if actor.id in visit.staff or any(one.person == actor.id for one in visit.presences):
        raise problems.own_visit(person=actor.name)
    require_role(visit, actor, REVIEWERS, move)
