"""A restore goes into an empty house, or goes on where it was interrupted. Nothing else."""

from pathlib import Path

import msgspec

from backend.backup.failing import CopyFailed
from backend.backup.manifest import write_whole
from backend.foundation.database.copying import is_made
from backend.foundation.database.engine import database_for
from backend.foundation.journal.copies import mark_of
from backend.serving import RESTORING
from backend.settings import Settings
from media.store import ObjectStore


class Begun(msgspec.Struct, frozen=True):
    """A restore that is not over: the digest of its manifest, and the epoch that begins with it."""

    backup: str
    digest: str
    epoch: str


def read_begun(data_dir: Path) -> Begun | None:
    """What a killed restore left."""
    try:
        return msgspec.json.decode((data_dir / RESTORING).read_bytes(), type=Begun)
    except FileNotFoundError:
        return None


def note_begun(data_dir: Path, begun: Begun) -> None:
    """From here on no server starts on what is half there."""
    data_dir.mkdir(parents=True, exist_ok=True)
    unfinished = data_dir / f".{RESTORING}"
    unfinished.unlink(missing_ok=True)
    write_whole(unfinished, msgspec.json.encode(begun))
    unfinished.replace(data_dir / RESTORING)


def forget_begun(data_dir: Path) -> None:
    """It is a house."""
    (data_dir / RESTORING).unlink(missing_ok=True)


async def has_database(settings: Settings, epoch: str) -> bool:
    """Whether the backup's database is here already, under this epoch. Raises CopyFailed when there
    is anything else but empty tables."""
    if _lacks_file(settings):
        return False
    database = database_for(settings.database_url)
    await database.open()
    try:
        async with database.reading() as tx:
            if not await is_made(tx):
                return False
            try:
                mark = await mark_of(tx)
            except Exception as strange:
                raise CopyFailed(_full("the database", "tables of something else")) from strange
    finally:
        await database.close()
    if mark.head == 0:
        return False
    if mark.epoch != epoch:
        raise CopyFailed(_full("the database", f"{mark.chain_seq} facts"))
    return True


async def require_no_bytes(settings: Settings, store: ObjectStore) -> None:
    """Raises CopyFailed when the store or the staging folder holds anything."""
    async for stored in store.list(""):
        raise CopyFailed(_full("the store", stored.key))
    for path in sorted((settings.data_dir / "staging").glob("*/*.part")):
        raise CopyFailed(_full("staging", f"an upload, {path.name}"))


def _lacks_file(settings: Settings) -> bool:
    """Asked first: opening an SQLite database would make it."""
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    return settings.on_sqlite and not path.exists()


def _full(what: str, thing: str) -> str:
    return (
        f"{what} is not empty ({thing}): restore into an empty place (XUNFANG_DATA_DIR, "
        "XUNFANG_DATABASE_URL, XUNFANG_STORE_URL) and keep this one until all is well"
    )
