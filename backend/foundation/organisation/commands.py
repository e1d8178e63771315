"""What an administrator or the secretariat can ask about branches, outlets, lines and days."""

from typing import Annotated

import msgspec

from backend.foundation.organisation.model import (
    Code,
    DayMark,
    Level,
    LocalDay,
    OpenDays,
    OutletKind,
    Place,
    RecordId,
    Words,
)


class AddUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add a branch, sub-branch or department to the organisation."""

    code: Code
    name: Words
    level: Level
    parent: RecordId | None = None


class ChangeUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rename a unit or move it below another one; what is left out stays as it is."""

    name: Words | None = None
    parent: RecordId | None = None


class AddOutlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add an outlet or a self-service point to a unit."""

    code: Code
    name: Words
    unit: RecordId
    kind: OutletKind = "outlet"
    address: Place = Place()
    open_days: OpenDays = "workdays"


class ChangeOutlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Change an outlet's name, address, unit, kind or opening days; what is left out stays."""

    name: Words | None = None
    unit: RecordId | None = None
    kind: OutletKind | None = None
    address: Place | None = None
    open_days: OpenDays | None = None


class AddLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add a business line; the record's id is the line's code."""

    name: Words


class SetCalendarDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mark days of a year as working or resting, and say whether its official list is complete.

    A day set to null follows its weekday again. `published` left out keeps the year's state.
    """

    days: Annotated[dict[LocalDay, DayMark | None], msgspec.Meta(max_length=366)] = {}
    published: bool | None = None


class ImportCalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take over the official holidays and make-up workdays of a year, as far as they are known."""
