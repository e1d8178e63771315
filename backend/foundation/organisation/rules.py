"""Decisions about the organisation, on values alone. Each returns the new record or refuses."""

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor
from backend.foundation.organisation import problems
from backend.foundation.organisation.codes.model import CodeList
from backend.foundation.organisation.commands import (
    AddLine,
    AddOutlet,
    AddUnit,
    ChangeLine,
    ChangeOutlet,
    ChangeUnit,
    PutCalendarYear,
    SetCalendarDays,
)
from backend.foundation.organisation.model import (
    CalendarYear,
    DayMark,
    Line,
    OpenDays,
    Outlet,
    OwnDays,
    Unit,
)

KEEPERS = frozenset({"admin", SYSTEM_ROLE})
CALENDAR_KEEPERS = KEEPERS | {"secretariat"}
YEARS = range(2004, 2100)  # the official lists begin in 2004; a later year is a typing mistake
_LINE_CODE = re.compile(r"[a-z][a-z_]{0,31}")
UNIT_DEPTH_MAX = 12  # head office to counter is five levels; the walk up must end


def require_keeper(actor: Actor) -> None:
    """Refuses everybody but administrators."""
    if not actor.may(KEEPERS):
        raise problem.forbidden(needs="admin")


def require_calendar_keeper(actor: Actor) -> None:
    """Refuses everybody but administrators and the secretariat."""
    if not actor.may(CALENDAR_KEEPERS):
        raise problem.forbidden(needs="secretariat")


def add_unit(unit_id: str, asked: AddUnit, units: Mapping[str, Unit], today: date) -> Unit:
    """The new unit. Refuses a used code, and a parent that is unknown or closed."""
    if any(unit.code == asked.code for unit in units.values()):
        raise problems.code_taken(code=asked.code)
    if asked.parent is not None and asked.parent not in units:
        raise problems.unit_unknown(unit=asked.parent)
    if asked.parent is not None:
        require_open_unit(units[asked.parent], today)
    return Unit(unit_id, asked.code, asked.name, asked.level, asked.parent)


def change_unit(unit: Unit, asked: ChangeUnit, units: Mapping[str, Unit], today: date) -> Unit:
    """The changed unit. Refuses a parent that is unknown, closed or below the unit itself."""
    if asked.parent is not None:
        if asked.parent not in units:
            raise problems.unit_unknown(unit=asked.parent)
        if unit.id in (above.id for above in lineage(asked.parent, units)):
            raise problems.unit_circle(unit=unit.name.zh)
        if asked.parent != unit.parent:
            require_open_unit(units[asked.parent], today)
    return msgspec.structs.replace(
        unit, name=asked.name or unit.name, parent=asked.parent or unit.parent
    )


def add_outlet(outlet_id: str, asked: AddOutlet) -> Outlet:
    """The new outlet. A self-service point needs nobody on its staff, so nothing is asked.
    Refuses a week of its own without a day."""
    return Outlet(
        id=outlet_id,
        code=asked.code,
        name=asked.name,
        kind=asked.kind,
        unit=asked.unit,
        address=asked.address,
        open_days=asked.open_days,
        own_days=_own_days(asked.open_days, asked.own_days),
    )


def change_outlet(outlet: Outlet, asked: ChangeOutlet) -> Outlet:
    """The changed outlet; None leaves a field as it is. Refuses a week without a day."""
    named = {name: value for name, value in _fields(asked).items() if value is not None}
    changed = msgspec.structs.replace(outlet, **named)
    own = _own_days(changed.open_days, changed.own_days)
    return msgspec.structs.replace(changed, own_days=own)


def add_line(code: str, asked: AddLine) -> Line:
    """The new line, whose id is its code."""
    return Line(id=code, code=code, name=asked.name)


def change_line(line: Line, asked: ChangeLine) -> Line:
    """The line under its new name."""
    return msgspec.structs.replace(line, name=asked.name)


