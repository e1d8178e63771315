"""A database that is away or full is no mistake of ours: the same work may be sent again later.

Answered as a mistake (500) it would make a phone suspect its commands one after the other, and hand
over good work as something that nobody can read.
"""

import asyncio
import gc
import socket
from pathlib import Path

import pytest

from backend.foundation.database.engine import Database, database_for
from backend.foundation.database.sqlite import SqliteDatabase
from backend.foundation.database.transaction import Busy, Tx
from tests.kit.services.postgres import Postgres


async def written(database: Database) -> None:
    async with database.unit_of_work() as tx:
        await tx.run("INSERT INTO thing (name) VALUES ('x')")


async def own_pid(tx: Tx) -> int:
    return (await tx.tuples("SELECT pg_backend_pid()"))[0][0]


async def test_postgres_ends_a_connection_in_the_middle_of_the_work(postgres: Postgres) -> None:
    database = database_for(postgres.new_database())
    await database.open()

    async def torn() -> None:
        async with database.unit_of_work() as tx:
            pid = await own_pid(tx)
            await asyncio.to_thread(postgres.run, f"SELECT pg_terminate_backend({pid})")
            await tx.tuples("SELECT 1")

    with pytest.raises(Busy):
        await torn()
    async with database.reading() as tx:
        assert len(await tx.tuples("SELECT 1")) == 1
    await database.close()


async def test_postgres_ends_what_rested_in_the_pool(postgres: Postgres) -> None:
    """A restart of the server: the first request may have to come again, never to fail."""
    database = database_for(postgres.new_database())
    await database.open()
    async with database.reading() as tx:
        pid = await own_pid(tx)
    await asyncio.to_thread(postgres.run, f"SELECT pg_terminate_backend({pid})")
    for _ in range(3):
        try:
            async with database.reading() as tx:
                await tx.tuples("SELECT 1")
            break
        except Busy:
            continue
    else:
        raise AssertionError("never had again")
    await database.close()


async def test_postgres_that_is_not_there_when_asked(postgres: Postgres) -> None:
    database = database_for(postgres.new_database())
    await database.open()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        await database._pool.expire_connections()  # type: ignore[union-attr]
        database._pool.set_connect_args(f"postgresql://127.0.0.1:{nobody.getsockname()[1]}/x")  # type: ignore[union-attr]
        with pytest.raises(Busy):
            await written(database)
        with pytest.raises(Busy):
            async with database.reading():
                pass
    await database.close()


async def test_a_disk_without_room_is_no_mistake(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "full.db")
    await database.open()
    async with database.unit_of_work() as tx:
        await tx.run("CREATE TABLE thing (name TEXT)")
    assert database._writer is not None
    (pages,) = database._writer.execute("PRAGMA page_count").fetchone()
    database._writer.execute(f"PRAGMA max_page_count={pages}").close()

    async def much(many: bool) -> None:
        async with database.unit_of_work() as tx:
            for _ in range(200):
                if many:
                    await tx.run_many("INSERT INTO thing VALUES (?)", [("x" * 900,)])
                else:
                    await tx.run("INSERT INTO thing VALUES (?)", "x" * 900)

    for many in (False, True):
        with pytest.raises(Busy):
            await much(many)
    database._writer.execute("PRAGMA max_page_count=100000").close()
    await much(True)
    async with database.reading() as tx:
        assert (await tx.tuples("SELECT count(*) FROM thing"))[0][0] == 200
    await database.close()


@pytest.mark.parametrize("turns", range(12))
async def test_a_greeting_that_is_cut_short_leaves_nothing_unread(turns: int) -> None:
    """A phone that hangs up while its request waits for a new connection is no failure."""

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(8)  # whether the server speaks TLS
        writer.close()

    unread: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unread.append(context))
    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    opening = asyncio.create_task(database_for(f"postgresql://x@127.0.0.1:{port}/x").open())
    await _turned(turns)
    opening.cancel()
    with pytest.raises((asyncio.CancelledError, RuntimeError)):
        await opening
    del opening
    server.close()
    await _turned(10)
    gc.collect()
    assert unread == []


async def _turned(turns: int) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)
