"""Reading the figures of a desk, within what the reader may see."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from backend.foundation.database.pages import Where
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.listing import OVERSEEING, within_reach
from backend.foundation.journal.tallies import ALL_OUTLETS
from backend.foundation.kernel.actor import Actor


async def sums(
    tx: Tx,
    reach: Where,
    tally: str,
    since: str,
    until: str,
    by: Sequence[str],
    numbers: int,
    most: int | None = None,
) -> Sequence[Sequence[Any]]:
    """The cells of these spans, both ends included, added up by these columns: these, then so many
    numbers. With `most`, that many with the largest first number."""
    columns = ", ".join(f"t.{name}" for name in by)
    added = ", ".join(f"CAST(sum(t.n{at}) AS BIGINT) AS n{at}" for at in range(numbers))
    clause, args = reach
    order = columns if most is None else f"n0 DESC, {columns} LIMIT {most}"
    return await tx.tuples(
        f"SELECT {columns}, {added} FROM tally t "
        f"WHERE t.tally = ? AND t.span BETWEEN ? AND ? AND {clause} "
        f"GROUP BY {columns} ORDER BY {order}",
        tally,
        since,
        until,
        *args,
    )


def over_outlets(tx: Tx, actor: Actor, outlet: str | None, line: str | None) -> Where:
    """Cells for a sum over outlets: those of all outlets together where the reader sees all of
    them, so that a bank of a thousand outlets costs no more than one of ten."""
    desks = [grant for grant in actor.grants if grant.role in OVERSEEING]
    if outlet is None and desks and all(grant.outlet is None for grant in desks):
        clause, args = within_reach(tx, actor, "t.outlet", "t.line")
        return _of_line((f"t.outlet = ? AND {clause}", [ALL_OUTLETS, *args]), line)
    return by_outlet(tx, actor, outlet, line)


def by_outlet(tx: Tx, actor: Actor, outlet: str | None, line: str | None) -> Where:
    """Cells of single outlets."""
    clause, args = within_reach(tx, actor, "t.outlet", "t.line")
    clause, args = f"t.outlet <> ? AND {clause}", [ALL_OUTLETS, *args]
    if outlet is not None:
        clause, args = f"{clause} AND t.outlet = ?", [*args, outlet]
    return _of_line((clause, args), line)


def weeks_back(monday: str, weeks: int) -> str:
    """The first day of so many weeks that end with this one."""
    return (date.fromisoformat(monday) - timedelta(weeks=weeks - 1)).isoformat()


def _of_line(where: Where, line: str | None) -> Where:
    clause, args = where
    return (clause, args) if line is None else (f"{clause} AND t.line = ?", [*args, line])
