"""The record as it stands, beside a verdict that the person will want to compare.

Promises: only what whoever is answered receives anyway. Who once had a record may still send for
it, a stopped phone hands over, and a colleague's outbox is handed over by somebody else: what they
send is kept or refused, and none of them is told what became of the record.
"""

from collections.abc import Collection, Iterable, Sequence

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.batch import Buckets
from backend.foundation.journal.envelope import Answer, RecKey
from backend.foundation.journal.groups import Placed
from backend.foundation.journal.records import Record, record_key

SHOWN = frozenset({"merged", "conflict"})


async def show(
    tx: Tx,
    buckets: Buckets | None,
    asked: Sequence[Placed],
    decided: Sequence[tuple[int, Answer]],
    head: int,
) -> None:
    """Fills `row` of the answers. No query where none of them shows anything, two otherwise."""
    answers = [
        (envelope.rec, answer)
        for (_, envelope), (_, answer) in zip(asked, decided, strict=True)
        if answer.s in SHOWN
    ]
    if not answers or buckets is None:
        return
    seen = await _seen_in(tx, await buckets(tx), (rec for rec, _ in answers))
    for (kind, id), answer in answers:
        record = seen.get(record_key(kind, id))
        if record is not None:
            row = f'["{kind}","{id}",{head},{record.rev},{record.body}]'
            answer.row = msgspec.Raw(row.encode())


async def _seen_in(tx: Tx, buckets: Collection[str], recs: Iterable[RecKey]) -> dict[str, Record]:
    """Those of the records that are published in one of the buckets, by key."""
    if not buckets:
        return {}
    named, keys = among(tx, "r.id", {record_key(*rec) for rec in recs})
    placed, places = among(tx, "s.bucket", sorted(buckets))
    rows = await tx.fetch(
        f"SELECT r.id, r.kind, r.rec_id, r.rev, r.body FROM record r WHERE {named} AND EXISTS "
        f"(SELECT 1 FROM sync_row s WHERE s.rec_key = r.id AND NOT s.gone AND {placed})",
        *keys,
        *places,
    )
    return {row["id"]: Record(**row) for row in rows}
