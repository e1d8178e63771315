"""The list of everything that was ever erased: what a restore from an older backup has to repeat.

Every backup holds it as of its end, so that the restored one and those after it tell it. `xunfang
erasures FILE` writes it from a database that can still be read, or from hour to hour to another
machine. It holds ids and digests, and nothing about anybody.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from backend.backup.failing import CopyFailed, told
from backend.backup.folder import Backup
from backend.backup.manifest import ERASURES, measured, write_whole
from backend.foundation.database.frozen import Readable
from backend.foundation.evidence.holdings import erased_bytes
from backend.foundation.journal.copies import Erased, erasures_in, mark_of
from backend.foundation.journal.records import record_key


class Erasures(msgspec.Struct, frozen=True):
    """Records that were erased, digests whose bytes were; known until a moment (wire form)."""

    installation: str
    until: str
    erased: list[Erased]
    gone: list[str]

    def joined(self, other: "Erasures") -> "Erasures":
        """What both know."""
        known = {record_key(*one.of): one for one in (*self.erased, *other.erased)}
        return Erasures(
            self.installation,
            max(self.until, other.until),
            [known[key] for key in sorted(known)],
            sorted({*self.gone, *other.gone}),
        )


async def erasures_of(readable: Readable, until: str) -> Erasures:
    """What this database knows."""
    async with readable.reading() as tx:
        mark = await mark_of(tx)
        erased = await erasures_in(tx)
        gone = await erased_bytes(tx)
    return Erasures(mark.installation or "", until, erased, sorted(gone))


def erasures_of_backups(backups: Iterable[Backup]) -> list[Erasures]:
    """What these backups know. Raises CopyFailed for one that is not as it was written."""
    found = []
    for backup in backups:
        path = backup.path / ERASURES
        try:
            manifest = backup.manifest()
            if measured(path) != manifest.erasures:
                raise CopyFailed(f"{path} is not what the manifest says")
        except (CopyFailed, FileNotFoundError) as wrong:
            raise CopyFailed(
                f"{wrong}; it tells what was erased since: move {backup.path} away, if nothing "
                "can be done"
            ) from wrong
        found.append(read_erasures(path))
    return found


async def write_erasures(readable: Readable, file: Path, now: str) -> int:
    """Writes the list, whole or not at all, over an older one; how many records."""
    known = await erasures_of(readable, now)
    unfinished = file.with_name(f".{file.name}.unfinished")
    with told(file):
        unfinished.unlink(missing_ok=True)
        write_whole(unfinished, msgspec.json.encode(known))
        unfinished.replace(file)
    return len(known.erased)


def read_erasures(file: Path) -> Erasures:
    """Raises CopyFailed when it is no such list."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Erasures)
    except (OSError, msgspec.DecodeError) as wrong:
        raise CopyFailed(f"{file} is no list that `xunfang erasures` wrote: {wrong}") from wrong
