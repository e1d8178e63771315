"""One run of bytes at the end of an upload: a PATCH, or the body of the creation."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from media.staging.problems import ChunkMismatch, TooLong, UnknownAlgorithm

if TYPE_CHECKING:
    from media.staging.upload import Upload

ALGORITHMS: dict[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}


@dataclass(frozen=True, slots=True)
class Checksum:
    """What one chunk must hash to; `digest` is raw bytes."""

    algorithm: str
    digest: bytes

    def __post_init__(self) -> None:
        if self.algorithm not in ALGORITHMS:
            raise UnknownAlgorithm(self.algorithm)


class Append:
    """Write pieces as they come, then `acknowledge` (all came) or `keep_torn` (the line broke).

    Pieces go to the page cache in the event loop's own thread: 64 KB cost some 20 µs there and a
    change of thread costs more. Waiting for the disk is what threads are for.
    """

    def __init__(self, upload: "Upload", checksum: Checksum | None) -> None:
        self._upload = upload
        self._start = upload.offset
        self._checksum = checksum
        self._chunk = ALGORITHMS[checksum.algorithm]() if checksum else None
        self._before = upload.running.copy() if checksum and upload.running else None

    def write(self, piece: bytes) -> None:
        upload = self._upload
        if upload.offset + len(piece) > upload.declared.length:
            upload.cut(self._start, None)
            raise TooLong(upload.declared.length)
        if self._chunk is not None:
            self._chunk.update(piece)
        upload.take(piece)

    async def acknowledge(self, now: datetime) -> int:
        """The new offset, once the bytes are on the disk. Raises ChunkMismatch, keeping nothing."""
        await self.check(now)
        return await self._settle(now)

    async def check(self, now: datetime) -> None:
        """As `acknowledge`, but without waiting for the disk: for the last piece, when a store is
        about to make the whole file durable under its final name before anybody is told."""
        if self._checksum and self._chunk and self._chunk.digest() != self._checksum.digest:
            await self._give_back(now)
            raise ChunkMismatch

    async def keep_torn(self, now: datetime) -> int:
        """The line broke: what came is kept, unless it came with a checksum of the whole chunk."""
        if self._checksum is not None:
            return await self._give_back(now)
        return await self._settle(now)

    async def _give_back(self, now: datetime) -> int:
        self._upload.cut(self._start, self._before)
        return await self._settle(now)

    async def _settle(self, now: datetime) -> int:
        await self._upload.settle(now)
        return self._upload.offset


def write_whole(handle: int, piece: bytes) -> None:
    """All of it: a single write may stop short near a full disk."""
    written = os.write(handle, piece)
    while written < len(piece):
        written += os.write(handle, memoryview(piece)[written:])
