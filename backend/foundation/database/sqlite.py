"""The embedded engine: one file, one writing connection, a few reading ones.

Promises: a committed transaction is on the disk (WAL, synchronous=FULL); a reader sees one moment;
a cancelled task leaves no lock behind. Against: lost updates between readers and writers (BEGIN
IMMEDIATE), "database is locked" inside the process (one asyncio lock), thread hops that cost more
than the statements (they run on the loop's own thread; only what waits for the disk, COMMIT, is
moved aside). It does not handle several writing processes
well: short commands may share the file, a second server may not (see `settings`).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from backend.foundation.database.transaction import (
    Alone,
    Busy,
    ConstraintBroken,
    Dialect,
    Row,
    savepoint,
)

READERS = 4
BUSY_MS = 10_000  # another process (a backup, `user add`) holds the file for less than this
BUSY_TRIES = 200
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA cache_size=-16000",
    "PRAGMA temp_store=MEMORY",
)
# The disk is full or away, or somebody else holds the file: to a phone that is not "your command
# broke me", or it would hand over good work as unreadable.
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    }
)


class SqliteTx:
    """One transaction on one connection. See `Tx`."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._savepoints = 0

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        cursor = self._execute(sql, args)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    async def tuples(self, sql: str, *args: Any) -> Sequence[Sequence[Any]]:
        return self._execute(sql, args).fetchall()

    async def run(self, sql: str, *args: Any) -> int:
        return self._execute(sql, args).rowcount

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as failed:
            raise _translated(failed) from failed

    async def lock(self, keys: Iterable[str]) -> None:
        return None

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        self._savepoints += 1
        return savepoint(self, f"s{self._savepoints}")

    def _execute(self, sql: str, args: tuple[Any, ...]) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, args)
        except sqlite3.Error as failed:
            raise _translated(failed) from failed


class SqliteDatabase:
    """A pooled SQLite file. `open` before use, `close` at the end."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: sqlite3.Connection | None = None
        self._write_lock = asyncio.Lock()
        self._readers: asyncio.LifoQueue[sqlite3.Connection] = asyncio.LifoQueue()
        self._connections: list[sqlite3.Connection] = []

    async def open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = self._connect()
        self._writer.execute("PRAGMA busy_timeout=0").close()  # `_begin` waits, and not the loop
        for _ in range(READERS):
            self._readers.put_nowait(self._connect())

    async def close(self) -> None:
        while self._connections:
            self._connections.pop().close()
        self._readers = asyncio.LifoQueue()
        self._writer = None

    def connections(self) -> dict[str, int]:
        """How many connections of the pool are at work and how many wait for some."""
        idle = self._readers.qsize() + (not self._write_lock.locked())
        return {"busy": max(0, len(self._connections) - idle), "idle": idle}

    @asynccontextmanager
    async def unit_of_work(self, names: Iterable[str] = ()) -> AsyncIterator[SqliteTx]:
        """A writing transaction: all of it, or nothing of it. Raises Busy if the file is held.
        The names need no locks here, see `Tx.lock`."""
        async with Alone(), self._write_lock:
            writer = self._writer
            assert writer is not None, "the database is not open"
            try:
                await _begin(writer)
                yield SqliteTx(writer)
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise
            await _aside(_commit, writer)

    def looking(self) -> AbstractAsyncContextManager[SqliteTx]:
        """As `reading`: here a common moment costs nothing."""
        return self.reading()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteTx]:
        """A reading transaction that sees one moment."""
        async with Alone():
            connection = await self._readers.get()
            try:
                connection.execute("BEGIN")
                try:
                    yield SqliteTx(connection)
                finally:
                    connection.execute("ROLLBACK")
            finally:
                self._readers.put_nowait(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            timeout=BUSY_MS / 1000,
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()
        self._connections.append(connection)
        return connection


async def _begin(connection: sqlite3.Connection) -> None:
    # Nearly always had at once; then a thread to wait in would cost more than the statement.
    for left in reversed(range(BUSY_TRIES)):
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as held:
            if not left:
                raise Busy(str(held)) from held
        await asyncio.sleep(BUSY_MS / 1000 / BUSY_TRIES)


async def _aside(
    step: Callable[[sqlite3.Connection], None], connection: sqlite3.Connection
) -> None:
    # Shielded: a task cancelled while the disk works must not free the lock before the step is
    # known to have happened, or the next writer would begin inside this transaction.
    running = asyncio.ensure_future(asyncio.to_thread(step, connection))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def _commit(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as failed:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise _translated(failed) from failed


def _translated(failed: sqlite3.Error) -> Exception:
    if isinstance(failed, sqlite3.IntegrityError):
        return ConstraintBroken(str(failed))
    # The low byte is the kind, the rest says more of it; an error of our own has no code.
    if getattr(failed, "sqlite_errorcode", 0) & 0xFF in _PASSING:
        return Busy(str(failed))
    return failed
