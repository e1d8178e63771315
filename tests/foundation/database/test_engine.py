"""Both engines behave alike where it matters."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.foundation.database.engine import Database, database_for
from backend.foundation.database.rows import write_all
from backend.foundation.database.sqlite import SqliteDatabase
from backend.foundation.database.transaction import ConstraintBroken, Tx, among, numbered
from backend.foundation.journal.manifest import Manifest
from backend.foundation.journal.members import MEMBERS, Membership
from backend.foundation.journal.records import RECORDS, Record
from tests.kit.services.postgres import Postgres
from tests.kit.toy.feature import BOXES, Box, BoxTable
from tests.kit.world import opened


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database]:
    async with opened(engine_url, (Manifest("toys", tables=(BoxTable,)),)) as database:
        yield database


def a_box(id: str, name: str = "一号") -> Box:
    return Box(id, name, "o1", 1, True, ["它", "b"])


async def test_rows_come_back_as_they_went(database: Database) -> None:
    async with database.unit_of_work() as tx:
        await BOXES.upsert(tx, [a_box("a"), a_box("b", "二号")])
    async with database.reading() as tx:
        assert await BOXES.load(tx, ["b", "zz"]) == [a_box("b", "二号")]
        assert await BOXES.find(tx, "place", "o1") == [a_box("a"), a_box("b", "二号")]
        assert await BOXES.load(tx, []) == []


async def test_of_two_rows_with_one_id_the_later_one_stays(database: Database) -> None:
    async with database.unit_of_work() as tx:
        await BOXES.upsert(tx, [a_box("a"), a_box("b", "二号"), a_box("a", "三号")])
        assert [box.name for box in await BOXES.load(tx, ["a"])] == ["三号"]


async def test_rows_of_several_tables_are_written_together(database: Database) -> None:
    record = Record("box:a", "box", "a", 1, '{"name":"o\'clock ? {}"}')
    member = Membership("b|p", "b", "p", 1, None)
    async with database.unit_of_work() as tx:
        await write_all(
            tx,
            [
                BOXES.upserting([a_box("a"), a_box("b", "二号")]),
                RECORDS.inserting([]),
                RECORDS.upserting([record]),
                MEMBERS.inserting([member]),
            ],
        )
        await write_all(tx, [])
    async with database.looking() as tx:
        assert await BOXES.load(tx, ["b"]) == [a_box("b", "二号")]
        assert await RECORDS.load(tx, ["box:a"]) == [record]
        assert await MEMBERS.load(tx, ["b|p"]) == [member]


async def test_a_row_that_is_there_breaks_an_insertion_and_all_beside_it(
    database: Database,
) -> None:
    record = Record("box:a", "box", "a", 1, "{}")
    async with database.unit_of_work() as tx:
        await BOXES.upsert(tx, [a_box("a")])

    async def again() -> None:
        async with database.unit_of_work() as tx:
            await write_all(tx, [RECORDS.upserting([record]), BOXES.inserting([a_box("a")])])

    with pytest.raises(ConstraintBroken):
        await again()
    async with database.reading() as tx:
        assert await RECORDS.load(tx, ["box:a"]) == []


async def test_a_name_locked_inside_a_savepoint_is_given_back_with_it(
    postgres: Postgres,
) -> None:
    """And is taken anew when it is asked for again; a name that is held is not asked for twice."""

    async def give_up(tx: Tx) -> None:
        async with tx.savepoint():
            await tx.lock(["a", "b"])
            raise ZeroDivisionError

    async def held(tx: Tx) -> int:
        rows = await tx.tuples(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND pid = pg_backend_pid()"
        )
        return rows[0][0]

    database = database_for(postgres.new_database())
    await database.open()
    async with database.unit_of_work() as tx:
        await tx.lock(["a"])
        with pytest.raises(ZeroDivisionError):
            await give_up(tx)
        assert await held(tx) == 1
        await tx.lock(["a", "b"])
        assert await held(tx) == 2
    await database.close()


async def test_names_are_held_from_the_beginning_however_many(postgres: Postgres) -> None:
    """Who asks for one of them waits; one who gives up waiting leaves the connection clean."""
    database = database_for(postgres.new_database())
    await database.open()
    order: list[str] = []

    async def later(name: str) -> None:
        async with database.unit_of_work([name]) as tx:
            await tx.lock([name])  # held already: no query
            order.append(name)

    async with database.unit_of_work(f"n{number}" for number in range(2500)) as tx:
        counted = (
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"
        )
        assert (await tx.tuples(counted))[0][0] == 2500
        waiting = [asyncio.create_task(later("n7")) for _ in range(3)]
        await asyncio.sleep(0.1)
        waiting[0].cancel()
        await asyncio.sleep(0.05)
        assert order == []
    assert isinstance((await asyncio.gather(*waiting, return_exceptions=True))[0], BaseException)
    assert order == ["n7", "n7"]
    async with database.unit_of_work() as tx:
        assert (await tx.tuples(counted))[0][0] == 0
    await database.close()


async def test_units_that_hold_the_same_names_do_not_wait_in_a_ring(postgres: Postgres) -> None:
    database = database_for(postgres.new_database())
    await database.open()
    names = [f"n{number}" for number in range(50)]

    async def one(turn: int) -> None:
        async with database.unit_of_work(names[turn:] + names[:turn]) as tx:
            await tx.tuples("SELECT 1")

    await asyncio.gather(*[one(turn) for turn in range(40)])
    await database.close()


async def test_a_failed_unit_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.unit_of_work() as tx:
            await BOXES.upsert(tx, [a_box("a")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.reading() as tx:
        assert await BOXES.load(tx, ["a"]) == []


async def test_a_savepoint_takes_back_only_its_own(database: Database) -> None:
    async def two_of_one_name(tx: Tx) -> None:
        async with tx.savepoint():
            await BOXES.upsert(tx, [a_box("c", "三号")])
            await BOXES.upsert(tx, [a_box("b")])

    async with database.unit_of_work() as tx:
        await BOXES.upsert(tx, [a_box("a")])
        with pytest.raises(ConstraintBroken):
            await two_of_one_name(tx)
    async with database.reading() as tx:
        assert [box.id for box in await BOXES.load(tx, ["a", "b", "c"])] == ["a"]


async def test_a_reader_sees_one_moment(database: Database) -> None:
    async with database.reading() as before:
        assert await BOXES.load(before, ["a"]) == []
        await asyncio.create_task(_written(database))
        assert await BOXES.load(before, ["a"]) == []


async def _written(database: Database) -> None:
    async with database.unit_of_work() as tx:
        await BOXES.upsert(tx, [a_box("a")])


async def test_a_transaction_inside_a_transaction_is_a_mistake_told_at_once(
    database: Database,
) -> None:
    """With few asking it goes well; with as many as the pool holds, all wait for ever."""
    async with database.reading():
        with pytest.raises(AssertionError, match="inside a transaction"):
            async with database.reading():
                pass
    async with database.reading() as tx:
        assert await BOXES.load(tx, ["a"]) == []


async def test_read_then_write_never_loses_an_update(database: Database) -> None:
    async with database.unit_of_work() as tx:
        await BOXES.upsert(tx, [Box("a", "一号", "o1", 0, False, [])])

    async def one_more() -> None:
        async with database.unit_of_work() as tx:
            await tx.lock(["box:a"])
            (box,) = await BOXES.load(tx, ["a"])
            await asyncio.sleep(0)
            await tx.run("UPDATE toy_box SET total = ? WHERE id = ?", box.total + 1, "a")

    await asyncio.gather(*[one_more() for _ in range(40)])
    async with database.reading() as tx:
        assert (await BOXES.load(tx, ["a"]))[0].total == 40


async def test_cancelled_work_leaves_no_lock_behind(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.unit_of_work() as tx:
            await BOXES.upsert(tx, [a_box(f"x{number}", f"name {number}")])
            await asyncio.sleep(0)
            await BOXES.upsert(tx, [a_box(f"y{number}", f"other {number}")])

    tasks = [asyncio.create_task(write(number)) for number in range(60)]
    for number, task in enumerate(tasks):
        if number % 3 == 0:
            await asyncio.sleep(0.001)
            task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    committed = sum(result is None for result in done)
    async with database.unit_of_work() as tx:
        (row,) = await tx.fetch("SELECT COUNT(*) AS n FROM toy_box")
    # A task cancelled while its commit is on the way may still have committed: never half.
    assert row["n"] % 2 == 0
    assert row["n"] >= 2 * committed


async def test_among_takes_any_number(database: Database) -> None:
    async with database.reading() as tx:
        clause, args = among(tx, "id", [f"{n}" for n in range(70_000)])
        assert await tx.fetch(f"SELECT id FROM toy_box WHERE {clause}", *args) == []


def test_placeholders_are_numbered_outside_quotes() -> None:
    assert numbered("a = ? AND b = '?' AND c = ?") == "a = $1 AND b = '?' AND c = $2"


@pytest.mark.parametrize("url", ["mysql://x", "sqlite://x", ""])
def test_another_engine_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="engine"):
        database_for(url)


async def test_sqlite_commits_to_the_disk(tmp_path: Path) -> None:
    """An acknowledgement is a promise: WAL with full flushes, foreign keys on."""
    database = SqliteDatabase(tmp_path / "a.db")
    await database.open()
    async with database.unit_of_work() as tx:
        assert (await tx.tuples("PRAGMA synchronous"))[0][0] == 2
        assert (await tx.tuples("PRAGMA journal_mode"))[0][0] == "wal"
        assert (await tx.tuples("PRAGMA foreign_keys"))[0][0] == 1
    await database.close()
