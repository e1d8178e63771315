"""The worker: takes due jobs, does them, gives back what failed.

Promises: a job that fails is tried again later and later, and is never given up; one job's failure
stops no other, and neither does a database that is away for a while; stopping waits for the job in
hand.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from backend.foundation.database.transaction import Busy
from backend.foundation.journal.jobs import (
    LEASE_SECONDS,
    Job,
    fail,
    finish,
    is_due,
    lease,
    renew,
)
from backend.foundation.journal.tracing import traced
from backend.foundation.kernel.clock import ticks
from backend.foundation.kernel.ids import new_id
from backend.house import House
from backend.watching import figures

IDLE_SECONDS = 1.0
AT_ONCE = 4
Task = Callable[[House, dict[str, Any]], Awaitable[None]]
log = logging.getLogger("xunfang.worker")


class Worker:
    """One worker on one house. `wake` spares the wait when work was queued in this process."""

    def __init__(self, house: House, tasks: Mapping[str, Task]) -> None:
        self.house = house
        self.tasks = tasks
        self.name = new_id()
        self.wake = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Works until stopped."""
        while not self._stopping:
            if not await self._turned():
                self.wake.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.wake.wait(), IDLE_SECONDS)

    async def _turned(self) -> int:
        try:
            return await self.turn()
        except Exception:
            # Inside the server nobody waits for this task: ended, it would leave every photo from
            # now on unlooked at, and nothing would say so.
            log.exception("a turn of the worker failed; the next one follows")
            return 0

    async def turn(self) -> int:
        """Takes and does what is due now; how many jobs that were."""
        if not await self._anything_due():
            return 0
        async with self.house.database.unit_of_work() as tx:
            jobs = await lease(tx, self.name, self.house.clock.now(), AT_ONCE)
        ended = await asyncio.gather(*(self._do(job) for job in jobs), return_exceptions=True)
        for failed in ended:
            if failed is not None:
                raise failed  # the job itself is told of in `_do`; this is the database
        return len(jobs)

    def stop(self) -> None:
        """Ends after the jobs in hand."""
        self._stopping = True
        self.wake.set()

    async def _anything_due(self) -> bool:
        # A reading look first: an idle worker must not take the write lock once a second.
        async with self.house.database.reading() as tx:
            return await is_due(tx, self.house.clock.now())

    async def _do(self, job: Job) -> None:
        # What a phone's call left behind is told under that call's id, in whatever process.
        with traced(job.request_id or job.id):
            await self._timed(job)

    async def _timed(self, job: Job) -> None:
        began = ticks()
        try:
            async with self._held(job):
                await self.tasks[job.kind](self.house, job.payload)
        except Exception as failed:
            figures.TASK_SECONDS.labels(job.kind, "failed").observe(ticks() - began)
            log.exception("job %s (%s) failed", job.id, job.kind)
            async with self.house.database.unit_of_work() as tx:
                now = self.house.clock.now()
                await fail(tx, job, self.name, now, f"{type(failed).__name__}: {failed}")
            return
        figures.TASK_SECONDS.labels(job.kind, "done").observe(ticks() - began)
        told = {"task": job.kind, "job": job.id, "ms": round((ticks() - began) * 1000)}
        log.info("task done", extra={"told": told})
        async with self.house.database.unit_of_work() as tx:
            await finish(tx, job, self.name)

    @contextlib.asynccontextmanager
    async def _held(self, job: Job) -> AsyncIterator[None]:
        """Keeps the lease for as long as the block lasts: a list of a million rows takes longer
        than one, and a second worker would write it once more beside this one."""
        holding = asyncio.create_task(self._renew(job))
        try:
            yield
        finally:
            holding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await holding

    async def _renew(self, job: Job) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            with contextlib.suppress(Busy):
                async with self.house.database.unit_of_work() as tx:
                    await renew(tx, job, self.name, self.house.clock.now())
