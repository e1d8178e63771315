"""Lists and counts of events for a desk, and one event for whoever may see it."""

from typing import Any

import msgspec

from backend.features.events.model import Event
from backend.features.events.model.people import CheckIn, Invited
from backend.features.events.rules.decision import bucket_of
from backend.features.events.states import MACHINE
from backend.features.events.tables import CHECK_INS, ENTRIES, EVENTS
from backend.foundation.database.pages import Asked, Cursor, Where, narrowed, spanned
from backend.foundation.database.pages import page as paged
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.grants import DESK_ROLES
from backend.foundation.identity.listing import within_reach
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.journal import published
from backend.foundation.kernel.actor import Actor

_SELECT = (
    "SELECT e.id, e.starts_at, p.rev, p.body FROM event e JOIN record p ON p.id = 'event:' || e.id"
)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader asks for; None and empty mean all. `since` and `until` are moments between
    which events begin, the second one excluded."""

    outlet: str | None = None
    line: str | None = None
    since: str | None = None
    until: str | None = None
    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()


class EventRow(msgspec.Struct, frozen=True):
    """An event as published, its live counts inside."""

    id: str
    rev: int
    body: dict[str, Any]


class EventPage(msgspec.Struct, frozen=True):
    """Events, the last to begin first, and where the next page begins (null: this was the last)."""

    rows: list[EventRow]
    next: str | None


class EventCount(msgspec.Struct, frozen=True):
    """A number and the filter that opens its records."""

    name: str
    count: int
    opens: dict[str, Any]


class Held(msgspec.Struct, frozen=True):
    """One event with everything told of people there; nothing of them for a reader who is neither
    at the event nor at a desk of its outlet and line."""

    event: Event
    row: EventRow
    check_ins: list[CheckIn]
    entries: list[Invited]
    shows_people: bool


async def page(tx: Tx, actor: Actor, wanted: Filter, cursor: Cursor, limit: int) -> EventPage:
    """One page, the last to begin first."""
    asked = Asked(_SELECT, *_where(tx, actor, wanted), "e.starts_at", "e.id")
    found, following = await paged(tx, asked, cursor, limit)
    return EventPage([_row(row) for row in found], following)


async def counts(tx: Tx, actor: Actor, wanted: Filter) -> list[EventCount]:
    """How many events are in which state; every number with the filter behind it."""
    clause, args = _where(tx, actor, wanted)
    rows = await tx.tuples(
        f"SELECT e.state, count(*) FROM event e WHERE {clause} GROUP BY e.state", *args
    )
    by_state = dict.fromkeys(MACHINE.states, 0) | {state: count for state, count in rows}
    return [EventCount(state, n, {"state": [state]}) for state, n in by_state.items()]


async def held(tx: Tx, actor: Actor, id: str) -> Held | None:
    """The event with its people, for its staff and for a desk of its outlet and line; without them
    for an administrator; None where there is none for this reader."""
    reach, args = within_reach(tx, actor, "e.outlet", "e.line")
    works = (
        "EXISTS (SELECT 1 FROM bucket_member m "
        "WHERE m.bucket = ? AND m.person_id = ? AND m.until_ver IS NULL)"
    )
    seat = (bucket_of(id), actor.id)
    found = await tx.fetch(f"{_SELECT} WHERE e.id = ? AND ({reach} OR {works})", id, *args, *seat)
    if not found:
        return None
    (event,) = await EVENTS.load(tx, [id])
    at_desk = actor.may(DESK_ROLES, event.outlet, event.line)
    if not at_desk and not (await tx.tuples(f"SELECT {works}", *seat))[0][0]:
        return Held(event, _row(found[0]), [], [], shows_people=False)
    check_ins = await CHECK_INS.find(tx, "event", id)
    entries = await ENTRIES.find(tx, "event", id)
    return Held(event, _row(found[0]), check_ins, entries, shows_people=True)


async def names(tx: Tx, people: set[str]) -> dict[str, str]:
    """Names of the house's own people. One query."""
    return {one.id: one.name for one in await PEOPLE.load(tx, people)}


async def months(tx: Tx, id: str) -> list[tuple[str, str, str, int]]:
    """Per month, kind of step and key: the sum of what came in time. What was counted is no step
    and not among them."""
    return [
        (month, what, key, int(n))
        for month, what, key, n in await tx.tuples(
            "SELECT substr(day, 1, 7), what, key, sum(n) FROM event_movement "
            "WHERE event = ? AND what <> 'count' AND NOT late "
            "GROUP BY substr(day, 1, 7), what, key ORDER BY 1, 2, 3",
            id,
        )
    ]


async def photos(tx: Tx, event: Event) -> dict[str, dict[str, Any]]:
    """The event's photos as published, by id. One query."""
    return await published.bodies(tx, "photo", [one.id for one in event.photos])


async def entries(tx: Tx, id: str) -> list[dict[str, Any]]:
    """The event's entries in the chain of facts, in order."""
    return await published.entries_of(tx, "event", id)


def _row(row: dict[str, Any]) -> EventRow:
    return EventRow(row["id"], row["rev"], msgspec.json.decode(row["body"]))


def _where(tx: Tx, actor: Actor, wanted: Filter) -> Where:
    reach = within_reach(tx, actor, "e.outlet", "e.line")
    where = narrowed(tx, reach, wanted, "e", ("outlet", "line"), ("state", "kind"))
    return spanned(where, "e.starts_at", wanted.since, wanted.until)
