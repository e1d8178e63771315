"""One child process for one document, from its start to its end.

Its answer goes into a file without a name, so that memory stays flat however long a table is, and
a kill of either side leaves nothing behind that somebody could find. Whatever ends the waiting
(an answer, a limit, a person who closed the page) also ends the child.
"""

import asyncio
import contextlib
import struct
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

import msgspec

import backend
from backend.foundation.documents import problems
from backend.foundation.documents.orders import REFUSED, Refusal
from backend.foundation.kernel.problem import Problem

_LENGTH = struct.Struct(">I")
_KINDS = {kind.code: kind for kind in problems.ALL}
_PROGRAMS = "backend.foundation.documents.children"


class WorkshopFailed(Exception):
    """The child gave no document: `reason` is `too_slow` or `died`. For a file from outside that
    is said of the file; for a document of our own it is a mistake of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def made_by(
    program: str, portions: AsyncIterator[bytes], *, wall_seconds: float
) -> IO[bytes]:
    """What the child `program` makes of these portions: an open file at its beginning.

    Raises Problem when it refuses, WorkshopFailed when it does not come to an end, and whatever
    the portions raise.
    """
    answer = tempfile.TemporaryFile()  # noqa: SIM115 - handed on open
    try:
        code = await _worked(program, portions, answer, wall_seconds)
        answer.seek(0)
        if code == REFUSED:
            raise _refusal(answer.read())
        if code != 0:
            raise WorkshopFailed("died")
    except BaseException:
        answer.close()
        raise
    return answer


async def _worked(
    program: str, portions: AsyncIterator[bytes], answer: IO[bytes], wall_seconds: float
) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"{_PROGRAMS}.{program}",
        stdin=asyncio.subprocess.PIPE,
        stdout=answer,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        env=_ENVIRONMENT,
    )
    try:
        async with asyncio.timeout(wall_seconds):
            assert process.stdin is not None
            await _tell(process.stdin, portions)
            return await process.wait()
    except TimeoutError:
        raise WorkshopFailed("too_slow") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _tell(asked: asyncio.StreamWriter, portions: AsyncIterator[bytes]) -> None:
    async for body in portions:
        try:
            asked.write(_LENGTH.pack(len(body)) + body)
            await asked.drain()
        except (BrokenPipeError, ConnectionResetError):
            return  # it has refused already, or died; its exit code says which
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        asked.write(_LENGTH.pack(0))
        asked.close()
        await asked.wait_closed()


def _refusal(answer: bytes) -> Problem:
    refusal = msgspec.msgpack.decode(answer, type=Refusal)
    return _KINDS[refusal.code](**refusal.facts)


# One thread for typst: a second one would take the server's processor for 20 ms of gain.
_ENVIRONMENT = {
    "PYTHONPATH": str(Path(backend.__file__).parents[1]),
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "RAYON_NUM_THREADS": "1",
}
