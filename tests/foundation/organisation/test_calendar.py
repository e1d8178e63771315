"""Working days, make-up days, and deadlines that say why."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.foundation.organisation.calendar import (
    WORKDAYS_MAX,
    Calendar,
    business_day,
    closing,
    day_start,
    waits_for,
)
from backend.foundation.organisation.model import CalendarYear, Outlet, OwnDays, Place, Words
from backend.foundation.organisation.official import official_year


def official(*years: int) -> Calendar:
    known = [official_year(year) for year in years]
    return Calendar.of([year for year in known if year is not None])


CALENDAR_2026 = official(2026)
CASES = json.loads((Path(__file__).parent / "cases" / "workdays.json").read_text())


def outlet(**more: Any) -> Outlet:
    name = Words("湖滨", "Lakeside")
    blank = Outlet("lake", "1", name, "outlet", "city", Place(), "workdays")
    return msgspec.structs.replace(blank, **more)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_the_walk_of_each_shared_case_is_the_one_that_the_phone_makes(case: dict[str, Any]):
    """pwa/src/foundation/workdays judges the same file."""
    years = [msgspec.convert(CASES["years"][name], CalendarYear) for name in case["years"]]
    known = case["outlet"] and CASES["outlets"][case["outlet"]]
    own = msgspec.convert(known.get("own_days"), OwnDays | None) if known else None
    place = known and outlet(kind=known["kind"], open_days=known["open_days"], own_days=own)
    start = date.fromisoformat(case["start"])
    on, steps = Calendar.of(years).add_workdays(start, case["count"], place)
    told = [f"{s.day} {s.nth} {s.why}{'' if s.published else ' ?'}" for s in steps]
    assert told == case["steps"]
    assert on.isoformat() == steps[-1].day


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
        ("2026-10-03", False, "holiday"),
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
    due = CALENDAR_2026.due_after(date(2026, 9, 30), 3)
    assert due.due_on == "2026-10-10"
    assert due.due_at == datetime(2026, 10, 10, 10, 0, tzinfo=UTC)
    assert waits_for(due.steps) is None
    assert [(step.day, step.nth, step.why) for step in due.steps] == [
        ("2026-09-30", 0, "start"),
        *((f"2026-10-0{day}", 0, "holiday") for day in range(1, 8)),
        ("2026-10-08", 1, "workday"),
        ("2026-10-09", 2, "workday"),
        ("2026-10-10", 3, "make_up"),
    ]


def test_a_deadline_that_reaches_into_an_unpublished_year_says_so():
    due = CALENDAR_2026.due_after(date(2026, 12, 31), 1)
    assert due.due_on == "2027-01-01"
    assert waits_for(due.steps) == "2027"
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
    assert due.steps[0].why == "holiday"


def test_a_chosen_day_waits_for_no_calendar():
    assert waits_for(Calendar.of([]).due_on(date(2027, 1, 4)).steps) is None


def test_an_outlet_that_opens_every_day_is_open_on_a_holiday_and_needs_no_list_for_that():
    national_day = date(2026, 10, 1)
    assert CALENDAR_2026.day(national_day, outlet(open_days="all")).why == "open"
    assert not CALENDAR_2026.day(national_day, outlet()).works
    assert CALENDAR_2026.day(date(2026, 10, 10), outlet()).works
    assert Calendar.of([]).day(date(2027, 5, 1), outlet(open_days="all")).published


@pytest.mark.parametrize(
    ("text", "works", "why"),
    [
        ("2026-09-26", False, "holiday"),  # a Saturday of the Mid-Autumn holiday
        ("2026-10-17", True, "open"),
        ("2026-10-12", False, "closed"),
        ("2026-10-13", True, "workday"),
        ("2026-10-10", True, "make_up"),
        ("2026-10-01", False, "holiday"),
        ("2026-09-20", True, "make_up"),
    ],
)
def test_a_week_of_its_own_goes_before_weekdays_and_behind_holidays(
    text: str, works: bool, why: str
):
    place = outlet(open_days="week", own_days=OwnDays(week=(2, 3, 4, 5, 6)))
    day = CALENDAR_2026.day(date.fromisoformat(text), place)
    assert (day.works, day.why, day.published) == (works, why, True)


def test_single_dates_of_an_outlet_win_over_everything():
    own = OwnDays(days={"2026-10-01": "work", "2026-10-08": "rest", "2027-01-01": "work"})
    for rule in ("workdays", "all"):
        place = outlet(open_days=rule, own_days=own)
        assert CALENDAR_2026.day(date(2026, 10, 1), place).why == "open"
        assert CALENDAR_2026.day(date(2026, 10, 8), place).why == "closed"
        assert CALENDAR_2026.day(date(2027, 1, 1), place).published


def test_at_a_self_service_point_the_days_of_the_bank_count():
    """Nobody is there on Sundays who could put anything right."""
    place = outlet(kind="self_service", open_days="all")
    assert CALENDAR_2026.due_after(date(2026, 11, 27), 1, place).due_on == "2026-11-30"
    staffed = outlet(open_days="all")
    assert CALENDAR_2026.due_after(date(2026, 11, 27), 1, staffed).due_on == "2026-11-28"


def test_the_longest_deadline_at_an_outlet_that_opens_once_a_week_still_ends():
    place = outlet(open_days="week", own_days=OwnDays(week=(3,)))
    _, steps = CALENDAR_2026.add_workdays(date(2026, 1, 1), WORKDAYS_MAX, place)
    assert steps[-1].nth == WORKDAYS_MAX


def test_a_local_day_begins_at_sixteen_hours_utc_of_the_day_before():
    assert day_start(date(2026, 5, 4)) == datetime(2026, 5, 3, 16, 0, tzinfo=UTC)
    assert closing(date(2026, 5, 4), 9) == datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
