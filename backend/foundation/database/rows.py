"""Rows as frozen Structs: one Piccolo table, one Struct with the same field names.

Lists, dictionaries and Structs inside are kept as JSON text; booleans come back as booleans on
both engines. Nothing here knows what a row means.
"""

import types
import typing
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from piccolo.columns import BigInt, Boolean, Column, Text
from piccolo.table import Table

from backend.foundation.database.transaction import Tx, among

S = TypeVar("S", bound=msgspec.Struct)
_PLAIN = (str, int, bool, type(None))


class Rows(Generic[S]):
    """The way between a table and its Struct. Declared once beside the table:

    `ROUNDS = Rows(RoundTable, Round)`. The Struct's `id` is the primary key.
    Raises TypeError at import when the two do not have the same names.
    """

    def __init__(self, table: type[Table], struct: type[S]) -> None:
        self.table = table
        self.struct = struct
        self.name: str = table._meta.tablename
        fields = msgspec.structs.fields(struct)
        self.columns = tuple(field.name for field in fields)
        names = {column._meta.name for column in table._meta.columns}
        if names != set(self.columns):
            raise TypeError(f"{self.name}: {sorted(names ^ set(self.columns))} differ")
        booleans = {c._meta.name for c in table._meta.columns if isinstance(c, Boolean)}
        self._json_places: list[int] = []
        self._reviving: list[tuple[int, Callable[[Any], Any]]] = []
        for place, field in enumerate(fields):
            if not _is_plain(field.type):
                self._json_places.append(place)
                self._reviving.append((place, msgspec.json.Decoder(field.type).decode))
            elif field.name in booleans:
                self._reviving.append((place, bool))
        listed = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in self.columns if n != "id")
        self.select_sql = f'SELECT {listed} FROM "{self.name}"'
        arrays = {c._meta.name: _array_of(c) for c in table._meta.columns}
        unnested = ", ".join(f"?::{arrays[name]}" for name in self.columns)
        self.insert_sql = f'INSERT INTO "{self.name}" ({listed}) VALUES ({marks})'
        self.insert_all_sql = (
            f'INSERT INTO "{self.name}" ({listed}) SELECT * FROM unnest({unnested})'
        )
        self._or_update = f'ON CONFLICT ("id") DO UPDATE SET {updates}'

    async def load(self, tx: Tx, ids: Iterable[str]) -> list[S]:
        """The rows with these ids, in no order. One query, any number of ids."""
        clause, args = among(tx, '"id"', ids)
        return self.read(await tx.tuples(f"{self.select_sql} WHERE {clause}", *args))

    async def find(self, tx: Tx, column: str, value: Any) -> list[S]:
        """The rows whose column has this value, ordered by id. One query."""
        if column not in self.columns:
            raise ValueError(f"{self.name} has no column {column}")
        sql = f'{self.select_sql} WHERE "{column}" = ? ORDER BY "id"'
        return self.read(await tx.tuples(sql, value))

    async def where(self, tx: Tx, clause: str, *args: Any) -> list[S]:
        """The rows for a WHERE clause (and what may follow it) of ours, never of a caller's."""
        return self.read(await tx.tuples(f"{self.select_sql} WHERE {clause}", *args))

    async def upsert(self, tx: Tx, structs: Sequence[S]) -> None:
        """Writes each row, new or changed; of two with one id the later one. One round trip. Only
        the journal's flush and the tested list of other writers call this and `write_all`."""
        await write_all(tx, [self.upserting(structs)])

    def upserting(self, structs: Sequence[S]) -> "Write":
        """What `upsert` does, to be written together with others."""
        latest = {one.id: one for one in structs}  # type: ignore[attr-defined]
        return Write(self, list(latest.values()), self._or_update)

    def inserting(self, structs: Sequence[S], otherwise: str = "") -> "Write":
        """Rows that are not there yet. `otherwise` is an ON CONFLICT clause; without one a row that
        is there makes `write_all` raise ConstraintBroken."""
        return Write(self, structs, otherwise)

    async def delete(self, tx: Tx, ids: Sequence[str]) -> None:
        """Removes the rows with these ids. One query."""
        if ids:
            clause, args = among(tx, '"id"', ids)
            await tx.run(f'DELETE FROM "{self.name}" WHERE {clause}', *args)

    def read(self, rows: Sequence[Sequence[Any]]) -> list[S]:
        """Structs from rows of `select_sql`."""
        if not self._reviving:
            return [self.struct(*row) for row in rows]
        return [self.struct(*self._revived(row)) for row in rows]

    def values(self, struct: S) -> Sequence[Any]:
        """The row for a Struct, in the order of `columns`."""
        row = msgspec.structs.astuple(struct)
        if not self._json_places:
            return row
        values = list(row)
        for place in self._json_places:
            if values[place] is not None:
                values[place] = msgspec.json.encode(values[place]).decode()
        return values

    def _revived(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, revive in self._reviving:
            if values[place] is not None:
                values[place] = revive(values[place])
        return values


class Write(NamedTuple):
    """Rows of one table, on their way."""

    rows: Rows[Any]
    structs: Sequence[Any]
    otherwise: str


class Change(NamedTuple):
    """A statement of ours that goes with the rows; it must not touch their tables."""

    sql: str
    args: tuple[Any, ...]


async def write_all(tx: Tx, writes: Iterable[Write], changes: Iterable[Change] = ()) -> None:
    """Rows of several tables, each table once. One round trip on PostgreSQL, where a statement's
    way there and back costs more than a row: the rows of a table travel as arrays, the tables as
    parts of one statement. Their order is PostgreSQL's; all of them are there when it returns."""
    full = [write for write in writes if write.structs]
    if tx.dialect == "sqlite":
        for rows, structs, otherwise in full:
            sql = f"{rows.insert_sql} {otherwise}"
            await tx.run_many(sql, [rows.values(one) for one in structs])
        for change in changes:
            await tx.run(change.sql, *change.args)
        return
    args: list[Any] = []
    for rows, structs, _ in full:
        args += map(list, zip(*(rows.values(one) for one in structs), strict=True))
    parts = [f"{write.rows.insert_all_sql} {write.otherwise}" for write in full]
    for change in changes:
        parts.append(change.sql)
        args += change.args
    if not parts:
        return
    before = ", ".join(f"w{number} AS ({part})" for number, part in enumerate(parts[:-1]))
    await tx.run(f"WITH {before} {parts[-1]}" if before else parts[-1], *args)


def _array_of(column: Column) -> str:
    """PostgreSQL's type for many values of this column. Raises TypeError for a new kind."""
    for kind, name in ((Boolean, "boolean[]"), (BigInt, "bigint[]"), (Text, "text[]")):
        if isinstance(column, kind):
            return name
    raise TypeError(f"{column._meta.name}: tables have Text, BigInt and Boolean columns")


def _is_plain(annotation: Any) -> bool:
    """Whether a field is kept as it is. Literals of text and integers count as plain."""
    origin = typing.get_origin(annotation)
    if origin is typing.Literal:
        return True
    if origin is None:
        return annotation in _PLAIN or (
            isinstance(annotation, type) and issubclass(annotation, str | int)
        )
    arguments = typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return all(_is_plain(argument) for argument in arguments)
    return False
