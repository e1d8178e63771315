"""Lists of authorisations for a desk."""

from typing import Any

import msgspec

from backend.foundation.database.pages import Asked, Cursor, Where, narrowed
from backend.foundation.database.pages import page as paged
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.listing import within_reach
from backend.foundation.kernel.actor import Actor

_SELECT = (
    "SELECT a.id, a.issued_at, a.until, a.state, p.rev, p.body FROM visit_authorisation a "
    "JOIN record p ON p.id = 'authorisation:' || a.id"
)


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
    tx: Tx, actor: Actor, wanted: Permit, today: str, cursor: Cursor, limit: int
) -> AuthorisationPage:
    """One page, the last to be issued first."""
    asked = Asked(_SELECT, *_where(tx, actor, wanted, today), "a.issued_at", "a.id")
    found, following = await paged(tx, asked, cursor, limit)
    return AuthorisationPage([_row(row, today) for row in found], following)


def _row(row: dict[str, Any], today: str) -> AuthorisationRow:
    expired = row["state"] == "issued" and today > row["until"]
    return AuthorisationRow(row["id"], row["rev"], expired, msgspec.json.decode(row["body"]))


def _where(tx: Tx, actor: Actor, wanted: Permit, today: str) -> Where:
    reach = within_reach(tx, actor, "a.outlet", "a.line")
    clause, args = narrowed(tx, reach, wanted, "a", ("outlet", "line", "number"), ("state",))
    if wanted.expired is not None:
        over = "(a.state = 'issued' AND a.until < ?)"
        clause += f" AND {over}" if wanted.expired else f" AND NOT {over}"
        args = [*args, today]
    return clause, args
