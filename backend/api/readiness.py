"""Whether this server can do its work now. Who asks is sent elsewhere while it cannot.

Ready means: the database answers and takes writes; its tables are those that this version expects,
no older and no newer ones; the store can be written to; uploads can be staged; the house's key is
the one that phones were told; and nobody has told this process to end. What was found counts for a
moment, so that asking often costs nothing. It does not look at the worker: phones lose nothing
while no photo is looked at, and the age of the queue tells of that.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable

from backend.foundation.database.engine import Database
from backend.foundation.database.schema import APP_NAME
from backend.foundation.identity.seal import is_kept_in
from backend.foundation.kernel.clock import ticks
from backend.house import House
from backend.watching import figures

GOOD_SECONDS = 2.0
ASK_SECONDS_MAX = 5.0
log = logging.getLogger("xunfang.api")


class NotReady(RuntimeError):
    """One thing is not as it has to be; in words for whoever runs the house."""


class Readiness:
    """One for each process. `expected` are the ids of the migrations that this version knows."""

    def __init__(self, house: House, expected: frozenset[str]) -> None:
        self._house = house
        self._expected = expected
        self._asking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._missing: dict[str, str] = {}

    async def missing(self) -> dict[str, str]:
        """What keeps it from being ready, by name, with the reason; empty when it is."""
        if self._house.leaving.is_set():
            figures.READY.set(0)
            return {"process": "it was told to end"}
        async with self._asking:
            if ticks() - self._looked_at >= GOOD_SECONDS:
                self._tell(await self._looked())
                self._looked_at = ticks()
        return self._missing

    def _tell(self, missing: dict[str, str]) -> None:
        figures.READY.set(not missing)
        if missing != self._missing:
            log.warning("ready" if not missing else "not ready", extra={"told": missing})
        self._missing = missing

    async def _looked(self) -> dict[str, str]:
        checks: dict[str, Callable[[], Awaitable[None]]] = {
            "database": self._database,
            "store": self._house.store.look,
            "staging": self._staging,
            "key": self._key,
        }
        found = await asyncio.gather(*(_why_not(check) for check in checks.values()))
        return {name: why for name, why in zip(checks, found, strict=True) if why}

    async def _database(self) -> None:
        await require_tables(self._house.database, self._expected)

    async def _staging(self) -> None:
        if not os.access(self._house.staging.root, os.W_OK | os.X_OK):
            raise NotReady("its folder cannot be written to")

    async def _key(self) -> None:
        if not is_kept_in(self._house.settings.data_dir, self._house.seal):
            raise NotReady("seal.pem is not the key that this server began with")


async def require_tables(database: Database, expected: frozenset[str]) -> None:
    """Raises NotReady unless the database takes writes and has the tables of this version."""
    async with database.unit_of_work() as tx:
        await tx.tuples("SELECT head FROM sync_counter WHERE id = 1")
        rows = await tx.tuples("SELECT name FROM migration WHERE app_name = ?", APP_NAME)
    done = {row[0] for row in rows}
    if behind := sorted(expected - done):
        raise NotReady(f"migrations are missing: {', '.join(behind)}")
    if done - expected:
        raise NotReady("the database is of a newer version than this process")


async def _why_not(check: Callable[[], Awaitable[None]]) -> str:
    try:
        await asyncio.wait_for(check(), ASK_SECONDS_MAX)
    except NotReady as known:
        return str(known)
    except Exception as failed:
        # Words of a library may hold an address with a password: the kind is enough to go on.
        return type(failed).__name__
    return ""
