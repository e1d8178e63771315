"""Lists of rounds for a desk: a page at a time, only what the reader's posts cover."""

from typing import Any

import msgspec

from backend.foundation.database.pages import Asked, Cursor, Where, narrowed, spanned
from backend.foundation.database.pages import page as paged
from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.listing import strands_within_reach, within_reach
from backend.foundation.journal.tables import UNFINISHED_ROUND
from backend.foundation.kernel.actor import Actor

_SELECT = (
    "SELECT r.id, r.made_at, r.state, r.due_at, p.rev, p.body FROM round r "
    "JOIN record p ON p.id = 'round:' || r.id"
)
_ARRIVED = "('accepted', 'waived')"
# The flag lies in the published body, because evidence counts it; both spellings are ours.
_INCOMPLETE = "r.state = 'submitted' AND p.body LIKE '%\"complete\":false%'"


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader asks for; None and empty mean all. `since` and `until` are moments, the
    second one excluded."""

    outlet: str | None = None
    line: str | None = None
    since: str | None = None
    until: str | None = None
    state: tuple[str, ...] = ()
    assignee: str | None = None
    overdue: bool | None = None
    incomplete: bool | None = None
    week: tuple[str, str] | None = None  # due in it, or begun in it unplanned; not called off


class RoundRow(msgspec.Struct, frozen=True):
    """A round as published, and what is only known by the clock."""

    id: str
    rev: int
    overdue: bool
    body: dict[str, Any]


class RoundPage(msgspec.Struct, frozen=True):
    """Rounds, newest first, and where the next page begins (null: this was the last)."""

    rows: list[RoundRow]
    next: str | None


class PhotoHolder(msgspec.Struct, frozen=True):
    """A photo that has not arrived whole, and on whose device it was taken."""

    photo: str
    sha256: str
    item: str | None
    finding: str | None
    state: str
    by: str
    device: str
    last_contact_at: str | None
    unsent_photos: int | None


class WaitingRound(msgspec.Struct, frozen=True):
    """A submitted round that waits for evidence, and who holds it."""

    round: RoundRow
    missing: list[PhotoHolder]


async def page(
    tx: Tx, actor: Actor, wanted: Filter, now: str, cursor: Cursor, limit: int
) -> RoundPage:
    """One page, the last to be made first."""
    where = _where(tx, actor, wanted, now)
    strands = _strands(tx, actor, wanted)
    asked = Asked(_SELECT, *where, moment="r.made_at", id="r.id", table="round r", strands=strands)
    found, following = await paged(tx, asked, cursor, limit)
    return RoundPage([_row(row, now) for row in found], following)


async def one(tx: Tx, actor: Actor, id: str, now: str) -> RoundRow | None:
    """The round, or None where there is none for this reader."""
    reach, args = within_reach(tx, actor, "r.outlet", "r.line")
    named = "r.assignee = ? OR r.submitted_by = ?"
    clause = f"r.id = ? AND ({reach} OR {named})"
    found = await tx.fetch(f"{_SELECT} WHERE {clause}", id, *args, actor.id, actor.id)
    return _row(found[0], now) if found else None


async def sheet(tx: Tx, id: str) -> dict[str, Any] | None:
    """The round's sheet as published."""
    rows = await tx.tuples("SELECT body FROM record WHERE id = ?", f"sheet:{id}")
    return msgspec.json.decode(rows[0][0]) if rows else None


async def photos(tx: Tx, id: str) -> dict[str, dict[str, Any]]:
    """The round's photos as published, by id. One query."""
    rows = await tx.tuples(
        "SELECT p.id, r.body FROM photo p JOIN record r ON r.id = 'photo:' || p.id "
        "WHERE p.parent = ? ORDER BY p.id",
        f"round:{id}",
    )
    return {id: msgspec.json.decode(body) for id, body in rows}


async def incomplete(
    tx: Tx, actor: Actor, now: str, cursor: Cursor, limit: int
) -> tuple[list[WaitingRound], str | None]:
    """Submitted rounds that wait for evidence, with who holds it. Two queries a page."""
    found = await page(tx, actor, Filter(incomplete=True), now, cursor, limit)
    clause, args = among(tx, "p.parent", [f"round:{row.id}" for row in found.rows])
    missing = await tx.fetch(
        "SELECT p.parent_id, p.id AS photo, p.sha256, p.item, p.finding, p.state, p.by, p.device, "
        "c.last_contact_at, c.unsent_photos FROM photo p "
        "LEFT JOIN device_contact c ON c.id = p.device || ':' || p.by "
        f"WHERE {clause} AND p.state NOT IN {_ARRIVED} ORDER BY p.id",
        *args,
    )
    held: dict[str, list[PhotoHolder]] = {row.id: [] for row in found.rows}
    for photo in missing:
        held[photo.pop("parent_id")].append(PhotoHolder(**photo))
    return [WaitingRound(row, held[row.id]) for row in found.rows], found.next


def _row(row: dict[str, Any], now: str) -> RoundRow:
    due_at: str | None = row["due_at"]
    waits = row["state"] in ("assigned", "open")
    body = msgspec.json.decode(row["body"])
    return RoundRow(row["id"], row["rev"], waits and due_at is not None and due_at < now, body)


def _where(tx: Tx, actor: Actor, wanted: Filter, now: str) -> Where:
    reach = within_reach(tx, actor, "r.outlet", "r.line")
    where = narrowed(tx, reach, wanted, "r", ("outlet", "line", "assignee"), ("state",))
    clause, args = spanned(where, "r.made_at", wanted.since, wanted.until)
    if wanted.week is not None:
        counted = (
            "r.state <> 'cancelled' AND ((r.due_at >= ? AND r.due_at < ?) "
            "OR (r.due_at IS NULL AND r.made_at >= ? AND r.made_at < ?))"
        )
        clause, args = f"{clause} AND {counted}", [*args, *wanted.week, *wanted.week]
    if wanted.overdue is not None:
        over = "(r.due_at IS NOT NULL AND r.due_at < ? AND r.state IN ('assigned', 'open'))"
        clause += f" AND {over}" if wanted.overdue else f" AND NOT {over}"
        args = [*args, now]
    if wanted.incomplete is not None:
        found = _unfinished(tx) if wanted.incomplete else f"NOT ({_INCOMPLETE})"
        clause += f" AND {found}"
    return clause, args


def _strands(tx: Tx, actor: Actor, wanted: Filter) -> list[Where]:
    # An outlet has an index of its own, and what waits is looked up first anyway.
    if wanted.outlet is not None or wanted.incomplete is not None:
        return []
    return strands_within_reach(tx, actor, wanted.line, "r.outlet", "r.line")


def _unfinished(tx: Tx) -> str:
    # Looked up before anything else: walked by time, a list of a million rounds would be read to
    # its end for the twenty that wait.
    waiting = f"SELECT rec_id FROM record WHERE {UNFINISHED_ROUND}"
    several = f"= ANY (ARRAY({waiting}))" if tx.dialect == "postgres" else f"IN ({waiting})"
    return f"r.state = 'submitted' AND r.id {several}"
