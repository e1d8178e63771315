"""A thin line between a phone and the server: slow, cut, or down, as the test says.

Every byte of both directions shares one allowance, as on a radio cell. A cut ends all connections
in the middle of whatever they carried; `down` refuses new ones until `up`.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Coroutine, Iterator
from typing import Any

from tests.kit.services.ports import free_port

_PIECE = 16 * 1024


class Link:
    """A TCP line to `port`. `bytes_per_second` None is as fast as the machine."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.bytes_per_second: int | None = None
        self.cut_seconds: float | None = None
        self.cuts = 0
        self.carried_bytes = 0
        self._is_up = True
        self._free_at = 0.0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def open(self) -> "Link":
        self._thread.start()
        self._call(self._listen())
        return self

    def close(self) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def up(self) -> None:
        self._is_up = True

    def down(self) -> None:
        """No signal: everything open breaks, nothing new is taken."""
        self._is_up = False
        self._call(self._break_all())

    def cut(self) -> None:
        """Everything open breaks once."""
        self.cuts += 1
        self._call(self._break_all())

    @contextlib.contextmanager
    def thin(self, bytes_per_second: int, cut_seconds: float) -> Iterator[None]:
        """Slow, and cut at every `cut_seconds`, for as long as the block lasts."""
        self.bytes_per_second, ended = bytes_per_second, threading.Event()

        def cutting() -> None:
            while not ended.wait(cut_seconds):
                self.cut()

        cutter = threading.Thread(target=cutting, daemon=True)
        cutter.start()
        try:
            yield
        finally:
            ended.set()
            cutter.join()
            self.bytes_per_second = None

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port)

    async def _end(self) -> None:
        self._server.close()
        await self._break_all()

    async def _break_all(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()
        self._writers.clear()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._is_up:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, far_writer}
        self._writers |= both
        try:
            await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))
        finally:
            self._writers -= both
            for one in both:
                one.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(_PIECE):
                await self._wait_for_allowance(len(piece))
                writer.write(piece)
                await writer.drain()
                self.carried_bytes += len(piece)
            if writer.can_write_eof():
                writer.write_eof()

    async def _wait_for_allowance(self, size: int) -> None:
        if self.bytes_per_second is None:
            return
        now = time.monotonic()
        self._free_at = max(now, self._free_at) + size / self.bytes_per_second
        await asyncio.sleep(self._free_at - now)


@contextlib.contextmanager
def link_to(port: int) -> Iterator[Link]:
    """An open line that is closed at the end."""
    line = Link(port).open()
    try:
        yield line
    finally:
        line.close()
