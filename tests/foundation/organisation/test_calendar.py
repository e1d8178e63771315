"""Working days, make-up days, and deadlines that say why."""

from datetime import UTC, date, datetime

import pytest

from backend.foundation.organisation.calendar import (
    WORKDAYS_MAX,
    Calendar,
    business_day,
    closing,
    day_start,
)
from backend.foundation.organisation.model import CalendarYear
from backend.foundation.organisation.official import official_year


def official(*years: int) -> Calendar:
    known = [official_year(year) for year in years]
    return Calendar.of([year for year in known if year is not None])


CALENDAR_2026 = official(2026)


def test_the_business_day_is_the_date_in_china_and_not_in_utc():
    """A round submitted at 23:30 UTC belongs to the next morning's day."""
    assert business_day(datetime(2026, 5, 3, 16, 0, tzinfo=UTC)) == date(2026, 5, 4)
    assert business_day(datetime(2026, 5, 3, 15, 59, tzinfo=UTC)) == date(2026, 5, 3)


def test_a_moment_without_a_zone_has_no_business_day():
    with pytest.raises(ValueError, match="time zone"):
        business_day(datetime(2026, 5, 3))


@pytest.mark.parametrize(
    ("text", "works", "why"),
    [
        ("2026-09-29", True, "workday"),
        ("2026-10-01", False, "holiday"),
        ("2026-10-10", True, "make_up"),
        ("2026-10-11", False, "weekend"),
        ("2026-02-14", True, "make_up"),
        ("2026-02-16", False, "holiday"),
        ("2026-02-28", True, "make_up"),
    ],
)
def test_a_day_says_whether_people_work_and_why(text: str, works: bool, why: str):
    day = CALENDAR_2026.day(date.fromisoformat(text))
    assert (day.works, day.why, day.published) == (works, why, True)


def test_all_six_make_up_workdays_of_2026_are_known():
    year = official_year(2026)
    assert year is not None
    work = [day for day, mark in year.days.items() if mark == "work"]
    assert work == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]


def test_a_year_without_an_official_list_is_said_to_be_unpublished():
    """The package refuses years it does not know; we fall back to weekdays and show it."""
    assert official_year(2099) is None
    day = CALENDAR_2026.day(date(2099, 1, 1))
    assert (day.works, day.why, day.published) == (True, "workday", False)
    assert not CALENDAR_2026.is_published(2099)


def test_a_deadline_walks_around_national_day_and_tells_each_step():
    since = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    due = CALENDAR_2026.due_after(since, 3)
    assert due.due_on == "2026-10-10"
    assert due.due_at == datetime(2026, 10, 10, 10, 0, tzinfo=UTC)
    assert due.published
    assert [(step.day, step.nth, step.why) for step in due.steps] == [
        ("2026-09-30", 0, "start"),
        *((f"2026-10-0{day}", 0, "holiday") for day in (1, 2)),
        *((f"2026-10-0{day}", 0, "weekend") for day in (3, 4)),
        *((f"2026-10-0{day}", 0, "holiday") for day in (5, 6, 7)),
        ("2026-10-08", 1, "workday"),
        ("2026-10-09", 2, "workday"),
        ("2026-10-10", 3, "make_up"),
    ]


def test_a_deadline_that_reaches_into_an_unpublished_year_says_so():
    since = datetime(2026, 12, 31, 2, 0, tzinfo=UTC)
    due = CALENDAR_2026.due_after(since, 1)
    assert due.due_on == "2027-01-01"
    assert not due.published
    assert [step.published for step in due.steps] == [True, False]


def test_zero_workdays_is_the_same_day_when_people_work_and_the_next_workday_when_not():
    assert CALENDAR_2026.add_workdays(date(2026, 9, 29), 0)[0] == date(2026, 9, 29)
    assert CALENDAR_2026.add_workdays(date(2026, 10, 1), 0)[0] == date(2026, 10, 8)


@pytest.mark.parametrize("count", [-1, WORKDAYS_MAX + 1])
def test_a_deadline_outside_a_year_of_workdays_is_refused(count: int):
    with pytest.raises(ValueError, match="outside"):
        CALENDAR_2026.add_workdays(date(2026, 1, 1), count)


def test_the_longest_deadline_still_ends():
    day, steps = CALENDAR_2026.add_workdays(date(2026, 1, 1), WORKDAYS_MAX)
    assert steps[-1].nth == WORKDAYS_MAX
    assert day.year == 2027


def test_a_calendar_in_which_nobody_ever_works_ends_the_walk():
    days = {date.fromordinal(n).isoformat(): "rest" for n in range(738000, 742500)}
    years = [
        CalendarYear(str(year), year, True, {d: "rest" for d in days if d.startswith(str(year))})
        for year in range(2021, 2034)
    ]
    with pytest.raises(ValueError, match="no working days"):
        Calendar.of(years).add_workdays(date(2024, 1, 1), 1)


def test_a_deadline_on_a_chosen_day_stays_there_even_on_a_holiday():
    due = CALENDAR_2026.due_on(date(2026, 10, 3))
    assert due.due_at == datetime(2026, 10, 3, 10, 0, tzinfo=UTC)
    assert due.steps[0].why == "weekend"


def test_an_outlet_that_opens_every_day_is_open_on_a_holiday():
    assert CALENDAR_2026.is_open(date(2026, 10, 1), "all")
    assert not CALENDAR_2026.is_open(date(2026, 10, 1), "workdays")
    assert CALENDAR_2026.is_open(date(2026, 10, 10), "workdays")


def test_a_local_day_begins_at_sixteen_hours_utc_of_the_day_before():
    assert day_start(date(2026, 5, 4)) == datetime(2026, 5, 3, 16, 0, tzinfo=UTC)
    assert closing(date(2026, 5, 4), 9) == datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
