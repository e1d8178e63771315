"""What a unit of work offers, on either engine."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Literal, Protocol

Dialect = Literal["sqlite", "postgres"]
Row = dict[str, Any]


class ConstraintBroken(Exception):
    """A unique, check or foreign key refused a row. The database is the second judge; the first
    (rules) should have said no, so the journal looks again, one command at a time."""


class Busy(Exception):
    """Serialisation failure, deadlock, a lock not had in time, a server that is away, a full disk:
    the whole transaction is gone, and the same work may be repeated."""


class Alone:
    """Held around every transaction: a task that asks for a second one inside its first would wait,
    once as many tasks do so as the pool has connections, for itself, and for ever."""

    __slots__ = ("_before",)

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task is None or _inside.get() is not task, "a transaction inside a transaction"
        self._before = _inside.set(task)

    async def __aexit__(self, *failed: object) -> None:
        _inside.reset(self._before)


_inside: ContextVar[asyncio.Task[Any] | None] = ContextVar("inside", default=None)


class Tx(Protocol):
    """One transaction. SQL is written once, with `?` for every value, and runs on both engines.

    Text, integers, booleans and None only; moments are wire text, JSON is text.
    """

    dialect: Dialect

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        """All rows as dictionaries."""
        ...

    async def tuples(self, sql: str, *args: Any) -> Sequence[Sequence[Any]]:
        """All rows as tuples: for hot paths."""
        ...

    async def run(self, sql: str, *args: Any) -> int:
        """Carries out one statement; the number of rows it touched."""
        ...

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """The same statement for each row, in one round trip."""
        ...

    async def lock(self, keys: Iterable[str]) -> None:
        """Holds these names until the transaction ends. Sorted, so that two never wait in a ring.
        On SQLite the whole file is held already."""
        ...

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undoes what happened inside when it is left by an exception."""
        ...


def among(tx: Tx, column: str, values: Iterable[str]) -> tuple[str, list[Any]]:
    """`column IN (values)` with one parameter, whatever the number of values: SQL and arguments."""
    listed = list(values)
    if tx.dialect == "postgres":
        return f"{column} = ANY(?::text[])", [listed]
    return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(listed)]


@lru_cache(maxsize=2048)
def numbered(sql: str) -> str:
    """`?` to `$1, $2 …` outside quotes. A `?` operator of PostgreSQL cannot be used: name it."""
    parts = sql.split("'")
    count = 0
    for position in range(0, len(parts), 2):
        pieces = parts[position].split("?")
        rebuilt = pieces[0]
        for piece in pieces[1:]:
            count += 1
            rebuilt += f"${count}{piece}"
        parts[position] = rebuilt
    return "'".join(parts)


@asynccontextmanager
async def savepoint(tx: Tx, name: str) -> AsyncIterator[None]:
    """SAVEPOINT … RELEASE, or ROLLBACK TO on the way out of an exception."""
    await tx.run(f"SAVEPOINT {name}")
    try:
        yield
    except Busy:
        raise  # there may be nothing left to go back to, and saying so would hide why
    except BaseException:
        await tx.run(f"ROLLBACK TO SAVEPOINT {name}")
        await tx.run(f"RELEASE SAVEPOINT {name}")
        raise
    await tx.run(f"RELEASE SAVEPOINT {name}")
