"""The folder of one installation's backups.

pool/objects/ab/cd/abcd…     every photo once, by the digest of its bytes, for all backups
000001-2026-11-27T030000Z/   one backup: database, list of objects, manifest
unfinished-000002/           one being made, or left by a kill: never taken for a backup
"""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from backend.backup.failing import CopyFailed
from backend.backup.manifest import Manifest, read_manifest
from media.store import original_key

_NAME = re.compile(r"(\d{6})-\d{4}-\d{2}-\d{2}T\d{6}Z")
_UNFINISHED = "unfinished-"
_LOCK, _POOL = "backup.lock", "pool"


class Backup(msgspec.Struct, frozen=True):
    """A whole backup, by its name alone: nothing of it was looked at yet."""

    number: int
    path: Path

    def manifest(self) -> Manifest:
        return read_manifest(self.path)[0]


class Folder:
    """Looked at anew each time: nothing is remembered that a kill could spoil."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.pool = self.root / _POOL

    def backups(self) -> list[Backup]:
        """Whole ones, oldest first."""
        if not self.root.is_dir():
            return []
        named = ((path, _NAME.fullmatch(path.name)) for path in self.root.iterdir())
        found = [Backup(int(name[1]), path) for path, name in named if name]
        return sorted(found, key=lambda one: one.number)

    def named(self, name: str | None) -> Backup:
        """The backup of this name, or the latest. Raises CopyFailed."""
        found = self.backups()
        if not found:
            raise CopyFailed(
                f"{self.root} holds no backup: take the folder that `backup` was given"
            )
        if name is None:
            return found[-1]
        for one in found:
            if one.path.name == name:
                return one
        raise CopyFailed(f"there is no backup {name}; the latest one is {found[-1].path.name}")

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """One backup at a time. What a killed one left is thrown away. Raises CopyFailed."""
        self._require_ours()
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise CopyFailed(f"another backup is writing to {self.root}: wait for it") from busy
            for left in self.root.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left)
            yield

    @contextlib.contextmanager
    def begun(self, number: int) -> Iterator[Path]:
        """Where the next backup is made. Left without `name`, nothing of it stays."""
        path = self.root / f"{_UNFINISHED}{number:06d}"
        path.mkdir()
        try:
            yield path
        finally:
            if path.exists():
                shutil.rmtree(path, ignore_errors=True)  # the reason is on its way up already

    def name(self, unfinished: Path, number: int, made_at: str) -> Backup:
        """The last act: from here on it is a backup."""
        moment = made_at[:19].replace(":", "") + "Z"
        flush(unfinished)
        path = unfinished.rename(self.root / f"{number:06d}-{moment}")
        flush(self.root)
        return Backup(number, path)

    def remove(self, backup: Backup) -> None:
        """First it loses its name: half of a backup must not be taken for one."""
        left = backup.path.rename(self.root / f"{_UNFINISHED}{backup.number:06d}-old")
        flush(self.root)
        shutil.rmtree(left)

    def object_path(self, sha256: str) -> Path:
        """Where the pool has these bytes, or would have them."""
        return self.pool / original_key(sha256)

    def _require_ours(self) -> None:
        if not self.root.is_dir() or self.backups():
            return
        strange = [
            path.name
            for path in self.root.iterdir()
            if path.name not in (_LOCK, _POOL, "lost+found")
            if not path.name.startswith(_UNFINISHED)
        ]
        if strange:
            raise CopyFailed(f"{self.root} holds other things ({strange[0]}): take an empty folder")


def flush(folder: Path) -> None:
    """The names in a folder survive a power cut from here on."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
