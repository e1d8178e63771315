"""Saved views, as the house knows them."""

from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.journal.purpose import Purpose
from backend.foundation.saved_views import commands, facts, feed, handlers, problems, tables

MANIFEST = Manifest(
    name="saved_views",
    tables=(tables.SavedViewsTable,),
    commands=(
        Command("saved_views.add", commands.Add, handlers.add),
        Command("saved_views.change", commands.Change, handlers.change),
        Command("saved_views.move", commands.Move, handlers.move),
        Command("saved_views.prefer", commands.Prefer, handlers.prefer),
        Command("saved_views.remove", commands.Remove, handlers.remove),
    ),
    facts=facts.ALL,
    kinds=(Kind("saved_views", feed.saved_views),),
    problems=problems.ALL,
    personal=(
        Purpose(
            "saved_views.names",
            ("saved_views.views",),
            "contract",
            "staff_directory",
            "员工自己给常用查询起的名称",
            "Names that people give to filters of their own",
        ),
    ),
)
