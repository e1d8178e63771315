"""One upload while somebody holds its lock."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from media.staging.append import Append, Checksum, write_whole
from media.staging.declared import Declared, write_declared
from media.staging.failpoints import Failpoint
from media.staging.problems import DigestMismatch, OffsetMoved


@dataclass(frozen=True, slots=True)
class Finished:
    """A whole, verified, durable file; `path` is good until the upload is discarded."""

    path: Path
    sha256: str
    size: int


class Upload:
    """The bytes' end is the file's size, asked of the file system and stored nowhere else.

    `running` is the SHA-256 of everything in the file so far, or None when this process did not
    see all of it arrive; then `finish` reads the file once more.
    """

    def __init__(
        self,
        declared: Declared,
        path: Path,
        handle: int,
        *,
        announced: bool,
        threads: ThreadPoolExecutor,
        failpoint: Failpoint,
    ) -> None:
        self.declared = declared
        self.path = path
        self.announced = announced
        self.discarded = False
        self.running: Any = None
        self.let_go: Callable[[], None] | None = None
        self.failpoint = failpoint
        self.offset = os.fstat(handle).st_size
        self._handle = handle
        self._threads = threads

    @property
    def complete(self) -> bool:
        return self.offset == self.declared.length

    def append(self, offset: int, checksum: Checksum | None = None) -> Append:
        """Begin to append at `offset`. Raises OffsetMoved when the bytes end elsewhere."""
        if offset != self.offset:
            raise OffsetMoved(self.offset)
        return Append(self, checksum)

    async def announce(self) -> None:
        """Make it findable after a crash; needed before a sender is told of it."""
        if not self.announced:
            await self._run(lambda: write_declared(info_path(self.path), self.declared))
            self.announced = True

    async def finish(self) -> Finished:
        """The whole, verified. Raises DigestMismatch and discards it when it is something else."""
        if self.running is None:
            self.running = await self._run(lambda: _hash_of(self._handle))
        received = self.running.hexdigest()
        if received != self.declared.sha256:
            self.discard()
            raise DigestMismatch(received)
        self.failpoint("after_hash")
        return Finished(self.path, received, self.offset)

    def discard(self) -> None:
        """Forget it. Nothing is forced to disk: coming back after a power cut is harmless."""
        self.discarded = True
        self.path.unlink(missing_ok=True)
        if self.announced:
            info_path(self.path).unlink(missing_ok=True)

    def take(self, piece: bytes) -> None:
        """Append a piece to file and running hash; `Append` has looked at the length before."""
        try:
            write_whole(self._handle, piece)
        except OSError:
            self.running = None
            self.offset = os.fstat(self._handle).st_size
            raise
        if self.running is not None:
            self.running.update(piece)
        self.offset += len(piece)
        self.failpoint("after_last_byte" if self.complete else "after_write")

    def cut(self, offset: int, running: Any) -> None:
        """Take back everything from `offset` on; `running` is the hash of what stays, if known."""
        os.ftruncate(self._handle, offset)
        self.offset = offset
        self.running = running

    async def settle(self, now: datetime) -> None:
        """Force the bytes to the disk and note the moment, from which expiry counts."""
        stamp(self._handle, now)
        await self._run(lambda: os.fsync(self._handle))

    async def _run(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def info_path(path: Path) -> Path:
    return path.with_suffix(".info")


def stamp(handle: int, now: datetime) -> None:
    """Note the moment of the last byte in the file itself, so that expiry needs no other record."""
    moment = int(now.timestamp() * 1000) * 1_000_000
    os.utime(handle, ns=(moment, moment))


def _hash_of(handle: int) -> Any:
    found = hashlib.sha256()
    position = 0
    while piece := os.pread(handle, 1 << 20, position):
        found.update(piece)
        position += len(piece)
    return found
