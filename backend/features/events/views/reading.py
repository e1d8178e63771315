"""Lists and counts of events for a desk, and one event for whoever may see it."""

from typing import Any

import msgspec

from backend.features.events.model import Event
from backend.features.events.model.people import CheckIn, Invited
from backend.features.events.rules.decision import bucket_of
from backend.features.events.states import MACHINE
from backend.features.events.tables import CHECK_INS, ENTRIES, EVENTS
from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.listing import within_reach
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import PAGE_ROWS_MAX

_SELECT = (
    "SELECT e.id, e.starts_at, p.rev, p.body FROM event e "
    "JOIN record p ON p.id = 'event:' || e.id WHERE "
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
    """One event with everything told of people there."""

    event: Event
    row: EventRow
    check_ins: list[CheckIn]
    entries: list[Invited]


async def page(
    tx: Tx, actor: Actor, wanted: Filter, cursor: tuple[str, str] | None, limit: int
) -> EventPage:
    """One page. Sorted by the beginning and the id, so that it can be cut anywhere."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    clause, args = _clause(tx, actor, wanted)
    if cursor is not None:
        at, id = cursor
        clause += " AND (e.starts_at < ? OR (e.starts_at = ? AND e.id < ?))"
        args += [at, at, id]
    order = f" ORDER BY e.starts_at DESC, e.id DESC LIMIT {limit + 1}"
    found = await tx.fetch(f"{_SELECT}{clause}{order}", *args)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    following = f"{last['starts_at']}|{last['id']}" if last else None
    return EventPage([_row(row) for row in shown], following)


async def counts(tx: Tx, actor: Actor, wanted: Filter) -> list[EventCount]:
    """How many events are in which state; every number with the filter behind it."""
    clause, args = _clause(tx, actor, wanted)
    rows = await tx.tuples(
        f"SELECT e.state, count(*) FROM event e WHERE {clause} GROUP BY e.state", *args
    )
    by_state = dict.fromkeys(MACHINE.states, 0) | {state: count for state, count in rows}
    return [EventCount(state, n, {"state": [state]}) for state, n in by_state.items()]


async def held(tx: Tx, actor: Actor, id: str) -> Held | None:
    """The event with its people, for its staff and for a desk of its outlet and line; None where
    there is none for this reader."""
    reach, args = within_reach(tx, actor, "e.outlet", "e.line")
    works = (
        "EXISTS (SELECT 1 FROM bucket_member m "
        "WHERE m.bucket = ? AND m.person_id = ? AND m.until_ver IS NULL)"
    )
    found = await tx.fetch(
        f"{_SELECT}e.id = ? AND ({reach} OR {works})", id, *args, bucket_of(id), actor.id
    )
    if not found:
        return None
    (event,) = await EVENTS.load(tx, [id])
    check_ins = await CHECK_INS.find(tx, "event", id)
    return Held(event, _row(found[0]), check_ins, await ENTRIES.find(tx, "event", id))


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
    clause, args = among(tx, "id", [f"photo:{one.id}" for one in event.photos])
    rows = await tx.tuples(f"SELECT rec_id, body FROM record WHERE {clause}", *args)
    return {id: msgspec.json.decode(body) for id, body in rows if body != "null"}


async def entries(tx: Tx, id: str) -> list[dict[str, Any]]:
    """The event's entries in the chain of facts, in order: who did what, and both times."""
    return await tx.fetch(
        "SELECT seq, type, actor_id, device_id, occurred_at, received_at, entry_hash FROM fact "
        "WHERE rec_kind = 'event' AND rec_id = ? ORDER BY seq",
        id,
    )


def _row(row: dict[str, Any]) -> EventRow:
    return EventRow(row["id"], row["rev"], msgspec.json.decode(row["body"]))


def _clause(tx: Tx, actor: Actor, wanted: Filter) -> tuple[str, list[Any]]:
    clause, args = within_reach(tx, actor, "e.outlet", "e.line")
    for column in ("outlet", "line"):
        value = getattr(wanted, column)
        if value is not None:
            clause += f" AND e.{column} = ?"
            args.append(value)
    for column in ("state", "kind"):
        values = getattr(wanted, column)
        if values:
            part, more = among(tx, f"e.{column}", values)
            clause += f" AND {part}"
            args += more
    for sign, moment in ((">=", wanted.since), ("<", wanted.until)):
        if moment is not None:
            clause += f" AND e.starts_at {sign} ?"
            args.append(moment)
    return clause, args
