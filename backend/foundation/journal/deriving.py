"""Making anew what is derived from records: the index of words, and the figures.

Done at a start, when the rules by which it was made are not those of this version, and after an
upgrade from before there was any. While it goes on nothing else is written; everything is read.
A server of an earlier version must not go on writing beside it: what it writes is indexed by its
own rules, or not at all.
"""

from collections.abc import AsyncIterator, Sequence

import msgspec

from backend.foundation.database.rows import Rows, write_all
from backend.foundation.database.transaction import Tx
from backend.foundation.journal import search, tallies
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.manifest import Kind
from backend.foundation.journal.records import record_key
from backend.foundation.journal.tables import Derived as DerivedTable
from backend.foundation.journal.work import Work

VERSION = 2  # one more whenever a feed says other words or counts of its records
_ALL = "all"
_RECORDS_AT_ONCE = 500


class Derived(msgspec.Struct, frozen=True):
    """By which rules something was made."""

    id: str
    version: int


DERIVED = Rows(DerivedTable, Derived)


async def is_derived(tx: Tx) -> bool:
    """Whether everything is as this version makes it."""
    return any(one.version == VERSION for one in await DERIVED.load(tx, [_ALL]))


async def derive(tx: Tx, catalogue: Catalogue) -> int:
    """Makes it anew from the published records; of how many."""
    # Held first: whoever comes to write a record waits here until theirs is not forgotten.
    lock = "FOR UPDATE" if tx.dialect == "postgres" else ""
    await tx.tuples(f"SELECT head FROM sync_counter WHERE id = 1 {lock}")
    for table in ("search", "tally", "tallied"):
        await tx.run(f"DELETE FROM {table}")
    count = 0
    for kind in catalogue.kinds.values():
        if kind.derived:
            async for ids in published_ids(tx, kind.name):
                await _write(tx, kind, ids)
                count += len(ids)
    await DERIVED.upsert(tx, [Derived(_ALL, VERSION)])
    return count


async def published_ids(tx: Tx, kind: str) -> AsyncIterator[list[str]]:
    """The records of a kind that are not gone, some at a time, in the order of their ids."""
    # What is gone has no body. Its feature may have left rows: they are nobody's to find.
    after = ""
    while True:
        rows = await tx.tuples(
            "SELECT id, rec_id FROM record WHERE kind = ? AND id > ? AND body <> 'null' "
            f"ORDER BY id LIMIT {_RECORDS_AT_ONCE}",
            kind,
            after,
        )
        if not rows:
            return
        after = rows[-1][0]
        yield [row[1] for row in rows]


async def _write(tx: Tx, kind: Kind, ids: Sequence[str]) -> None:
    work = Work(tx)
    if kind.prepare is not None:
        await kind.prepare(work, ids)
    found: list[search.Search] = []
    counted: list[tallies.Tallied] = []
    sums: tallies.Sums = {}
    for id in ids:
        projection = await kind.project(work, id)
        if projection is None:
            continue
        row = search.row_of((kind.name, id), projection.sought)
        found += [] if row is None else [row]
        if projection.counts is not None:
            tallies.add(sums, projection.counts, 1)
            key = record_key(kind.name, id)
            counted.append(tallies.Tallied(key, projection.counts))
    work.close()
    writes = [search.SEARCHES.upserting(found), tallies.TALLIED.upserting(counted)]
    writes.append(tallies.TALLIES.inserting(tallies.differences(sums), tallies.ADDED))
    await write_all(tx, writes)
