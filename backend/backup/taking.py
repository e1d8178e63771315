"""Taking a backup: snapshot, photos, a second reading of all of it, name, `durable`, and last what
is not needed any more."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from backend.backup.failing import CopyFailed, told
from backend.backup.folder import Backup, Folder
from backend.backup.manifest import (
    DATABASE,
    ERASURES,
    FORMAT,
    Manifest,
    measured,
    read_entries,
    write_entries,
    write_manifest,
    write_whole,
)
from backend.backup.pool import Filled, drop_unused, fill, in_some, is_good
from backend.backup.telling import erasures_of
from backend.checking import tables
from backend.checking.index import change_index
from backend.foundation.database.copying import applied, freeze, known
from backend.foundation.database.frozen import FrozenDatabase
from backend.foundation.database.schema import Schema
from backend.foundation.evidence.holdings import erased_bytes
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.copies import Mark, mark_of, move_durable
from backend.foundation.journal.failpoints import failpoint
from backend.foundation.kernel.clock import wire
from backend.house import House

KEEP = 14  # two weeks: a mistake is noticed, and erased words are gone from every copy, within them


class Taken(msgspec.Struct, frozen=True):
    """What a backup came to. `new` is how many objects the pool did not have; `durable` how far
    phones may forget from now on."""

    backup: Backup
    manifest: Manifest
    digest: str
    new: int
    durable: int
    removed: int

    def text(self) -> str:
        """Two lines for the log, the second one to be kept elsewhere."""
        kept = self.manifest
        lost = f"; the store has lost {len(kept.missing)}" if kept.missing else ""
        return (
            f"{self.backup.path.name}: head {kept.head}, {kept.count} objects of {kept.bytes} "
            f"bytes, {self.new} new, {self.removed} dropped{lost}; durable {self.durable}\n"
            f"manifest {self.digest}"
        )


async def take(
    house: House, schema: Schema, root: Path, *, keep: int = KEEP, without_missing: bool = False
) -> Taken:
    """A verified backup of the open house in the folder. Raises CopyFailed in one line; then the
    folder holds what it held before. `without_missing` accepts that the store has lost photos."""
    folder = Folder(root)
    with told(folder.root), _private(), folder.held():
        earlier = folder.backups()
        number = earlier[-1].number + 1 if earlier else 1
        with folder.begun(number) as path:
            made_at = wire(
                house.clock.now()
            )  # before the snapshot: what is erased after is not in it
            frozen = await _frozen(house, schema, path)
            with closing(frozen):
                mark = await _required(frozen, schema, folder)
                filled = await fill(folder, frozen, house.database, house.store)
                if filled.missing and not without_missing:
                    raise _lost(filled.missing)
                manifest = await _described(house, folder, number, made_at, mark, filled, frozen)
                digest = write_manifest(path, manifest)
                gone = await _erased(frozen)
            failpoint("before_named")
            backup = folder.name(path, number, made_at)
        failpoint("before_durable")
        durable = await _moved(house, mark)
        failpoint("before_pruned")
        for old in folder.backups()[:-keep]:
            folder.remove(old)
        removed = drop_unused(folder, gone)
    return Taken(backup, manifest, digest, filled.new, durable, removed)


async def verify(folder: Folder, frozen: FrozenDatabase, catalogue: Catalogue, path: Path) -> None:
    """Reads all of it again. Raises CopyFailed with what is not sound."""
    for finding in (
        await tables.database(frozen),
        await tables.references(frozen),
        await tables.facts(frozen),
        await change_index(frozen, catalogue),
    ):
        if not finding.good:
            said = f"{finding.what}: {finding.said}"
            raise CopyFailed(f"the database is not sound, run `xunfang check` ({said})")
    entries = list(read_entries(path))
    good = await in_some(entries, lambda one: is_good(folder, one))
    for entry, reads in zip(entries, good, strict=True):
        if not reads:
            raise CopyFailed(f"{folder.object_path(entry.sha256)} does not read as it was written")


async def _frozen(house: House, schema: Schema, path: Path) -> FrozenDatabase:
    async with house.database.reading() as tx:
        there, wanted = await applied(tx), known(schema)
    if there != wanted:
        older = set(there) < set(wanted)
        what = "run `xunfang migrate` first" if older else "use the version that the server runs"
        raise CopyFailed(f"the tables are not those of this version: {what}")
    await freeze(house.database, path / DATABASE, schema)
    failpoint("after_snapshot")
    frozen = FrozenDatabase(path / DATABASE)
    frozen.open()
    return frozen


async def _required(frozen: FrozenDatabase, schema: Schema, folder: Folder) -> Mark:
    """The snapshot's mark, if it may follow what lies in the folder."""
    async with frozen.reading() as tx:
        mark = await mark_of(tx)
        if mark.installation is None:
            raise CopyFailed("nothing was recorded here yet: there is nothing to back up")
        for last in folder.backups()[-1:]:
            before = last.manifest()
            if before.installation != mark.installation:
                raise CopyFailed(f"{folder.root} belongs to another installation: take another one")
            if before.epoch == mark.epoch and not await _continues(frozen, before):
                raise CopyFailed(
                    f"fact {before.chain_seq} is not the one that {last.path.name} holds: the "
                    "history was rewritten, or this is a second house from one copy"
                )
    return mark


async def _continues(frozen: FrozenDatabase, before: Manifest) -> bool:
    async with frozen.reading() as tx:
        sql = "SELECT entry_hash FROM fact WHERE seq = ?"
        rows = await tx.tuples(sql, before.chain_seq)
    return bool(rows) and rows[0][0] == before.chain_hash


async def _described(
    house: House,
    folder: Folder,
    number: int,
    made_at: str,
    mark: Mark,
    filled: Filled,
    frozen: FrozenDatabase,
) -> Manifest:
    """What the backup says of itself, once all of it was read again."""
    path = frozen.path.parent
    listed = write_entries(path, filled.entries)
    # Of the living house, and after the photos: what was erased while they were copied is not among
    # them, though the snapshot counts on it. A restore erases it again.
    known_erased = await erasures_of(house.database, wire(house.clock.now()))
    write_whole(path / ERASURES, msgspec.json.encode(known_erased))
    await verify(folder, frozen, house.catalogue, path)
    failpoint("before_manifest")
    async with frozen.reading() as tx:
        last = (await applied(tx))[-1]
    return Manifest(
        format=FORMAT,
        number=number,
        made_at=made_at,
        installation=mark.installation or "",
        engine=house.database.dialect,
        tables=last,
        epoch=mark.epoch,
        head=mark.head,
        chain_seq=mark.chain_seq,
        chain_hash=mark.chain_hash,
        seal=house.seal.fingerprint,
        database=measured(path / DATABASE),
        objects=listed,
        erasures=measured(path / ERASURES),
        count=len(filled.entries),
        bytes=sum(entry.size for entry in filled.entries),
        missing=filled.missing,
    )


async def _erased(frozen: FrozenDatabase) -> set[str]:
    async with frozen.reading() as tx:
        return await erased_bytes(tx)


async def _moved(house: House, mark: Mark) -> int:
    async with house.database.unit_of_work() as tx:
        await move_durable(tx, mark)
    async with house.database.reading() as tx:
        return (await mark_of(tx)).durable


def _lost(missing: list[str]) -> CopyFailed:
    return CopyFailed(
        f"the store has lost {len(missing)} photos ({missing[0]}): `xunfang check` names them; "
        "bring them back, or back up the rest with --without-missing"
    )


@contextmanager
def _private() -> Iterator[None]:
    """Whatever is written is for this user alone: it is all that the house knows of people."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
