"""The files of a world's server beside its database: photos, uploads on their way, its key."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from media.store import original_key, quarantine_key, rendition_key
from tests.simulation.drawn import lay_seal_key


class Spool:
    """One folder for each seed. `keep` and `put_back` are the nightly copy and its return."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._objects, self._kept = folder / "objects", folder / "kept"

    @property
    def store_url(self) -> str:
        return f"file://{self._objects}"

    def lay(self) -> None:
        lay_seal_key(self.folder)

    def keep(self) -> None:
        _replace(self._kept, self._objects)

    def put_back(self) -> None:
        """The photos as of the copy; what was on its way is gone."""
        _replace(self._objects, self._kept)
        shutil.rmtree(self.folder / "staging", ignore_errors=True)

    def erase(self, digest: str) -> None:
        """Every size of it."""
        for path in self._objects.rglob(f"*{digest}*"):
            path.unlink()

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def stamp(self, now: datetime) -> None:
        """What a killed process wrote last bears the time of this machine, not of the world."""
        for torn in (self.folder / "staging").glob("*/*.part"):
            os.utime(torn, (now.timestamp(), now.timestamp()))

    def bytes_of(self, digest: str) -> bytes | None:
        """The photo as it lies in the store, in sight or out of it."""
        return self._read(original_key(digest)) or self._read(quarantine_key(digest))

    def rendition_of(self, digest: str) -> bytes | None:
        """The small picture as it lies in the store."""
        return self._read(rendition_key(digest, 320))

    def holds(self, digest: str) -> bool:
        """Whether anything of these bytes lies in the store, in any size, or is on its way in."""
        if any(digest in path.name for path in self._objects.rglob("*")):
            return True
        begun = (self.folder / "staging").glob("*/*.info")
        return any(digest in path.read_text() for path in begun)

    def _read(self, key: str) -> bytes | None:
        path = self._objects / key
        return path.read_bytes() if path.is_file() else None


def _replace(to: Path, by: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    if by.is_dir():
        shutil.copytree(by, to)
