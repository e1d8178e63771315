"""PostgreSQL through asyncpg: a pool, READ COMMITTED, named locks where two may meet.

Records are guarded by advisory locks on their names, taken sorted at the start of a batch: rows
that do not exist yet can be locked too, and no two batches wait in a ring.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from backend.foundation.database.transaction import (
    Alone,
    Busy,
    ConstraintBroken,
    Dialect,
    Row,
    numbered,
    savepoint,
)

_LOCKS_AT_ONCE = 1000  # a list of PostgreSQL's has at most 1664 entries
POOL_MAX = 10  # per process; four processes stay below PostgreSQL's default of 100
# Every statement looks rows up by an index, whatever its values are: planning it anew for each
# value costs more than carrying it out. The plan is made once, when tables may be small: left to
# itself it would read them whole, and go on doing so while they grow. Where there is no index a
# table is still read whole; that plan's price is then a fiction that must not call the compiler.
_SESSION = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "random_page_cost": "1.1",
    "jit": "off",
}
_FAILED = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)
_REPEATABLE = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    # The server is away, stopping, starting, full, or has no connection to spare. To a phone that
    # is not "your command broke me": it would hand over good work as unreadable.
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    OSError,
)


class PostgresTx:
    """One transaction on one pooled connection. See `Tx`."""

    dialect: Dialect = "postgres"

    def __init__(self, connection: Any, held: frozenset[int] = frozenset()) -> None:
        self._connection = connection
        self._savepoints = 0
        self._held = held

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return [dict(row) for row in await self.tuples(sql, *args)]

    async def tuples(self, sql: str, *args: Any) -> Sequence[Any]:
        try:
            return await self._connection.fetch(numbered(sql), *args)
        except _FAILED as failed:
            raise _translated(failed, self._connection) from failed

    async def run(self, sql: str, *args: Any) -> int:
        try:
            tag = await self._connection.execute(numbered(sql), *args)
        except _FAILED as failed:
            raise _translated(failed, self._connection) from failed
        last = tag.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        try:
            await self._connection.executemany(numbered(sql), rows)
        except _FAILED as failed:
            raise _translated(failed, self._connection) from failed

    async def lock(self, keys: Iterable[str]) -> None:
        missing = {_lock_number(key) for key in keys} - self._held
        if missing:
            await self.tuples(
                "SELECT pg_advisory_xact_lock(n) FROM unnest(?::bigint[]) AS n", sorted(missing)
            )
            self._held |= missing

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        self._savepoints += 1
        held = self._held
        try:
            async with savepoint(self, f"s{self._savepoints}"):
                yield
        except BaseException:
            self._held = held  # going back to a savepoint lets go of what was locked since
            raise


class PostgresDatabase:
    """A pool on one PostgreSQL database. `open` before use, `close` at the end."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool: Any = None

    async def open(self) -> None:
        """Raises RuntimeError, with where and why, when the server does not let us in."""
        with let_in(self.url):
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=1,
                max_size=POOL_MAX,
                connect=_connected,
                reset=_nothing_to_reset,
                server_settings=_SESSION,
            )

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    def connections(self) -> dict[str, int]:
        """How many connections of the pool are at work and how many wait for some."""
        if self._pool is None:
            return {"busy": 0, "idle": 0}
        idle = self._pool.get_idle_size()
        return {"busy": self._pool.get_size() - idle, "idle": idle}

    @asynccontextmanager
    async def unit_of_work(self, names: Iterable[str] = ()) -> AsyncIterator[PostgresTx]:
        """A writing transaction: all of it, or nothing of it. Raises Busy when to be repeated.
        `names` are locked by the statement that begins it, see `Tx.lock`."""
        held = frozenset(_lock_number(name) for name in names)
        begin = f"BEGIN; {_locking(held)}" if held else "BEGIN"
        async with Alone():
            connection = await self._acquired()
            try:
                try:
                    await _step(connection.execute(begin), connection)
                    yield PostgresTx(connection, held)
                except BaseException:
                    # What a lost connection had begun, the server has taken back by itself.
                    if not _is_lost(connection):
                        await connection.execute("ROLLBACK")
                    raise
                await _step(connection.execute("COMMIT"), connection)
            finally:
                await self._pool.release(connection)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[PostgresTx]:
        """Single statements, each with a moment of its own: for a look that one answer settles.
        A transaction around it would cost two more round trips, on both sides."""
        async with Alone():
            connection = await self._acquired()
            try:
                yield PostgresTx(connection)
            finally:
                await self._pool.release(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[PostgresTx]:
        """A reading transaction that sees one moment. Raises Busy when the server is away."""
        async with Alone():
            connection = await self._acquired()
            try:
                transaction = connection.transaction(isolation="repeatable_read", readonly=True)
                try:
                    await _step(transaction.start(), connection)
                    yield PostgresTx(connection)
                finally:
                    await _rolled_back(transaction, connection)
            finally:
                await self._pool.release(connection)

    async def _acquired(self) -> Any:
        try:
            return await self._pool.acquire()
        except _REPEATABLE as away:
            raise Busy(str(away)) from away


async def _step(step: Awaitable[None], connection: Any) -> None:
    try:
        await _whole(step)
    except _FAILED as failed:
        raise _translated(failed, connection) from failed


async def _rolled_back(transaction: Any, connection: Any) -> None:
    # What a lost connection had begun, the server has taken back by itself.
    if not _is_lost(connection):
        await transaction.rollback()


def _is_lost(connection: Any) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        return True  # the pool learnt of it first, and has taken it back already


@contextmanager
def let_in(url: str) -> Iterator[None]:
    """Says of a first connection where it went and why it failed, without the password."""
    try:
        yield
    except (*_FAILED, ValueError) as failed:
        place = urlsplit(url)
        where = f"{place.hostname or 'the local socket'}{place.path}"
        raise RuntimeError(f"PostgreSQL does not let us in at {where}: {failed}") from failed


async def _connected(*args: Any, **kwargs: Any) -> Any:
    # A task cancelled while a connection greets the server waits for the greeting's end, at most
    # for asyncpg's own minute: cut short, asyncpg leaves a failure behind that nobody reads, and
    # the log says of every impatient phone that something broke.
    running = asyncio.ensure_future(asyncpg.connect(*args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        if running.exception() is None:
            running.result().terminate()
        raise


async def _whole(step: Awaitable[None]) -> None:
    # A task cancelled while BEGIN or COMMIT travels must wait for it: a connection that goes back
    # to the pool inside a transaction that nobody knows of would hold its locks there.
    running = asyncio.ensure_future(step)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


async def _nothing_to_reset(connection: Any) -> None:
    # We set no session state; asyncpg's own reset would cost a round trip after every request.
    return None


def _translated(failed: Exception, connection: Any) -> Exception:
    if isinstance(failed, _REPEATABLE) or _is_lost(connection):
        return Busy(str(failed))
    if isinstance(failed, asyncpg.IntegrityConstraintViolationError):
        return ConstraintBroken(str(failed))
    return failed


def _locking(numbers: Iterable[int]) -> str:
    # Sorted, so that two never wait in a ring. The numbers are ours and no text of anybody's: only
    # a statement without arguments can be sent in one go with BEGIN.
    locks = [f"pg_advisory_xact_lock({number})" for number in sorted(numbers)]
    some = (locks[at : at + _LOCKS_AT_ONCE] for at in range(0, len(locks), _LOCKS_AT_ONCE))
    return "; ".join(f"SELECT {', '.join(these)}" for these in some)


def _lock_number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
