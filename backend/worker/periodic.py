"""What the house looks after by itself, now and then: things whose time has come.

Promises: looked at once after a start, because the last process may have been down for days, and
then every hour; what fails is told in the log and looked at again; one lane's failure stops no
other. Several processes may look at the same time: each lane bears repetition.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from backend.foundation.notices.lanes import clear_away
from backend.foundation.privacy.due import expire_due
from backend.house import House
from backend.worker.exports import remove_due

LOOK_SECONDS = 3600  # due days are local dates: an hour after midnight is soon enough
Lane = Callable[[House], Awaitable[None]]
log = logging.getLogger("xunfang.worker")


async def retention(house: House) -> None:
    """Ends what is due and not held."""
    tried = await expire_due(house.journal)
    if tried:
        log.info("%s records came to the end of their time", tried)


async def deliveries(house: House) -> None:
    """Ends e-mail that grew too old, and forgets what was sent long ago."""
    async with house.database.unit_of_work() as tx:
        await clear_away(tx, house.clock.now())


LANES: Mapping[str, Lane] = {
    "retention": retention,
    "deliveries": deliveries,
    "exports": remove_due,
}


async def look(house: House, lanes: Mapping[str, Lane] = LANES) -> None:
    """Once, every lane."""
    for name, lane in lanes.items():
        try:
            await lane(house)
        except Exception:
            # Nobody waits for this task: what ended it once would end it for good.
            log.exception("%s was not looked after", name)


@contextlib.asynccontextmanager
async def looked_after(house: House) -> AsyncIterator[None]:
    """For as long as the block lasts."""
    task = asyncio.create_task(_every_hour(house))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _every_hour(house: House) -> None:
    while True:
        await look(house)
        await asyncio.sleep(LOOK_SECONDS)
