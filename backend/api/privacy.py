"""The data-protection officer's console: consent register, withdrawals, due dates, certificates.

For the officer alone, whatever else a person may do: an administrator reads nothing here, and staff
see the consents of their own records on their phones.
"""

from datetime import date, timedelta
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter

from backend.api.given import GivenHouse
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import NAME, between
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy.reading import monthly
from backend.foundation.privacy.reading.consents import (
    ConsentPage,
    WithdrawalPage,
    consents,
    withdrawals,
)
from backend.foundation.privacy.reading.erasing import (
    CertificatePage,
    HoldPage,
    KeptPage,
    board,
    certificates,
    holds,
)
from backend.foundation.privacy.reading.monthly import Month
from backend.foundation.privacy.reading.paging import Filter, cursor_of
from backend.foundation.privacy.rules.publishing import require_officer

Asking = Request[Any, Signed, Any]
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
Kind = Annotated[str | None, QueryParameter(name="parent_kind", pattern=NAME)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
MonthName = Annotated[str, QueryParameter(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$")]
Language = Annotated[str, QueryParameter(pattern="^(zh|en)$")]
Stands = Annotated[
    str | None, QueryParameter(name="state", pattern="^(given|refused|withdrawn|expired)$")
]
Unanswered = Annotated[str | None, QueryParameter(name="state", pattern="^unanswered$")]
Board = Annotated[
    str | None, QueryParameter(name="state", pattern="^(kept|held|ended|unanswered)$")
]
Done = Annotated[str | None, QueryParameter(name="state", pattern="^(ordered|done|overdue)$")]
Held = Annotated[str | None, QueryParameter(name="state", pattern="^(held|released)$")]


@get("/v1/console/privacy/consents", operation_id="PrivacyConsents")
async def consent_register(
    request: Asking,
    house: GivenHouse,
    parent_kind: Kind = None,
    purpose: Name = None,
    stands: Stands = None,
    outlet: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> ConsentPage:
    """The register: one row for each purpose answered, newest first; days are local."""
    require_officer(request.auth.actor, "console")
    wanted = _filter(since, until, parent_kind, purpose, stands, outlet)
    async with house.database.reading() as tx:
        return await consents(tx, wanted, wire(house.clock.now()), cursor_of(cursor), limit)


@get("/v1/console/privacy/withdrawals", operation_id="PrivacyWithdrawals")
async def withdrawal_list(
    request: Asking,
    house: GivenHouse,
    parent_kind: Kind = None,
    purpose: Name = None,
    stands: Unanswered = None,
    outlet: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> WithdrawalPage:
    """What was taken back, newest first; `state=unanswered` is what nobody certified."""
    require_officer(request.auth.actor, "console")
    wanted = _filter(since, until, parent_kind, purpose, stands, outlet)
    async with house.database.reading() as tx:
        return await withdrawals(tx, wanted, cursor_of(cursor), limit)


@get("/v1/console/privacy/retention", operation_id="PrivacyRetention")
async def retention_board(
    request: Asking,
    house: GivenHouse,
    parent_kind: Kind = None,
    klass: Name = None,
    stands: Board = None,
    outlet: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> KeptPage:
    """The retention board, next due first; `since` and `until` are due days, both included."""
    require_officer(request.auth.actor, "console")
    between(since, until)
    wanted = Filter(
        parent_kind=parent_kind,
        purpose=klass,
        state=stands,
        outlet=outlet,
        since=since,
        until=None if until is None else (date.fromisoformat(until) + timedelta(1)).isoformat(),
    )
    today = business_day(house.clock.now())
    async with house.database.reading() as tx:
        return await board(tx, wanted, today, cursor_of(cursor), limit)


@get("/v1/console/privacy/certificates", operation_id="PrivacyCertificates")
async def certificate_list(
    request: Asking,
    house: GivenHouse,
    parent_kind: Kind = None,
    rule: Name = None,
    stands: Done = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> CertificatePage:
    """What was erased and sealed, newest first; `state=overdue` is a broken promise."""
    require_officer(request.auth.actor, "console")
    wanted = _filter(since, until, parent_kind, rule, stands, None)
    async with house.database.reading() as tx:
        return await certificates(tx, wanted, wire(house.clock.now()), cursor_of(cursor), limit)


@get("/v1/console/privacy/holds", operation_id="PrivacyHolds")
async def hold_list(
    request: Asking,
    house: GivenHouse,
    parent_kind: Kind = None,
    stands: Held = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> HoldPage:
    """Who stopped the erasing of what, and why; newest first."""
    require_officer(request.auth.actor, "console")
    wanted = _filter(since, until, parent_kind, None, stands, None)
    async with house.database.reading() as tx:
        return await holds(tx, wanted, cursor_of(cursor), limit)


@get("/v1/console/privacy/months", operation_id="PrivacyMonth")
async def month(request: Asking, house: GivenHouse, month: MonthName) -> Month:
    """The monthly list (`month=2026-11`): counts and the first rows of each part."""
    require_officer(request.auth.actor, "console")
    async with house.database.reading() as tx:
        return await monthly.month(tx, date.fromisoformat(f"{month}-01"), house.clock.now())


@get(
    "/v1/console/privacy/months.csv",
    operation_id="PrivacyMonthFile",
    media_type="text/csv",
)
async def month_file(
    request: Asking, house: GivenHouse, month: MonthName, language: Language = "zh"
) -> Response[str]:
    """The whole monthly list as CSV, safe to open in a spreadsheet."""
    require_officer(request.auth.actor, "console")
    first = date.fromisoformat(f"{month}-01")
    async with house.database.reading() as tx:
        text = await monthly.as_csv(
            tx, first, house.clock.now(), "en" if language == "en" else "zh"
        )
    headers = {
        "Content-Disposition": f'attachment; filename="privacy-{month}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(text, media_type="text/csv", headers=headers)


def _filter(
    since: str | None,
    until: str | None,
    parent_kind: str | None,
    purpose: str | None,
    state: str | None,
    outlet: str | None,
) -> Filter:
    first, last = between(since, until)
    return Filter(
        parent_kind=parent_kind,
        purpose=purpose,
        state=state,
        outlet=outlet,
        since=first,
        until=last,
    )


ROUTES = (
    consent_register,
    withdrawal_list,
    retention_board,
    certificate_list,
    hold_list,
    month,
    month_file,
)
