"""What the runner promises beside carrying changes out: whole or not at all, alone, and guarded."""

import asyncio
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
from piccolo.columns import Text
from piccolo.table import Table

from backend.foundation.database.drafts import new_migration
from backend.foundation.database.migrate import MigrationFailed, migrate
from backend.foundation.database.schema import Schema, pending_changes
from tests.foundation.database.places import Place
from tests.foundation.database.starter import ChangeRow, Fact, Outlet, schema
from tests.kit.services.postgres import Postgres

PUBLISHED = "INSERT INTO change_row (id, bucket, ver) VALUES ('k{0}', 'org', {0})"


@pytest.fixture
async def folder(tmp_path: Path, place: Place) -> Path:
    """The migrations of the toy, already carried out."""
    made = tmp_path / "migrations"
    await new_migration("start", schema(made))
    await migrate(place.url, schema(made))
    return made


def write_migration(folder: Path, name: str, body: str) -> None:
    identity = f"2999-01-01T00:00:00:{name}"
    text = f"""
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.engine import engine_finder

ID = "{identity}"

async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description="")
    async def step():
{body}
    manager.add_raw(step)
    manager.add_column(
        table_class_name="Outlet", tablename="outlet", column_name="{name}",
        db_column_name="{name}", column_class_name="Text", column_class=Text,
        params={{"default": "", "null": False, "primary_key": False, "unique": False,
                 "index": False, "choices": None, "db_column_name": None,
                 "secret": False}},
    )
    return manager
"""
    folder.joinpath(f"late_{name}.py").write_text(text)


async def test_a_second_start_finds_nothing_to_do(place: Place, folder: Path):
    before = await place.triggers()
    assert await migrate(place.url, schema(folder)) == []
    assert await place.triggers() == before
    assert await pending_changes(schema(folder)) == []


async def test_two_servers_that_start_at_once_migrate_once(place: Place, tmp_path: Path):
    """Both replicas of a new version come up together; one used to die with a duplicate."""
    folder = tmp_path / "migrations"
    await new_migration("start", schema(folder))
    starts = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.foundation.database.starter", place.url, str(folder)),
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(3)
    ]
    said = [(await start.communicate())[0].decode().strip() for start in starts]
    assert sorted(said) == ["0", "0", "1"]


async def test_a_failed_migration_leaves_nothing_behind(place: Place, folder: Path):
    """The step wrote a row before something went wrong: row, column and record all go."""
    body = """
        run = engine_finder().run_ddl
        await run("INSERT INTO fact (id, said) VALUES ('f', 'half done')")
        await run("INSERT INTO nowhere VALUES (1)")
"""
    write_migration(folder, "phone", body)
    with pytest.raises(MigrationFailed, match=r"phone was undone: .*nowhere"):
        await migrate(place.url, schema(folder))
    assert [row[0] for row in await place.rows("SELECT count(*) FROM fact")] == [0]
    assert "phone" not in await place.columns("outlet")
    assert [row[0] for row in await place.rows("SELECT count(*) FROM migration")] == [1]


async def test_the_migrations_before_a_failed_one_stay(place: Place, folder: Path):
    write_migration(folder, "alpha", "        pass\n")
    write_migration(folder, "beta", "        raise RuntimeError('not today')\n")
    with pytest.raises(MigrationFailed, match="not today"):
        await migrate(place.url, schema(folder))
    columns = await place.columns("outlet")
    assert "alpha" in columns
    assert "beta" not in columns


async def test_a_step_and_the_change_of_the_table_happen_together(place: Place, folder: Path):
    body = f"""
        run = engine_finder().run_ddl
        await run("INSERT INTO outlet (id, name) VALUES ('a', 'Harbour')")
        await run("{PUBLISHED.format(1)}")
"""
    write_migration(folder, "phone", body)
    assert len(await migrate(place.url, schema(folder))) == 1
    assert [tuple(row) for row in await place.rows("SELECT name, phone FROM outlet")] == [
        ("Harbour", "")
    ]


async def test_the_file_is_copied_before_it_is_changed(tmp_path: Path):
    place, made = Place(f"sqlite:///{tmp_path / 'place.db'}"), tmp_path / "migrations"
    await new_migration("start", schema(made))
    await migrate(place.url, schema(made))
    copy = tmp_path / "place.db.before-migration"
    assert not copy.exists()
    await place.run("INSERT INTO outlet (id, name) VALUES ('a', 'Harbour')")
    write_migration(made, "phone", "        pass\n")
    await migrate(place.url, schema(made))
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT * FROM outlet").fetchall() == [("a", "Harbour")]


async def test_a_rebuild_keeps_indexes_and_triggers_made_by_hand(tmp_path: Path):
    place, made = Place(f"sqlite:///{tmp_path / 'place.db'}"), tmp_path / "migrations"
    await new_migration("start", schema(made))
    await migrate(place.url, schema(made))
    await place.run(
        "CREATE INDEX by_hand ON outlet (lower(name))",
        "CREATE TRIGGER also_by_hand AFTER INSERT ON outlet BEGIN SELECT 1; END",
    )
    write_migration(made, "phone", "        pass\n")
    await migrate(place.url, schema(made))
    assert "by_hand" in await place.indexes("outlet")
    assert "also_by_hand" in await place.triggers()