def closing_day(text: str) -> date:
    """The first day on which something is closed. Refuses what is no date."""
    return day_of(text, "on")


def is_closed(record: Unit | Outlet | Line | CodeList, on: date) -> bool:
    """Whether it is closed on this local date."""
    return record.closed_on is not None and record.closed_on <= on.isoformat()


def require_open_unit(unit: Unit, on: date) -> Unit:
    """Refuses with `unit_closed`."""
    if is_closed(unit, on):
        raise problems.unit_closed(code=unit.code, on=unit.closed_on)
    return unit


def require_open_outlet(outlet: Outlet, on: date) -> Outlet:
    """Refuses with `outlet_closed`."""
    if is_closed(outlet, on):
        raise problems.outlet_closed(code=outlet.code, on=outlet.closed_on)
    return outlet


def require_open_line(line: Line, on: date) -> Line:
    """Refuses with `line_closed`."""
    if is_closed(line, on):
        raise problems.line_closed(code=line.code, on=line.closed_on)
    return line


def line_code(record_id: str) -> str:
    """The code a line is known by. Refuses what could not stand inside a bucket's name."""
    if _LINE_CODE.fullmatch(record_id) is None:
        raise problem.args_invalid(field="line", reason="small letters and _ only")
    return record_id


def calendar_year(record_id: str) -> int:
    """The year that a calendar record stands for. Refuses what is no year of ours."""
    if re.fullmatch(r"[0-9]{4}", record_id) is None or int(record_id) not in YEARS:
        raise problem.args_invalid(field="year", reason=f"{record_id} is not a year")
    return int(record_id)


def set_days(current: CalendarYear, asked: SetCalendarDays) -> CalendarYear:
    """The year with the given days changed. Refuses a day of another year, or no day at all."""
    days: dict[str, DayMark] = dict(current.days)
    for text, mark in asked.days.items():
        _require_markable(text, mark, current.year)
        if mark is None:
            days.pop(text, None)
        else:
            days[text] = mark
    published = current.published if asked.published is None else asked.published
    return msgspec.structs.replace(current, days=dict(sorted(days.items())), published=published)


def put_year(year: int, asked: PutCalendarYear) -> CalendarYear:
    """The year with exactly these days. Refuses as `set_days` does."""
    for text, mark in asked.days.items():
        _require_markable(text, mark, year)
    return CalendarYear(str(year), year, asked.published, dict(sorted(asked.days.items())))


def lineage(unit_id: str | None, units: Mapping[str, Unit]) -> list[Unit]:
    """The unit and everything above it, nearest first. Ends at the first unknown parent."""
    found: list[Unit] = []
    while unit_id is not None and unit_id in units and len(found) < UNIT_DEPTH_MAX:
        unit = units[unit_id]
        found.append(unit)
        unit_id = unit.parent
    return found


def day_of(text: str, field: str = "days") -> date:
    """The date. Refuses what is none, naming the field of the command."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise problem.args_invalid(field=field, reason=f"{text} is not a date") from None


def _fields(struct: msgspec.Struct) -> dict[str, object]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def _require_markable(text: str, mark: DayMark | None, year: int) -> None:
    on = day_of(text)
    if on.year != year:
        raise problems.day_outside_year(day=text, year=year)
    # For an outlet that is closed on Mondays such a mark would make a Monday a workday.
    if mark == "work" and on.weekday() < 5:
        raise problems.day_works_already(day=text)


def _own_days(open_days: OpenDays, own: OwnDays | None) -> OwnDays | None:
    """What is kept of it: weekdays in order, none where the bank's days count, None for nothing."""
    week = tuple(sorted(set(own.week))) if own is not None and open_days == "week" else ()
    if open_days == "week" and not week:
        raise problems.week_empty()
    marked = own.days.items() if own else ()
    days: dict[str, DayMark] = {day_of(text).isoformat(): mark for text, mark in marked}
    return OwnDays(week, dict(sorted(days.items()))) if week or days else None
