"""Organisation, as the house knows it."""

from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.organisation import commands, facts, feed, handlers, problems, tables

MANIFEST = Manifest(
    name="organisation",
    tables=tables.TABLES,
    commands=(
        Command("organisation.add_unit", commands.AddUnit, handlers.add_unit),
        Command("organisation.change_unit", commands.ChangeUnit, handlers.change_unit),
        Command("organisation.add_outlet", commands.AddOutlet, handlers.add_outlet),
        Command("organisation.change_outlet", commands.ChangeOutlet, handlers.change_outlet),
        Command("organisation.add_line", commands.AddLine, handlers.add_line),
        Command(
            "organisation.set_calendar_days", commands.SetCalendarDays, handlers.set_calendar_days
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
        Kind("calendar", feed.calendar),
    ),
    problems=problems.ALL,
)
