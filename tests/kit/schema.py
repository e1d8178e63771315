"""Tables without history: for tests of parts that do not care how the schema came to be.

Tests of the whole product use the migrations instead.
"""

import re
from functools import cache
from typing import Any

from piccolo.engine import Engine, PostgresEngine, SQLiteEngine
from piccolo.table import Table

from backend.foundation.database.engine import Database
from backend.foundation.database.worded import sqlite_table, sqlite_triggers, worded
from backend.foundation.kernel.ids import new_id


class _UnaskedPostgres(PostgresEngine):
    """Knows how PostgreSQL's DDL is spelled without asking a server for its version."""

    async def prep_database(self) -> None:
        return None

    async def get_version(self) -> float:
        return 15.0

    def get_version_sync(self) -> float:
        return 15.0


@cache
def _engine(dialect: str) -> Engine[Any]:
    if dialect == "sqlite":
        return SQLiteEngine(path=":memory:")
    return _UnaskedPostgres(config={"dsn": "postgresql://nowhere"}, extensions=())


def ddl_of(table: type[Table], dialect: str) -> list[str]:
    """CREATE TABLE with its constraints inside, and the CREATE INDEX statements."""
    before = table._meta._db
    table._meta._db = _engine(dialect)
    try:
        statements = [text for text in table.create_table().ddl if text]
    finally:
        table._meta._db = before
    create = statements[0]
    rest = []
    for statement in statements[1:]:
        added = re.search(r"ADD CONSTRAINT (.*)$", statement, re.S)
        if added:
            create = create.rstrip().removesuffix(")") + f", CONSTRAINT {added.group(1)})"
        else:
            rest.append(statement)
    return [create, *rest]


def _words(table: type[Table], dialect: str) -> list[str]:
    """What keeps the index of words, where the table has one and the engine needs it."""
    if dialect != "sqlite" or not worded(table):
        return []
    triggers = sqlite_triggers(table).items()
    return [*sqlite_table(table), *(text.replace("{name}", name) for name, text in triggers)]


async def create_all(database: Database, tables: tuple[type[Table], ...]) -> None:
    """Makes the tables and the counter's one row."""
    async with database.unit_of_work() as tx:
        for table in tables:
            for statement in (*ddl_of(table, database.dialect), *_words(table, database.dialect)):
                await tx.run(statement)
        await tx.run(
            "INSERT INTO sync_counter (id, head, epoch, horizon, durable, chain_seq, chain_hash) "
            "VALUES (1, 0, ?, 0, 0, 0, ?)",
            new_id(),
            "0" * 64,
        )
