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
OpenDays = Literal["workdays", "all"]
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


class Unit(msgspec.Struct, frozen=True):
    """A branch, sub-branch or department. `parent` None means the top of the tree."""

    id: str
    code: str
    name: Words
    level: Level
    parent: str | None


class Outlet(msgspec.Struct, frozen=True):
    """A point where customers come. `open_days` all means it opens on holidays too."""

    id: str
    code: str
    name: Words
    kind: OutletKind
    unit: str
    address: Place
    open_days: OpenDays


class Line(msgspec.Struct, frozen=True):
    """A field of business. Its id is its code, so that a post can name it in plain words."""

    id: str
    code: str
    name: Words


class CalendarYear(msgspec.Struct, frozen=True):
    """Days of one year that differ from Monday-to-Friday. `id` is the year as text.

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


class OutletBody(msgspec.Struct, frozen=True):
    """What a phone receives of an outlet."""

    code: str
    name: Words
    kind: OutletKind
    unit: str
    address: Place
    open_days: OpenDays


class LineBody(msgspec.Struct, frozen=True):
    """What a phone receives of a line."""

    code: str
    name: Words


class CalendarBody(msgspec.Struct, frozen=True):
    """What a phone receives of a year's calendar."""

    year: int
    published: bool
    days: dict[str, DayMark]
