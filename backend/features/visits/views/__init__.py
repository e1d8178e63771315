"""Reads of the console: the calendar, the list of a day, the review inbox, authorisations."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, PathParameter, QueryParameter, SkipValidation

from backend.features.visits.views import authorisations as permits
from backend.features.visits.views import reading
from backend.features.visits.views.authorisations import AuthorisationPage, Permit
from backend.features.visits.views.reading import DayCount, Filter, VisitCount, VisitPage, VisitRow
from backend.foundation.database.engine import Database
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import NAME, between, cursor_of, names, require_overseer
from backend.foundation.kernel.clock import Clock
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.kernel.problem import not_found
from backend.foundation.organisation.calendar import business_day

Asking = Request[Any, Signed, Any]
GivenDatabase = NamedDependency[SkipValidation[Database]]
GivenClock = NamedDependency[SkipValidation[Clock]]
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
States = Annotated[list[str] | None, QueryParameter(name="state")]


class VisitDetail(msgspec.Struct, frozen=True):
    """One visit with its entries in the chain, and the authorisation that came of it. Its personal
    parts, photos and consents only for whoever has them on their phone too: `personal` is null for
    everybody else."""

    visit: VisitRow
    authorisation: dict[str, Any] | None
    personal: dict[str, dict[str, Any]] | None
    entries: list[dict[str, Any]]


@get("/v1/console/visits", operation_id="ConsoleVisits")
async def visits(
    request: Asking,
    database: GivenDatabase,
    outlet: Name = None,
    line: Name = None,
    staff: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    kinds: Annotated[list[str] | None, QueryParameter(name="kind")] = None,
    states: States = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> VisitPage:
    """Visits by day and hour, latest first; both days included. The review inbox is `submitted`."""
    actor = request.auth.actor
    require_overseer(actor)
    wanted = Filter(
        outlet=outlet,
        line=line,
        staff=staff,
        since=_day(since),
        until=_day(until),
        kind=names(kinds, "kind"),
        state=names(states, "state"),
    )
    async with database.reading() as tx:
        return await reading.page(tx, actor, wanted, cursor_of(cursor), limit)


@get("/v1/console/visits/calendar", operation_id="ConsoleVisitCalendar")
async def calendar(
    request: Asking,
    database: GivenDatabase,
    since: FromQuery[str],
    until: FromQuery[str],
    outlet: Name = None,
    line: Name = None,
    staff: Name = None,
) -> list[DayCount]:
    """How many visits each day has, by state, each number with the filter that opens them."""
    actor = request.auth.actor
    require_overseer(actor)
    wanted = Filter(
        outlet=outlet,
        line=line,
        staff=staff,
        since=_day(since),
        until=_day(until),
    )
    async with database.reading() as tx:
        return await reading.calendar(tx, actor, wanted)


@get("/v1/console/visits/counts", operation_id="ConsoleVisitCounts")
async def counts(
    request: Asking,
    database: GivenDatabase,
    outlet: Name = None,
    line: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
) -> list[VisitCount]:
    """How many visits are in which state."""
    actor = request.auth.actor
    require_overseer(actor)
    wanted = Filter(
        outlet=outlet,
        line=line,
        since=_day(since),
        until=_day(until),
    )
    async with database.reading() as tx:
        return await reading.counts(tx, actor, wanted)


@get("/v1/console/visits/{visit_id:str}", operation_id="ConsoleVisit")
async def visit(
    request: Asking,
    database: GivenDatabase,
    visit_id: Annotated[str, PathParameter(pattern=NAME)],
) -> VisitDetail:
    """One visit, for whoever may read it."""
    async with database.reading() as tx:
        found = await reading.one(tx, request.auth.actor, visit_id)
        if found is None:
            raise not_found()
        return VisitDetail(
            visit=found,
            authorisation=await reading.permit(tx, found),
            personal=await reading.personal(tx, request.auth.actor, visit_id),
            entries=await reading.entries(tx, visit_id),
        )


@get("/v1/console/authorisations", operation_id="ConsoleAuthorisations")
async def authorisations(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    outlet: Name = None,
    line: Name = None,
    number: Name = None,
    states: States = None,
    expired: FromQuery[bool | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> AuthorisationPage:
    """Authorisations with every use of them, newest first."""
    actor = request.auth.actor
    require_overseer(actor)
    wanted = Permit(
        outlet=outlet, line=line, number=number, state=names(states, "state"), expired=expired
    )
    today = business_day(clock.now()).isoformat()
    async with database.reading() as tx:
        return await permits.page(tx, actor, wanted, today, cursor_of(cursor), limit)


def _day(text: str | None) -> str | None:
    """A local day as it lies in the table. Refuses what is none."""
    between(text, text)
    return text


ALL = (visits, calendar, counts, visit, authorisations)
