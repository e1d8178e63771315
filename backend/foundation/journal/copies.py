"""What a copy of this database is: which history it belongs to, how far it reaches, what was erased
until then; and the two writes that a copy leads to.

`durable` only ever grows, and only within the history that the copy was made of: a number of an
earlier life would make phones forget what this one never had. A database that comes back from a
copy begins another history of versions: its epoch tells phones to offer again what they hold.
"""

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.erasure import KIND, ErasureBody
from backend.foundation.journal.records import record_key

_MARK = (
    "SELECT c.head, c.epoch, c.chain_seq, c.chain_hash, c.durable, f.entry_hash "
    "FROM sync_counter c LEFT JOIN fact f ON f.seq = 1 WHERE c.id = 1"
)


class Mark(msgspec.Struct, frozen=True):
    """Where a database stands. `installation` is the hash of its first fact, the one thing that no
    restore and no migration changes; None before anything was recorded."""

    head: int
    epoch: str
    chain_seq: int
    chain_hash: str
    durable: int
    installation: str | None


class Erased(msgspec.Struct, frozen=True):
    """One erasure, as it has to be told to a database that does not know it. `people` are those
    who were told by name."""

    of: RecKey
    within: RecKey | None
    digests: list[str]
    people: list[str]
    at: str


async def mark_of(tx: Tx) -> Mark:
    """One query. The counter has to be there."""
    rows = await tx.tuples(_MARK)
    return Mark(*rows[0])


async def move_durable(tx: Tx, copied: Mark) -> bool:
    """A verified copy reaches as far as `copied`. False when the database has begun another history
    since, or a later copy reaches as far."""
    sql = "UPDATE sync_counter SET durable = ? WHERE id = 1 AND epoch = ? AND durable < ?"
    return await tx.run(sql, copied.head, copied.epoch, copied.head) == 1


async def begin_epoch(tx: Tx, epoch: str) -> None:
    """From here on versions are those of another history."""
    await tx.run("UPDATE sync_counter SET epoch = ? WHERE id = 1", epoch)


async def erasures_in(tx: Tx) -> list[Erased]:
    """Everything that was ever erased here, in the order of ids. Two queries."""
    bodies = await tx.tuples(
        "SELECT r.id, r.body FROM record r WHERE r.kind = ? ORDER BY r.id", KIND
    )
    clause, args = among(tx, "rec_key", [id for id, _ in bodies])
    told: dict[str, list[str]] = {}
    sql = f"SELECT rec_key, bucket FROM sync_row WHERE {clause}"
    for rec, bucket in await tx.tuples(sql, *args) if bodies else ():
        if bucket.startswith("user:"):
            told.setdefault(rec, []).append(bucket.removeprefix("user:"))
    found = []
    for id, text in bodies:
        body = msgspec.json.decode(text, type=ErasureBody)
        people = sorted(told.get(id, ()))
        found.append(Erased(body.of, body.within, body.digests, people, body.at))
    return found


async def still_there(tx: Tx, erased: list[Erased]) -> list[Erased]:
    """Those that this database does not know to be erased. One query."""
    clause, args = among(tx, "id", [record_key(*one.of) for one in erased])
    sql = f"SELECT id FROM tombstone WHERE {clause}"
    gone = {id for (id,) in await tx.tuples(sql, *args)}
    return [one for one in erased if record_key(*one.of) not in gone]
