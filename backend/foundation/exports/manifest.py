"""Exports, as the house knows them."""

from backend.foundation.exports import commands, facts, feed, handlers, problems, tables
from backend.foundation.journal.manifest import Command, Kind, Manifest

MANIFEST = Manifest(
    name="exports",
    tables=(tables.ExportTable,),
    commands=(
        Command("exports.order", commands.Order, handlers.order),
        Command("exports.progress", commands.Progress, handlers.progress),
        Command("exports.finish", commands.Finish, handlers.finish),
        Command("exports.fail", commands.Fail, handlers.fail),
        Command("exports.remove", commands.Remove, handlers.remove),
    ),
    facts=facts.ALL,
    kinds=(Kind("export", feed.export),),
    problems=problems.ALL,
)
