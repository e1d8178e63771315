"""GET /v1/sync/poke: says at once that there is something to pull. It says no more than that.

Promises: whoever is signed in hears within a fraction of a second of what moved in a bucket that
they receive, through whatever server it was pushed; a session that was ended or a device that was
stopped ends the stream at the next beat. When this server is told to end, the stream says when to
come back and ends: the phone finds another server, and not all of them at the same moment.
Against: proxies that cut what is silent (a beat), phones that left without a word (the beat fails).
It may miss something, see `News`; therefore each stream begins by saying that there may be news.

It stands in no OpenAPI document: a client made from that would wait for the end of the answer.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from backend.api.authentication import bearer_of, cookie_of, headers_of
from backend.api.sync import wire
from backend.foundation.identity.access import Signed
from backend.foundation.identity.problems import device_stopped
from backend.foundation.journal.news import Moved
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import epoch_ms
from backend.foundation.kernel.problem import Problem
from backend.house import House
from backend.watching import figures

BEAT_SECONDS = 20.0  # proxies and mobile networks cut what was silent for half a minute
RETRY_MS = 3000
BEGUN = "0"
_LEAVE_MS = (1000, 3000)  # by then a proxy has noticed; who comes too early is told again
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@get("/v1/sync/poke", operation_id="SyncPoke", include_in_schema=False)
async def poke(request: Request[Any, Signed, Any], house: House) -> ServerSentEvent:
    """A stream of server-sent events; the data of each is a version that can be pulled now."""
    if house.streams >= limits.STREAMS_MAX:
        raise wire.streams_full(retry_after=60)
    headers = headers_of(request.scope)
    token = bearer_of(headers) or cookie_of(headers) or ""
    stream = Stream(house, request.auth, token)
    await stream.look()
    return ServerSentEvent(stream.events(), headers=_HEADERS)


class Stream:
    """One phone that listens."""

    def __init__(self, house: House, signed: Signed, token: str) -> None:
        self.house = house
        self.signed = signed
        self.token = token
        self.buckets: frozenset[str] = frozenset()
        self.due = asyncio.Event()
        self.moved: Moved | None = None

    async def events(self) -> AsyncIterator[ServerSentEventMessage]:
        self.house.streams += 1
        figures.STREAMS.inc()
        leaving = asyncio.create_task(self.house.leaving.wait())
        try:
            with self.house.news.heard_by(self._hear):
                yield ServerSentEventMessage(data=BEGUN, retry=RETRY_MS)
                async for event in self._listen(leaving):
                    yield event
            if self.house.leaving.is_set():
                back_ms = self._back_in_ms()
                yield ServerSentEventMessage(event="leave", data=str(back_ms), retry=back_ms)
        finally:
            leaving.cancel()
            self.house.streams -= 1
            figures.STREAMS.dec()

    async def _listen(self, leaving: asyncio.Task[Any]) -> AsyncIterator[ServerSentEventMessage]:
        while not leaving.done():
            due = asyncio.create_task(self.due.wait())
            await asyncio.wait({due, leaving}, timeout=BEAT_SECONDS, return_when="FIRST_COMPLETED")
            due.cancel()
            if leaving.done():
                return
            try:
                await self.look()
            except Problem:
                return  # signed out, or stopped: the phone asks, and is told
            moved, self.moved = self.moved, None
            self.due.clear()
            if moved is None:
                yield ServerSentEventMessage(comment="beat")
                continue
            if moved.at_ms is not None:
                lag = epoch_ms(self.house.clock.now()) - moved.at_ms
                figures.FEED_LAG_SECONDS.observe(max(0, lag) / 1000)
            yield ServerSentEventMessage(data=str(moved.head))

    async def look(self) -> None:
        """Who this is by now, and what they receive. Refuses like any other call, and whoever was
        stopped: such a phone receives nothing."""
        self.signed = await self.house.access.of_token(self.token)
        if self.signed.device_state != "active":
            raise device_stopped(state=self.signed.device_state)
        async with self.house.database.looking() as tx:
            self.buckets = await self.house.access.buckets_of(tx, self.signed)

    def _hear(self, moved: Moved) -> None:
        actor = self.signed.actor
        if moved.concerns(actor.id, actor.device_id, self.buckets):
            self.moved = moved if self.moved is None else self.moved | moved
            self.due.set()

    def _back_in_ms(self) -> int:
        least, most = _LEAVE_MS
        spread = zlib.crc32(self.signed.actor.device_id.encode())
        return least + spread % (most - least)
