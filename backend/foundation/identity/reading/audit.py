"""Who did what to whom, and when: the acts of administration in the chain of facts, newest first.

What happened to rounds, cases, visits and events is told on these records and not here, but for
what a deputy decided in the name of somebody absent.
"""

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from backend.foundation.database.engine import Database
from backend.foundation.database.transaction import Row, Tx, among
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.journal.tables import ADMINISTRATIVE
from backend.foundation.kernel.actor import SYSTEM
from backend.foundation.kernel.limits import PAGE_ROWS_MAX

_FACTS = "SELECT f.*, h.payload AS hidden FROM fact f LEFT JOIN fact_personal h ON h.id = f.id"
# Names of colleagues and why an account or device was stopped. What other packages put into the
# erasable half of a fact is not administration's to read.
_OPEN = "identity."
DEPUTY = "deputy"


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for; None and empty mean all. `since` and `until` are moments of arrival, the
    second one excluded; `kind` and `about` name the record that something was done to."""

    actor: str | None = None
    for_person: str | None = None
    types: tuple[str, ...] = ()
    kind: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None


class AuditRow(msgspec.Struct, frozen=True):
    """One act. Names are those of today, empty where nobody of that id is known; `values` are the
    fact's own fields, without what was erased of them; `for_person` is whom a deputy acted for."""

    id: str
    seq: int
    type: str
    rec: tuple[str, str]
    about_name: str
    actor: str
    actor_name: str
    for_person: str | None
    for_name: str
    device: str
    occurred_at: str
    received_at: str
    values: dict[str, Any]


class AuditPage(msgspec.Struct, frozen=True):
    """Acts, newest first, and where the next page begins (null: this was the last)."""

    rows: list[AuditRow]
    next: str | None


async def acts(tx: Tx, sought: Sought, before: int | None, limit: int) -> AuditPage:
    """A page of acts. Three queries, whatever its length."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    clause, args = _clause(tx, sought)
    if before is not None:
        clause, args = f"{clause} AND f.seq < ?", [*args, before]
    tail = f"ORDER BY f.seq DESC LIMIT {limit + 1}"
    found = await tx.fetch(f"{_FACTS} WHERE {clause} {tail}", *args)
    shown = found[:limit]
    people, devices = await _names(tx, shown)
    rows = [_row(row, people, devices) for row in shown]
    return AuditPage(rows, str(shown[-1]["seq"]) if len(found) > limit else None)


async def every(database: Database, sought: Sought) -> AsyncIterator[AuditRow]:
    """All acts, page after page: what comes in meanwhile is newer than the first of them."""
    before: int | None = None
    while True:
        async with database.reading() as tx:
            page = await acts(tx, sought, before, PAGE_ROWS_MAX)
        for row in page.rows:
            yield row
        if page.next is None:
            return
        before = int(page.next)


def _clause(tx: Tx, sought: Sought) -> tuple[str, list[Any]]:
    parts, args = [ADMINISTRATIVE], list[Any]()
    equal = [
        ("actor_id", sought.actor),
        ("for_person", sought.for_person),
        ("rec_kind", sought.kind),
        ("rec_id", sought.about),
    ]
    for column, value in equal:
        if value is not None:
            parts.append(f"f.{column} = ?")
            args.append(value)
    for sign, moment in ((">=", sought.since), ("<", sought.until)):
        if moment is not None:
            parts.append(f"f.received_at {sign} ?")
            args.append(moment)
    if sought.types:
        clause, more = among(tx, "f.type", sought.types)
        parts.append(clause)
        args += more
    return " AND ".join(parts), args


async def _names(tx: Tx, rows: list[Row]) -> tuple[dict[str, str], dict[str, str]]:
    named = ("actor_id", "for_person", "rec_id")
    ids = {row[name] for row in rows for name in named if row[name] is not None}
    ids |= {_absent(row) for row in rows if row["rec_kind"] == DEPUTY}
    people = {person.id: person.name for person in await PEOPLE.load(tx, sorted(ids))}
    clause, args = among(tx, "id", sorted(ids))
    devices = await tx.tuples(f"SELECT id, name FROM device WHERE {clause}", *args)
    return {SYSTEM.id: SYSTEM.name} | people, {id: name for id, name in devices}


def _absent(row: Row) -> str:
    """Whom a deputyship is about, which has an id of its own."""
    return msgspec.json.decode(row["payload"])["values"]["person"]


def _row(row: Row, people: dict[str, str], devices: dict[str, str]) -> AuditRow:
    kind, id = row["rec_kind"], row["rec_id"]
    values = msgspec.json.decode(row["payload"])["values"]
    if row["hidden"] is not None and row["type"].startswith(_OPEN):
        values |= msgspec.json.decode(row["hidden"])
    named = {"person": people, "pin": people, "device": devices}.get(kind, {})
    about = people.get(_absent(row), "") if kind == DEPUTY else named.get(id, "")
    return AuditRow(
        id=row["id"],
        seq=row["seq"],
        type=row["type"],
        rec=(kind, id),
        about_name=about,
        actor=row["actor_id"],
        actor_name=people.get(row["actor_id"], ""),
        for_person=row["for_person"],
        for_name=people.get(row["for_person"], ""),
        device=row["device_id"],
        occurred_at=row["occurred_at"],
        received_at=row["received_at"],
        values=values,
    )
