"""Pages of the officer's lists, sorted by a moment or a day and an id: they can be cut anywhere."""

from typing import Any

import msgspec

from backend.foundation.database.transaction import Tx
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.kernel.problem import args_invalid

Cursor = tuple[str, str] | None
_CURSOR_MAX = 240  # a moment, a kind, a record's id and a class


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the officer asks for; None means all. `since` and `until` are moments (days on the
    retention board), the second one excluded."""

    parent_kind: str | None = None
    purpose: str | None = None
    state: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


class Asked(msgspec.Struct, frozen=True):
    """One list: its columns, its condition, and the two columns it is sorted by."""

    select: str
    clause: str
    args: tuple[Any, ...]
    moment: str
    id: str
    before: tuple[Any, ...] = ()  # arguments of the columns
    rising: bool = False


async def page(
    tx: Tx, asked: Asked, cursor: Cursor, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """The rows, and the cursor of the next page or None. One query."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    sign, way = (">", "ASC") if asked.rising else ("<", "DESC")
    clause, args = asked.clause, asked.args
    if cursor is not None:
        clause += f" AND ({asked.moment} {sign} ? OR ({asked.moment} = ? AND {asked.id} {sign} ?))"
        args = (*args, cursor[0], *cursor)
    tail = f" ORDER BY {asked.moment} {way}, {asked.id} {way} LIMIT {limit + 1}"
    found = await tx.fetch(f"{asked.select} WHERE {clause}{tail}", *asked.before, *args)
    shown = found[:limit]
    if len(found) <= limit:
        return shown, None
    last = shown[-1]
    moment, id = asked.moment.split(".")[1], asked.id.split(".")[1]
    return shown, f"{last[moment]}|{last[id]}"


def cursor_of(text: str | None) -> Cursor:
    """Where the last page ended. Refuses what no page of ours ended with."""
    if text is None:
        return None
    moment, bar, id = text.partition("|")
    if not (moment and bar and id) or len(text) > _CURSOR_MAX or "\x00" in text:
        raise args_invalid(field="cursor", reason="not a cursor of this list")
    return moment, id


def equal(given: list[tuple[str, str | None]]) -> tuple[str, tuple[Any, ...]]:
    """A condition on the columns that have a value."""
    asked = [(column, value) for column, value in given if value is not None]
    clause = " AND ".join(["1 = 1", *(f"{column} = ?" for column, _ in asked)])
    return clause, tuple(value for _, value in asked)


def between(
    clause: str, args: tuple[Any, ...], column: str, wanted: Filter
) -> tuple[str, tuple[Any, ...]]:
    """The condition, and from `since` on until before `until`."""
    for sign, moment in ((">=", wanted.since), ("<", wanted.until)):
        if moment is not None:
            clause, args = f"{clause} AND {column} {sign} ?", (*args, moment)
    return clause, args
