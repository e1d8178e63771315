"""Reads of the console: findings of the outlets, one case with its timeline, figures."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, PathParameter, QueryParameter, SkipValidation

from backend.features.rectifications.views import figures, printed, reading, taken
from backend.features.rectifications.views.reading import CasePage, CaseRow, Filter
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


class CaseDetail(msgspec.Struct, frozen=True):
    """One case with what a decision needs beside it: its photos, its entries in the chain, and the
    outlet's last three failures of the same item with theirs."""

    case: CaseRow
    photos: dict[str, dict[str, Any]]
    entries: list[dict[str, Any]]
    last_fails: list[CaseRow]


@get("/v1/console/cases", operation_id="ConsoleCases")
async def cases(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    outlet: Name = None,
    line: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    states: Annotated[list[str] | None, QueryParameter(name="state")] = None,
    severity: FromQuery[list[str] | None] = None,
    overdue: FromQuery[bool | None] = None,
    late: FromQuery[bool | None] = None,
    on_spot: FromQuery[bool | None] = None,
    owner: Name = None,
    round_id: Annotated[str | None, QueryParameter(name="round", pattern=NAME)] = None,
    item: Name = None,
    living: FromQuery[bool | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> CasePage:
    """Findings by outlet, newest first; days are local, both ends included."""
    actor = request.auth.actor
    require_overseer(actor)
    first, last = between(since, until)
    wanted = Filter(
        outlet=outlet,
        line=line,
        since=first,
        until=last,
        state=names(states, "state"),
        severity=names(severity, "severity"),
        overdue=overdue,
        late=late,
        on_spot=on_spot,
        owner=owner,
        round=round_id,
        item=item,
        living=living,
    )
    now = wire(clock.now())
    async with database.reading() as tx:
        return await reading.page(tx, actor, wanted, now, cursor_of(cursor), limit)


@get("/v1/console/cases/figures", operation_id="ConsoleCaseFigures")
async def case_figures(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    outlet: Name = None,
    line: Name = None,
    months: Annotated[int, QueryParameter(ge=1, le=24)] = 3,
) -> figures.CaseFigures:
    """What is open and overdue by line, and which items fail most."""
    actor = request.auth.actor
    require_overseer(actor)
    async with database.reading() as tx:
        return await figures.figures(tx, actor, outlet, line, months, clock.now())


@get("/v1/console/cases/{case_id:str}", operation_id="ConsoleCase")
async def case(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    case_id: Annotated[str, PathParameter(pattern=NAME)],
) -> CaseDetail:
    """One case with its timeline and photos, and what the outlet failed before at the same item."""
    now = wire(clock.now())
    async with database.reading() as tx:
        found = await reading.one(tx, request.auth.actor, case_id, now)
        if found is None:
            raise not_found()
        earlier = await reading.last_fails(tx, request.auth.actor, found, now)
        return CaseDetail(
            case=found,
            photos=await reading.photos(tx, [found, *earlier]),
            entries=await reading.entries(tx, case_id),
            last_fails=earlier,
        )


@get("/v1/console/cases/{case_id:str}/print.pdf", operation_id="CasePaper", media_type=PDF)
async def case_paper(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    workshop: GivenWorkshop,
    pictures: GivenPictures,
    case_id: Annotated[str, PathParameter(pattern=NAME)],
    language: Tongue = "zh",
) -> Response[bytes]:
    """A case on paper, with what happened and the photos that have arrived."""
    actor, now = request.auth.actor, clock.now()
    async with database.reading() as tx:
        paper = await printed.paper(tx, actor, case_id, wire(now), language, pictures)
    if paper is None:
        raise not_found()
    pdf = await workshop.pdf(
        printed.TEMPLATE, paper.data, tongue=language, made_at=now, photos=paper.photos
    )
    return Response(pdf, media_type=PDF, headers=PRIVATE)


ALL = (cases, case_figures, case, case_paper)
LISTINGS = (taken.LISTING,)
