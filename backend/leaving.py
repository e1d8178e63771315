"""A server that goes without losing anybody: told to end, it says so first.

Promises: from the signal on it calls itself not ready and ends the live streams, so that phones
come back to another server; calls and uploads under way are answered; for `drain_seconds` new calls
are answered as well, because whoever sends them here learns only after a while that it should not.
A second signal ends the waiting. What still runs after the grace is cut off, as if the line broke.
"""

import asyncio
import logging
from types import FrameType

import uvicorn

from backend.house import House

log = logging.getLogger("xunfang.serving")


class Server(uvicorn.Server):
    """uvicorn's own server, but for what it does between the signal and the end."""

    def __init__(self, config: uvicorn.Config, house: House, drain_seconds: float) -> None:
        super().__init__(config)
        self._house = house
        self._drain_seconds = drain_seconds
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._loop is None or self._house.leaving.is_set():
            super().handle_exit(sig, frame)
            return
        # A signal comes between any two steps of the loop, and does nothing in it itself.
        self._loop.call_soon_threadsafe(self._leave, sig)

    def _leave(self, sig: int) -> None:
        assert self._loop is not None
        if self._house.leaving.is_set():
            return
        log.info("leaving; new calls are still answered for %s s", self._drain_seconds)
        self._house.leaving.set()
        self._loop.call_later(self._drain_seconds, super().handle_exit, sig, None)
