"""Organisation, as the house knows it."""

from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.organisation import (
    brought_problems,
    closing,
    commands,
    facts,
    feed,
    handlers,
    problems,
    tables,
)
from backend.foundation.organisation.codes import commands as code_commands
from backend.foundation.organisation.codes import handlers as codes
from backend.foundation.organisation.codes import problems as code_problems

MANIFEST = Manifest(
    name="organisation",
    tables=tables.TABLES,
    commands=(
        Command("organisation.add_unit", commands.AddUnit, handlers.add_unit),
        Command("organisation.change_unit", commands.ChangeUnit, handlers.change_unit),
        Command("organisation.close_unit", commands.CloseUnit, closing.close_unit),
        Command("organisation.reopen_unit", commands.ReopenUnit, closing.reopen_unit),
        Command("organisation.add_outlet", commands.AddOutlet, handlers.add_outlet),
        Command("organisation.change_outlet", commands.ChangeOutlet, handlers.change_outlet),
        Command("organisation.close_outlet", commands.CloseOutlet, closing.close_outlet),
        Command("organisation.reopen_outlet", commands.ReopenOutlet, closing.reopen_outlet),
        Command("organisation.add_line", commands.AddLine, handlers.add_line),
        Command("organisation.change_line", commands.ChangeLine, handlers.change_line),
        Command("organisation.close_line", commands.CloseLine, closing.close_line),
        Command("organisation.reopen_line", commands.ReopenLine, closing.reopen_line),
        Command("organisation.add_code_list", code_commands.AddCodeList, codes.add_code_list),
        Command(
            "organisation.change_code_list", code_commands.ChangeCodeList, codes.change_code_list
        ),
        Command(
            "organisation.close_code_list", code_commands.CloseCodeList, closing.close_code_list
        ),
        Command(
            "organisation.reopen_code_list", code_commands.ReopenCodeList, closing.reopen_code_list
        ),
        Command(
            "organisation.set_calendar_days", commands.SetCalendarDays, handlers.set_calendar_days
        ),
        Command(
            "organisation.put_calendar_year", commands.PutCalendarYear, handlers.put_calendar_year
        ),
        Command(
            "organisation.import_calendar_year",
            commands.ImportCalendarYear,
            handlers.import_calendar_year,
        ),
    ),
    facts=facts.ALL,
    kinds=(
        Kind("unit", feed.unit),
        Kind("outlet", feed.outlet),
        Kind("line", feed.line),
        Kind("code_list", feed.code_list),
        Kind("calendar", feed.calendar),
    ),
    problems=(*problems.ALL, *brought_problems.ALL, *code_problems.ALL),
)
