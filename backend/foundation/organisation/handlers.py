"""One function per command: load, let the rules decide, write, say what happened."""

from collections.abc import Mapping

from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.organisation import directory, facts, problems, rules
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.commands import (
    AddLine,
    AddOutlet,
    AddUnit,
    ChangeLine,
    ChangeOutlet,
    ChangeUnit,
    ImportCalendarYear,
    PutCalendarYear,
    SetCalendarDays,
)
from backend.foundation.organisation.model import CalendarYear, DayMark, Unit
from backend.foundation.organisation.official import official_year
from backend.foundation.organisation.tables import CALENDAR_YEARS, LINES, OUTLETS, UNITS


async def add_unit(work: Work, asked: AddUnit, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    unit_id = own(ctx, "unit")
    if await work.load(UNITS, unit_id) is not None:
        raise problem.id_taken()
    known = {unit.id: unit for unit in await work.find(UNITS, code=asked.code)}
    known |= await _lineage(work, asked.parent)
    unit = rules.add_unit(unit_id, asked, known, business_day(ctx.now))
    work.save(UNITS, unit)
    work.touch("unit", unit.id)
    return Outcome(facts=(facts.UnitAdded(unit=unit.id, code=unit.code, parent=unit.parent),))


async def change_unit(work: Work, asked: ChangeUnit, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    unit = await work.load(UNITS, own(ctx, "unit"))
    if unit is None:
        raise problem.not_found()
    above = await _lineage(work, asked.parent)
    changed = rules.change_unit(unit, asked, above, business_day(ctx.now))
    work.save(UNITS, changed)
    work.touch("unit", changed.id)
    return Outcome(facts=(facts.UnitChanged(unit=changed.id, parent=changed.parent),))


async def add_outlet(work: Work, asked: AddOutlet, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    outlet_id = own(ctx, "outlet")
    if await work.load(OUTLETS, outlet_id) is not None:
        raise problem.id_taken()
    if await work.find(OUTLETS, code=asked.code):
        raise problems.code_taken(code=asked.code)
    await directory.open_unit(work, asked.unit, business_day(ctx.now))
    outlet = rules.add_outlet(outlet_id, asked)
    work.save(OUTLETS, outlet)
    work.touch("outlet", outlet.id)
    fact = facts.OutletAdded(outlet=outlet.id, code=outlet.code, unit=outlet.unit, kind=outlet.kind)
    return Outcome(facts=(fact,))


async def change_outlet(work: Work, asked: ChangeOutlet, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    outlet = await work.load(OUTLETS, own(ctx, "outlet"))
    if outlet is None:
        raise problem.not_found()
    if asked.unit is not None and asked.unit != outlet.unit:
        await directory.open_unit(work, asked.unit, business_day(ctx.now))
    changed = rules.change_outlet(outlet, asked)
    work.save(OUTLETS, changed)
    work.touch("outlet", changed.id)
    fact = facts.OutletChanged(outlet=changed.id, unit=changed.unit, kind=changed.kind)
    return Outcome(facts=(fact,))


async def add_line(work: Work, asked: AddLine, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    code = rules.line_code(own(ctx, "line"))
    if await work.load(LINES, code) is not None:
        raise problem.id_taken()
    line = rules.add_line(code, asked)
    work.save(LINES, line)
    work.touch("line", line.id)
    return Outcome(facts=(facts.LineAdded(line=line.id),))


async def change_line(work: Work, asked: ChangeLine, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    line = await work.load(LINES, own(ctx, "line"))
    if line is None:
        raise problem.not_found()
    work.save(LINES, rules.change_line(line, asked))
    work.touch("line", line.id)
    return Outcome(facts=(facts.LineChanged(line=line.id),))


async def set_calendar_days(work: Work, asked: SetCalendarDays, ctx: Context) -> Outcome:
    rules.require_calendar_keeper(ctx.actor)
    year = rules.calendar_year(own(ctx, "calendar"))
    current = await work.load(CALENDAR_YEARS, str(year))
    changed = rules.set_days(current or CalendarYear(str(year), year, False, {}), asked)
    return _calendar_changed(work, changed, asked.days)


async def import_calendar_year(work: Work, asked: ImportCalendarYear, ctx: Context) -> Outcome:
    rules.require_calendar_keeper(ctx.actor)
    year = rules.calendar_year(own(ctx, "calendar"))
    official = official_year(year)
    if official is None:
        raise problems.calendar_not_published(year=year)
    return _calendar_changed(work, official, official.days)


async def put_calendar_year(work: Work, asked: PutCalendarYear, ctx: Context) -> Outcome:
    rules.require_calendar_keeper(ctx.actor)
    put = rules.put_year(rules.calendar_year(own(ctx, "calendar")), asked)
    before = await work.load(CALENDAR_YEARS, put.id)
    gone: dict[str, DayMark | None] = dict.fromkeys(before.days) if before else {}
    return _calendar_changed(work, put, gone | put.days)


def own(ctx: Context, kind: str) -> str:
    """The id of the record the command is about. Refuses a record of another kind."""
    if ctx.rec[0] != kind:
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a {kind}")
    return ctx.rec[1]


def _calendar_changed(
    work: Work, year: CalendarYear, days: Mapping[str, DayMark | None]
) -> Outcome:
    work.save(CALENDAR_YEARS, year)
    work.touch("calendar", year.id)
    fact = facts.CalendarChanged(year=year.year, published=year.published, days=dict(days))
    return Outcome(facts=(fact,))


async def _lineage(work: Work, unit_id: str | None) -> dict[str, Unit]:
    return {unit.id: unit for unit in await directory.lineage(work, unit_id)}
