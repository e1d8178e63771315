"""What a database should look like, and what its migrations say it looks like.

The truth about columns is the Table classes; the truth about history is one linear folder of
migrations. `pending_changes` compares the two. Both are read without touching any database.
"""

import contextlib
import importlib.util
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from piccolo.apps.migrations.auto.diffable_table import DiffableTable
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.auto.schema_differ import AlterStatements, SchemaDiffer
from piccolo.apps.migrations.auto.schema_snapshot import SchemaSnapshot
from piccolo.table import Table

APP_NAME = "xunfang"
MIGRATIONS = Path(__file__).parents[3] / "migrations"


@dataclass(frozen=True)
class Schema:
    """The tables of an installation, and which of them are guarded by triggers.

    A table may carry `indexed_together = (("bucket", "ver"), …)`: one index for each group of
    columns; and `indexed_where = {"status = 'rejected'": ("rec_key",), …}`: one for each condition,
    which holds only the rows that meet it; and `worded = "words"`: an index over words (see
    `worded`). They need no migration, and come and go with the attribute.
    """

    tables: tuple[type[Table], ...]
    append_only: tuple[type[Table], ...] = ()
    published: tuple[type[Table], ...] = ()  # no commit changes them without a change row
    change_index: type[Table] | None = None
    folder: Path = MIGRATIONS

    def __post_init__(self) -> None:
        # Piccolo knows a table by the name of its class alone: two of one name would be merged.
        names = [table.__name__ for table in self.tables]
        doubled = sorted({name for name in names if names.count(name) > 1})
        assert not doubled, f"two tables share a class name: {doubled}"


def history(folder: Path) -> dict[str, ModuleType]:
    """The migration modules by id, in order."""
    modules = [_module(file) for file in sorted(folder.glob("*.py")) if file.stem != "__init__"]
    return {module.ID: module for module in sorted(modules, key=lambda module: module.ID)}


@cache
def known() -> frozenset[str]:
    """The ids of this version's migrations. The folder does not change while a process lives."""
    return frozenset(history(MIGRATIONS))


async def managers(modules: Sequence[ModuleType]) -> list[MigrationManager]:
    """The operations of these migrations, made afresh: adding them up alters them."""
    return [await module.forwards() for module in modules]


async def snapshot(modules: Sequence[ModuleType]) -> list[DiffableTable]:
    """The tables as they are after these migrations."""
    return SchemaSnapshot(await managers(modules)).get_snapshot()


async def pending_changes(schema: Schema) -> list[str]:
    """Statements that the migrations lack. Empty when the folder tells the whole truth."""
    changes = await differences(schema, auto_input="n")
    return [line for change in changes for line in change.statements]


async def differences(schema: Schema, *, auto_input: str | None) -> list[AlterStatements]:
    """What separates the tables from the history. `auto_input` answers the questions about renames;
    None asks them at the terminal."""
    recorded = await snapshot(list(history(schema.folder).values()))
    expected = [_described(table) for table in schema.tables]
    silent = contextlib.redirect_stdout(io.StringIO() if auto_input else sys.stdout)
    with silent:  # the comparison talks while it works
        return SchemaDiffer(expected, recorded, auto_input=auto_input).get_alter_statements()


def indexed_together(table: type[Table]) -> tuple[tuple[str, ...], ...]:
    return tuple(getattr(table, "indexed_together", ()))


def indexed_where(table: type[Table]) -> dict[str, tuple[str, ...]]:
    return dict(getattr(table, "indexed_where", {}))


def _described(table: type[Table]) -> DiffableTable:
    return DiffableTable(
        class_name=table.__name__,
        tablename=table._meta.tablename,
        columns=table._meta.non_default_columns,
        constraints=table._meta.constraints,
        schema=table._meta.schema,
    )


def _module(file: Path) -> Any:
    name = f"{file.parent.name}_{file.stem}"
    specification = importlib.util.spec_from_file_location(name, file)
    assert specification, file
    assert specification.loader, file
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module
