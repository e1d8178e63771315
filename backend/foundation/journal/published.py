"""Published bodies and entries of the chain, as a console reads them."""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.records import record_key


async def bodies(tx: Tx, kind: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What phones receive of these records, by id; erased ones are not among them. One query."""
    clause, args = among(tx, "id", [record_key(kind, id) for id in ids])
    rows = await tx.tuples(f"SELECT rec_id, body FROM record WHERE {clause}", *args)
    return {id: msgspec.json.decode(body) for id, body in rows if body != "null"}


async def entries(tx: Tx, where: str, *args: str) -> list[dict[str, Any]]:
    """Entries in the chain of facts, in order: who did what for whom, and both times. `where` says
    of which record."""
    return await tx.fetch(
        "SELECT seq, type, actor_id, for_person, device_id, occurred_at, received_at, entry_hash "
        f"FROM fact WHERE {where} ORDER BY seq",
        *args,
    )


async def entries_of(tx: Tx, kind: str, id: str) -> list[dict[str, Any]]:
    """The same of one record."""
    return await entries(tx, "rec_kind = ? AND rec_id = ?", kind, id)
