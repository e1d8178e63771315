"""Bring a database to the tables that the code expects.

Promised: each migration happens as a whole or not at all, together with the row that records it;
two processes that start at once wait for each other; a SQLite file is copied beside itself
before anything is changed; triggers and indexes are as declared afterwards. Against: a half-made
table after a crash, children deleted by a rebuild, an old copy of a trigger. It does not go
backwards: a mistake is mended by the next migration, or by the copy.

Piccolo compares and describes; we carry out. Its own runner takes no lock, records a migration
outside its transaction, and on SQLite can do few of the changes.
"""

import contextlib
import io
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

from piccolo.apps.migrations.tables import Migration
from piccolo.engine.base import Engine
from piccolo.engine.sqlite import SQLiteEngine

from backend.foundation.database.migration_engine import (
    alone,
    engine_for,
    in_charge,
    in_transaction,
)
from backend.foundation.database.rebuild import MigrationFailed, Rebuild
from backend.foundation.database.schema import APP_NAME, Schema, history, snapshot
from backend.foundation.database.settle import settle

__all__ = ["MigrationFailed", "migrate"]


async def migrate(url: str, schema: Schema) -> list[str]:
    """Carry out what is pending and return its ids. Safe to call at every start.

    Raises MigrationFailed, naming the migration; the database is then as it was before that one.
    """
    engine = engine_for(url)
    async with alone(url):
        with in_charge(engine, schema):
            return await _bring_up_to_date(engine, schema)


async def _bring_up_to_date(engine: Engine[Any], schema: Schema) -> list[str]:
    modules = history(schema.folder)
    await Migration.create_table(if_not_exists=True).run()
    done = await Migration.get_migrations_which_ran(APP_NAME)
    pending = [each for each in modules if each not in done]
    if isinstance(engine, SQLiteEngine) and pending and done:
        _copy_beside(Path(engine.path))
    for migration_id in pending:
        try:
            async with in_transaction(engine):
                await _carry_out(engine, modules, migration_id)
        except Exception as failed:
            raise MigrationFailed(f"{migration_id} was undone: {failed}") from failed
    async with in_transaction(engine):
        await settle(engine, schema)
    return pending


async def _carry_out(engine: Engine[Any], modules: dict[str, ModuleType], this: str) -> None:
    manager = await modules[this].forwards()
    earlier = [module for each, module in modules.items() if each < this]
    if isinstance(engine, SQLiteEngine):
        for step in manager.raw:
            await _step(step)
        before, after = await snapshot(earlier), await snapshot([*earlier, modules[this]])
        await Rebuild(engine, manager, before, after).run()
    else:
        # Deferred guards speak now: a table with waiting triggers cannot be altered.
        manager.add_raw(lambda: engine.run_ddl("SET CONSTRAINTS ALL IMMEDIATE"))
        steps, manager.raw = manager.raw, []
        for step in steps:
            await _step(step)
        with contextlib.redirect_stdout(io.StringIO()):
            await manager.run()
        await engine.run_ddl("SET CONSTRAINTS ALL DEFERRED")
    await Migration.insert(Migration(name=this, app_name=APP_NAME)).run()


async def _step(step: Any) -> None:
    given = step()
    if hasattr(given, "__await__"):
        await given


def _copy_beside(path: Path) -> None:
    """The file as it is now, complete, under `….before-migration`. One copy is kept."""
    unfinished = path.with_name(path.name + ".copying")
    unfinished.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(path)) as source,
        contextlib.closing(sqlite3.connect(unfinished)) as copy,
    ):
        source.backup(copy)
    unfinished.replace(path.with_name(path.name + ".before-migration"))
