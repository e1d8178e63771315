"""Rows as frozen Structs: one Piccolo table, one Struct with the same field names.

Lists, dictionaries and Structs inside are kept as JSON text; booleans come back as booleans on
both engines. Nothing here knows what a row means.
"""

import types
import typing
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from piccolo.columns import Boolean
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
        self._json = tuple(not _is_plain(field.type) for field in fields)
        booleans = {c._meta.name for c in table._meta.columns if isinstance(c, Boolean)}
        self._boolean = tuple(name in booleans for name in self.columns)
        self._types = tuple(field.type for field in fields)
        self._json_places = [place for place, is_json in enumerate(self._json) if is_json]
        self._simple = not any(self._json) and not any(self._boolean)
        listed = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in self.columns if n != "id")
        self.select_sql = f'SELECT {listed} FROM "{self.name}"'
        self.upsert_sql = (
            f'INSERT INTO "{self.name}" ({listed}) VALUES ({marks}) '
            f'ON CONFLICT ("id") DO UPDATE SET {updates}'
        )

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
        """Writes each row, new or changed. One round trip. Only the journal's flush and the tested
        list of other writers call this."""
        if structs:
            await tx.run_many(self.upsert_sql, [self.values(one) for one in structs])

    async def delete(self, tx: Tx, ids: Sequence[str]) -> None:
        """Removes the rows with these ids. One query."""
        if ids:
            clause, args = among(tx, '"id"', ids)
            await tx.run(f'DELETE FROM "{self.name}" WHERE {clause}', *args)

    def read(self, rows: Sequence[Sequence[Any]]) -> list[S]:
        """Structs from rows of `select_sql`."""
        if self._simple:
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
        for position, value in enumerate(values):
            if value is None:
                continue
            if self._json[position]:
                values[position] = msgspec.json.decode(value, type=self._types[position])
            elif self._boolean[position]:
                values[position] = bool(value)
        return values


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
