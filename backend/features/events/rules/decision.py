"""What every decision returns, and who may do something at an event."""

from typing import Any, Literal

import msgspec

from backend.features.events import problems
from backend.features.events.commands import Point
from backend.features.events.model import Act, Event
from backend.features.events.states import OVER, READERS
from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import not_found, too_large

ACTS_MAX = 300  # a plan argued over for a year; beyond that it is a meeting


class Decision(msgspec.Struct, frozen=True):
    """The event afterwards, what happened, and how the verdict is called."""

    event: Event
    facts: tuple[Fact, ...] = ()
    status: Literal["applied", "merged"] = "applied"


class Membership(msgspec.Struct, frozen=True):
    """Whether this person ever worked at the event, and the version at which that ended."""

    ever: bool = False
    until_ver: int | None = None


def place(event: Event) -> dict[str, str]:
    """The fields that every fact of this event carries."""
    return {"event": event.id, "outlet": event.outlet, "line": event.line}


def step(
    event: Event,
    kind: str,
    actor: Actor,
    when: When,
    /,
    *,
    note: str = "",
    points: tuple[Point, ...] = (),
    **values: Any,
) -> Event:
    """The event with one more act and with the given values."""
    if len(event.acts) >= ACTS_MAX:
        raise too_large(what="event", limit=ACTS_MAX)
    act = Act(
        id=when.event_id,
        type=kind,
        by=actor.id,
        occurred_at=when.occurred_at,
        received_at=when.received_at,
        note=note,
        points=points,
        for_person=actor.for_person,
    )
    return msgspec.structs.replace(event, acts=(*event.acts, act), **values)


def members_of(event: Event) -> frozenset[str]:
    """Whose phones hold the roster and the sightings: the staff, and whoever planned it."""
    return frozenset({*event.staff, event.planned_by})


def require_sight(event: Event, actor: Actor, member: Membership) -> None:
    """A stranger learns nothing: for them the event does not exist."""
    if actor.id in members_of(event) or member.ever:
        return
    if not actor.may(READERS, event.outlet, event.line):
        raise not_found()


def require_staff(event: Event, actor: Actor, saw: int, member: Membership) -> None:
    """Somebody who works at the event, or who did and could not know that it ended: `saw` is the
    version that their phone had applied. Raises `not_event_staff` or `not_found`."""
    if actor.id in members_of(event):
        return
    if member.ever and (member.until_ver is None or saw < member.until_ver):
        return
    require_sight(event, actor, member)
    raise problems.not_event_staff()


def is_late(event: Event) -> bool:
    """Whether what people did at the event comes too late to count. By the server's order: the
    phone's clock has no say. Raises `event_not_open` for an event that has not begun."""
    if event.state in OVER:
        return True
    if event.state != "open":
        raise problems.event_not_open()
    return False


def bucket_of(event_id: str) -> str:
    """The bucket of those who work at the event."""
    return f"event:{event_id}"


def buckets_of(event: Event) -> frozenset[str]:
    """Where the event itself and its photos are seen."""
    return frozenset({bucket_of(event.id), f"desk:{event.outlet}:{event.line}"})
