"""`xunfang check`: what can be looked at from inside, and said in one line each."""

import msgspec

from backend.foundation.database.schema import Schema, pending_changes
from backend.foundation.journal.chain import ENTRIES, GENESIS, first_break
from backend.foundation.journal.jobs import ATTEMPTS_SHOWN
from backend.house import House

_PAGE = 1000


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at."""

    what: str
    good: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.good else 'BAD '} {self.what}: {self.said}"


async def look(house: House, schema: Schema) -> list[Finding]:
    """Every finding, good or bad. Reads the whole fact chain, page by page."""
    pending = await pending_changes(schema)
    return [
        Finding("tables", not pending, "as declared" if not pending else "; ".join(pending)),
        await _database(house),
        await _chain(house),
        await _store(house),
        await _jobs(house),
    ]


async def _database(house: House) -> Finding:
    async with house.database.reading() as tx:
        (row,) = await tx.tuples("SELECT head, chain_seq FROM sync_counter WHERE id = 1")
        (count,) = await tx.tuples("SELECT COUNT(*) FROM sync_row WHERE ver > ?", row[0])
        if house.database.dialect == "sqlite":
            broken = await tx.tuples("PRAGMA foreign_key_check")
            if broken:
                return Finding("database", False, f"{len(broken)} rows without their parent")
    good = count[0] == 0
    return Finding("database", good, f"head {row[0]}, {row[1]} facts, epoch {house.epoch}")


async def _chain(house: House) -> Finding:
    seq, previous = 0, GENESIS
    while True:
        async with house.database.reading() as tx:
            page = await ENTRIES.where(tx, "seq > ? ORDER BY seq LIMIT ?", seq, _PAGE)
        if not page:
            return Finding("facts", True, f"{seq} entries, each follows from the one before")
        broken = first_break(page, previous)
        if broken is not None:
            return Finding("facts", False, f"entry {broken} does not follow from the one before")
        seq, previous = page[-1].seq, page[-1].entry_hash


async def _store(house: House) -> Finding:
    try:
        async for _ in house.store.list(""):
            break
    except Exception as failed:
        return Finding("store", False, f"{type(failed).__name__}: {failed}")
    return Finding("store", True, house.settings.store_url.split("?")[0])


async def _jobs(house: House) -> Finding:
    async with house.database.reading() as tx:
        rows = await tx.tuples(
            "SELECT kind, COUNT(*), MAX(last_error) FROM job WHERE status <> 'done' "
            "AND attempts >= ? GROUP BY kind",
            ATTEMPTS_SHOWN,
        )
    said = ", ".join(f"{count} {kind} ({error})" for kind, count, error in rows)
    return Finding("jobs", not rows, f"failing for long: {said}" if rows else "none that fails")
