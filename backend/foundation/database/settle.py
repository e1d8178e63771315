"""Make triggers and indexes as declared, touching only those that differ."""

import hashlib
from collections.abc import Mapping
from typing import Any

from piccolo.engine.base import Engine
from piccolo.engine.sqlite import SQLiteEngine
from piccolo.table import Table

from backend.foundation.database import triggers
from backend.foundation.database.schema import Schema, indexed_together, indexed_where
from backend.foundation.database.worded import beside, index_place, sqlite_table, worded

_SQLITE_TRIGGERS = (
    "SELECT tbl_name AS place, name, 1 AS is_on FROM sqlite_master "
    f"WHERE type = 'trigger' AND name LIKE '{triggers.PREFIX}%'"
)
_POSTGRES_TRIGGERS = (
    "SELECT c.relname AS place, t.tgname AS name, t.tgenabled = 'O' AS is_on FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = current_schema() AND NOT t.tgisinternal "
    f"AND t.tgname LIKE '{triggers.PREFIX}%'"
)
_SQLITE_INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'xi_%'"
_SQLITE_WORDS = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
_POSTGRES_INDEXES = (
    "SELECT indexname AS name FROM pg_indexes "
    "WHERE schemaname = current_schema() AND indexname LIKE 'xi_%'"
)


async def settle(engine: Engine[Any], schema: Schema) -> None:
    """Inside the engine's current transaction."""
    if isinstance(engine, SQLiteEngine):
        await _settle_words(engine, schema)
        await _settle_triggers(engine, triggers.sqlite_guards(schema), _SQLITE_TRIGGERS)
        await _settle_indexes(engine, schema, _SQLITE_INDEXES)
    else:
        await _settle_triggers(engine, triggers.postgres_guards(schema), _POSTGRES_TRIGGERS)
        await _settle_indexes(engine, schema, _POSTGRES_INDEXES)


async def _settle_words(engine: SQLiteEngine, schema: Schema) -> None:
    present = {row["name"] for row in await rows(engine, _SQLITE_WORDS)}
    for table in schema.tables:
        if worded(table) and beside(table._meta.tablename) not in present:
            for statement in sqlite_table(table):
                await engine.run_ddl(statement)


async def _settle_triggers(engine: Engine[Any], guards: list[triggers.Guard], query: str) -> None:
    present = {(row["place"], row["name"]): row["is_on"] for row in await rows(engine, query)}
    wanted = {(guard.table, guard.name) for guard in guards}
    good = {each for each, is_on in present.items() if is_on and each in wanted}
    for table, name in present.keys() - good:
        place = "" if isinstance(engine, SQLiteEngine) else f' ON "{table}"'
        await engine.run_ddl(f'DROP TRIGGER "{name}"{place}')
    missing = [guard for guard in guards if (guard.table, guard.name) not in good]
    if missing and not isinstance(engine, SQLiteEngine):
        for function in triggers.POSTGRES_FUNCTIONS:
            await engine.run_ddl(function)
    for guard in missing:
        await engine.run_ddl(guard.sql)


async def _settle_indexes(engine: Engine[Any], schema: Schema, query: str) -> None:
    present = {row["name"] for row in await rows(engine, query)}
    wanted = {**_indexes_wanted(schema)}
    if not isinstance(engine, SQLiteEngine):
        wanted |= {
            f"xi_{table._meta.tablename}__gin__{worded(table)}": index_place(table)
            for table in schema.tables
            if worded(table)
        }
    for name in present - wanted.keys():
        await engine.run_ddl(f'DROP INDEX "{name}"')
    for name in wanted.keys() - present:
        await engine.run_ddl(f'CREATE INDEX "{name}" ON {wanted[name]}')


def _indexes_wanted(schema: Schema) -> Mapping[str, str]:
    wanted: dict[str, str] = {}
    for table in schema.tables:
        name = table._meta.tablename
        for columns in indexed_together(table):
            wanted[f"xi_{name}__{'__'.join(columns)}"[:63]] = _place(table, columns)
        for condition, columns in indexed_where(table).items():
            # The digest makes another condition another index.
            digest = hashlib.sha256(condition.encode()).hexdigest()[:8]
            place = f"{_place(table, columns)} WHERE {condition}"
            wanted[f"xi_{name}__{digest}__{'__'.join(columns)}"[:63]] = place
    return wanted


def _place(table: type[Table], columns: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{column}"' for column in columns)
    return f'"{table._meta.tablename}" ({listed})'


async def rows(engine: Engine[Any], sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await engine.run_ddl(sql) or []]
