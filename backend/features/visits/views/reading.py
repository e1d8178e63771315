"""Lists and counts of visits for a desk: a page at a time, only what the reader's posts cover."""

from typing import Any

import msgspec

from backend.features.visits.rules.decision import bucket_of
from backend.features.visits.states import VISIT
from backend.foundation.database.pages import Asked, Cursor, Where, narrowed
from backend.foundation.database.pages import page as paged
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.listing import within_reach
from backend.foundation.journal import published
from backend.foundation.kernel.actor import Actor

DAYS_MAX = 400  # of a calendar: a year and what hangs over
# Day and hour as they sort and as a cursor carries them; local, whatever the Z says.
_WHEN = "(v.day || 'T' || v.begins || ':00.000Z')"
_SELECT = (
    f"SELECT v.id, {_WHEN} AS at, p.rev, p.body FROM visit v "
    "JOIN record p ON p.id = 'visit:' || v.id"
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


async def page(tx: Tx, actor: Actor, wanted: Filter, cursor: Cursor, limit: int) -> VisitPage:
    """One page, the latest day and hour first."""
    asked = Asked(_SELECT, *_where(tx, actor, wanted), _WHEN, "v.id", shown="at")
    found, following = await paged(tx, asked, cursor, limit)
    return VisitPage([_row(row) for row in found], following)


async def one(tx: Tx, actor: Actor, id: str) -> VisitRow | None:
    """The visit, or None where there is none for this reader."""
    reach, args = within_reach(tx, actor, "v.outlet", "v.line")
    named = "v.requested_by = ? OR v.reviewed_by = ? OR replace(v.staff, ?, '') <> v.staff"
    found = await tx.fetch(
        f"{_SELECT} WHERE v.id = ? AND ({reach} OR {named})", id, *args, *[actor.id] * 3
    )
    return _row(found[0]) if found else None


async def permit(tx: Tx, visit: VisitRow) -> dict[str, Any] | None:
    """The authorisation that came of the visit, as published."""
    id = visit.body["authorisation"]
    return None if id is None else (await published.bodies(tx, "authorisation", [id])).get(id)


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
    of_visit = "rec_kind IN ('visit', 'visit_person') AND rec_id = ?"
    of_part = "rec_kind = 'visit_answer' AND rec_id LIKE ?"
    return await published.entries(tx, f"({of_visit}) OR ({of_part})", id, f"{id}.%")


async def counts(tx: Tx, actor: Actor, wanted: Filter) -> list[VisitCount]:
    """Every count with the filter behind it: a number that cannot be opened is not shown."""
    clause, args = _where(tx, actor, wanted)
    rows = await tx.tuples(
        f"SELECT v.state, count(*) FROM visit v WHERE {clause} GROUP BY v.state", *args
    )
    by_state: dict[str, int] = {state: count for state, count in rows}
    return [VisitCount(one, by_state.get(one, 0), {"state": [one]}) for one in VISIT.states]


async def calendar(tx: Tx, actor: Actor, wanted: Filter) -> list[DayCount]:
    """Days that have visits, in order. One query."""
    clause, args = _where(tx, actor, wanted)
    rows = await tx.tuples(
        f"SELECT v.day, v.state, count(*) FROM visit v WHERE {clause} "
        f"GROUP BY v.day, v.state ORDER BY v.day, v.state LIMIT {DAYS_MAX * len(VISIT.states)}",
        *args,
    )
    return [
        DayCount(day, state, count, {"since": day, "until": day, "state": [state]})
        for day, state, count in rows
    ]


def _row(row: dict[str, Any]) -> VisitRow:
    return VisitRow(row["id"], row["rev"], msgspec.json.decode(row["body"]))


def _where(tx: Tx, actor: Actor, wanted: Filter) -> Where:
    reach = within_reach(tx, actor, "v.outlet", "v.line")
    clause, args = narrowed(tx, reach, wanted, "v", ("outlet", "line"), ("kind", "state"))
    if wanted.staff is not None:
        clause, args = f"{clause} AND replace(v.staff, ?, '') <> v.staff", [*args, wanted.staff]
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day is not None:
            clause, args = f"{clause} AND v.day {sign} ?", [*args, day]
    return clause, args
