"""What every decision returns, who may see and touch a visit, and how an event is added to it."""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend.features.visits import problems
from backend.features.visits.facts import KeptAside
from backend.features.visits.model.parts import Answer, Late, Person
from backend.features.visits.model.visit import Event, Visit
from backend.features.visits.states import AT_IT, READERS, VISIT
from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import (
    ProblemType,
    bad_transition,
    forbidden,
    not_found,
    too_large,
)

EVENTS_MAX = 500  # a visit that long discussed is a meeting
LATE_MAX = 50  # of one part; beyond it the payload beside the verdict has to be enough


class Decision(msgspec.Struct, frozen=True):
    """The visit afterwards, the part that changed with it, what happened, and how the verdict is
    called. With `refused` set nothing moved, but what came is kept beside the visit."""

    visit: Visit
    facts: tuple[Fact, ...] = ()
    status: str = "applied"
    refused: ProblemType | None = None
    person: Person | None = None
    answer: Answer | None = None


class Standing(msgspec.Struct, frozen=True):
    """How this person is to the visit: one of its two staff now, or once."""

    now: bool
    once: bool


def standing(visit: Visit, actor: Actor) -> Standing:
    """How this person is to the visit."""
    now = actor.id in visit.staff
    return Standing(now, now or actor.id in visit.earlier)


def place(visit: Visit) -> dict[str, str]:
    """The fields that every fact of this visit carries."""
    return {"visit": visit.id, "outlet": visit.outlet, "line": visit.line}


def step(
    visit: Visit, kind: str, actor: Actor, when: When, *, what: str | None = None, **values: Any
) -> Visit:
    """The visit with one more event and with the given values."""
    if len(visit.events) >= EVENTS_MAX:
        raise too_large(what="visit", limit=EVENTS_MAX)
    times = (when.occurred_at, when.received_at)
    event = Event(when.event_id, kind, actor.id, *times, what, actor.for_person)
    return msgspec.structs.replace(visit, events=(*visit.events, event), **values)


def answered(visit: Visit, kind: str, actor: Actor, when: When, **values: Any) -> Visit:
    """As `step`, for what is recorded on the spot: a returned visit is under way again."""
    if visit.state == "returned":
        values["state"] = "under_way"
    return step(visit, kind, actor, when, **values)


def aside(
    visit: Visit,
    wanted: str,
    actor: Actor,
    when: When,
    *,
    refused: ProblemType = problems.visit_moved,
    answer: Answer | None = None,
    values: dict[str, Any] | None = None,
) -> Decision:
    """Nothing moves, but that it came stays with the visit, and what came with its part."""
    kept = step(visit, "kept", actor, when, what=wanted)
    if answer is not None:
        late = Late(
            id=when.event_id,
            what=wanted,
            by=actor.id,
            occurred_at=when.occurred_at,
            received_at=when.received_at,
            values=values or {},
        )
        answer = msgspec.structs.replace(answer, late=(*answer.late, late)[-LATE_MAX:])
    people = dict.fromkeys((*visit.staff, visit.reviewed_by))
    fact = KeptAside(
        **place(visit),
        by=actor.id,
        wanted=wanted,
        state=visit.state,
        people=tuple(person for person in people if person is not None),
    )
    return Decision(kept, (fact,), "conflict", refused, answer=answer)


def overtaken(visit: Visit, actor: Actor, move: str) -> ProblemType | None:
    """Why what is recorded on the spot comes too late, if it does. Refuses outright what comes too
    early (nobody has signed in) and from people who never had the visit."""
    mine = standing(visit, actor)
    if not mine.now:
        if mine.once:
            return problems.not_visit_staff
        raise forbidden(move=move)
    if visit.state in AT_IT:
        return None
    if visit.state in ("requested", "scheduled"):
        raise bad_transition(state=visit.state, move=move)
    return problems.visit_moved


def require_kind(visit: Visit, *kinds: str) -> None:
    """What is recorded has to belong to a visit of this kind."""
    if visit.kind not in kinds:
        raise problems.wrong_kind(kind=visit.kind)


def require_sight(visit: Visit, actor: Actor) -> None:
    """A stranger learns nothing: for them the visit does not exist."""
    if actor.id in (visit.requested_by, visit.reviewed_by) or standing(visit, actor).once:
        return
    if not actor.may(READERS, visit.outlet, visit.line):
        raise not_found()


def require_role(visit: Visit, actor: Actor, roles: frozenset[str], move: str) -> None:
    if not actor.may(roles, visit.outlet, visit.line):
        raise forbidden(move=move)


def moved(visit: Visit, move: str) -> str | None:
    """The state after the move, or None where the visit has gone on without it."""
    found = VISIT.move(move, visit.state)
    return None if found is None else found.to


def bucket_of(visit_id: str) -> str:
    """The bucket of everything personal in the visit."""
    return f"visit:{visit_id}"


def buckets_of(visit: Visit) -> frozenset[str]:
    """Where the course of the visit is seen: the desk, and whoever has or asked for it."""
    people = {visit.requested_by, *visit.staff}
    named = {f"user:{person}" for person in people}
    return frozenset({f"desk:{visit.outlet}:{visit.line}", *named})


def seats(visit: Visit, reviewers: Iterable[str]) -> frozenset[str]:
    """Whose phones hold the personal parts: the two staff while the visit is theirs, reviewers
    from the submission until it is decided; before, whoever asked for it. Afterwards nobody's."""
    if visit.state in ("accepted", "declined", "cancelled"):
        return frozenset()
    if visit.state == "submitted":
        return frozenset({*visit.staff, *reviewers})
    return frozenset(visit.staff or (visit.requested_by,))
