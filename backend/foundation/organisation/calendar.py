"""Working days in China, and deadlines that explain themselves. Pure.

The official list of holidays and make-up workdays comes out late in the year before. Until a
year's list is in, Monday to Friday are taken as working days and every answer that rests on such
a guess says so (`published` false), because a deadline over Spring Festival would move by a week.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import msgspec

from backend.foundation.kernel.clock import ZONE, Moment
from backend.foundation.organisation.model import CalendarYear, DayMark, OpenDays

CLOSING_HOUR = 18  # when a business day ends for a deadline, local time
WORKDAYS_MAX = 366  # a longer deadline is a plan, and the walk below stays bounded
WALK_DAYS_MAX = WORKDAYS_MAX * 3  # no year rests two days in three

Why = Literal["start", "workday", "make_up", "weekend", "holiday"]


class Day(msgspec.Struct, frozen=True):
    """One local date, whether people work on it, and why."""

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
    published: bool


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

    def day(self, on: date) -> Day:
        """The day with its reason. A mark in the table wins over the weekday."""
        known = self.years.get(on.year)
        mark: DayMark | None = known.days.get(on.isoformat()) if known else None
        weekend = on.weekday() >= 5
        works = mark == "work" if mark else not weekend
        return Day(on, works, _why(works, weekend), self.is_published(on.year))

    def is_workday(self, on: date) -> bool:
        """Whether staff work on this local date."""
        return self.day(on).works

    def is_open(self, on: date, open_days: OpenDays) -> bool:
        """Whether an outlet with these opening days serves customers on this local date."""
        return open_days == "all" or self.is_workday(on)

    def add_workdays(self, start: date, count: int) -> tuple[date, tuple[Step, ...]]:
        """The `count`-th working day after `start`, and every day walked to reach it.

        The start itself never counts: a finding of Tuesday noon with one workday is due on
        Wednesday. Zero stays on the start when it is a working day, else the next one.
        Raises ValueError outside 0 to 366.
        """
        if not 0 <= count <= WORKDAYS_MAX:
            raise ValueError(f"{count} workdays is outside 0 to {WORKDAYS_MAX}")
        first = self.day(start)
        steps = [Step(start.isoformat(), 0, "start", first.published)]
        if count == 0 and first.works:
            return start, tuple(steps)
        nth, on = 0, start
        for _ in range(WALK_DAYS_MAX):
            on += timedelta(days=1)
            day = self.day(on)
            nth += day.works
            steps.append(Step(on.isoformat(), nth if day.works else 0, day.why, day.published))
            if nth == max(count, 1):
                return on, tuple(steps)
        raise ValueError("the calendar has no working days left")

    def due_after(self, since: Moment, workdays: int, hour: int = CLOSING_HOUR) -> Due:
        """The deadline `workdays` working days after the business day of `since`."""
        on, steps = self.add_workdays(business_day(since), workdays)
        return Due(
            due_at=closing(on, hour),
            due_on=on.isoformat(),
            steps=steps,
            published=all(step.published for step in steps),
        )

    def due_on(self, on: date, hour: int = CLOSING_HOUR) -> Due:
        """The deadline on a day that a person chose, whatever kind of day it is."""
        day = self.day(on)
        step = Step(on.isoformat(), 0, day.why, day.published)
        return Due(closing(on, hour), on.isoformat(), (step,), day.published)


def business_day(moment: Moment) -> date:
    """The local date in China at this moment. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZONE).date()


def closing(on: date, hour: int = CLOSING_HOUR) -> Moment:
    """The given hour of a local date, as UTC."""
    return datetime.combine(on, time(hour), tzinfo=ZONE).astimezone(UTC)


def day_start(on: date) -> Moment:
    """The first moment of a local date, as UTC."""
    return datetime.combine(on, time(0), tzinfo=ZONE).astimezone(UTC)


def _why(works: bool, weekend: bool) -> Why:
    if works:
        return "make_up" if weekend else "workday"
    return "weekend" if weekend else "holiday"
