"""Working days in China, and deadlines that explain themselves. Pure.

The official list of holidays and make-up workdays comes out late in the year before. Until a
year's list is in, Monday to Friday are taken as working days and every answer that rests on this
says so (`published` false), because a deadline over Spring Festival would move by a week. Whoever
keeps such a deadline counts it anew when the list is in (`waits_for`).

An outlet's own days go before the bank's: first single dates, then what it opens on. The phone
counts in the same way (pwa/src/foundation/workdays), by the same cases.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import msgspec

from backend.foundation.kernel.clock import ZONE, Moment
from backend.foundation.organisation.model import CalendarYear, DayMark, Outlet

CLOSING_HOUR = 18  # when a business day ends for a deadline, local time
WORKDAYS_MAX = 366  # a longer deadline is a plan, and the walk below stays bounded
WALK_DAYS_MAX = WORKDAYS_MAX * 8  # an outlet may open on one day a week and be shut for a year

Why = Literal["start", "workday", "make_up", "weekend", "holiday", "open", "closed"]


class Day(msgspec.Struct, frozen=True):
    """One local date, whether people work on it, and why. `published` is false where an official
    list that is not in yet could say otherwise."""

    on: date
    works: bool
    why: Why
    published: bool


class Step(msgspec.Struct, frozen=True):
    """One day of a deadline's walk, kept for whoever asks "why that day?".

    `nth` is its number among the working days, 0 for a day that did not count.
    """

    day: str
    nth: int
    why: Why
    published: bool


class Due(msgspec.Struct, frozen=True):
    """A deadline: the moment in UTC, its local day, and the days that led there."""

    due_at: Moment
    due_on: str
    steps: tuple[Step, ...]


class Calendar(msgspec.Struct, frozen=True):
    """The years that we know, by year. A year that is missing counts as not published."""

    years: Mapping[int, CalendarYear]

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> "Calendar":
        return cls({year.year: year for year in years})

    def is_published(self, year: int) -> bool:
        """Whether the official list of this year is in."""
        known = self.years.get(year)
        return known is not None and known.published

    def day(self, on: date, outlet: Outlet | None = None) -> Day:
        """The day with its reason, for the bank or for one outlet. A mark in the table wins over
        the weekday, and the outlet's own days over both."""
        mark = self._mark(on)
        weekend = on.weekday() >= 5
        works = mark == "work" if mark else not weekend
        why = _why(works, weekend, mark)
        day = Day(on, works, why, self.is_published(on.year))
        return day if outlet is None else _at(day, outlet, mark)

    def is_workday(self, on: date) -> bool:
        """Whether the bank works on this local date."""
        return self.day(on).works

    def add_workdays(
        self, start: date, count: int, outlet: Outlet | None = None
    ) -> tuple[date, tuple[Step, ...]]:
        """The `count`-th working day after `start`, and every day walked to reach it. At an outlet
        with staff its own days count; at a self-service point, where nobody is, the bank's.

        The start itself never counts: a finding of Tuesday noon with one workday is due on
        Wednesday. Zero stays on the start when it is a working day, else the next one.
        Raises ValueError outside 0 to 366.
        """
        if not 0 <= count <= WORKDAYS_MAX:
            raise ValueError(f"{count} workdays is outside 0 to {WORKDAYS_MAX}")
        outlet = outlet if outlet is not None and outlet.kind == "outlet" else None
        first = self.day(start, outlet)
        steps = [Step(start.isoformat(), 0, "start", first.published)]
        if count == 0 and first.works:
            return start, tuple(steps)
        nth, on = 0, start
        for _ in range(WALK_DAYS_MAX):
            on += timedelta(days=1)
            day = self.day(on, outlet)
            nth += day.works
            steps.append(Step(on.isoformat(), nth if day.works else 0, day.why, day.published))
            if nth == max(count, 1):
                return on, tuple(steps)
        raise ValueError("the calendar has no working days left")

    def due_after(self, start: date, workdays: int, outlet: Outlet | None = None) -> Due:
        """The deadline so many working days after a business day."""
        on, steps = self.add_workdays(start, workdays, outlet)
        return Due(closing(on), on.isoformat(), steps)

    def due_on(self, on: date, outlet: Outlet | None = None) -> Due:
        """The deadline on a day that a person chose, whatever kind of day it is."""
        day = self.day(on, outlet)
        step = Step(on.isoformat(), 0, day.why, day.published)
        return Due(closing(on), on.isoformat(), (step,))

    def _mark(self, on: date) -> DayMark | None:
        known = self.years.get(on.year)
        return known.days.get(on.isoformat()) if known else None


def waits_for(steps: Iterable[Step]) -> str | None:
    """The first year whose list could still move this deadline. None when none can: a day that a
    person chose waits for nothing."""
    walked = tuple(steps)
    if not any(step.nth for step in walked):
        return None
    return next((step.day[:4] for step in walked if not step.published), None)


def business_day(moment: Moment) -> date:
    """The local date in China at this moment. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZONE).date()


def week_of(moment: Moment) -> str:
    """The Monday of the local week, as a day."""
    day = _local(moment)
    return (day - timedelta(days=day.weekday())).isoformat()


def month_of(moment: Moment) -> str:
    """The first of the local month, as a day."""
    return _local(moment).replace(day=1).isoformat()


def _local(moment: Moment) -> date:
    try:
        return business_day(moment)
    except OverflowError:
        return date.max  # an evening of the year 9999 that is no morning here any more


def closing(on: date, hour: int = CLOSING_HOUR) -> Moment:
    """The given hour of a local date, as UTC."""
    return datetime.combine(on, time(hour), tzinfo=ZONE).astimezone(UTC)


def day_start(on: date) -> Moment:
    """The first moment of a local date, as UTC."""
    return datetime.combine(on, time(0), tzinfo=ZONE).astimezone(UTC)


def _why(works: bool, weekend: bool, mark: DayMark | None) -> Why:
    if works:
        return "make_up" if weekend else "workday"
    return "holiday" if mark == "rest" else "weekend"


def _at(day: Day, outlet: Outlet, mark: DayMark | None) -> Day:
    """The bank's day as this outlet keeps it. What does not depend on the list is certain."""
    own = outlet.own_days
    dated = own.days.get(day.on.isoformat()) if own else None
    certain = True
    if dated is not None:
        opens = dated == "work"
    elif outlet.open_days == "all":
        opens = True
    elif outlet.open_days == "week" and own is not None and mark is None:
        opens, certain = day.on.isoweekday() in own.week, day.published
    else:
        return day
    if opens == day.works:
        return Day(day.on, opens, day.why, certain)
    return Day(day.on, opens, "open" if opens else "closed", certain)
