"""The official holidays and make-up workdays that ship with the `chinesecalendar` package."""

from datetime import date, timedelta

import chinese_calendar

from backend.foundation.organisation.model import CalendarYear, DayMark


def official_year(year: int) -> CalendarYear | None:
    """The published list of one year. None when the package does not know it yet.

    Holds the days that differ from Monday-to-Friday, and the weekends that belong to a holiday.
    """
    days: dict[str, DayMark] = {}
    on = date(year, 1, 1)
    try:
        while on.year == year:
            rests, holiday = chinese_calendar.get_holiday_detail(on)
            if rests and holiday:
                days[on.isoformat()] = "rest"
            elif not rests and on.weekday() >= 5:
                days[on.isoformat()] = "work"
            on += timedelta(days=1)
    except NotImplementedError:
        # The package refuses years it has no list for, instead of guessing; so do we.
        return None
    return CalendarYear(id=str(year), year=year, published=True, days=days)
