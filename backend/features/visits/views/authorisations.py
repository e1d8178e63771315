"""Lists of authorisations for a desk."""

from typing import Any

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.listing import within_reach
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import PAGE_ROWS_MAX


class Permit(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader asks for; None and empty mean all."""

    outlet: str | None = None
    line: str | None = None
    number: str | None = None
    state: tuple[str, ...] = ()
    expired: bool | None = None


class AuthorisationRow(msgspec.Struct, frozen=True):
    """An authorisation as published, and what is only known by the calendar."""

    id: str
    rev: int
    expired: bool
    body: dict[str, Any]


class AuthorisationPage(msgspec.Struct, frozen=True):
    """Authorisations, newest first, and where the next page begins (null: this was the last)."""

    rows: list[AuthorisationRow]
    next: str | None


async def page(
    tx: Tx, actor: Actor, wanted: Permit, today: str, cursor: tuple[str, str] | None, limit: int
) -> AuthorisationPage:
    """One page. Sorted by the moment of issue and the id, so that it can be cut anywhere."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    clause, args = _clause(tx, actor, wanted, today)
    if cursor is not None:
        at, id = cursor
        clause += " AND (a.issued_at < ? OR (a.issued_at = ? AND a.id < ?))"
        args += [at, at, id]
    found = await tx.fetch(
        "SELECT a.id, a.issued_at, a.until, a.state, p.rev, p.body FROM visit_authorisation a "
        f"JOIN record p ON p.id = 'authorisation:' || a.id WHERE {clause} "
        f"ORDER BY a.issued_at DESC, a.id DESC LIMIT {limit + 1}",
        *args,
    )
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    following = f"{last['issued_at']}|{last['id']}" if last else None
    return AuthorisationPage([_row(row, today) for row in shown], following)


def _row(row: dict[str, Any], today: str) -> AuthorisationRow:
    expired = row["state"] == "issued" and today > row["until"]
    return AuthorisationRow(row["id"], row["rev"], expired, msgspec.json.decode(row["body"]))


def _clause(tx: Tx, actor: Actor, wanted: Permit, today: str) -> tuple[str, list[Any]]:
    clause, args = within_reach(tx, actor, "a.outlet", "a.line")
    for column in ("outlet", "line", "number"):
        value = getattr(wanted, column)
        if value is not None:
            clause += f" AND a.{column} = ?"
            args.append(value)
    if wanted.state:
        part, more = among(tx, "a.state", wanted.state)
        clause += f" AND {part}"
        args += more
    if wanted.expired is not None:
        over = "(a.state = 'issued' AND a.until < ?)"
        clause += f" AND {over}" if wanted.expired else f" AND NOT {over}"
        args.append(today)
    return clause, args
