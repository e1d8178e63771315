"""Reads of the console: rounds, one round with its sheet, what waits for evidence, figures."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, PathParameter, QueryParameter, SkipValidation

from backend.features.inspections.views import figures, printed, reading, taken
from backend.features.inspections.views.reading import (
    Filter,
    RoundPage,
    RoundRow,
    WaitingRound,
)
from backend.foundation.database.engine import Database
from backend.foundation.documents.workshop import Workshop
from backend.foundation.evidence.pictures import Pictures
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import (
    NAME,
    between,
    cursor_of,
    names,
    require_overseer,
    week_span,
)
from backend.foundation.kernel.clock import Clock, wire
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.kernel.problem import not_found

Asking = Request[Any, Signed, Any]
GivenDatabase = NamedDependency[SkipValidation[Database]]
GivenClock = NamedDependency[SkipValidation[Clock]]
GivenWorkshop = NamedDependency[SkipValidation[Workshop]]
GivenPictures = NamedDependency[SkipValidation[Pictures]]
Tongue = Annotated[Literal["zh", "en"], QueryParameter(name="language")]
PDF = "application/pdf"
PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]


class RoundDetail(msgspec.Struct, frozen=True):
    """One round with its sheet and photos. A draft is for those who fill it: here it is null."""

    round: RoundRow
    sheet: dict[str, Any] | None
    photos: dict[str, dict[str, Any]]


class WaitingPage(msgspec.Struct, frozen=True):
    """Rounds that wait for evidence, and where the next page begins."""

    rows: list[WaitingRound]
    next: str | None


@get("/v1/console/rounds", operation_id="ConsoleRounds")
async def rounds(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    outlet: Name = None,
    line: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    states: Annotated[list[str] | None, QueryParameter(name="state")] = None,
    assignee: Name = None,
    overdue: FromQuery[bool | None] = None,
    incomplete: FromQuery[bool | None] = None,
    week: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> RoundPage:
    """Rounds, newest first; days are local, both ends included."""
    actor = request.auth.actor
    require_overseer(actor)
    first, last = between(since, until)
    wanted = Filter(
        outlet=outlet,
        line=line,
        since=first,
        until=last,
        state=names(states, "state"),
        assignee=assignee,
        overdue=overdue,
        incomplete=incomplete,
        week=week_span(week),
    )
    async with database.reading() as tx:
        now = wire(clock.now())
        return await reading.page(tx, actor, wanted, now, cursor_of(cursor), limit)


@get("/v1/console/rounds/figures", operation_id="ConsoleRoundFigures")
async def round_figures(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    outlet: Name = None,
    line: Name = None,
    weeks: Annotated[int, QueryParameter(ge=1, le=53)] = 12,
) -> figures.RoundFigures:
    """What was due and handed in by outlet and week, and the scores of each week."""
    actor = request.auth.actor
    require_overseer(actor)
    async with database.reading() as tx:
        return await figures.figures(tx, actor, outlet, line, weeks, clock.now())


@get("/v1/console/rounds/incomplete", operation_id="ConsoleIncomplete")
async def waiting(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> WaitingPage:
    """Submitted rounds whose evidence has not all arrived, and on whose device it is."""
    actor = request.auth.actor
    require_overseer(actor)
    async with database.reading() as tx:
        now = wire(clock.now())
        rows, following = await reading.incomplete(tx, actor, now, cursor_of(cursor), limit)
    return WaitingPage(rows, following)


@get("/v1/console/rounds/{round_id:str}", operation_id="ConsoleRound")
async def round_(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    round_id: Annotated[str, PathParameter(pattern=NAME)],
) -> RoundDetail:
    """One round as it was handed in."""
    async with database.reading() as tx:
        found = await reading.one(tx, request.auth.actor, round_id, wire(clock.now()))
        if found is None:
            raise not_found()
        submitted = found.body["state"] == "submitted"
        return RoundDetail(
            round=found,
            sheet=await reading.sheet(tx, round_id) if submitted else None,
            photos=await reading.photos(tx, round_id) if submitted else {},
        )


@get("/v1/console/rounds/{round_id:str}/print.pdf", operation_id="RoundPaper", media_type=PDF)
async def round_paper(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    workshop: GivenWorkshop,
    pictures: GivenPictures,
    round_id: Annotated[str, PathParameter(pattern=NAME)],
    language: Tongue = "zh",
) -> Response[bytes]:
    """A submitted round on paper, with the photos that have arrived."""
    actor, now = request.auth.actor, clock.now()
    async with database.reading() as tx:
        paper = await printed.paper(tx, actor, round_id, wire(now), language, pictures)
    if paper is None:
        raise not_found()
    pdf = await workshop.pdf(
        printed.TEMPLATE, paper.data, tongue=language, made_at=now, photos=paper.photos
    )
    return Response(pdf, media_type=PDF, headers=PRIVATE)


ALL = (rounds, round_figures, waiting, round_, round_paper)
LISTINGS = (taken.LISTING,)
