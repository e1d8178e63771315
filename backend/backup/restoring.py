"""From a backup to a house, so that a kill at any point leaves something to go on with: a mark that
keeps servers off, the photos, the database under its new epoch as a whole, the erasures that the
backup does not know, a check of everything, and last the mark goes.

Uploads on their way are not in a backup: the phones that sent them begin again.
"""

import tempfile
from contextlib import closing
from pathlib import Path

import msgspec

from backend import serving
from backend.backup.emptiness import (
    Begun,
    forget_begun,
    has_database,
    note_begun,
    read_begun,
    require_no_bytes,
)
from backend.backup.failing import CopyFailed, told
from backend.backup.folder import Backup, Folder
from backend.backup.manifest import (
    DATABASE,
    OBJECTS,
    Entry,
    Manifest,
    measured,
    read_entries,
    read_manifest,
)
from backend.backup.pool import digest_of, in_some, is_good
from backend.backup.repeating import repeat
from backend.backup.telling import Erasures, erasures_of_backups, read_erasures
from backend.checking import Finding, look
from backend.foundation.database.copying import applied, known, thaw
from backend.foundation.database.frozen import FrozenDatabase
from backend.foundation.database.schema import Schema
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.copies import begin_epoch
from backend.foundation.journal.failpoints import failpoint
from backend.foundation.kernel.ids import new_id
from backend.house import build
from backend.settings import Settings
from media.store import ObjectStore, open_store

_BESIDE = frozenset({"jobs"})  # jobs that failed before the backup was made are no fault of it


class Restored(msgspec.Struct, frozen=True):
    """What came back. `repeated` records were erased again; erasures are known until `known_until`
    (wire form); `same_seal` when the house's own key is the one that the backup was made under."""

    name: str
    manifest: Manifest
    epoch: str
    repeated: int
    known_until: str
    same_seal: bool
    missing: list[str]
    findings: list[Finding]

    def text(self) -> str:
        """What the operator reads: what came back, how it is, and what is left to do."""
        known, made = self.known_until, self.manifest.made_at
        lines = [*map(str, self.findings)]
        lines.append(f"restored {self.name} of {made}, {self.manifest.count} objects")
        lines.append(f"epoch {self.epoch}: phones offer again what they hold")
        lines.append(f"{self.repeated} records were erased again; erasures are known until {known}")
        lines.append(
            f"what was erased after {known} has to be erased again: withdrawals that no phone "
            "still holds (`xunfang restore --erasures FILE` takes a later list), and what came to "
            "its day ends by itself"
        )
        lines.append(
            f"people, passwords, suspensions and devices are those of {made}: suspend again "
            "whoever was suspended since"
        )
        if not self.same_seal:
            lines.append(
                "seal.pem is not that of the lost house: put the old one into XUNFANG_DATA_DIR "
                "now, or everybody sets a new PIN and files that phones sealed cannot be opened"
            )
        if self.missing:
            lines.append(f"{len(self.missing)} objects are lost: {', '.join(self.missing[:3])}")
        return "\n".join(lines)


class _Done(msgspec.Struct, frozen=True):
    repeated: int
    findings: list[Finding]
    seal: str


async def restore(
    settings: Settings,
    catalogue: Catalogue,
    schema: Schema,
    root: Path,
    *,
    name: str | None = None,
    erasures: Path | None = None,
    without_missing: bool = False,
) -> Restored:
    """A house from the latest backup, or the named one. Raises CopyFailed in one line; what was
    there is then as before, or the same call goes on with it. `without_missing` accepts that the
    backup has lost photos."""
    folder = Folder(root)
    with told(settings.data_dir), serving.alone(settings):
        backup = folder.named(name)
        manifest, digest = read_manifest(backup.path)
        await _require_whole(backup, manifest, schema)
        gone = _known_erasures(folder, backup, manifest, erasures)
        entries, missing = await _brought(folder, backup, set(gone.gone))
        lost = sorted({*missing, *manifest.missing})
        if missing and not without_missing:
            raise _incomplete(folder, missing)
        begun = await _begin(settings, backup, digest)
        await _objects(folder, open_store(settings.store_url), entries)
        await _database(settings, schema, backup, begun)
        failpoint("after_database_restored")
        done = await _finished(settings, catalogue, schema, gone, excused=bool(lost))
        failpoint("before_restored")
        forget_begun(settings.data_dir)
    return Restored(
        name=backup.path.name,
        manifest=manifest,
        epoch=begun.epoch,
        repeated=done.repeated,
        known_until=gone.until,
        same_seal=done.seal == manifest.seal,
        missing=lost,
        findings=done.findings,
    )


