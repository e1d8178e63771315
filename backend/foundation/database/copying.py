"""One moment of a living database as one SQLite file, and back into either engine.

Promises: the file holds every row of every table as of one moment, without stopping whoever writes;
it holds no free pages, where what was deleted could still be read; what is put back is there as a
whole or not at all. PostgreSQL is read in one REPEATABLE READ transaction, row by row, so that the
same file can be checked and put back without a PostgreSQL of the same version, or without any.

It does not hold what is no table of ours: roles, settings, other schemas of the server.
"""

import asyncio
import contextlib
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from piccolo.columns import Boolean
from piccolo.table import Table

from backend.foundation.database.engine import Database, database_for
from backend.foundation.database.migrate import migrate
from backend.foundation.database.schema import APP_NAME, Schema, history
from backend.foundation.database.sqlite import BUSY_MS, SqliteDatabase, SqliteTx
from backend.foundation.database.transaction import Tx

ROWS_AT_ONCE = 2000
_APPLIED = f"SELECT name FROM migration WHERE app_name = '{APP_NAME}' ORDER BY name"
_EMPTY_HOLDS = ("sync_counter", "derived")  # rows of its own, in an installation nobody has used
Finish = Callable[[Tx], Awaitable[None]]


async def freeze(database: Database, file: Path, schema: Schema) -> None:
    """Writes the database as it stands in this moment into a new file, which is on the disk when
    this returns. Raises sqlite3.Error or OSError when it cannot be written."""
    if isinstance(database, SqliteDatabase):
        await asyncio.to_thread(_freeze_file, database.path, file)
    else:
        await migrate(f"sqlite:///{file}", schema)
        with closing(_raw(file)) as connection:
            # The file is made anew after a crash, so nothing of it has to be safe half way.
            connection.execute("PRAGMA synchronous=OFF").close()
            connection.execute("BEGIN")
            async with database.reading() as tx:
                await _copy_rows(tx, SqliteTx(connection), schema.tables)
            connection.execute("COMMIT")
    _remove_beside(file)
    _flush(file)


async def thaw(file: Path, url: str, schema: Schema, scratch: Path, finish: Finish) -> None:
    """Puts a frozen file into the empty database at `url`, brought to the tables of this version;
    `finish` has the last word in the same transaction. `scratch` is a folder on the file system of
    an SQLite database, for a copy that is altered. Raises MigrationFailed."""
    copy = scratch / "thawing.db"
    await asyncio.to_thread(shutil.copyfile, file, copy)
    await migrate(f"sqlite:///{copy}", schema)
    if url.startswith("sqlite:///"):
        await _finished(database_for(f"sqlite:///{copy}"), finish)
        _flush(copy)
        _take_place(copy, Path(url.removeprefix("sqlite:///")))
        return
    await migrate(url, schema)

    async def filled(tx: Tx) -> None:
        with closing(_raw(copy)) as connection:
            for own in _EMPTY_HOLDS:
                await tx.run(f"DELETE FROM {own}")
            await _copy_rows(SqliteTx(connection), tx, schema.tables)
        await finish(tx)

    await _finished(database_for(url), filled)


async def applied(tx: Tx) -> list[str]:
    """The migrations that this database has been through, in order."""
    return [name for (name,) in await tx.tuples(_APPLIED)]


def known(schema: Schema) -> list[str]:
    """The migrations that this version knows, in order."""
    return list(history(schema.folder))


async def is_made(tx: Tx) -> bool:
    """Whether there are tables at all. Ours or somebody else's."""
    if tx.dialect == "sqlite":
        sql = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"
    else:
        sql = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()"
    return (await tx.tuples(sql))[0][0] > 0


async def pages(tx: Tx, select: str, size: int = ROWS_AT_ONCE) -> AsyncIterator[Sequence[Any]]:
    """The rows of a SELECT without WHERE whose first column is `id`, a page at a time, by id."""
    rows = await tx.tuples(f'{select} ORDER BY "id" LIMIT {size}')
    while rows:
        yield rows
        if len(rows) < size:
            return
        after = rows[-1][0]
        rows = await tx.tuples(f'{select} WHERE "id" > ? ORDER BY "id" LIMIT {size}', after)


def _freeze_file(source: Path, file: Path) -> None:
    with (
        closing(sqlite3.connect(source, timeout=BUSY_MS / 1000)) as living,
        closing(sqlite3.connect(file, isolation_level=None)) as copy,
    ):
        living.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").close()
        copy.execute("VACUUM").close()


def _raw(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


async def _copy_rows(source: Tx, target: Tx, tables: Sequence[type[Table]]) -> None:
    for table in tables:
        columns = sorted(table._meta.columns, key=lambda one: one._meta.name != "id")
        names = ", ".join(f'"{column._meta.name}"' for column in columns)
        marks = ", ".join("?" for _ in columns)
        name = table._meta.tablename
        yes_no = [at for at, column in enumerate(columns) if isinstance(column, Boolean)]
        insert = f'INSERT INTO "{name}" ({names}) VALUES ({marks})'
        async for rows in pages(source, f'SELECT {names} FROM "{name}"'):
            await target.run_many(insert, [_with_booleans(row, yes_no) for row in rows])


def _with_booleans(row: Sequence[Any], places: list[int]) -> Sequence[Any]:
    """SQLite has whole numbers where PostgreSQL takes nothing but true and false."""
    values = list(row)
    for place in places:
        if values[place] is not None:
            values[place] = bool(values[place])
    return values


async def _finished(database: Database, finish: Finish) -> None:
    await database.open()
    try:
        async with database.unit_of_work() as tx:
            await finish(tx)
    finally:
        await database.close()


def _take_place(copy: Path, path: Path) -> None:
    # What the empty database left in its log belongs to other pages than the ones that come.
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    copy.replace(path)
    _flush_folder(path.parent)


def _remove_beside(file: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        file.with_name(f"{file.name}.migrating").unlink()


def _flush(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
