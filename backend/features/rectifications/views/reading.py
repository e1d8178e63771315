"""Lists of cases for a desk: a page at a time, only what the reader's posts cover."""

from typing import Any

import msgspec

from backend.features.rectifications.tables import LIVING
from backend.foundation.database.pages import Asked, Cursor, Where, narrowed, spanned
from backend.foundation.database.pages import page as paged
from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.listing import strands_within_reach, within_reach
from backend.foundation.journal import published
from backend.foundation.kernel.actor import Actor

WAITING = ("open", "assigned", "accepted", "returned")
LAST_FAILS = 3
_SELECT = (
    "SELECT r.id, r.opened_at, r.state, r.due_at, p.rev, p.body FROM rectification r "
    "JOIN record p ON p.id = 'rectification:' || r.id"
)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader asks for; None and empty mean all. `since` and `until` are moments, the
    second one excluded."""

    outlet: str | None = None
    line: str | None = None
    since: str | None = None
    until: str | None = None
    state: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    overdue: bool | None = None
    late: bool | None = None
    on_spot: bool | None = None
    owner: str | None = None
    round: str | None = None
    item: str | None = None
    living: bool | None = None


class CaseRow(msgspec.Struct, frozen=True):
    """A case as published, and what is only known by the clock."""

    id: str
    rev: int
    overdue: bool
    body: dict[str, Any]


class CasePage(msgspec.Struct, frozen=True):
    """Cases, newest first, and where the next page begins (null: this was the last)."""

    rows: list[CaseRow]
    next: str | None


async def page(
    tx: Tx, actor: Actor, wanted: Filter, now: str, cursor: Cursor, limit: int
) -> CasePage:
    """One page, the last to be opened first."""
    where = _where(tx, actor, wanted, now)
    strands = _strands(tx, actor, wanted)
    asked = Asked(
        _SELECT, *where, moment="r.opened_at", id="r.id", table="rectification r", strands=strands
    )
    found, following = await paged(tx, asked, cursor, limit)
    return CasePage([_row(row, now) for row in found], following)


async def one(tx: Tx, actor: Actor, id: str, now: str) -> CaseRow | None:
    """The case, or None where there is none for this reader."""
    clause, args = _readable(tx, actor)
    found = await tx.fetch(f"{_SELECT} WHERE r.id = ? AND {clause}", id, *args)
    return _row(found[0], now) if found else None


async def last_fails(tx: Tx, actor: Actor, case: CaseRow, now: str) -> list[CaseRow]:
    """The outlet's last three findings against the same item before this one, newest first. Of
    those that this reader may see: whoever is only named in the case is not shown others'."""
    clause, args = _readable(tx, actor)
    found = await tx.fetch(
        f"{_SELECT} WHERE r.outlet = ? AND r.line = ? AND r.item_key = ? AND r.id <> ? "
        f"AND r.opened_at <= ? AND {clause} "
        f"ORDER BY r.opened_at DESC, r.id DESC LIMIT {LAST_FAILS}",
        case.body["outlet"],
        case.body["line"],
        case.body["item"]["key"],
        case.id,
        case.body["opened_at"],
        *args,
    )
    return [_row(row, now) for row in found]


async def photos(tx: Tx, cases: list[CaseRow]) -> dict[str, dict[str, Any]]:
    """The before and after photos of these cases as published, by id. One query."""
    ids = [id for case in cases for id in (*case.body["before"], *case.body["after"])]
    return await published.bodies(tx, "photo", ids)


async def entries(tx: Tx, id: str) -> list[dict[str, Any]]:
    """The case's entries in the chain of facts, in order."""
    return await published.entries_of(tx, "rectification", id)


def _strands(tx: Tx, actor: Actor, wanted: Filter) -> list[Where]:
    # An outlet has an index of its own, and so has a round.
    if wanted.outlet is not None or wanted.round is not None:
        return []
    return strands_within_reach(tx, actor, wanted.line, "r.outlet", "r.line")


def _readable(tx: Tx, actor: Actor) -> tuple[str, list[Any]]:
    """A clause for the cases that this person follows by a post, or is named in."""
    reach, args = within_reach(tx, actor, "r.outlet", "r.line")
    named = "r.owner = ? OR r.raised_by = ? OR r.fixed_by = ?"
    return f"({reach} OR {named})", [*args, actor.id, actor.id, actor.id]


def _row(row: dict[str, Any], now: str) -> CaseRow:
    due_at: str | None = row["due_at"]
    waits = row["state"] in WAITING
    body = msgspec.json.decode(row["body"])
    return CaseRow(row["id"], row["rev"], waits and due_at is not None and due_at < now, body)


def _where(tx: Tx, actor: Actor, wanted: Filter, now: str) -> Where:
    reach = within_reach(tx, actor, "r.outlet", "r.line")
    plain = ("outlet", "line", "owner", "round", "late", "on_spot")
    where = narrowed(tx, reach, wanted, "r", plain, ("state", "severity"))
    clause, args = spanned(where, "r.opened_at", wanted.since, wanted.until)
    if wanted.item is not None:
        clause, args = f"{clause} AND r.item_key = ?", [*args, wanted.item]
    if wanted.living is not None:
        clause += f" AND r.{LIVING}" if wanted.living else f" AND NOT r.{LIVING}"
    if wanted.overdue is not None:
        part, more = among(tx, "r.state", WAITING)
        over = f"(r.due_at IS NOT NULL AND r.due_at < ? AND {part})"
        clause += f" AND {over}" if wanted.overdue else f" AND NOT {over}"
        args = [*args, now, *more]
    return clause, args