async def test_a_rebuild_that_would_lose_a_reference_is_refused(tmp_path: Path):
    place, made = Place(f"sqlite:///{tmp_path / 'place.db'}"), tmp_path / "migrations"
    await new_migration("start", schema(made))
    await migrate(place.url, schema(made))
    with closing(sqlite3.connect(place.path)) as connection:
        connection.execute("CREATE TABLE child (outlet text REFERENCES outlet (id))")
        connection.execute("INSERT INTO child VALUES ('nobody')")
        connection.commit()
    write_migration(made, "phone", "        pass\n")
    with pytest.raises(MigrationFailed, match="rows without the row they refer to"):
        await migrate(place.url, schema(made))


async def test_a_fact_can_be_added_but_not_altered(place: Place, folder: Path):
    await place.run("INSERT INTO fact (id, said) VALUES ('f', 'Submitted')")
    for change in ("UPDATE fact SET said = 'nothing'", "DELETE FROM fact"):
        with pytest.raises(
            (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError),
            match="fact is append-only",
        ):
            await place.run(change)
    assert [row[0] for row in await place.rows("SELECT said FROM fact")] == ["Submitted"]


async def test_a_commit_without_its_change_row_is_refused(postgres: Postgres, tmp_path: Path):
    """The forgotten writer: phones would keep the old outlet for ever."""
    place = await guarded_place(postgres.new_database(), tmp_path)
    with pytest.raises(
        asyncpg.IntegrityConstraintViolationError,
        match="outlet was changed in a transaction without a change row",
    ):
        await place.run("INSERT INTO outlet (id, name) VALUES ('a', 'Harbour')")
    await place.run("INSERT INTO outlet (id, name) VALUES ('a', 'Harbour')", PUBLISHED.format(1))
    for change in ("UPDATE outlet SET name = 'Pier'", "DELETE FROM outlet"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await place.run(change)


async def guarded_place(url: str, tmp_path: Path) -> Place:
    made = tmp_path / "migrations"
    await new_migration("start", schema(made))
    await migrate(url, schema(made))
    return Place(url)


async def test_a_change_row_of_another_transaction_or_of_a_savepoint_undone_is_not_enough(
    postgres: Postgres, tmp_path: Path
):
    place = await guarded_place(postgres.new_database(), tmp_path)
    connection = await asyncpg.connect(place.url)
    await connection.execute(PUBLISHED.format(1))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await connection.execute("INSERT INTO outlet (id, name) VALUES ('a', 'Harbour')")
    undone = (
        "BEGIN; INSERT INTO outlet (id, name) VALUES ('a', 'Harbour'); SAVEPOINT s; "
        f"{PUBLISHED.format(2)}; ROLLBACK TO SAVEPOINT s; COMMIT"
    )
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await connection.execute(undone)
    touched_nothing = (
        "BEGIN; INSERT INTO outlet (id, name) VALUES ('a', 'Harbour'); "
        "UPDATE change_row SET ver = 9 WHERE id = 'nobody'; COMMIT"
    )
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await connection.execute(touched_nothing)
    await connection.close()


async def test_guards_that_somebody_dropped_or_switched_off_come_back(place: Place, folder: Path):
    before = await place.triggers()
    for name in before:
        table = "fact" if "_fact_" in name else "outlet" if "_outlet_" in name else "change_row"
        if place.is_sqlite:
            await place.run(f"DROP TRIGGER {name}")
        elif "update" in name:
            await place.run(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        else:
            await place.run(f"DROP TRIGGER {name} ON {table}")
    await migrate(place.url, schema(folder))
    assert await place.triggers() == before
    await place.run("INSERT INTO fact (id, said) VALUES ('f', 'Submitted')")
    with pytest.raises(Exception, match="append-only"):
        await place.run("UPDATE fact SET said = 'nothing'")


async def test_a_table_that_is_no_longer_guarded_loses_its_guard(place: Place, folder: Path):
    await migrate(place.url, Schema((Outlet, Fact, ChangeRow), folder=folder))
    assert await place.triggers() == set()


async def test_an_index_over_two_columns_comes_and_goes_with_its_declaration(
    place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    assert "xi_change_row__bucket__ver" in await place.indexes("change_row")
    monkeypatch.setattr(ChangeRow, "indexed_together", (("ver", "bucket"),))
    await migrate(place.url, schema(folder))
    assert "xi_change_row__ver__bucket" in await place.indexes("change_row")
    assert "xi_change_row__bucket__ver" not in await place.indexes("change_row")


async def test_an_index_over_some_rows_comes_and_goes_with_its_condition(
    place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    for condition in ("ver > 10", "ver > 20"):
        monkeypatch.setattr(ChangeRow, "indexed_where", {condition: ("bucket",)}, raising=False)
        await migrate(place.url, schema(folder))
        made = [one for one in await place.indexes("change_row") if one.startswith("xi_")]
        partial = [name for name in made if name.endswith("__bucket")]
        assert len(partial) == 1
        assert condition in await place.definition(partial[0])
    monkeypatch.delattr(ChangeRow, "indexed_where")
    await migrate(place.url, schema(folder))
    assert partial[0] not in await place.indexes("change_row")


async def test_a_new_migration_says_its_name_and_none_is_made_when_nothing_differs(tmp_path: Path):
    made = tmp_path / "migrations"
    file = await new_migration("Add the umbrella loans", schema(made))
    assert file
    assert re.fullmatch(r"xunfang_2\w+_add_the_umbrella_loans\.py", file.name)
    assert await new_migration("again", schema(made)) is None


def test_two_tables_of_one_class_name_are_refused():
    twin = type("Outlet", (Table,), {"id": Text(primary_key=True)}, tablename="twin")
    with pytest.raises(AssertionError, match="share a class name"):
        Schema((Outlet, twin))
