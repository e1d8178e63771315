"""What phones receive of the organisation: everything, for everybody (bucket `org`)."""

from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work
from backend.foundation.organisation.codes.model import CodeListBody
from backend.foundation.organisation.model import CalendarBody, LineBody, OutletBody, UnitBody
from backend.foundation.organisation.tables import (
    CALENDAR_YEARS,
    CODE_LISTS,
    LINES,
    OUTLETS,
    UNITS,
)

ORG = frozenset({"org"})


async def unit(work: Work, record_id: str) -> Projection | None:
    """The unit as phones see it."""
    found = await work.load(UNITS, record_id)
    if found is None:
        return None
    return Projection(
        UnitBody(found.code, found.name, found.level, found.parent, found.closed_on), ORG
    )


async def outlet(work: Work, record_id: str) -> Projection | None:
    """The outlet as phones see it."""
    found = await work.load(OUTLETS, record_id)
    if found is None:
        return None
    body = OutletBody(
        code=found.code,
        name=found.name,
        kind=found.kind,
        unit=found.unit,
        address=found.address,
        open_days=found.open_days,
        own_days=found.own_days,
        closed_on=found.closed_on,
    )
    return Projection(body, ORG)


async def line(work: Work, record_id: str) -> Projection | None:
    """The line as phones see it."""
    found = await work.load(LINES, record_id)
    if found is None:
        return None
    return Projection(LineBody(found.code, found.name, found.closed_on), ORG)


async def code_list(work: Work, record_id: str) -> Projection | None:
    """The list with all its codes: those that ended as well, for what was answered with them."""
    found = await work.load(CODE_LISTS, record_id)
    if found is None:
        return None
    return Projection(CodeListBody(found.name, found.purpose, found.codes, found.closed_on), ORG)


async def calendar(work: Work, record_id: str) -> Projection | None:
    """The year as phones see it."""
    found = await work.load(CALENDAR_YEARS, record_id)
    if found is None:
        return None
    return Projection(CalendarBody(found.year, found.published, found.days), ORG)
