"""A bell that every process of one house hears: short texts, to whoever listens at that moment.

Promises: on PostgreSQL what one process rings is heard by all, the ringing one too, by LISTEN and
NOTIFY over a connection of its own; a lost connection is made anew, and then everybody is told that
something may have been missed (`""`). It promises no more than that: a ring may be lost with its
process, so whatever must not be missed is asked for as well. It rings outside of transactions:
NOTIFY inside one would make every commit of the house wait in one queue. The embedded engine has
one process, and its bell is a call.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Protocol

import asyncpg

MISSED = ""  # what is heard after a while without a connection
TEXT_BYTES_MAX = 7000  # PostgreSQL takes a little less than 8000
_CHANNEL = "xunfang"
_AGAIN_SECONDS = 1.0
_ALIVE_SECONDS = 30.0  # a connection that died without a word is noticed by asking it
_ASK_SECONDS_MAX = 10
_FAILED = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
Hear = Callable[[str], None]
log = logging.getLogger("xunfang.database")


class Bell(Protocol):
    """`open` before `ring`; nothing is heard before or after. `alone`: no other process hears."""

    alone: bool

    async def open(self, hear: Hear) -> None: ...

    async def ring(self, text: str) -> None:
        """Everybody hears it, or nobody does: no error tells of it."""
        ...

    async def close(self) -> None: ...


def bell_for(url: str) -> Bell:
    """The bell of the house with this database."""
    return LocalBell() if url.startswith("sqlite:") else PostgresBell(url)


class LocalBell:
    """One process alone."""

    alone = True

    def __init__(self) -> None:
        self._hear: Hear | None = None

    async def open(self, hear: Hear) -> None:
        self._hear = hear

    async def ring(self, text: str) -> None:
        if self._hear is not None:
            self._hear(text)

    async def close(self) -> None:
        self._hear = None


class PostgresBell:
    """All processes at one database. No session of the pool: a listener is never given back."""

    alone = False

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Any = None
        self._keeping: asyncio.Task[None] | None = None
        self._hear: Hear | None = None
        self._lost = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    async def open(self, hear: Hear) -> None:
        self._hear = hear
        with contextlib.suppress(*_FAILED):
            await self._connect()
        self._keeping = asyncio.create_task(self._keep())

    async def ring(self, text: str) -> None:
        assert len(text.encode()) <= TEXT_BYTES_MAX, "PostgreSQL would refuse it"
        try:
            await self._ask("SELECT pg_notify($1, $2)", _CHANNEL, text)
        except _FAILED as failed:
            log.warning("nobody heard the bell: %s", type(failed).__name__)

    async def close(self) -> None:
        self._hear = None
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None
        await self._let_go()

    async def _keep(self) -> None:
        while self._hear is not None:
            try:
                if self._connection is None or self._connection.is_closed():
                    await self._connect()
                    self._heard(MISSED)
                await self._ask("SELECT 1")
            except _FAILED as failed:
                log.warning("the bell's connection is lost: %s", type(failed).__name__)
                await self._let_go()
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            await self._until_lost(_ALIVE_SECONDS)

    async def _connect(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=_ASK_SECONDS_MAX)
        self._lost = asyncio.Event()
        connection.add_termination_listener(lambda _: self._lost.set())
        await connection.add_listener(_CHANNEL, lambda *said: self._heard(str(said[-1])))
        self._connection = connection

    async def _until_lost(self, seconds: float) -> None:
        # Not `wait_for`: cancelled in the moment of the loss it would go on as if nothing was said,
        # and whoever closes would wait for ever.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._lost.wait()

    async def _ask(self, sql: str, *args: str) -> None:
        async with self._one_at_a_time:
            if self._connection is None:
                raise asyncpg.InterfaceError("no connection")
            await self._connection.execute(sql, *args, timeout=_ASK_SECONDS_MAX)

    async def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(*_FAILED):
                await connection.close(timeout=1)

    def _heard(self, text: str) -> None:
        if self._hear is not None:
            self._hear(text)
