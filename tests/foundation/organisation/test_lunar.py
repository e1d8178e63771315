"""Festivals land on their day: against well-known dates, and against another program's years."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from backend.foundation.organisation.lunar import (
    FESTIVALS,
    FestivalCode,
    festival_day,
    festivals_between,
    lunar_of,
    next_festival,
)

# Counted by sxtwl 2.0.7, another program by other authors, which is too old to be depended on.
YEARS = json.loads((Path(__file__).parent / "cases/lunar_years.json").read_text())
# The new moon of September 2057 falls within a minute of midnight, and the two part. So do tables
# of astronomers, by how they guess the rotation of the earth; nobody can know it today.
DISPUTED = {("2057", "double_ninth")}


@pytest.mark.parametrize(
    ("code", "year", "day"),
    [
        ("spring_festival", 2026, "2026-02-17"),
        ("spring_festival", 2027, "2027-02-06"),
        ("spring_festival", 2033, "2033-01-31"),
        ("spring_festival", 2034, "2034-02-19"),
        ("lantern", 2027, "2027-02-20"),
        ("dragon_boat", 2026, "2026-06-19"),
        ("qixi", 2026, "2026-08-19"),
        ("mid_autumn", 2026, "2026-09-25"),
        ("mid_autumn", 2033, "2033-09-08"),
        ("double_ninth", 2026, "2026-10-18"),
        ("qingming", 2026, "2026-04-05"),
        ("qingming", 2028, "2028-04-04"),
        ("winter_solstice", 2026, "2026-12-22"),
        ("winter_solstice", 2025, "2025-12-21"),
        ("laba", 2025, "2026-01-26"),
        ("new_years_eve", 2025, "2026-02-16"),
    ],
)
def test_a_festival_lands_on_its_day(code: FestivalCode, year: int, day: str):
    assert festival_day(code, year) == date.fromisoformat(day)


@pytest.mark.parametrize("year", YEARS)
def test_another_program_has_the_same_year(year: str):
    known = dict(YEARS[year])
    leap = known.pop("leap")
    for code, day in known.items():
        if (year, code) not in DISPUTED:
            assert festival_day(code, int(year)).isoformat() == day, code
    assert _leap_month(int(year)) == leap


def test_the_years_of_the_other_program_are_all_there():
    """Guards the test above: an empty file must not make it pass for no reason."""
    assert [int(year) for year in YEARS] == list(range(2020, 2101))
    assert sum(len(known) for known in YEARS.values()) >= 81 * 9


def test_the_leap_month_of_2033_follows_the_eleventh():
    """Old tables put it after the seventh, and every festival of that autumn a month off."""
    first = lunar_of(date(2033, 12, 22))
    assert (first.year, first.month, first.day, first.is_leap) == (2033, 11, 1, True)
    assert (first.zh, first.en) == ("闰十一月初一", "1st day of the leap 11th month")
    assert lunar_of(date(2034, 1, 20)).zh == "十二月初一"
    assert not any(lunar_of(date(2033, 8, 25) + timedelta(days=n)).is_leap for n in range(60))


def test_a_festival_is_in_the_month_before_its_leap_twin():
    """2028 has two fifth months; the dragon boats race in the first."""
    assert lunar_of(date(2028, 6, 27)).is_leap
    assert festival_day("dragon_boat", 2028) == date(2028, 5, 28)


def test_new_years_eve_is_the_day_before_in_short_and_in_long_months():
    assert lunar_of(festival_day("new_years_eve", 2025)).day == 29
    assert lunar_of(festival_day("new_years_eve", 2026)).day == 29
    assert lunar_of(festival_day("new_years_eve", 2022)).day == 30
    for year in range(2020, 2100):
        eve = festival_day("new_years_eve", year)
        assert eve + timedelta(days=1) == festival_day("spring_festival", year + 1)


def test_the_next_festival_is_never_today():
    assert next_festival("lantern", date(2026, 11, 24)) == date(2027, 2, 20)
    assert next_festival("lantern", date(2027, 2, 19)) == date(2027, 2, 20)
    assert next_festival("lantern", date(2027, 2, 20)) == date(2028, 2, 9)


def test_laba_comes_twice_in_one_year_and_not_at_all_in_the_next():
    assert next_festival("laba", date(2021, 12, 31)) == date(2022, 1, 10)
    assert next_festival("laba", date(2022, 1, 10)) == date(2022, 12, 30)
    assert next_festival("laba", date(2022, 12, 30)) == date(2024, 1, 18)


def test_a_page_of_the_calendar_has_its_festivals_in_order():
    found = festivals_between(date(2026, 9, 25), date(2027, 2, 20))
    assert [code for _, code in found] == [
        "mid_autumn",
        "double_ninth",
        "winter_solstice",
        "laba",
        "new_years_eve",
        "spring_festival",
        "lantern",
    ]
    assert found[0][0] == date(2026, 9, 25)
    assert found[-1][0] == date(2027, 2, 20)
    assert festivals_between(date(2026, 9, 26), date(2026, 9, 27)) == ()


@pytest.mark.parametrize(
    ("on", "zh", "en"),
    [
        ("2027-02-20", "正月十五", "15th day of the 1st month"),
        ("2026-09-25", "八月十五", "15th day of the 8th month"),
        ("2026-02-16", "十二月廿九", "29th day of the 12th month"),
        ("2026-08-20", "七月初八", "8th day of the 7th month"),
        ("2026-04-07", "二月二十", "20th day of the 2nd month"),
        ("2026-04-08", "二月廿一", "21st day of the 2nd month"),
        ("2026-05-08", "三月廿二", "22nd day of the 3rd month"),
    ],
)
def test_a_day_is_named_in_both_tongues(on: str, zh: str, en: str):
    named = lunar_of(date.fromisoformat(on))
    assert (named.zh, named.en) == (zh, en)


def test_day_follows_day_without_a_gap():
    """From 2020 to 2100 each day is the next one of its month or the first of the next month."""
    on = date(2020, 1, 1)
    before = lunar_of(on)
    while on < date(2100, 12, 24):
        on += timedelta(days=7)
        now = lunar_of(on)
        same = (now.year, now.month, now.is_leap) == (before.year, before.month, before.is_leap)
        assert now.day - before.day == 7 if same else now.day - before.day in (7 - 29, 7 - 30)
        before = now


@pytest.mark.parametrize("year", [1899, 2101])
def test_beyond_the_known_years_nothing_is_guessed(year: int):
    with pytest.raises(ValueError, match="1900 to 2100"):
        festival_day("lantern", year)
    with pytest.raises(ValueError, match="1900 to 2100"):
        lunar_of(date(year, 6, 1))


def test_the_last_known_year_has_no_next_one():
    assert next_festival("winter_solstice", date(2100, 1, 1)) == date(2100, 12, 22)
    with pytest.raises(ValueError, match="1900 to 2100"):
        next_festival("lantern", date(2100, 12, 31))
    with pytest.raises(ValueError, match="1900 to 2100"):
        next_festival("lantern", date(1850, 12, 31))


def test_every_festival_has_a_name_in_both_tongues():
    for festival in FESTIVALS.values():
        assert festival.zh
        assert festival.en.isascii()


def _leap_month(year: int) -> int:
    """By walking through the year's months; 0 for none."""
    on = festival_day("spring_festival", year)
    end = min(festival_day("new_years_eve", year), date(2100, 12, 31))
    while on <= end:
        day = lunar_of(on)
        if day.is_leap:
            return day.month
        on += timedelta(days=20)
    return 0
