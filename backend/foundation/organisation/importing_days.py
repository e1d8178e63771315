"""The official days of a year that somebody brings as a file. Pure.

A row is a day, or a span of days: rest, or work on a weekend (调休). A list of days counts whole
or not at all: with one row left out, every deadline behind it would be wrong and say nothing.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from backend.foundation.documents.sheet import (
    CellProblem,
    Choice,
    Day,
    Field,
    Imported,
    Row,
    Sheet,
)
from backend.foundation.organisation import brought_problems as problems
from backend.foundation.organisation.model import CalendarYear, DayMark
from backend.foundation.organisation.rules import YEARS
from backend.foundation.organisation.taking import Refused, taken

SPAN_DAYS_MAX = 31  # no holiday is longer; a longer one has a wrong month or year
MARKS: dict[str, tuple[str, ...]] = {
    "rest": ("放假", "休息", "休", "节假日", "Rest", "Holiday", "Off"),
    "work": ("上班", "调休上班", "补班", "班", "工作日", "Work", "Workday", "Make-up workday"),
}
DAYS = Sheet(
    (
        Field("since", "日期", "Date", Day(), required=True, also=("起始日", "开始日期", "From")),
        Field("until", "截止日", "To", Day(), also=("结束日期", "至")),
        Field("mark", "类型", "Kind", Choice(MARKS), required=True, also=("安排",)),
    ),
    zh="工作日历",
    en="Working days",
)


class BroughtYear(msgspec.Struct, frozen=True):
    """A year of the file, as `organisation.put_calendar_year` takes it. `is_same`: the house has
    exactly these days and they are published."""

    year: int
    days: dict[str, DayMark]
    rest: int
    work: int
    is_same: bool


class CalendarImport(msgspec.Struct, frozen=True):
    """The years of the file, none while it has a problem, and every problem by row and column."""

    years: list[BroughtYear]
    problems: list[CellProblem]
    ignored: list[str]
    tab: str
    is_cut: bool


def brought_days(imported: Imported, known: Mapping[int, CalendarYear]) -> CalendarImport:
    """What the file holds, beside what the house has of these years."""
    reader = _Reader()
    _, found = taken(imported, DAYS, reader.take)
    years = [] if found else [_year(year, reader.days, known) for year in reader.years()]
    return CalendarImport(
        years=years,
        problems=found,
        ignored=imported.ignored,
        tab=imported.tab,
        is_cut=imported.is_cut,
    )


class _Reader:
    """Goes through the rows once, top to bottom."""

    def __init__(self) -> None:
        self.days: dict[date, DayMark] = {}
        self._rows: dict[date, int] = {}

    def years(self) -> list[int]:
        return sorted({on.year for on in self.days})

    def take(self, row: Row) -> None:
        """Adds the row's days, or refuses the first thing that is wrong with them."""
        since = date.fromisoformat(str(row.values["since"]))
        until = date.fromisoformat(str(row.values["until"] or since))
        mark = msgspec.convert(row.values["mark"], DayMark)
        _require_span(since, until)
        span = [since + timedelta(days=step) for step in range((until - since).days + 1)]
        for on in span:
            first = self._rows.setdefault(on, row.number)
            if first != row.number:
                raise Refused("since", problems.cell_day_doubled, day=str(on), first=first)
            if mark == "work" and on.weekday() < 5:
                raise Refused("mark", problems.cell_works_already, day=str(on))
        self.days |= dict.fromkeys(span, mark)


def _require_span(since: date, until: date) -> None:
    length = (until - since).days + 1
    if length < 1:
        days = {"since": str(since), "until": str(until)}
        raise Refused("until", problems.cell_days_backwards, **days)
    if length > SPAN_DAYS_MAX:
        raise Refused("until", problems.cell_span_too_long, days=length, limit=SPAN_DAYS_MAX)
    if since.year not in YEARS or until.year not in YEARS:
        span = {"least": YEARS[0], "most": YEARS[-1]}
        raise Refused("since", problems.cell_not_calendar_year, value=str(since), **span)


def _year(
    year: int, days: Mapping[date, DayMark], known: Mapping[int, CalendarYear]
) -> BroughtYear:
    own: dict[str, DayMark] = {
        on.isoformat(): mark for on, mark in sorted(days.items()) if on.year == year
    }
    there = known.get(year)
    return BroughtYear(
        year=year,
        days=own,
        rest=sum(mark == "rest" for mark in own.values()),
        work=sum(mark == "work" for mark in own.values()),
        is_same=there is not None and there.published and dict(there.days) == own,
    )
