"""What every decision returns, and how an event is added to a case."""

from typing import Any

import msgspec

from backend.features.rectifications import problems
from backend.features.rectifications.facts import KeptAside
from backend.features.rectifications.model import Event, HandOver, Point, Rectification
from backend.features.rectifications.states import ALL_ROLES, OUTLET_STAFF
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import ProblemType, forbidden, not_found, too_large
from backend.foundation.organisation.model import RESTRICTED_LINES

EVENTS_MAX = 500  # a case argued over daily for a year; beyond that it is a meeting


class Decision(msgspec.Struct, frozen=True):
    """The case afterwards, what happened, and how the verdict is called.

    With `refused` set nothing moved, but what came is in the case as an event.
    """

    case: Rectification
    facts: tuple[Any, ...] = ()
    status: str = "applied"
    refused: ProblemType | None = None


def place(case: Rectification) -> dict[str, str]:
    """The fields that every fact of this case carries."""
    return {"case": case.id, "outlet": case.outlet, "line": case.line}


def step(
    case: Rectification,
    kind: str,
    actor: Actor,
    when: When,
    *,
    note: str = "",
    photos: tuple[str, ...] = (),
    points: tuple[Point, ...] = (),
    to: str | None = None,
    seen: str | None = None,
    **values: Any,
) -> Rectification:
    """The case with one more event and with the given values."""
    if len(case.events) >= EVENTS_MAX:
        raise too_large(what="case", limit=EVENTS_MAX)
    event = Event(
        id=when.event_id,
        type=kind,
        by=actor.id,
        occurred_at=when.occurred_at,
        received_at=when.received_at,
        note=note,
        photos=photos,
        points=points,
        to=to,
        seen=seen,
        for_person=actor.for_person,
    )
    return msgspec.structs.replace(case, events=(*case.events, event), **values)


def aside(
    case: Rectification,
    wanted: str,
    actor: Actor,
    when: When,
    *,
    note: str = "",
    photos: tuple[str, ...] = (),
    points: tuple[Point, ...] = (),
    refused: ProblemType = problems.already_moved,
) -> Decision:
    """Nothing moves, but the note, the remarks and the photos stay with the case."""
    kept = step(case, "kept", actor, when, note=note, photos=photos, points=points, to=wanted)
    moved = [event.by for event in case.events if event.type != "kept"]
    fact = KeptAside(
        **place(case),
        by=actor.id,
        wanted=wanted,
        state=case.state,
        decided_by=moved[-1] if moved else None,
        photos=photos,
        note=note,
    )
    return Decision(kept, (fact,), "conflict", refused)


def require_sight(case: Rectification, actor: Actor, units: frozenset[str] = frozenset()) -> None:
    """A stranger learns nothing: for them the case does not exist. `units` are the departments
    of the person, for whoever joined one after the case was offered to it."""
    offer = case.handover
    asked = offer is not None and (actor.id in offer.people or joined(case, offer, units))
    named = actor.id in (case.owner, case.raised_by, case.fixed_by)
    if asked or named or actor.may(ALL_ROLES, case.outlet, case.line) or was_owner(case, actor):
        return
    raise not_found()


def joined(case: Rectification, offer: HandOver, units: frozenset[str]) -> bool:
    """Whether the offer also stands for those who are in the department now. A case of a restricted
    line is offered to people alone: a department is in no line."""
    return offer.to_unit in units and case.line not in RESTRICTED_LINES


def was_owner(case: Rectification, actor: Actor) -> bool:
    """Whether the case was ever with this person: what they send late is kept, not dropped."""
    return any(
        event.to == actor.id
        for event in case.events
        if event.type in ("assigned", "accepted", "taken_over")
    )


def is_fixer(case: Rectification, actor: Actor) -> bool:
    """The owner puts the case right; the outlet's head answers for it and may act too."""
    return actor.id == case.owner or actor.may("outlet_head", case.outlet, case.line)


def require_fixer(case: Rectification, actor: Actor) -> None:
    """Raises `not_owner` for colleagues of the outlet, `forbidden` for everybody else."""
    if is_fixer(case, actor):
        return
    if actor.may(OUTLET_STAFF, case.outlet, case.line) or was_owner(case, actor):
        raise problems.not_owner()
    raise forbidden()


def require_role(case: Rectification, actor: Actor, roles: frozenset[str], move: str) -> None:
    if not actor.may(roles, case.outlet, case.line):
        raise forbidden(move=move)


def buckets_of(case: Rectification) -> frozenset[str]:
    """The desk, the owner, whoever raised it, whoever fixed it, and whoever is asked to take it."""
    people = {case.owner, case.raised_by, case.fixed_by}
    if case.handover is not None:
        people.update((*case.handover.people, case.handover.by))
    named = {f"user:{person}" for person in people if person is not None}
    return frozenset({f"desk:{case.outlet}:{case.line}", *named})
