"""Where the organisation is kept."""

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.organisation.codes.model import CodeList
from backend.foundation.organisation.model import CalendarYear, Line, Outlet, Unit


class UnitTable(Table, tablename="unit"):
    """Branches, sub-branches, departments."""

    id = Text(primary_key=True)
    code = Text(unique=True)
    name = Text()
    level = Text()
    parent = Text(null=True, default=None, index=True)
    closed_on = Text(null=True, default=None)


class OutletTable(Table, tablename="outlet"):
    """Outlets and self-service points."""

    id = Text(primary_key=True)
    code = Text(unique=True)
    name = Text()
    kind = Text()
    unit = Text(index=True)
    address = Text()
    open_days = Text()
    own_days = Text(null=True, default=None)
    closed_on = Text(null=True, default=None)


class LineTable(Table, tablename="line"):
    """Business lines."""

    id = Text(primary_key=True)
    code = Text(unique=True)
    name = Text()
    closed_on = Text(null=True, default=None)


class CodeListTable(Table, tablename="code_list"):
    """Code lists by their keys, each with all codes it ever had as JSON."""

    id = Text(primary_key=True)
    name = Text()
    purpose = Text()
    codes = Text()
    closed_on = Text(null=True, default=None)


class CalendarYearTable(Table, tablename="calendar_year"):
    """One row a year, with the days that differ from Monday-to-Friday as JSON."""

    id = Text(primary_key=True)
    year = BigInt(unique=True)
    published = Boolean()
    days = Text()


UNITS = Rows(UnitTable, Unit)
OUTLETS = Rows(OutletTable, Outlet)
LINES = Rows(LineTable, Line)
CODE_LISTS = Rows(CodeListTable, CodeList)
CALENDAR_YEARS = Rows(CalendarYearTable, CalendarYear)
TABLES = (UnitTable, OutletTable, LineTable, CodeListTable, CalendarYearTable)
