"""The lunar calendar (农历): on which day a festival falls, and which lunar day a date is. Pure.

Counted by the `tyme4py` package, which computes new moons and solar terms instead of keeping a
table. Phones do not count: the server sends them dates. Months and terms follow China's standard
time, whatever zone a reader is in. Beyond 1900 to 2100 nothing is answered: predictions of the
earth's rotation are too uncertain to say on which side of midnight some new moons fall.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import msgspec
from tyme4py.lunar import LunarDay as CountedDay
from tyme4py.solar import SolarDay, SolarTerm

YEAR_MIN = 1900
YEAR_MAX = 2100
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}

FestivalCode = Literal[
    "spring_festival",
    "lantern",
    "qingming",
    "dragon_boat",
    "qixi",
    "mid_autumn",
    "double_ninth",
    "winter_solstice",
    "laba",
    "new_years_eve",
]


class Festival(msgspec.Struct, frozen=True):
    """A day that people keep. Either `month` and `day` of the lunar year, or a solar `term`."""

    zh: str
    en: str
    month: int = 0
    day: int = 0
    term: int | None = None


class LunarDay(msgspec.Struct, frozen=True):
    """One day of the lunar calendar. `year` is the Gregorian year in which its first month begins;
    `zh` and `en` name month and day, without the year."""

    year: int
    month: int
    day: int
    is_leap: bool
    zh: str
    en: str


# A term is counted from the winter solstice before the year: 0 and 24 are solstices, 7 is Qingming.
# The last day of the year has no number of its own: the twelfth month has 29 days or 30.
FESTIVALS: Mapping[FestivalCode, Festival] = MappingProxyType(
    {
        "spring_festival": Festival("春节", "Spring Festival", 1, 1),
        "lantern": Festival("元宵节", "Lantern Festival", 1, 15),
        "qingming": Festival("清明节", "Qingming Festival", term=7),
        "dragon_boat": Festival("端午节", "Dragon Boat Festival", 5, 5),
        "qixi": Festival("七夕节", "Qixi Festival", 7, 7),
        "mid_autumn": Festival("中秋节", "Mid-Autumn Festival", 8, 15),
        "double_ninth": Festival("重阳节", "Double Ninth Festival", 9, 9),
        "winter_solstice": Festival("冬至", "Winter Solstice", term=24),
        "laba": Festival("腊八节", "Laba Festival", 12, 8),
        "new_years_eve": Festival("除夕", "Lunar New Year's Eve", 12),
    }
)


@lru_cache(maxsize=1024)  # a calendar page asks for the same two years again and again
def festival_day(code: FestivalCode, year: int) -> date:
    """The date of a festival of the lunar year that begins in this Gregorian year.

    Laba and New Year's Eve stand at the end of that lunar year, so they mostly fall into the next
    Gregorian one. In a year with a leap month the festival is in the month before it, never in the
    leap month. Raises ValueError outside 1900 to 2100.
    """
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise ValueError(f"the lunar calendar is known from {YEAR_MIN} to {YEAR_MAX}, not {year}")
    festival = FESTIVALS[code]
    if festival.term is not None:
        return _date(SolarTerm.from_index(year, festival.term).get_solar_day())
    if not festival.day:
        return _date(CountedDay.from_ymd(year + 1, 1, 1).get_solar_day().next(-1))
    return _date(CountedDay.from_ymd(year, festival.month, festival.day).get_solar_day())


def next_festival(code: FestivalCode, after: date) -> date:
    """The first day after `after` on which the festival is kept. Never `after` itself.

    Raises ValueError when that would be beyond the years that are known.
    """
    days = (festival_day(code, after.year + offset) for offset in (-1, 0, 1))
    return next(day for day in days if day > after)


def festivals_between(first: date, last: date) -> tuple[tuple[date, FestivalCode], ...]:
    """Every festival from `first` to `last`, both included, in the order of their days."""
    years = range(max(first.year - 1, YEAR_MIN), min(last.year, YEAR_MAX) + 1)
    found: list[tuple[date, FestivalCode]] = []
    code: FestivalCode
    for code in FESTIVALS:
        days = [festival_day(code, year) for year in years]
        found.extend((day, code) for day in days if first <= day <= last)
    return tuple(sorted(found))


def lunar_of(on: date) -> LunarDay:
    """The lunar day of a date. Raises ValueError outside 1900 to 2100."""
    if not YEAR_MIN <= on.year <= YEAR_MAX:
        raise ValueError(f"the lunar calendar is known from {YEAR_MIN} to {YEAR_MAX}, not {on}")
    counted = SolarDay.from_ymd(on.year, on.month, on.day).get_lunar_day()
    month = counted.get_lunar_month()
    number, day, is_leap = month.get_month(), counted.get_day(), month.is_leap()
    leap = "leap " if is_leap else ""
    return LunarDay(
        year=counted.get_year(),
        month=number,
        day=day,
        is_leap=is_leap,
        zh=month.get_name() + counted.get_name(),
        en=f"{_nth(day)} day of the {leap}{_nth(number)} month",
    )


def _nth(number: int) -> str:
    return f"{number}{_ORDINALS.get(number, 'th')}"


def _date(day: SolarDay) -> date:
    return date(day.get_year(), day.get_month(), day.get_day())
