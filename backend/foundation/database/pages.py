"""Pages of a list, sorted by a moment or a day and an id, so that they can be cut anywhere."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.kernel.limits import PAGE_ROWS_MAX

Cursor = tuple[str, str] | None
Where = tuple[str, Sequence[Any]]  # a condition and its arguments


class Asked(msgspec.Struct, frozen=True):
    """One list: its columns, its condition, and the two columns it is sorted by. `shown` is what
    the row calls the first of them, where that is an expression.

    `strands` say the condition once more in parts, of which an index answers each in the order of
    the list; every row is in one of them at least. `table` is what condition and order are about,
    with the name that they give it.
    """

    select: str
    clause: str
    args: Sequence[Any]
    moment: str
    id: str
    before: tuple[Any, ...] = ()  # arguments of the columns
    rising: bool = False
    shown: str = ""
    table: str = ""
    strands: Sequence[Where] = ()


async def page(
    tx: Tx, asked: Asked, cursor: Cursor, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """The rows, and the cursor of the next page or None. One query; one more where the list is in
    strands."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    sign, way = (">", "ASC") if asked.rising else ("<", "DESC")
    clause, args = asked.clause, asked.args
    if cursor is not None:
        clause += f" AND ({asked.moment} {sign} ? OR ({asked.moment} = ? AND {asked.id} {sign} ?))"
        args = [*args, cursor[0], *cursor]
    tail = f" ORDER BY {asked.moment} {way}, {asked.id} {way} LIMIT {limit + 1}"
    if asked.strands:
        ids = await _first_of(tx, asked, (clause, args), tail)
        clause, args = among(tx, asked.id, ids)
    found = await tx.fetch(f"{asked.select} WHERE {clause}{tail}", *asked.before, *args)
    shown = found[:limit]
    if len(found) <= limit:
        return shown, None
    last = shown[-1]
    moment = last[asked.shown or _name(asked.moment)]
    return shown, f"{moment}|{last[_name(asked.id)]}"


async def _first_of(tx: Tx, asked: Asked, where: Where, tail: str) -> list[str]:
    """The ids of the page, and perhaps of more: the first rows of every strand, which an index
    finds at once. Walked by time alone, the page of somebody with one new outlet would be looked
    for in the rows of all the others, to their very end."""
    clause, args = where
    parts: list[str] = []
    given: list[Any] = []
    for number, (strand, values) in enumerate(asked.strands):
        rows = f"SELECT {asked.id} FROM {asked.table} WHERE {strand} AND {clause}{tail}"
        parts.append(f"SELECT id FROM ({rows}) s{number}")
        given += [*values, *args]
    return [row[0] for row in await tx.tuples(" UNION ".join(parts), *given)]


def narrowed(
    tx: Tx,
    where: Where,
    wanted: object,
    table: str,
    equal: Iterable[str] = (),
    any_of: Iterable[str] = (),
) -> Where:
    """The condition, and what the filter asks for of these columns of `table`: one value, or any of
    several. None and empty ask for nothing."""
    clause, args = where
    for column in equal:
        value = getattr(wanted, column)
        if value is not None:
            clause, args = f"{clause} AND {table}.{column} = ?", [*args, value]
    for column in any_of:
        values = getattr(wanted, column)
        if values:
            part, more = among(tx, f"{table}.{column}", values)
            clause, args = f"{clause} AND {part}", [*args, *more]
    return clause, args


def spanned(where: Where, column: str, since: str | None, until: str | None) -> Where:
    """The condition, and from `since` on until before `until`."""
    clause, args = where
    for sign, moment in ((">=", since), ("<", until)):
        if moment is not None:
            clause, args = f"{clause} AND {column} {sign} ?", [*args, moment]
    return clause, args


def _name(column: str) -> str:
    return column.rpartition(".")[2]
