"""What has to be looked up to be told: the queue and the pool, every few seconds.

Prometheus is answered from what was found last: a database that hangs must not make the figures
hang that would show it. `LOOKED_AT` says how old they are.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from prometheus_client import start_http_server

from backend.foundation.database.engine import Database
from backend.foundation.journal.jobs import waiting
from backend.foundation.kernel.clock import Clock, Moment
from backend.watching import figures

LOOK_SECONDS = 10  # Prometheus asks every fifteen or more
_LOOK_SECONDS_MAX = 30
Address = tuple[str, int]
log = logging.getLogger("xunfang.watching")


@contextlib.asynccontextmanager
async def watched(database: Database, clock: Clock, at: Address | None) -> AsyncIterator[None]:
    """Figures can be had at this address for as long as the block lasts; None: nowhere. Raises
    OSError when the address is taken."""
    if at is None:
        yield
        return
    server, thread = start_http_server(at[1], at[0])
    task = asyncio.create_task(_again(database, clock))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        server.shutdown()
        server.server_close()
        thread.join()


async def _again(database: Database, clock: Clock) -> None:
    while True:
        try:
            async with asyncio.timeout(_LOOK_SECONDS_MAX):
                await look(database, clock)
        except Exception:
            # Nobody waits for this task: what ended it once would end it for good.
            log.warning("the queue could not be looked at", exc_info=True)
        await asyncio.sleep(LOOK_SECONDS)


async def look(database: Database, clock: Clock) -> None:
    """Once."""
    for state, count in database.connections().items():
        figures.CONNECTIONS.labels(state).set(count)
    now = clock.now()
    async with database.looking() as tx:
        found = await waiting(tx)
    # What is not found any more is none: a gauge that nobody sets keeps its last value for ever.
    oldest: dict[str, Moment] = {}
    figures.JOBS.clear()
    figures.OLDEST_JOB_SECONDS.clear()
    for kind, state, count, since in found:
        figures.JOBS.labels(kind, state).set(count)
        oldest[kind] = min(since, oldest.get(kind, since))
    for kind, since in oldest.items():
        figures.OLDEST_JOB_SECONDS.labels(kind).set(max(0.0, (now - since).total_seconds()))
    figures.LOOKED_AT.set(now.timestamp())
