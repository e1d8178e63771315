"""Reads that neighbours need inside a unit of work: an outlet, a line, the working calendar."""

from datetime import date

from backend.foundation.journal.work import Work
from backend.foundation.organisation import problems, rules
from backend.foundation.organisation.calendar import Calendar
from backend.foundation.organisation.model import Line, Outlet, Unit
from backend.foundation.organisation.rules import UNIT_DEPTH_MAX
from backend.foundation.organisation.tables import CALENDAR_YEARS, LINES, OUTLETS, UNITS


async def outlet(work: Work, outlet_id: str) -> Outlet:
    """The outlet. Refuses with `outlet_unknown`."""
    found = await work.load(OUTLETS, outlet_id)
    if found is None:
        raise problems.outlet_unknown(outlet=outlet_id)
    return found


async def open_outlet(work: Work, outlet_id: str, on: date) -> Outlet:
    """The outlet, for something new. Refuses with `outlet_unknown` or `outlet_closed`."""
    return rules.require_open_outlet(await outlet(work, outlet_id), on)


async def line(work: Work, code: str) -> Line:
    """The business line. Refuses with `line_unknown`."""
    found = await work.load(LINES, code)
    if found is None:
        raise problems.line_unknown(line=code)
    return found


async def open_line(work: Work, code: str, on: date) -> Line:
    """The line, for something new. Refuses with `line_unknown` or `line_closed`."""
    return rules.require_open_line(await line(work, code), on)


async def unit(work: Work, unit_id: str) -> Unit:
    """The unit. Refuses with `unit_unknown`."""
    found = await work.load(UNITS, unit_id)
    if found is None:
        raise problems.unit_unknown(unit=unit_id)
    return found


async def open_unit(work: Work, unit_id: str, on: date) -> Unit:
    """The unit, for something new. Refuses with `unit_unknown` or `unit_closed`."""
    return rules.require_open_unit(await unit(work, unit_id), on)


async def lineage(work: Work, unit_id: str | None) -> list[Unit]:
    """The unit and everything above it, nearest first. Empty when it is unknown."""
    found: list[Unit] = []
    while unit_id is not None and len(found) < UNIT_DEPTH_MAX:
        above = await work.load(UNITS, unit_id)
        if above is None:
            break
        found.append(above)
        unit_id = above.parent
    return found


async def calendar(work: Work, on: date) -> Calendar:
    """The calendar for a deadline that begins on this day: its year and the next two.

    A year that nobody entered counts as not published.
    """
    years = [await work.load(CALENDAR_YEARS, str(year)) for year in range(on.year, on.year + 3)]
    return Calendar.of([year for year in years if year is not None])
