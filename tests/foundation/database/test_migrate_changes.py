"""Every kind of change to the tables, carried out on a database with rows, on both engines.

An empty database forgives most of them; a rebuild that forgets to switch foreign keys off deletes
the visits of every outlet without an error. So each story ends by counting the visits.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, OnDelete, Text, Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.foundation.database.drafts import new_migration
from backend.foundation.database.migrate import migrate
from backend.foundation.database.schema import Schema, pending_changes
from tests.foundation.database.places import Place

Tables = tuple[type[Table], ...]

ROWS = (
    "INSERT INTO outlet (id, code, name, floor, opened_ms) VALUES ('a', 'A1', 'Harbour', 1, 5)",
    "INSERT INTO outlet (id, code, name, floor, opened_ms) VALUES ('b', 'B2', 'Market', 2, 6)",
    "INSERT INTO visit (id, outlet, note) VALUES ('v1', 'a', 'clean')",
    "INSERT INTO visit (id, outlet, note) VALUES ('v2', 'a', 'no soap')",
)


def tables(
    columns: dict[str, Any] | None = None,
    *,
    name: str = "Outlet",
    visit: dict[str, Any] | None = None,
    without: tuple[str, ...] = (),
    others: Tables = (),
) -> Tables:
    """The two tables of the toy, with some columns different. None of it is imported later."""
    parts: dict[str, Any] = {
        "id": Text(primary_key=True, default=None),
        "code": Varchar(length=20),
        "name": Text(),
        "floor": Integer(null=True, default=None),
        "opened_ms": BigInt(default=0),
    } | (columns or {})
    kept = {key: part for key, part in parts.items() if key not in without}
    outlet = type(name, (Table,), kept)
    visits: dict[str, Any] = {
        "id": Text(primary_key=True, default=None),
        "outlet": ForeignKey(outlet, on_delete=OnDelete.cascade),
        "note": Text(),
    } | (visit or {})
    return (outlet, type("Visit", (Table,), visits), *others)


async def refused(place: Place, statement: str) -> None:
    with pytest.raises(Exception, match=r"(?i)constraint|unique|null|violates"):
        await place.run(statement)


@dataclass(frozen=True)
class Change:
    after: Callable[[], Tables]
    check: Callable[[Place], Awaitable[None]]
    renamed: bool = False


async def names_are(place: Place, *expected: tuple[Any, ...], sql: str) -> None:
    assert [tuple(row) for row in await place.rows(sql)] == list(expected)


async def new_column_is_empty(place: Place) -> None:
    await names_are(place, (None,), (None,), sql="SELECT phone FROM outlet ORDER BY id")


async def new_column_has_the_default(place: Place) -> None:
    await names_are(place, ("zh",), ("zh",), sql="SELECT language FROM outlet ORDER BY id")


async def column_is_gone(place: Place) -> None:
    assert "floor" not in await place.columns("outlet")


async def column_has_a_new_name(place: Place) -> None:
    await names_are(place, ("Harbour",), ("Market",), sql="SELECT title FROM outlet ORDER BY id")


async def code_is_unique(place: Place) -> None:
    await refused(place, "INSERT INTO outlet (id, code, name) VALUES ('c', 'A1', 'Twin')")


async def code_may_repeat(place: Place) -> None:
    await place.run("INSERT INTO outlet (id, code, name) VALUES ('c', 'A1', 'Twin')")


async def floor_is_demanded(place: Place) -> None:
    await refused(place, "INSERT INTO outlet (id, code, name, floor) VALUES ('c','C','C', NULL)")


async def name_may_be_absent(place: Place) -> None:
    await place.run("INSERT INTO outlet (id, code, name) VALUES ('c', 'C3', NULL)")


async def opened_is_text(place: Place) -> None:
    await names_are(place, ("5",), ("6",), sql="SELECT opened_ms FROM outlet ORDER BY id")


async def floor_is_wide(place: Place) -> None:
    await place.run(f"UPDATE outlet SET floor = {2**40} WHERE id = 'a'")
    await names_are(place, (2**40,), (2,), sql="SELECT floor FROM outlet ORDER BY id")


async def default_is_new(place: Place) -> None:
    await place.run("INSERT INTO outlet (id, code, name) VALUES ('c', 'C3', 'Pier')")
    await names_are(place, (77,), sql="SELECT opened_ms FROM outlet WHERE id = 'c'")


async def code_is_indexed(place: Place) -> None:
    assert "outlet_code" in await place.indexes("outlet")


async def table_has_a_new_name(place: Place) -> None:
    await names_are(place, ("Harbour",), ("Market",), sql="SELECT name FROM branch ORDER BY id")


async def parent_with_children_stays(place: Place) -> None:
    await refused(place, "DELETE FROM outlet WHERE id = 'a'")


async def negative_floor_is_refused(place: Place) -> None:
    await refused(place, "INSERT INTO outlet (id, code, name, floor) VALUES ('c', 'C', 'C', -1)")


async def pair_is_unique(place: Place) -> None:
    await refused(place, "INSERT INTO outlet (id, code, name, floor) VALUES ('c', 'A1', 'C', 1)")
    await place.run("INSERT INTO outlet (id, code, name, floor) VALUES ('c', 'A1', 'C', 9)")


async def other_table_is_there(place: Place) -> None:
    await place.run("INSERT INTO notice (id, outlet, done) VALUES ('n', 'a', true)")
    await refused(place, "INSERT INTO notice (id, outlet, done) VALUES ('m', 'nobody', true)")


async def visit_has_an_inspector(place: Place) -> None:
    await names_are(place, (None,), (None,), sql="SELECT inspector FROM visit ORDER BY id")


async def everything_at_once(place: Place) -> None:
    await column_has_a_new_name(place)
    await column_is_gone(place)
    await new_column_is_empty(place)
    await refused(place, "INSERT INTO outlet (id, code, title) VALUES ('c', 'A1', 'Twin')")


def with_notice() -> Tables:
    outlet, visit = tables()
    notice = type(
        "Notice",
        (Table,),
        {
            "id": Text(primary_key=True, default=None),
            "outlet": ForeignKey(outlet, on_delete=OnDelete.restrict),
            "done": Boolean(),
        },
    )
    return (outlet, visit, notice)


def with_inspector() -> Tables:
    inspector = type("Inspector", (Table,), {"id": Text(primary_key=True, default=None)})
    who = ForeignKey(inspector, null=True, default=None, on_delete=OnDelete.set_null)
    return (*tables(visit={"inspector": who}), inspector)


CHANGES = {
    "a nullable column is added": Change(
        lambda: tables({"phone": Text(null=True, default=None)}), new_column_is_empty
    ),
    "a column with a default is added": Change(
        lambda: tables({"language": Varchar(length=2, default="zh")}), new_column_has_the_default
    ),
    "a unique column is added": Change(
        lambda: tables({"phone": Text(null=True, default=None, unique=True)}), new_column_is_empty
    ),
    "a column is dropped": Change(lambda: tables(without=("floor",)), column_is_gone),
    "a column is renamed": Change(
        lambda: tables({"title": Text()}, without=("name",)), column_has_a_new_name, renamed=True
    ),
    "a column becomes unique": Change(
        lambda: tables({"code": Varchar(length=20, unique=True)}), code_is_unique
    ),
    "a column becomes required": Change(
        lambda: tables({"floor": Integer(null=False, default=0)}), floor_is_demanded
    ),
    "a column becomes optional": Change(
        lambda: tables({"name": Text(null=True)}), name_may_be_absent
    ),
    "a number becomes text": Change(
        lambda: tables({"opened_ms": Text(default="0")}), opened_is_text
    ),
    "a number becomes wide": Change(
        lambda: tables({"floor": BigInt(null=True, default=None)}), floor_is_wide
    ),
    "a text becomes longer": Change(lambda: tables({"code": Varchar(length=200)}), code_may_repeat),
    "a default changes": Change(lambda: tables({"opened_ms": BigInt(default=77)}), default_is_new),
    "a column gets an index": Change(
        lambda: tables({"code": Varchar(length=20, index=True, index_method=IndexMethod.btree)}),
        code_is_indexed,
    ),
    "a table is renamed": Change(lambda: tables(name="Branch"), table_has_a_new_name, renamed=True),
    "deleting a parent is no longer passed on": Change(
        lambda: tables(visit={"outlet": ForeignKey(tables()[0], on_delete=OnDelete.restrict)}),
        parent_with_children_stays,
    ),
    "a check is added": Change(
        lambda: tables({"floor_is_real": Check("floor >= 0")}), negative_floor_is_refused
    ),
    "a pair becomes unique": Change(
        lambda: tables({"one_per_floor": Unique(["code", "floor"])}), pair_is_unique
    ),
    "a table is added": Change(with_notice, other_table_is_there),
    "a reference is added": Change(with_inspector, visit_has_an_inspector),
    "much at once": Change(
        lambda: tables(
            {
                "title": Text(),
                "code": Varchar(length=20, unique=True),
                "phone": Text(null=True, default=None),
            },
            without=("name", "floor"),
        ),
        everything_at_once,
    ),
}


async def carried_out(place: Place, folder: Path, after: Tables, *, renamed: bool) -> None:
    schema = Schema(after, folder=folder)
    assert await pending_changes(schema)
    assert await new_migration("change", schema, renames_confirmed=renamed)
    assert len(await migrate(place.url, schema)) == 1
    assert await pending_changes(schema) == []


@pytest.mark.parametrize("story", CHANGES)
async def test_a_change_of_the_tables_keeps_every_row(place: Place, tmp_path: Path, story: str):
    change, folder = CHANGES[story], tmp_path / "migrations"
    before = Schema(tables(), folder=folder)
    await new_migration("start", before)
    await migrate(place.url, before)
    await place.run(*ROWS)
    if story == "much at once":
        await rename_first(place, folder)
    await carried_out(place, folder, change.after(), renamed=change.renamed)
    outlets = await place.rows("SELECT id FROM visit ORDER BY id")
    assert [row[0] for row in outlets] == ["v1", "v2"]
    await change.check(place)


async def rename_first(place: Place, folder: Path) -> None:
    """Piccolo asks one question for all renames, so the rename has a migration of its own."""
    renamed = tables({"title": Text()}, without=("name",))
    await carried_out(place, folder, renamed, renamed=True)


@pytest.mark.parametrize(
    "undone", ["a check is added", "a pair becomes unique", "a table is added"]
)
async def test_a_change_can_be_taken_back_by_the_next(place: Place, tmp_path: Path, undone: str):
    folder = tmp_path / "migrations"
    start = Schema(tables(), folder=folder)
    await new_migration("start", start)
    await migrate(place.url, start)
    await place.run(*ROWS)
    await carried_out(place, folder, CHANGES[undone].after(), renamed=False)
    await carried_out(place, folder, tables(), renamed=False)
    await place.run("INSERT INTO outlet (id, code, name, floor) VALUES ('c', 'A1', 'C', -1)")
    await place.run("INSERT INTO outlet (id, code, name, floor) VALUES ('d', 'A1', 'C', -1)")
    assert [row[0] for row in await place.rows("SELECT count(*) FROM visit")] == [2]
