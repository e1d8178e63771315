"""Carry out one migration on SQLite, which can alter almost nothing in place.

A touched table is made anew beside the old one, its rows are copied, and it takes the old name. It
happens in one transaction with foreign keys off: with them on, dropping the old table
would delete the rows of every child. Indexes and triggers that somebody made by hand are kept.
Constraints are written into CREATE TABLE, because SQLite cannot add them later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from piccolo.apps.migrations.auto.diffable_table import DiffableTable
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column
from piccolo.engine.sqlite import SQLiteEngine


class MigrationFailed(RuntimeError):
    """A migration was undone as a whole. The message says why."""


@dataclass(frozen=True)
class Rebuild:
    """One migration between the tables before it and the tables after it."""

    engine: SQLiteEngine
    manager: MigrationManager
    before: Sequence[DiffableTable]
    after: Sequence[DiffableTable]

    async def run(self) -> None:
        """Inside the engine's current transaction. Raises MigrationFailed on broken references."""
        for dropped in self.manager.drop_tables:
            await self._do(f'DROP TABLE "{dropped.tablename}"')
        for renamed in self.manager.rename_tables:
            old, new = renamed.old_tablename, renamed.new_tablename
            if old != new:
                await self._do(f'ALTER TABLE "{old}" RENAME TO "{new}"')
        for column in self.manager.rename_columns.rename_columns:
            old, new = column.old_db_column_name, column.new_db_column_name
            table = self._after(column.table_class_name).tablename
            await self._do(f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{new}"')
        created = {table.class_name for table in self.manager.add_tables}
        for name in created:
            for statement in _creation(self._after(name)):
                await self._do(statement)
        for name in sorted(self._touched() - created):
            await self._remake(self._after(name))
        await self._check_references()

    def _touched(self) -> set[str]:
        operations = (
            self.manager.add_columns,
            self.manager.drop_columns,
            self.manager.alter_columns,
            self.manager.add_constraints,
            self.manager.drop_constraints,
        )
        return {name for each in operations for name in each.table_class_names}

    async def _remake(self, table: DiffableTable) -> None:
        name, beside = table.tablename, f"_new_{table.tablename}"
        old_columns = {row["name"] for row in await self._do(f'PRAGMA table_info("{name}")')}
        extras = await self._made_by_hand(table)
        create, *indexes = _creation(table)
        await self._do(create.replace(f'"{name}"', f'"{beside}"', 1))
        names = [column._meta.db_column_name for column in table.columns]
        copied = ", ".join(f'"{column}"' for column in ["id", *names] if column in old_columns)
        if copied.startswith('"id", "id"'):
            copied = copied.removeprefix('"id", ')
        await self._do(f'INSERT INTO "{beside}" ({copied}) SELECT {copied} FROM "{name}"')
        await self._do(f'DROP TABLE "{name}"')
        await self._do(f'ALTER TABLE "{beside}" RENAME TO "{name}"')
        for statement in [*indexes, *extras]:
            await self._do(statement)

    async def _made_by_hand(self, table: DiffableTable) -> list[str]:
        """Statements of the indexes and triggers that the table's own definition does not make."""
        rows = await self._do(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') "
            f"AND tbl_name = '{table.tablename}' AND sql IS NOT NULL"
        )
        own = {column for each in (*self.before, table) for column in _index_names(each)}
        return [row["sql"] for row in rows if row["name"] not in own]

    async def _check_references(self) -> None:
        broken = await self._do("PRAGMA foreign_key_check")
        if broken:
            raise MigrationFailed(f"rows without the row they refer to: {broken[:5]}")

    async def _do(self, sql: str) -> list[dict[str, Any]]:
        return await self.engine.run_ddl(sql) or []

    def _after(self, class_name: str) -> DiffableTable:
        return next(table for table in self.after if table.class_name == class_name)


def _creation(table: DiffableTable) -> list[str]:
    """CREATE TABLE with its constraints inside, then its indexes."""
    made = replace(table, columns=[_afresh(column) for column in table.columns]).to_table_class()
    create, *rest = made.create_table().ddl
    constraints = [f'CONSTRAINT "{each._meta.name}" {each.ddl}' for each in table.constraints]
    create = ", ".join([create.removesuffix(")"), *constraints]) + ")"
    return [create, *(statement for statement in rest if statement.startswith("CREATE INDEX"))]


def _afresh(column: Column) -> Column:
    """An altered column of a snapshot carries its new default and deletion rule in the parameters
    only; made again from them, it also writes them."""
    made = type(column)(**column._meta.params)
    made._meta.name = column._meta.name
    made._meta.db_column_name = column._meta.db_column_name
    return made


def _index_names(table: DiffableTable) -> set[str]:
    made = table.to_table_class()
    return {
        made._get_index_name([column._meta.db_column_name])
        for column in table.columns
        if column._meta.index
    }
