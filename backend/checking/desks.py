"""Whether desks find and count what the records say.

Each record that is found by words or counted is projected again from its feature's own tables, and
compared with what the flush kept beside it: the mark of its words, what it added to the figures,
and the sums of all. The sums are held in memory while it lasts: one for each outlet, line and week.
"""

from collections.abc import Sequence

from backend.checking.finding import Finding, counted
from backend.foundation.database.copying import pages
from backend.foundation.database.frozen import Readable
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal import search, tallies
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.deriving import is_derived, published_ids
from backend.foundation.journal.manifest import Kind
from backend.foundation.journal.records import record_key
from backend.foundation.journal.work import Work

_KEPT = (
    "SELECT r.id, w.mark, c.counts FROM record r LEFT JOIN search w ON w.id = r.id "
    "LEFT JOIN tallied c ON c.id = r.id WHERE"
)


async def desks(readable: Readable, catalogue: Catalogue) -> Finding:
    """One finding about all of it. Reads every published record that a desk finds or counts."""
    async with readable.reading() as tx:
        if not await is_derived(tx):
            return Finding("desks", True, "words and figures are made anew at the next start")
        seen = _Seen()
        for kind in catalogue.kinds.values():
            if kind.derived:
                async for ids in published_ids(tx, kind.name):
                    await seen.compare(tx, kind, ids)
        wrong = [*seen.wrong, *await seen.without_record(tx), *await seen.other_sums(tx)]
    if wrong:
        return Finding("desks", False, counted(wrong, "are not found or counted as they say"))
    said = f"{seen.found} records by their words, {seen.counted} in the figures, as they say"
    return Finding("desks", True, said)


class _Seen:
    def __init__(self) -> None:
        self.found = self.counted = 0
        self.wrong: list[str] = []
        self._sums: tallies.Sums = {}

    async def compare(self, tx: Tx, kind: Kind, ids: Sequence[str]) -> None:
        clause, args = among(tx, "r.id", [record_key(kind.name, id) for id in ids])
        rows = await tx.tuples(f"{_KEPT} {clause}", *args)
        kept = {id: (mark, counts) for id, mark, counts in rows}
        work = Work(tx)
        if kind.prepare is not None:
            await kind.prepare(work, ids)
        for id in ids:
            projection = await kind.project(work, id)
            row = search.row_of((kind.name, id), projection.sought if projection else None)
            counts = projection.counts if projection else None
            key = record_key(kind.name, id)
            if kept[key] != (row.mark if row else None, tallies.encoded(counts)):
                self.wrong.append(key)
            self.found += row is not None
            self.counted += counts is not None
            if counts is not None:
                tallies.add(self._sums, counts, 1)
        work.close()

    async def without_record(self, tx: Tx) -> list[str]:
        """What is kept of records that say nothing of it: of all others one row was seen."""
        told = []
        for table, seen in (("search", self.found), ("tallied", self.counted)):
            (row,) = await tx.tuples(f"SELECT count(*) FROM {table}")
            if row[0] > seen:
                told.append(f"{row[0] - seen} rows of {table} without a record")
        return told

    async def other_sums(self, tx: Tx) -> list[str]:
        """Cells that are not the sum of what was added to them."""
        due = {one.id: one for one in tallies.differences(self._sums)}
        told = []
        async for rows in pages(tx, tallies.TALLIES.select_sql):
            for one in tallies.TALLIES.read(rows):
                wanted = due.pop(one.id, None)
                zero = wanted is None and not tallies.differences({one.id: one})
                if not zero and one != wanted:
                    told.append(one.id)
        return [*told, *due]
