"""Photos on their way into the pool: each once, whatever number of backups has it.

Promises: what `fill` returns lies in the pool with the bytes that its digest says, read again after
it was written. Bytes that decayed in the pool are brought anew from the store. What the store lost
is told by name, and what was erased since the snapshot is left out: the tables of the living house
are asked which of the two it is.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from backend.backup.folder import Folder
from backend.backup.manifest import Entry, measured, read_entries
from backend.checking.objects import AT_ONCE, place_of, still_held
from backend.foundation.database.frozen import FrozenDatabase, Readable
from backend.foundation.evidence.holdings import Holding, holdings
from backend.foundation.journal.failpoints import failpoint
from media.store import Conflict, Missing, ObjectStore, open_store, original_key

T = TypeVar("T")
S = TypeVar("S")


class Filled(msgspec.Struct, frozen=True):
    """What the backup has, how many of these bytes were new to the pool, and what the store should
    have had."""

    entries: list[Entry]
    new: int
    missing: list[str]


class _Wanted(msgspec.Struct, frozen=True):
    """An object as the backup will name it. `places` are the keys that the store may have it under;
    `sha256` None is not known before it was read."""

    key: str
    places: tuple[str, ...]
    digest: str  # of the photo that it belongs to
    sha256: str | None
    size: int


async def fill(
    folder: Folder, frozen: FrozenDatabase, living: Readable, store: ObjectStore
) -> Filled:
    """Brings into the pool what the snapshot counts on. Raises what the store and disk raise."""
    async with frozen.reading() as tx:
        held = [one async for page in holdings(tx) for one in page]
    lying = {stored.key: stored.size async for stored in store.list("")}
    wanted = [_original(one) for one in held if place_of(one, lying) is not None]
    wanted += _smaller(folder, {one.digest for one in held}, lying)
    lost = [one.digest for one in held if place_of(one, lying) is None]
    pool = open_store(f"file://{folder.pool}")
    filling = _Filling(folder, store, pool)
    try:
        done = await in_some(wanted, filling.bring)
    finally:
        await pool.close()
    lost += [one.digest for one, entry in zip(wanted, done, strict=True) if entry is None]
    missing = await still_held(living, lost)
    return Filled([entry for entry in done if entry is not None], filling.new, sorted(missing))


class _Filling:
    def __init__(self, folder: Folder, store: ObjectStore, pool: ObjectStore) -> None:
        self.folder, self.store, self.pool = folder, store, pool
        self.new = 0

    async def bring(self, wanted: _Wanted) -> Entry | None:
        """None when the store has not got it, or other bytes under its name."""
        if wanted.sha256 is not None and await _is_good(self.folder, wanted.sha256, wanted.size):
            return Entry(wanted.sha256, wanted.size, wanted.key)
        data = await self._read(wanted)
        if data is None:
            return None
        entry = Entry(hashlib.sha256(data).hexdigest(), len(data), wanted.key)
        await self._put(entry.sha256, data)
        failpoint("while_objects_copied")
        if not await _is_good(self.folder, entry.sha256, entry.size):
            raise OSError(f"what was written to {self.folder.pool} reads differently")
        return entry

    async def _read(self, wanted: _Wanted) -> bytes | None:
        for place in wanted.places:
            try:
                data = await self.store.get(place)
            except Missing:
                continue
            # A rendition has no name to be measured by; a decayed original is as good as lost.
            if is_rendition(wanted.key) or hashlib.sha256(data).hexdigest() == wanted.digest:
                return data
        return None

    async def _put(self, sha256: str, data: bytes) -> None:
        key = original_key(sha256)
        try:
            if await self.pool.put(key, data, sha256=sha256) == "stored":
                self.new += 1
        except Conflict:  # decayed here: the store's are good
            await self.pool.delete(key)
            await self.pool.put(key, data, sha256=sha256)
            self.new += 1


def _original(one: Holding) -> _Wanted:
    # Named by its state in the snapshot: what was refused since is looked into again after a
    # restore, and has to lie where that looks.
    return _Wanted(one.places[0], one.places, one.digest, one.digest, one.size)


def _smaller(folder: Folder, held: set[str], lying: dict[str, int]) -> list[_Wanted]:
    """Renditions. Their bytes are not their name; the last backup knows those that it has."""
    known: dict[str, Entry] = {}
    for backup in folder.backups()[-1:]:
        known = {one.key: one for one in read_entries(backup.path)}
    found = []
    for key, size in lying.items():
        if is_rendition(key) and (digest := digest_of(key)) in held:
            before = known.get(key)
            sha256 = before.sha256 if before is not None and before.size == size else None
            found.append(_Wanted(key, (key,), digest, sha256, size))
    return found


def drop_unused(folder: Folder, gone: set[str]) -> int:
    """Removes from the pool whatever no backup has, and every picture of the erased photos `gone`,
    from all backups; how many files. Held folders only."""
    used = {
        entry.sha256
        for backup in folder.backups()
        for entry in read_entries(backup.path)
        if digest_of(entry.key) not in gone
    }
    dropped = 0
    for path in (folder.pool / "objects").rglob("*"):
        if path.is_file() and path.name not in used:
            path.unlink()
            dropped += 1
    return dropped


def is_rendition(key: str) -> bool:
    """Whether it is a smaller picture, made by the house."""
    return key.startswith("renditions/")


def digest_of(key: str) -> str:
    """The photo that an object belongs to, by its key."""
    return key.rsplit("/", 1)[-1].split(".")[0]


async def is_good(folder: Folder, entry: Entry) -> bool:
    """Whether the pool has these bytes, read now."""
    return await _is_good(folder, entry.sha256, entry.size)


async def in_some(things: Iterable[T], work: Callable[[T], Awaitable[S]]) -> list[S]:
    """One after the other, a few at a time; the results in their order."""
    results: list[S] = []
    listed = list(things)
    for start in range(0, len(listed), AT_ONCE):
        results += await asyncio.gather(*(work(one) for one in listed[start : start + AT_ONCE]))
    return results


async def _is_good(folder: Folder, sha256: str, size: int) -> bool:
    return await asyncio.to_thread(_reads_as, folder.object_path(sha256), sha256, size)


def _reads_as(path: Path, sha256: str, size: int) -> bool:
    try:
        if path.stat().st_size != size:
            return False
        return measured(path).sha256 == sha256
    except FileNotFoundError:
        return False
