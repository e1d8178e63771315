"""`xunfang check`: what can be looked at from inside, and said in one line each."""

import msgspec

from backend.foundation.database.schema import Schema, pending_changes
from backend.foundation.journal.chain import ENTRIES, GENESIS, first_break
from backend.foundation.journal.jobs import ATTEMPTS_SHOWN
from backend.foundation.journal.tables import NOT_APPLIED
from backend.house import House

_PAGE = 1000
_LEFT_OF_ERASED = {
    "erased records still published": "SELECT COUNT(*) FROM tombstone t "
    "JOIN sync_row s ON s.rec_key = t.id WHERE NOT s.gone",
    "erased records with a body": "SELECT COUNT(*) FROM tombstone t "
    "JOIN record r ON r.id = t.id WHERE r.body <> 'null'",
    "personal halves of erased records": "SELECT COUNT(*) FROM tombstone t "
    "JOIN fact f ON f.rec_kind || ':' || f.rec_id = t.id JOIN fact_personal p ON p.id = f.id",
    "payloads kept of erased records": "SELECT COUNT(*) FROM tombstone t "
    f"JOIN verdict v ON v.rec_key = t.id WHERE v.{NOT_APPLIED} AND v.payload IS NOT NULL",
}


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
        await _erasure(house),
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


async def _erasure(house: House) -> Finding:
    """Whether what was erased is gone, as far as the tables tell. The store is asked by the job
    that removes the bytes, before anything says that they are."""
    async with house.database.reading() as tx:
        (row,) = await tx.tuples("SELECT COUNT(*) FROM tombstone")
        left = [(what, (await tx.tuples(sql))[0][0]) for what, sql in _LEFT_OF_ERASED.items()]
        (waiting,) = await tx.tuples("SELECT COUNT(*) FROM blob WHERE order_id IS NOT NULL")
    found = ", ".join(f"{count} {what}" for what, count in left if count)
    said = found or f"{row[0]} records erased, {waiting[0]} photos on their way out"
    return Finding("erasure", not found, said)


async def _jobs(house: House) -> Finding:
    async with house.database.reading() as tx:
        rows = await tx.tuples(
            "SELECT kind, COUNT(*), MAX(last_error) FROM job WHERE status <> 'done' "
            "AND attempts >= ? GROUP BY kind",
            ATTEMPTS_SHOWN,
        )
    said = ", ".join(f"{count} {kind} ({error})" for kind, count, error in rows)
    return Finding("jobs", not rows, f"failing for long: {said}" if rows else "none that fails")
