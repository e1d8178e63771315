"""Units, outlets, lines and calendar years, as rules think of them and phones receive them."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.kernel import limits

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.CODE_MAX)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.NAME_MAX)]
Address = Annotated[str, msgspec.Meta(max_length=limits.NAME_MAX * 2)]
RecordId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Level = Literal["branch", "sub_branch", "department"]
OutletKind = Literal["outlet", "self_service"]
OpenDays = Literal["workdays", "all", "week"]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]  # Monday is 1
DayMark = Literal["work", "rest"]
LocalDay = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]

# Templates and cases of these lines are only for those whose post names the line.
RESTRICTED_LINES = frozenset({"security"})


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages of the house."""

    zh: Name
    en: Name


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address in both languages. Empty where nobody wrote it down."""

    zh: Address = ""
    en: Address = ""


class OwnDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days that an outlet keeps by itself: its weekdays, where `open_days` is `week`, and single
    dates on which it opens or stays closed whatever else is said."""

    week: Annotated[tuple[Weekday, ...], msgspec.Meta(max_length=7)] = ()
    days: Annotated[dict[LocalDay, DayMark], msgspec.Meta(max_length=366)] = {}


class Unit(msgspec.Struct, frozen=True):
    """A branch, sub-branch or department. `parent` None means the top of the tree. From the day
    `closed_on` nothing new begins in it; None means that no such day is set."""

    id: str
    code: str
    name: Words
    level: Level
    parent: str | None
    closed_on: str | None = None


class Outlet(msgspec.Struct, frozen=True):
    """A point where customers come. It opens on the bank's working days, on `all` days, holidays
    too, or in its own `week`, where holidays and make-up workdays still count. `closed_on` as of a
    unit."""

    id: str
    code: str
    name: Words
    kind: OutletKind
    unit: str
    address: Place
    open_days: OpenDays
    own_days: OwnDays | None = None
    closed_on: str | None = None


class Line(msgspec.Struct, frozen=True):
    """A field of business. Its id is its code, so that a post can name it in plain words.
    `closed_on` as of a unit."""

    id: str
    code: str
    name: Words
    closed_on: str | None = None


class CalendarYear(msgspec.Struct, frozen=True):
    """Days of one year that differ from Monday-to-Friday, and weekends that are part of a holiday:
    an outlet that opens on Saturdays rests then. `id` is the year as text.

    `published` false means the official list is not in yet: answers fall back to the weekday.
    """

    id: str
    year: int
    published: bool
    days: dict[str, DayMark]


class UnitBody(msgspec.Struct, frozen=True):
    """What a phone receives of a unit."""

    code: str
    name: Words
    level: Level
    parent: str | None
    closed_on: str | None


class OutletBody(msgspec.Struct, frozen=True):
    """What a phone receives of an outlet."""

    code: str
    name: Words
    kind: OutletKind
    unit: str
    address: Place
    open_days: OpenDays
    own_days: OwnDays | None
    closed_on: str | None


class LineBody(msgspec.Struct, frozen=True):
    """What a phone receives of a line."""

    code: str
    name: Words
    closed_on: str | None


class CalendarBody(msgspec.Struct, frozen=True):
    """What a phone receives of a year's calendar."""

    year: int
    published: bool
    days: dict[str, DayMark]
