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
    OwnDays,
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
    own_days: OwnDays | None = None


class ChangeOutlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Change an outlet's name, address, unit, kind or opening days; what is left out stays."""

    name: Words | None = None
    unit: RecordId | None = None
    kind: OutletKind | None = None
    address: Place | None = None
    open_days: OpenDays | None = None
    own_days: OwnDays | None = None


class AddLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add a business line; the record's id is the line's code."""

    name: Words


class ChangeLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rename a business line."""

    name: Words


class CloseUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Close a unit from a day on: nothing new begins in it, and nothing of it is deleted."""

    on: LocalDay


class CloseOutlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Close an outlet from a day on: nothing new begins there, and nothing of it is deleted."""

    on: LocalDay


class CloseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Close a business line from a day on: nothing new begins in it, and nothing is deleted."""

    on: LocalDay


class ReopenUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take back that a unit is closed."""


class ReopenOutlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take back that an outlet is closed."""


class ReopenLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take back that a business line is closed."""


class SetCalendarDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mark days of a year as working or resting, and say whether its official list is complete.

    A day set to null follows its weekday again. `published` left out keeps the year's state.
    """

    days: Annotated[dict[LocalDay, DayMark | None], msgspec.Meta(max_length=366)] = {}
    published: bool | None = None


class PutCalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Replace all marked days of a year by a list that somebody brought."""

    days: Annotated[dict[LocalDay, DayMark], msgspec.Meta(max_length=366)]
    published: bool = True


class ImportCalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take over the official holidays and make-up workdays of a year, as far as they are known."""
