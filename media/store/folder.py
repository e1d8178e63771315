"""The local folder: the embedded default, and the stricter of the two stores about power loss.

The order of every put is: bytes into a file, fsync of the file, link under the final name, fsync
of the folder. `link` fails when the name is taken, which makes it create-only without a lock, and
a name therefore never points at half a file. A file brought from the same file system is linked,
not copied: a photo is written to this disk once. Not promised: what a disk does that lies about
fsync.
"""

import asyncio
import contextlib
import errno
import hashlib
import itertools
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from media.store.protocol import (
    Conflict,
    Missing,
    Put,
    Stored,
    StoreUnreachable,
    checked_key,
)

Result = TypeVar("Result")

# Enough to overlap the waiting for fsync of a handful of uploads; more only queue at the disk.
THREADS = 4

_READ_BYTES = 1 << 20


class FolderStore:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._numbers = itertools.count(1)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="folder-store")
        self._scratch = root / "tmp"
        self._scratch.mkdir(parents=True, exist_ok=True)
        for leftover in self._scratch.iterdir():
            _drop_if_abandoned(leftover)

    async def put(self, key: str, source: Path | bytes, *, sha256: str) -> Put:
        path = self._path(key)
        return await self._run(lambda: self.put_now(path, source, sha256))

    async def get(self, key: str, first: int = 0, last: int | None = None) -> bytes:
        path = self._path(key)
        return await self._run(lambda: _read(key, path, first, last))

    async def head(self, key: str) -> Stored:
        path = self._path(key)
        try:
            return Stored(key, (await self._run(path.stat)).st_size)
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(key) from None

    async def exists(self, key: str) -> bool:
        return await self._run(self._path(key).is_file)

    async def delete(self, key: str) -> None:
        path = self._path(key)
        await self._run(lambda: _remove(path))

    async def erase(self, prefix: str) -> None:
        for stored in await self._run(lambda: _walk(self.root, checked_key(prefix))):
            await self.delete(stored.key)

    async def remains(self, prefix: str) -> bool:
        return bool(await self._run(lambda: _walk(self.root, checked_key(prefix))))

    async def list(self, prefix: str = "") -> AsyncIterator[Stored]:
        for stored in await self._run(lambda: _walk(self.root, prefix)):
            yield stored

    async def look(self) -> None:
        if not await self._run(lambda: os.access(self._scratch, os.W_OK | os.X_OK)):
            raise StoreUnreachable(f"{self.root} cannot be written to")

    async def make(self) -> bool:
        return False  # opening it has

    async def close(self) -> None:
        self._threads.shutdown(wait=True)

    def put_now(self, path: Path, source: Path | bytes, sha256: str) -> Put:
        """The put itself, for a caller that already stands in a thread of its own."""
        if isinstance(source, Path):
            fsync_file(source)
            return self._link(source, path, sha256)
        scratch = self._scratch / f"{os.getpid()}.{next(self._numbers)}"
        try:
            with scratch.open("xb") as file:
                file.write(source)
                file.flush()
                os.fsync(file.fileno())
            return self._link(scratch, path, sha256)
        finally:
            scratch.unlink(missing_ok=True)

    def _link(self, source: Path, path: Path, sha256: str) -> Put:
        # The common case first: each look beforehand would cost every photo a system call.
        try:
            self._link_into_folder(source, path)
        except FileExistsError:
            return _compare(path, sha256)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # The staging folder lies on another file system: copy after all.
            return self.put_now(path, source.read_bytes(), sha256)
        fsync_folder(path.parent)
        return "stored"

    def _link_into_folder(self, source: Path, path: Path) -> None:
        try:
            os.link(source, path)
        except FileNotFoundError:
            _make_folders(path.parent, self.root)
            os.link(source, path)

    def path_of(self, key: str) -> Path:
        """Where the bytes of `key` lie, or would lie."""
        return self._path(key)

    def _path(self, key: str) -> Path:
        return self.root / checked_key(key)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def fsync_file(path: Path) -> None:
    """Make a file's bytes survive power loss, whoever wrote them."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder survive power loss; the files' own bytes are another fsync."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folders(folder: Path, root: Path) -> None:
    """Make the folder and have the disk know each new one before anything is put in it."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    except FileNotFoundError:
        if folder == root:
            raise
        _make_folders(folder.parent, root)
        _make_folders(folder, root)
        return
    fsync_folder(folder.parent)


def _compare(path: Path, sha256: str) -> Put:
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise Conflict(path.name)
    # Whoever created it may not have reached its own fsync of the folder yet.
    fsync_folder(path.parent)
    return "already_there"


def _walk(root: Path, prefix: str) -> list[Stored]:
    found = []
    for folder, _, names in os.walk(root / prefix.rpartition("/")[0]):
        for name in names:
            path = Path(folder) / name
            key = path.relative_to(root).as_posix()
            if key.startswith(prefix) and not key.startswith("tmp/"):
                found.append(Stored(key, path.stat().st_size))
    return found


def _read(key: str, path: Path, first: int, last: int | None) -> bytes:
    try:
        with path.open("rb") as file:
            if first:
                file.seek(first)
            return file.read() if last is None else file.read(max(0, last - first + 1))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise Missing(key) from None


def _remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
        fsync_folder(path.parent)


def _drop_if_abandoned(leftover: Path) -> None:
    """A scratch file of a process that no longer lives was never linked: nobody waits for it."""
    owner = leftover.name.partition(".")[0]
    if not owner.isdigit() or int(owner) == os.getpid() or not Path("/proc", owner).exists():
        leftover.unlink(missing_ok=True)
