"""Whether phones get what the tables say: every published record in every place it belongs to.

Each record is projected again from its feature's own tables and compared with the change index: it
lies in just those places, with a body where it is published and without one where it is gone. The
bodies themselves are not compared: some hold what a neighbour says (who may type a PIN), which is
published anew when it matters and not before. The numbers are looked at as well: unique, behind
the head, and hashed as phones fold them.
"""

from collections.abc import Sequence
from typing import Any

from backend.checking.finding import Finding, counted
from backend.foundation.database.copying import pages
from backend.foundation.database.frozen import Readable
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal import erasure
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.flush import row_hash
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.notices import project_notice
from backend.foundation.journal.work import Work

_PLACES = "SELECT id, rec_key, kind, rec_id, bucket, ver, gone, h64 FROM sync_row"
_RECORDS = "SELECT id, kind, rec_id, body = 'null' FROM record"


async def change_index(readable: Readable, catalogue: Catalogue) -> Finding:
    """One finding about all of it. Reads every published record of every feature."""
    wrong: list[str] = []
    records = places = 0
    async with readable.reading() as tx:
        seen: set[int] = set()
        async for rows in pages(tx, _PLACES):
            places += len(rows)
            wrong += [row[0] for row in rows if not _is_numbered(row, seen)]
        async for rows in pages(tx, _RECORDS):
            records += len(rows)
            wrong += await _misplaced(tx, catalogue, rows)
    if wrong:
        return Finding("change index", False, counted(wrong, "not where they belong"))
    return Finding("change index", True, f"{records} records in {places} places, as they say")


def _is_numbered(row: Sequence[Any], seen: set[int]) -> bool:
    id, rec_key, kind, rec_id, bucket, ver, _, h64 = row
    named = rec_key == f"{kind}:{rec_id}" and id == f"{rec_key}:{bucket}"
    good = named and ver not in seen and h64 == row_hash(kind, rec_id, ver)
    seen.add(ver)
    return good


async def _misplaced(tx: Tx, catalogue: Catalogue, rows: Sequence[Sequence[Any]]) -> list[str]:
    clause, args = among(tx, "rec_key", [row[0] for row in rows])
    lying: dict[str, set[str]] = {}
    for key, bucket in await tx.tuples(
        f"SELECT rec_key, bucket FROM sync_row WHERE NOT gone AND {clause}", *args
    ):
        lying.setdefault(key, set()).add(bucket)
    clause, args = among(tx, "id", [row[0] for row in rows])
    gone = {id for (id,) in await tx.tuples(f"SELECT id FROM tombstone WHERE {clause}", *args)}
    work = Work(tx, purposes=catalogue.purposes)
    await _prepare(work, catalogue, [row for row in rows if row[0] not in gone])
    wrong = []
    for id, kind, rec_id, is_blank in rows:
        if kind == erasure.KIND:  # its places are wherever the erased one ever was, if anywhere
            good = not is_blank
        else:
            told = None if id in gone else await _projection(work, catalogue, (kind, rec_id))
            wanted = frozenset() if told is None else told.buckets
            good = lying.get(id, frozenset()) == wanted and bool(is_blank) == (told is None)
        if not good:
            wrong.append(id)
    return wrong


async def _prepare(work: Work, catalogue: Catalogue, rows: Sequence[Sequence[Any]]) -> None:
    by_kind: dict[str, list[str]] = {}
    for _, kind, rec_id, _ in rows:
        by_kind.setdefault(kind, []).append(rec_id)
    for name, ids in by_kind.items():
        kind = catalogue.kinds.get(name)
        if kind is not None and kind.prepare is not None:
            await kind.prepare(work, ids)


async def _projection(work: Work, catalogue: Catalogue, rec: RecKey) -> Projection | None:
    kind, id = rec
    if kind == "notice":
        return await project_notice(work, id)
    known = catalogue.kinds.get(kind)
    return None if known is None else await known.project(work, id)
