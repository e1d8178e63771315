"""The runner's own way to a database: one lock, one transaction at a time, foreign keys off.

Piccolo's parts are told to use it for as long as the run lasts.
"""

import asyncio
import contextlib
import fcntl
import io
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import aiosqlite
import asyncpg
from piccolo.apps.migrations.tables import Migration
from piccolo.engine.base import Engine
from piccolo.engine.postgres import PostgresEngine
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType

from backend.foundation.database.postgres import let_in
from backend.foundation.database.schema import APP_NAME, Schema

_LOCK_NUMBER = 0x78756E66616E67  # "xunfang"
_CONF = "_xunfang_migrating"
_BUSY_SECONDS = 30.0  # how long a SQLite writer in another process may hold the file


class _FileEngine(SQLiteEngine):
    """SQLite for the runner: foreign keys off, and no connection outlives its transaction."""

    __slots__ = ()

    async def get_connection(self) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(**self.connection_kwargs)
        connection.row_factory = _named  # type: ignore[assignment]
        return connection


def _named(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def engine_for(url: str) -> Engine[Any]:
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return _FileEngine(path=str(path), timeout=_BUSY_SECONDS)
    with contextlib.redirect_stdout(io.StringIO()):
        return PostgresEngine(config={"dsn": url}, extensions=())


@asynccontextmanager
async def in_transaction(engine: Engine[Any]) -> AsyncIterator[None]:
    if not isinstance(engine, SQLiteEngine):
        async with engine.transaction():
            yield
        return
    transaction: SQLiteTransaction = engine.transaction(TransactionType.immediate)
    try:
        async with transaction:
            yield
    finally:
        # A failed BEGIN or COMMIT would leave the connection's thread behind, and the process
        # would never end.
        connection = getattr(transaction, "connection", None)
        if connection is not None:
            await connection.close()


@asynccontextmanager
async def alone(url: str) -> AsyncIterator[None]:
    """One migrating process at a time; the others wait and then find nothing to do."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(path.name + ".migrating").open("w") as held:
            await asyncio.to_thread(fcntl.flock, held, fcntl.LOCK_EX)
            yield
        return
    with let_in(url):
        connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK_NUMBER)
        yield
    finally:
        await connection.close()


@dataclass(frozen=True)
class _AppConfig:
    """As much of Piccolo's AppConfig as its migrations read. The module of the real one loads a
    code formatter, which costs every start of the server a third of a second and 10 MB."""

    resolved_migrations_folder_path: str
    app_name: str = APP_NAME
    migration_dependencies: tuple[str, ...] = ()
    migration_dependency_app_configs: tuple[object, ...] = ()


@contextmanager
def in_charge(engine: Engine[Any], schema: Schema) -> Iterator[None]:
    """Let Piccolo find this engine. It asks a module named by the environment, and remembers."""
    module: Any = ModuleType(_CONF)
    sys.modules[_CONF] = module
    module.APP_CONFIG = _AppConfig(str(schema.folder))
    module.APP_REGISTRY = SimpleNamespace(apps=[_CONF])
    module.DB = engine
    before = os.environ.get("PICCOLO_CONF")
    os.environ["PICCOLO_CONF"] = _CONF
    Migration._meta.db = engine
    try:
        yield
    finally:
        del sys.modules[_CONF]
        if before is None:
            del os.environ["PICCOLO_CONF"]
        else:
            os.environ["PICCOLO_CONF"] = before
