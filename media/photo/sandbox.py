"""A few warm children that look at photos, so that a hostile one can hurt nothing else.

A child is started when the first photo comes, serves a hundred, and is ended when it was idle for
a while, took longer than ten seconds of wall time, or died. Its death says nothing certain about
the photo (the machine may have been short of memory), so it is `SandboxFailed` and the caller
decides how often to try; `RefusedPhoto` is a verdict.
"""

import asyncio
import contextlib
import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import media
from media.photo.findings import Examined, Quality, RefusedPhoto

WALL_SECONDS = 10
PHOTOS_PER_CHILD = 100
IDLE_SECONDS = 60

# Decoding is one core's work per child, and two photos at a time are as much as a worker needs.
CHILDREN = 2

_ANSWER_BYTES_MAX = 16 << 20


class SandboxFailed(Exception):
    """The child died or was killed; `reason` is `too_slow` or `died`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class _Child:
    process: asyncio.subprocess.Process
    asked: asyncio.StreamWriter
    answers: asyncio.StreamReader
    photos: int = 0


class PhotoSandbox:
    """Use from one event loop; `close` ends the children."""

    def __init__(self, *, children: int = CHILDREN, wall_seconds: float = WALL_SECONDS) -> None:
        self._places = asyncio.Semaphore(children)
        self._wall_seconds = wall_seconds
        self._idle: list[_Child] = []
        self._retire: asyncio.TimerHandle | None = None

    async def examine(self, path: Path, declared_type: str) -> Examined:
        """Probe, hints, hashes and renditions of one file. Raises RefusedPhoto, SandboxFailed."""
        async with self._places:
            child = self._idle.pop() if self._idle else await _start()
            try:
                async with asyncio.timeout(self._wall_seconds):
                    answer = await _ask(child, path, declared_type)
            except TimeoutError:
                await _end(child)
                raise SandboxFailed("too_slow") from None
            except (asyncio.IncompleteReadError, ConnectionError, ValueError):
                await _end(child)
                raise SandboxFailed("died") from None
            except BaseException:
                await _end(child)
                raise
            await self._give_back(child)
        if isinstance(answer, RefusedPhoto):
            raise answer
        return answer

    async def close(self) -> None:
        if self._retire is not None:
            self._retire.cancel()
        while self._idle:
            await _end(self._idle.pop())

    async def _give_back(self, child: _Child) -> None:
        child.photos += 1
        if child.photos >= PHOTOS_PER_CHILD:
            await _end(child)
            return
        self._idle.append(child)
        if self._retire is not None:
            self._retire.cancel()
        loop = asyncio.get_running_loop()
        self._retire = loop.call_later(IDLE_SECONDS, self._end_idle)

    def _end_idle(self) -> None:
        # A closed input is the child's sign to go home; its exit is collected by the event loop.
        while self._idle:
            self._idle.pop().asked.close()


async def _start() -> _Child:
    root = str(Path(media.__file__).parent.parent)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "media.photo.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": root, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    if process.stdin is None or process.stdout is None:
        raise SandboxFailed("died")
    return _Child(process, process.stdin, process.stdout)


async def _ask(child: _Child, path: Path, declared_type: str) -> Examined | RefusedPhoto:
    child.asked.write(json.dumps({"path": str(path), "type": declared_type}).encode() + b"\n")
    await child.asked.drain()
    (length,) = struct.unpack(">I", await child.answers.readexactly(4))
    if length > _ANSWER_BYTES_MAX:
        raise ValueError("an answer longer than any photo needs")
    header = json.loads(await child.answers.readexactly(length))
    if "refused" in header:
        return RefusedPhoto(header["refused"], **header["facts"])
    sizes = {int(size): int(count) for size, count in header["renditions"].items()}
    if sum(sizes.values()) > _ANSWER_BYTES_MAX:
        raise ValueError("renditions longer than any photo needs")
    blobs = {size: await child.answers.readexactly(count) for size, count in sizes.items()}
    return Examined(**header | {"quality": Quality(**header["quality"]), "renditions": blobs})


async def _end(child: _Child) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.process.kill()
    await child.process.wait()
