"""Lists and counts of visits for a desk: a page at a time, only what the reader's posts cover."""

from typing import Any

import msgspec

from backend.features.visits.rules.decision import bucket_of
from backend.features.visits.states import VISIT
from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.listing import within_reach
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import PAGE_ROWS_MAX

DAYS_MAX = 400  # of a calendar: a year and what hangs over
# Day and hour as they sort and as a cursor carries them; local, whatever the Z says.
_WHEN = "(v.day || 'T' || v.begins || ':00.000Z')"
_SELECT = (
    f"SELECT v.id, {_WHEN} AS at, p.rev, p.body FROM visit v "
    "JOIN record p ON p.id = 'visit:' || v.id WHERE "
)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader asks for; None and empty mean all. Days are local, both included."""

    outlet: str | None = None
    line: str | None = None
    staff: str | None = None
    since: str | None = None
    until: str | None = None
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()


class VisitRow(msgspec.Struct, frozen=True):
    """A visit as published. Nothing personal is in it."""

    id: str
    rev: int
    body: dict[str, Any]


class VisitPage(msgspec.Struct, frozen=True):
    """Visits, latest day first, and where the next page begins (null: this was the last)."""

    rows: list[VisitRow]
    next: str | None


class VisitCount(msgspec.Struct, frozen=True):
    """A number and the filter that opens its records."""

    name: str
    count: int
    opens: dict[str, Any]


class DayCount(msgspec.Struct, frozen=True):
    """How many visits a day has in a state, and the filter that opens them."""

    day: str
    state: str
    count: int
    opens: dict[str, Any]


async def page(
    tx: Tx, actor: Actor, wanted: Filter, cursor: tuple[str, str] | None, limit: int
) -> VisitPage:
    """One page. Sorted by day, hour and id, so that it can be cut anywhere."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    clause, args = _clause(tx, actor, wanted)
    if cursor is not None:
        at, id = cursor
        clause += f" AND ({_WHEN} < ? OR ({_WHEN} = ? AND v.id < ?))"
        args += [at, at, id]
    order = f" ORDER BY at DESC, v.id DESC LIMIT {limit + 1}"
    found = await tx.fetch(f"{_SELECT}{clause}{order}", *args)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    following = f"{last['at']}|{last['id']}" if last else None
    return VisitPage([_row(row) for row in shown], following)


async def one(tx: Tx, actor: Actor, id: str) -> VisitRow | None:
    """The visit, or None where there is none for this reader."""
    reach, args = within_reach(tx, actor, "v.outlet", "v.line")
    named = "v.requested_by = ? OR v.reviewed_by = ? OR replace(v.staff, ?, '') <> v.staff"
    found = await tx.fetch(
        f"{_SELECT}v.id = ? AND ({reach} OR {named})", id, *args, *[actor.id] * 3
    )
    return _row(found[0]) if found else None


async def permit(tx: Tx, visit: VisitRow) -> dict[str, Any] | None:
    """The authorisation that came of the visit, as published."""
    id = visit.body["authorisation"]
    return None if id is None else (await _bodies(tx, [f"authorisation:{id}"])).get(id)


async def personal(tx: Tx, actor: Actor, id: str) -> dict[str, dict[str, Any]] | None:
    """Everything of the visit's own bucket by `kind:id`, for whoever belongs to it now: a console
    shows nobody what their phone would not hold."""
    bucket = bucket_of(id)
    seat = await tx.tuples(
        "SELECT 1 FROM bucket_member WHERE id = ? AND until_ver IS NULL", f"{bucket}|{actor.id}"
    )
    if not seat:
        return None
    rows = await tx.tuples(
        "SELECT r.id, r.body FROM sync_row s JOIN record r ON r.id = s.rec_key "
        "WHERE s.bucket = ? AND NOT s.gone",
        bucket,
    )
    return {key: msgspec.json.decode(body) for key, body in rows if body != "null"}


async def entries(tx: Tx, id: str) -> list[dict[str, Any]]:
    """The visit's entries in the chain of facts, in order, those of its parts included."""
    return await tx.fetch(
        "SELECT seq, type, actor_id, device_id, occurred_at, received_at, entry_hash FROM fact "
        "WHERE (rec_kind IN ('visit', 'visit_person') AND rec_id = ?) "
        "OR (rec_kind = 'visit_answer' AND rec_id LIKE ?) ORDER BY seq",
        id,
        f"{id}.%",
    )


async def counts(tx: Tx, actor: Actor, wanted: Filter) -> list[VisitCount]:
    """Every count with the filter behind it: a number that cannot be opened is not shown."""
    clause, args = _clause(tx, actor, wanted)
    rows = await tx.tuples(
        f"SELECT v.state, count(*) FROM visit v WHERE {clause} GROUP BY v.state", *args
    )
    by_state: dict[str, int] = {state: count for state, count in rows}
    return [VisitCount(one, by_state.get(one, 0), {"state": [one]}) for one in VISIT.states]


async def calendar(tx: Tx, actor: Actor, wanted: Filter) -> list[DayCount]:
    """Days that have visits, in order. One query."""
    clause, args = _clause(tx, actor, wanted)
    rows = await tx.tuples(
        f"SELECT v.day, v.state, count(*) FROM visit v WHERE {clause} "
        f"GROUP BY v.day, v.state ORDER BY v.day, v.state LIMIT {DAYS_MAX * len(VISIT.states)}",
        *args,
    )
    return [
        DayCount(day, state, count, {"since": day, "until": day, "state": [state]})
        for day, state, count in rows
    ]


async def _bodies(tx: Tx, keys: list[str]) -> dict[str, dict[str, Any]]:
    clause, args = among(tx, "id", keys)
    rows = await tx.tuples(f"SELECT rec_id, body FROM record WHERE {clause}", *args)
    return {id: msgspec.json.decode(body) for id, body in rows if body != "null"}


def _row(row: dict[str, Any]) -> VisitRow:
    return VisitRow(row["id"], row["rev"], msgspec.json.decode(row["body"]))


def _clause(tx: Tx, actor: Actor, wanted: Filter) -> tuple[str, list[Any]]:
    clause, args = within_reach(tx, actor, "v.outlet", "v.line")
    for column in ("outlet", "line"):
        value = getattr(wanted, column)
        if value is not None:
            clause += f" AND v.{column} = ?"
            args.append(value)
    if wanted.staff is not None:
        clause += " AND replace(v.staff, ?, '') <> v.staff"
        args.append(wanted.staff)
    for column in ("kind", "state"):
        values = getattr(wanted, column)
        if values:
            part, more = among(tx, f"v.{column}", values)
            clause += f" AND {part}"
            args += more
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day is not None:
            clause += f" AND v.day {sign} ?"
            args.append(day)
    return clause, args
