"""What happened to the organisation, for neighbours and for the chain."""

from backend.foundation.journal.envelope import Fact
from backend.foundation.organisation.model import DayMark, OutletKind


class UnitAdded(Fact, frozen=True):
    """A branch, sub-branch or department came into being."""

    unit: str
    code: str
    parent: str | None


class UnitChanged(Fact, frozen=True):
    """A unit was renamed or moved below another one."""

    unit: str
    parent: str | None


class OutletAdded(Fact, frozen=True):
    """An outlet or self-service point came into being."""

    outlet: str
    code: str
    unit: str
    kind: OutletKind


class OutletChanged(Fact, frozen=True):
    """An outlet's name, address, unit, kind or opening days changed."""

    outlet: str
    unit: str
    kind: OutletKind


class LineAdded(Fact, frozen=True):
    """A business line came into being."""

    line: str


class LineChanged(Fact, frozen=True):
    """A business line was renamed."""

    line: str


class UnitClosed(Fact, frozen=True):
    """From this day on nothing new begins in the unit."""

    unit: str
    on: str


class OutletClosed(Fact, frozen=True):
    """From this day on nothing new begins at the outlet."""

    outlet: str
    on: str


class LineClosed(Fact, frozen=True):
    """From this day on nothing new begins in the line."""

    line: str
    on: str


class UnitReopened(Fact, frozen=True):
    """The unit is not to be closed after all."""

    unit: str


class OutletReopened(Fact, frozen=True):
    """The outlet is not to be closed after all."""

    outlet: str


class LineReopened(Fact, frozen=True):
    """The line is not to be closed after all."""

    line: str


class CodeListAdded(Fact, frozen=True):
    """A code list came into being, with these codes."""

    code_list: str
    codes: tuple[str, ...]


class CodeListChanged(Fact, frozen=True):
    """A code list got another name, purpose or order; `codes` are those new or different."""

    code_list: str
    codes: tuple[str, ...]


class CodeListClosed(Fact, frozen=True):
    """From this day on no new checklist takes its codes."""

    code_list: str
    on: str


class CodeListReopened(Fact, frozen=True):
    """The code list is not to be closed after all."""

    code_list: str


class CalendarChanged(Fact, frozen=True):
    """Days of a year were marked, or its official list was taken over."""

    year: int
    published: bool
    days: dict[str, DayMark | None]


ALL = (
    UnitAdded,
    UnitChanged,
    UnitClosed,
    UnitReopened,
    OutletAdded,
    OutletChanged,
    OutletClosed,
    OutletReopened,
    LineAdded,
    LineChanged,
    LineClosed,
    LineReopened,
    CodeListAdded,
    CodeListChanged,
    CodeListClosed,
    CodeListReopened,
    CalendarChanged,
)
