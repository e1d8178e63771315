"""Whether the tables are whole, of a living database or of a copy: pages, numbers, references, and
the chain of facts. Each look is a finding, never an exception about what it finds."""

from backend.checking.finding import Finding, counted
from backend.foundation.database.frozen import Readable
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.chain import ENTRIES, GENESIS, first_break
from backend.foundation.journal.copies import mark_of

_PAGE = 1000
# Piccolo describes these as plain text, because a record is named by kind and id together; that
# there is something behind the name is a promise of the journal, and looked after here.
_REFERENCES = (
    ("sync_row", "rec_key", "record"),
    ("fact_personal", "id", "fact"),
    ("photo_place", "photo", "photo"),
    ("photo_place", "rec", "record"),
    ("photo", "parent", "record"),
    ("blob_bringer", "digest", "blob"),
)
_FOREIGN_KEYS = """
SELECT c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
  (SELECT string_agg(format('a.%I = b.%I', x.attname, y.attname), ' AND ')
     FROM unnest(c.conkey, c.confkey) AS k(mine, theirs)
     JOIN pg_attribute x ON x.attrelid = c.conrelid AND x.attnum = k.mine
     JOIN pg_attribute y ON y.attrelid = c.confrelid AND y.attnum = k.theirs),
  (SELECT string_agg(format('a.%I IS NOT NULL', x.attname), ' AND ')
     FROM unnest(c.conkey) AS k(mine)
     JOIN pg_attribute x ON x.attrelid = c.conrelid AND x.attnum = k.mine)
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.contype = 'f' AND n.nspname = current_schema()
"""


async def database(readable: Readable) -> Finding:
    """Pages of the file, and whether any version is beyond the counter."""
    async with readable.reading() as tx:
        mark = await mark_of(tx)
        ahead = await tx.tuples("SELECT COUNT(*) FROM sync_row WHERE ver > ?", mark.head)
        chained = await tx.tuples("SELECT COUNT(*), MAX(seq) FROM fact")
        damaged = []
        if tx.dialect == "sqlite":
            said = [row[0] for row in await tx.tuples("PRAGMA integrity_check(10)")]
            damaged = [] if said == ["ok"] else said
    if damaged:
        return Finding("database", False, counted(damaged, "pages are damaged"))
    if ahead[0][0]:
        return Finding("database", False, f"{ahead[0][0]} versions are beyond head {mark.head}")
    count, last = chained[0][0], chained[0][1] or 0
    if not count == last == mark.chain_seq:
        told = f"{count} facts, the last is {last}, the counter says {mark.chain_seq}"
        return Finding("database", False, told)
    return Finding("database", True, f"head {mark.head}, {count} facts, epoch {mark.epoch}")


async def references(readable: Readable) -> Finding:
    """Rows whose parent is not there: declared foreign keys, and those that are kept by name."""
    async with readable.reading() as tx:
        broken = await _declared(tx)
        for table, column, parent in _REFERENCES:
            rows = await tx.tuples(
                f'SELECT COUNT(*) FROM "{table}" a WHERE NOT EXISTS '
                f'(SELECT 1 FROM "{parent}" b WHERE b.id = a."{column}")'
            )
            if rows[0][0]:
                broken.append(f"{rows[0][0]} of {table} without their {parent}")
    said = f"{len(_REFERENCES)} kinds of reference, each leads somewhere"
    return Finding("foreign keys", not broken, "; ".join(broken) or said)


async def facts(readable: Readable) -> Finding:
    """The whole chain, page by page, up to the hash that the counter remembers."""
    seq, previous = 0, GENESIS
    async with readable.reading() as tx:
        end = await mark_of(tx)
    while True:
        async with readable.reading() as tx:
            page = await ENTRIES.where(
                tx, "seq > ? AND seq <= ? ORDER BY seq LIMIT ?", seq, end.chain_seq, _PAGE
            )
        if not page:
            break
        broken = first_break(page, previous)
        if broken is not None:
            return Finding("facts", False, f"entry {broken} does not follow from the one before")
        seq, previous = page[-1].seq, page[-1].entry_hash
    if previous != end.chain_hash:
        return Finding("facts", False, f"entry {seq} is not the end that the counter remembers")
    return Finding("facts", True, f"{seq} entries, each follows from the one before")


async def _declared(tx: Tx) -> list[str]:
    if tx.dialect == "sqlite":
        rows = await tx.tuples("PRAGMA foreign_key_check")
        return [f"{len(rows)} rows without their parent"] if rows else []
    broken = []
    for name, mine, theirs, equal, filled in await tx.tuples(_FOREIGN_KEYS):
        sql = f"SELECT COUNT(*) FROM {mine} a WHERE {filled} AND NOT EXISTS "
        (row,) = await tx.tuples(f"{sql}(SELECT 1 FROM {theirs} b WHERE {equal})")
        if row[0]:
            broken.append(f"{row[0]} of {mine} break {name}")
    return broken