async def _require_whole(backup: Backup, manifest: Manifest, schema: Schema) -> None:
    for name, noted in ((DATABASE, manifest.database), (OBJECTS, manifest.objects)):
        path = backup.path / name
        if not path.is_file() or measured(path) != noted:
            raise CopyFailed(f"{path} is not what the manifest says: take another backup")
    frozen = FrozenDatabase(backup.path / DATABASE)
    frozen.open()
    with closing(frozen):
        async with frozen.reading() as tx:
            newer = set(await applied(tx)) - set(known(schema))
    if newer:
        raise CopyFailed(
            f"the backup was made by a newer version (tables of {max(newer)}): install that one"
        )


def _known_erasures(
    folder: Folder, backup: Backup, manifest: Manifest, file: Path | None
) -> Erasures:
    """What is known to be erased until today: by this backup, those after it, and the file."""
    later = [one for one in folder.backups() if one.number >= backup.number]
    lists = erasures_of_backups(later)
    if file is not None:
        lists.append(read_erasures(file))
    everything = lists[0]
    for one in lists:
        if one.installation != manifest.installation:
            raise CopyFailed(f"{file or folder.root} belongs to another installation")
        everything = everything.joined(one)
    return everything


async def _brought(folder: Folder, backup: Backup, gone: set[str]) -> tuple[list[Entry], list[str]]:
    """What goes into the store, and what should and cannot. Reads all of it."""
    entries = [one for one in read_entries(backup.path) if digest_of(one.key) not in gone]
    good = await in_some(entries, lambda one: is_good(folder, one))
    lost = [one.key for one, reads in zip(entries, good, strict=True) if not reads]
    return [one for one, reads in zip(entries, good, strict=True) if reads], lost


def _incomplete(folder: Folder, missing: list[str]) -> CopyFailed:
    return CopyFailed(
        f"{folder.pool} has lost {len(missing)} objects ({missing[0]}): bring the folder's own "
        "copy, or restore the rest with --without-missing"
    )


async def _begin(settings: Settings, backup: Backup, digest: str) -> Begun:
    before = read_begun(settings.data_dir)
    if before is not None and before.digest != digest:
        raise CopyFailed(
            f"a restore of {before.backup} was interrupted here: go on with that one "
            "(--backup), or take an empty place"
        )
    begun = before or Begun(backup.path.name, digest, new_id())
    await has_database(settings, begun.epoch)
    if before is None:
        store = open_store(settings.store_url)
        try:
            await require_no_bytes(settings, store)
        finally:
            await store.close()
        note_begun(settings.data_dir, begun)
    return begun


async def _objects(folder: Folder, store: ObjectStore, entries: list[Entry]) -> None:
    async def put(entry: Entry) -> None:
        data = folder.object_path(entry.sha256).read_bytes()
        await store.put(entry.key, data, sha256=entry.sha256)
        failpoint("while_objects_restored")

    try:
        await in_some(entries, put)
    finally:
        await store.close()


async def _database(settings: Settings, schema: Schema, backup: Backup, begun: Begun) -> None:
    if await has_database(settings, begun.epoch):
        return  # an earlier try came this far

    async def finish(tx: Tx) -> None:
        await begin_epoch(tx, begun.epoch)

    place = settings.data_dir
    if settings.on_sqlite:
        place = Path(settings.database_url.removeprefix("sqlite:///")).parent
        place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="restoring-") as scratch:
        file = backup.path / DATABASE
        await thaw(file, settings.database_url, schema, Path(scratch), finish)


async def _finished(
    settings: Settings, catalogue: Catalogue, schema: Schema, gone: Erasures, *, excused: bool
) -> _Done:
    """The house's own part. `excused`: the store is known to lack photos."""
    async with serving.opened(build(settings, catalogue)) as house:
        repeated = await repeat(house, gone)
        findings = await look(house, schema)
        seal = house.seal.fingerprint
    beside = _BESIDE | ({"store"} if excused else frozenset())
    for one in findings:
        if not one.good and one.what not in beside:
            raise CopyFailed(f"what was restored is not sound ({one.what}: {one.said})")
    return _Done(repeated, findings, seal)
