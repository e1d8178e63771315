"""How the house's own work stands: jobs that fail, and what is left of anything erased."""

from backend.checking.finding import Finding
from backend.foundation.database.frozen import Readable
from backend.foundation.journal.jobs import ATTEMPTS_SHOWN
from backend.foundation.journal.tables import NOT_APPLIED

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


async def erasure(readable: Readable) -> Finding:
    """Whether what was erased is gone, as far as the tables tell; of the bytes see `objects`."""
    async with readable.reading() as tx:
        (row,) = await tx.tuples("SELECT COUNT(*) FROM tombstone")
        left = [(what, (await tx.tuples(sql))[0][0]) for what, sql in _LEFT_OF_ERASED.items()]
        (waiting,) = await tx.tuples("SELECT COUNT(*) FROM blob WHERE order_id IS NOT NULL")
    found = ", ".join(f"{count} {what}" for what, count in left if count)
    said = found or f"{row[0]} records erased, {waiting[0]} photos on their way out"
    return Finding("erasure", not found, said)


async def jobs(readable: Readable) -> Finding:
    """Jobs that have failed for long."""
    async with readable.reading() as tx:
        rows = await tx.tuples(
            "SELECT kind, COUNT(*), MAX(last_error) FROM job WHERE status <> 'done' "
            "AND attempts >= ? GROUP BY kind",
            ATTEMPTS_SHOWN,
        )
    said = ", ".join(f"{count} {kind} ({error})" for kind, count, error in rows)
    return Finding("jobs", not rows, f"failing for long: {said}" if rows else "none that fails")
