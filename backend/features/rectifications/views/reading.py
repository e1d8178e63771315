"""Lists and counts of cases for a desk: a page at a time, only what the reader's posts cover."""

from typing import Any

import msgspec

from backend.features.rectifications.model import Rectification
from backend.features.rectifications.states import MACHINE
from backend.features.rectifications.tables import CASES
from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.reach import within_reach
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.kernel.problem import args_invalid

WAITING = ("open", "assigned", "accepted", "returned")
LAST_FAILS = 3


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader asks for. Days are local dates, both ends included; empty means all."""

    outlet: str | None = None
    line: str | None = None
    since: str | None = None
    until: str | None = None
    state: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    overdue: bool | None = None
    owner: str | None = None
    round: str | None = None
    late: bool | None = None


class Page(msgspec.Struct, frozen=True):
    """Cases, newest first, and where the next page begins (None: this was the last)."""

    cases: list[Rectification]
    next: str | None


class Count(msgspec.Struct, frozen=True):
    """A number and the filter that opens its records."""

    name: str
    count: int
    opens: dict[str, Any]


async def page(
    tx: Tx, actor: Actor, wanted: Filter, now: str, *, cursor: str | None, limit: int
) -> Page:
    """One page. Sorted by the moment of raising and the id, so that it can be cut anywhere."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    clause, args = _clause(tx, actor, wanted, now)
    if cursor is not None:
        at, id = _cut(cursor)
        clause += " AND (raised_at < ? OR (raised_at = ? AND id < ?))"
        args += [at, at, id]
    order = f" ORDER BY raised_at DESC, id DESC LIMIT {limit + 1}"
    cases = await CASES.where(tx, clause + order, *args)
    more = len(cases) > limit
    cases = cases[:limit]
    return Page(cases, f"{cases[-1].raised_at}|{cases[-1].id}" if more else None)


async def one(tx: Tx, actor: Actor, id: str) -> Rectification | None:
    """The case, or None where there is none for this reader."""
    reach, args = within_reach(tx, actor)
    named = "(owner = ? OR raised_by = ? OR fixed_by = ?)"
    who = (actor.id, actor.id, actor.id)
    found = await CASES.where(tx, f"id = ? AND ({reach} OR {named})", id, *args, *who)
    return found[0] if found else None


async def last_fails(tx: Tx, actor: Actor, case: Rectification) -> list[Rectification]:
    """The outlet's last three findings against the same item before this one, newest first."""
    reach, args = within_reach(tx, actor)
    return await CASES.where(
        tx,
        f"outlet = ? AND item_key = ? AND raised_at < ? AND id <> ? AND {reach} "
        f"ORDER BY raised_at DESC, id DESC LIMIT {LAST_FAILS}",
        case.outlet,
        case.item.key,
        case.raised_at,
        case.id,
        *args,
    )


async def overview(tx: Tx, actor: Actor, wanted: Filter, now: str) -> list[Count]:
    """Every count with the filter behind it: a number that cannot be opened is not shown."""
    clause, args = _clause(tx, actor, wanted, now)
    rows = await tx.tuples(
        "SELECT state, on_spot, late, count(*), "
        "sum(CASE WHEN due_at IS NOT NULL AND due_at < ? AND state IN "
        f"({', '.join(repr(state) for state in WAITING)}) THEN 1 ELSE 0 END) "
        f"FROM rectification WHERE {clause} GROUP BY state, on_spot, late",
        now,
        *args,
    )
    counts = dict.fromkeys(MACHINE.states, 0)
    overdue = late = on_spot = 0
    for state, spot, was_late, count, over in rows:
        counts[state] += count
        overdue += int(over)
        late += count if was_late else 0
        on_spot += count if spot else 0
    told = [Count(state, counts[state], {"state": [state]}) for state in MACHINE.states]
    told.append(Count("overdue", overdue, {"overdue": True}))
    told.append(Count("late", late, {"late": True}))
    told.append(Count("on_spot", on_spot, {"on_spot": True}))
    return told


def _clause(tx: Tx, actor: Actor, wanted: Filter, now: str) -> tuple[str, list[Any]]:
    clause, args = within_reach(tx, actor)
    for column, value in (
        ("outlet", wanted.outlet),
        ("line", wanted.line),
        ("owner", wanted.owner),
        ("round", wanted.round),
    ):
        if value is not None:
            clause += f" AND {column} = ?"
            args.append(value)
    for column, values in (("state", wanted.state), ("severity", wanted.severity)):
        if values:
            part, more = among(tx, column, values)
            clause += f" AND {part}"
            args += more
    if wanted.since is not None:
        clause += " AND raised_at >= ?"
        args.append(wanted.since)
    if wanted.until is not None:
        clause += " AND raised_at < ?"
        args.append(wanted.until)
    if wanted.late is not None:
        clause += " AND late = ?"
        args.append(wanted.late)
    if wanted.overdue is not None:
        part, more = among(tx, "state", WAITING)
        sign = "" if wanted.overdue else "NOT "
        clause += f" AND {sign}(due_at IS NOT NULL AND due_at < ? AND {part})"
        args += [now, *more]
    return clause, args


def _cut(cursor: str) -> tuple[str, str]:
    at, bar, id = cursor.partition("|")
    if not bar:
        raise args_invalid(field="cursor", reason="not a cursor of this list")
    return at, id
