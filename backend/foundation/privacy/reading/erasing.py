"""The retention board, certificates and holds."""

from datetime import date
from typing import Any

import msgspec

from backend.foundation.database.pages import Asked, Cursor, page
from backend.foundation.database.transaction import Tx
from backend.foundation.privacy.model import Certificate, CertificateBody, HoldBody
from backend.foundation.privacy.reading.paging import Filter, between, equal
from backend.foundation.privacy.tables import CERTIFICATES, HOLDS

_HELD = "EXISTS (SELECT 1 FROM privacy_hold h WHERE h.rec = k.rec AND h.released_at IS NULL)"
_BOARD = f"SELECT k.*, {_HELD} AS held FROM privacy_retention k"
STATES = {
    "kept": f" AND k.state = 'kept' AND NOT {_HELD}",
    "held": f" AND k.state = 'kept' AND {_HELD}",
    "ended": " AND k.state = 'ended'",
    "unanswered": " AND k.state = 'ended' AND k.certificate IS NULL",
}
_SINCE = {"held": " AND h.released_at IS NULL", "released": " AND h.released_at IS NOT NULL"}
OVERDUE = "t.state = 'ordered' AND t.erase_by < ?"


class KeptRow(msgspec.Struct, frozen=True):
    """A class of things of a record. `unanswered`: its time ended and nothing was certified."""

    parent: tuple[str, str]
    klass: str
    action: str
    outlet: str
    line: str | None
    since: str
    due_on: str
    days_left: int
    state: str
    held: bool
    unanswered: bool
    certificate: str | None


class KeptPage(msgspec.Struct, frozen=True):
    """What is kept, next due first, and where the next page begins (null: this was the last)."""

    rows: list[KeptRow]
    next: str | None


class CertificateRow(msgspec.Struct, frozen=True):
    """A certificate, and whether its promise is broken."""

    id: str
    overdue: bool
    certificate: CertificateBody


class CertificatePage(msgspec.Struct, frozen=True):
    """Certificates, newest first, and where the next page begins (null: this was the last)."""

    rows: list[CertificateRow]
    next: str | None


class HoldRow(msgspec.Struct, frozen=True):
    """A hold, by its id."""

    id: str
    hold: HoldBody


class HoldPage(msgspec.Struct, frozen=True):
    """Holds, newest first, and where the next page begins (null: this was the last)."""

    rows: list[HoldRow]
    next: str | None


async def board(tx: Tx, wanted: Filter, today: date, cursor: Cursor, limit: int) -> KeptPage:
    """Due dates. `state` is one of `STATES`, `purpose` the class, days are local."""
    clause, args = equal(
        [
            ("k.kind", wanted.parent_kind),
            ("k.klass", wanted.purpose),
            ("k.outlet", wanted.outlet),
        ]
    )
    clause += STATES[wanted.state] if wanted.state else ""
    clause, args = between(clause, args, "k.due_on", wanted)
    asked = Asked(_BOARD, clause, args, "k.due_on", "k.id", rising=True)
    found, following = await page(tx, asked, cursor, limit)
    return KeptPage([_kept(row, today) for row in found], following)


async def certificates(
    tx: Tx, wanted: Filter, now: str, cursor: Cursor, limit: int
) -> CertificatePage:
    """Certificates. `state` is `ordered`, `done` or `overdue`, `purpose` the rule followed."""
    state = None if wanted.state == "overdue" else wanted.state
    clause, args = equal(
        [("t.kind", wanted.parent_kind), ("t.rule", wanted.purpose), ("t.state", state)]
    )
    if wanted.state == "overdue":
        clause, args = f"{clause} AND {OVERDUE}", (*args, now)
    clause, args = between(clause, args, "t.ordered_at", wanted)
    asked = Asked("SELECT t.* FROM certificate t", clause, args, "t.ordered_at", "t.id")
    found, following = await page(tx, asked, cursor, limit)
    made = CERTIFICATES.read([[row[name] for name in CERTIFICATES.columns] for row in found])
    return CertificatePage([_certificate(one, now) for one in made], following)


async def holds(tx: Tx, wanted: Filter, cursor: Cursor, limit: int) -> HoldPage:
    """Holds. `state` is `held` or `released`."""
    clause, args = equal([("h.kind", wanted.parent_kind)])
    clause += _SINCE[wanted.state] if wanted.state else ""
    clause, args = between(clause, args, "h.at", wanted)
    asked = Asked("SELECT h.* FROM privacy_hold h", clause, args, "h.at", "h.id")
    found, following = await page(tx, asked, cursor, limit)
    rows = []
    for one in HOLDS.read([[row[name] for name in HOLDS.columns] for row in found]):
        values = {name: getattr(one, name) for name in HoldBody.__struct_fields__[1:]}
        rows.append(HoldRow(one.id, HoldBody(parent=(one.kind, one.rec_id), **values)))
    return HoldPage(rows, following)


def _certificate(one: Certificate, now: str) -> CertificateRow:
    values: dict[str, Any] = {
        name: getattr(one, name) for name in CertificateBody.__struct_fields__ if name != "parent"
    }
    body = CertificateBody(parent=(one.kind, one.rec_id), **values)
    return CertificateRow(one.id, one.state == "ordered" and one.erase_by < now, body)


def _kept(row: dict[str, Any], today: date) -> KeptRow:
    ended = row["state"] == "ended"
    return KeptRow(
        parent=(row["kind"], row["rec_id"]),
        klass=row["klass"],
        action=row["action"],
        outlet=row["outlet"],
        line=row["line"],
        since=row["since"],
        due_on=row["due_on"],
        days_left=0 if ended else (date.fromisoformat(row["due_on"]) - today).days,
        state=row["state"],
        held=not ended and bool(row["held"]),
        unanswered=ended and row["certificate"] is None,
        certificate=row["certificate"],
    )
