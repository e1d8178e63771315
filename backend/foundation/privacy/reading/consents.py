"""The consent register and the withdrawals: one row for each purpose that was answered."""

from typing import Any

import msgspec

from backend.foundation.database.pages import Asked, Cursor, page
from backend.foundation.database.transaction import Tx
from backend.foundation.privacy.reading.paging import Filter, between, equal

# How a purpose stands now. Literals of ours.
_STATE = (
    "CASE WHEN NOT a.given THEN 'refused' WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn' "
    "WHEN c.valid_until IS NOT NULL AND c.valid_until <= ? THEN 'expired' ELSE 'given' END"
)
# The latest certificate that can be the answer to this withdrawal.
_CERTIFICATE = (
    "(SELECT max(t.id) FROM certificate t WHERE t.rec = c.parent AND t.cause = 'withdrawal' "
    "AND t.action = a.action AND t.ordered_at >= a.recorded_at)"
)
_FROM = "FROM consent_answer a JOIN consent c ON c.id = a.consent"
_REGISTER = (
    f"SELECT a.id, a.consent, a.purpose, {_STATE} AS state, c.parent_kind, c.parent_id, "
    "c.outlet, c.line, c.notice, c.late_notice, c.principal, c.minor, c.how, c.by, c.given_at, "
    f"c.valid_until {_FROM}"
)
_WITHDRAWN = (
    f"SELECT a.*, {_CERTIFICATE} AS certificate, c.parent_kind, c.parent_id, c.outlet {_FROM}"
)


class ConsentRow(msgspec.Struct, frozen=True):
    """One answer to one purpose, and how it stands now."""

    consent: str
    purpose: str
    state: str
    parent: tuple[str, str]
    outlet: str
    line: str | None
    notice: str
    late_notice: bool
    principal: str
    minor: bool
    how: str
    by: str
    given_at: str
    valid_until: str | None


class ConsentPage(msgspec.Struct, frozen=True):
    """Answers, newest first, and where the next page begins (null: this was the last)."""

    rows: list[ConsentRow]
    next: str | None


class WithdrawalRow(msgspec.Struct, frozen=True):
    """A purpose that was taken back. `certificate` null: the owner of the record has not answered,
    and somebody has to look."""

    consent: str
    purpose: str
    parent: tuple[str, str]
    outlet: str
    channel: str
    asked_by: str
    staff: str
    withdrawn_at: str
    recorded_at: str
    action: str
    erase_by: str
    certificate: str | None


class WithdrawalPage(msgspec.Struct, frozen=True):
    """Withdrawals, newest first, and where the next page begins (null: this was the last)."""

    rows: list[WithdrawalRow]
    next: str | None


async def consents(tx: Tx, wanted: Filter, now: str, cursor: Cursor, limit: int) -> ConsentPage:
    """The register. `state` is `given`, `refused`, `withdrawn` or `expired`."""
    clause, args = _clause(wanted, "c.given_at")
    if wanted.state is not None:
        clause, args = f"{clause} AND {_STATE} = ?", (*args, now, wanted.state)
    asked = Asked(_REGISTER, clause, args, "c.given_at", "a.id", before=(now,))
    found, following = await page(tx, asked, cursor, limit)
    return ConsentPage([_consent(row) for row in found], following)


async def withdrawals(tx: Tx, wanted: Filter, cursor: Cursor, limit: int) -> WithdrawalPage:
    """What was taken back. `state` `unanswered`: nothing was certified yet."""
    clause, args = _clause(wanted, "a.withdrawn_at")
    clause += " AND a.withdrawn_at IS NOT NULL"
    if wanted.state == "unanswered":
        clause += f" AND {_CERTIFICATE} IS NULL"
    asked = Asked(_WITHDRAWN, clause, args, "a.withdrawn_at", "a.id")
    found, following = await page(tx, asked, cursor, limit)
    return WithdrawalPage([_withdrawal(row) for row in found], following)


def _clause(wanted: Filter, moment: str) -> tuple[str, tuple[Any, ...]]:
    clause, args = equal(
        [
            ("c.parent_kind", wanted.parent_kind),
            ("a.purpose", wanted.purpose),
            ("c.outlet", wanted.outlet),
        ]
    )
    return between(clause, args, moment, wanted)


def _consent(row: dict[str, Any]) -> ConsentRow:
    return ConsentRow(
        consent=row["consent"],
        purpose=row["purpose"],
        state=row["state"],
        parent=(row["parent_kind"], row["parent_id"]),
        outlet=row["outlet"],
        line=row["line"],
        notice=row["notice"],
        late_notice=bool(row["late_notice"]),
        principal=row["principal"],
        minor=bool(row["minor"]),
        how=row["how"],
        by=row["by"],
        given_at=row["given_at"],
        valid_until=row["valid_until"],
    )


def _withdrawal(row: dict[str, Any]) -> WithdrawalRow:
    return WithdrawalRow(
        consent=row["consent"],
        purpose=row["purpose"],
        parent=(row["parent_kind"], row["parent_id"]),
        outlet=row["outlet"],
        channel=row["channel"],
        asked_by=row["asked_by"],
        staff=row["staff"],
        withdrawn_at=row["withdrawn_at"],
        recorded_at=row["recorded_at"],
        action=row["action"],
        erase_by=row["erase_by"],
        certificate=row["certificate"],
    )
