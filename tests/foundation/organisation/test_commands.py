"""The organisation through the one gate, on both engines."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import msgspec
import pytest

from backend.foundation.database.engine import Database
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation import directory
from backend.foundation.organisation.manifest import MANIFEST
from tests.kit.world import Phone, journal_on, opened

ADMIN = Actor("root", "Root", (Grant("admin"),), "desk-of-root")
SECRETARY = Actor("sue", "Sue", (Grant("secretariat"),), "desk-of-sue")
MANAGER = Actor("max", "Max", (Grant("manager"),), "phone-of-max")
CITY = {"code": "1", "name": {"zh": "市分行", "en": "City branch"}, "level": "branch"}
LAKE = {"code": "lake", "name": {"zh": "湖滨", "en": "Lakeside"}, "unit": "city"}


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database]:
    async with opened(engine_url, (MANIFEST,)) as database:
        yield database


@pytest.fixture
def admin(database: Database) -> Phone:
    return Phone(journal_on(database, MANIFEST), ADMIN)


async def ask(phone: Phone, op: str, rec: tuple[str, str], args: Any = None) -> str | None:
    """The code of the refusal, or None when it was applied."""
    answer = await phone.do(f"organisation.{op}", rec, args)
    assert answer.s == ("rejected" if answer.code else "applied")
    return answer.code


async def body(database: Database, key: str) -> Any:
    async with database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE id = ?", key)
        places = await tx.tuples("SELECT bucket FROM sync_row WHERE rec_key = ?", key)
    assert [place[0] for place in places] == ["org"]
    return msgspec.json.decode(rows[0][0])


async def furnished(admin: Phone) -> None:
    assert await ask(admin, "add_unit", ("unit", "city"), CITY) is None
    assert await ask(admin, "add_outlet", ("outlet", "lake"), LAKE) is None


async def test_units_and_outlets_reach_every_phone(admin: Phone, database: Database):
    await furnished(admin)
    assert await body(database, "unit:city") == CITY | {"parent": None, "closed_on": None}
    assert await body(database, "outlet:lake") == {
        "code": "lake",
        "name": {"zh": "湖滨", "en": "Lakeside"},
        "kind": "outlet",
        "unit": "city",
        "address": {"zh": "", "en": ""},
        "open_days": "workdays",
        "own_days": None,
        "closed_on": None,
    }


async def test_a_self_service_point_needs_nobody_on_its_staff(admin: Phone, database: Database):
    """Source system E4."""
    await furnished(admin)
    point = LAKE | {"code": "S1", "kind": "self_service", "open_days": "all"}
    assert await ask(admin, "add_outlet", ("outlet", "s1"), point) is None
    found = await body(database, "outlet:s1")
    assert (found["kind"], found["open_days"]) == ("self_service", "all")


async def test_changes_name_only_what_changes(admin: Phone, database: Database):
    await furnished(admin)
    west = {"code": "2", "name": {"zh": "西", "en": "W"}, "level": "sub_branch", "parent": "city"}
    assert await ask(admin, "add_unit", ("unit", "west"), west) is None
    assert await ask(admin, "change_outlet", ("outlet", "lake"), {"unit": "west"}) is None
    assert (await body(database, "outlet:lake"))["unit"] == "west"
    assert (await body(database, "outlet:lake"))["name"] == LAKE["name"]
    renamed = {"name": {"zh": "西支行", "en": "West"}}
    assert await ask(admin, "change_unit", ("unit", "west"), renamed) is None
    assert (await body(database, "unit:west"))["parent"] == "city"


@pytest.mark.parametrize(
    ("code", "op", "rec", "args"),
    [
        ("id_taken", "add_unit", ("unit", "city"), CITY | {"code": "9"}),
        ("code_taken", "add_unit", ("unit", "x"), CITY),
        ("unit_unknown", "add_unit", ("unit", "x"), CITY | {"code": "9", "parent": "nowhere"}),
        ("args_invalid", "add_unit", ("unit", "x"), CITY | {"level": "galaxy"}),
        ("args_invalid", "add_unit", ("outlet", "x"), CITY | {"code": "9"}),
        ("args_invalid", "add_unit", ("unit", "x"), CITY | {"code": "9", "colour": "red"}),
        ("args_invalid", "add_unit", ("unit", "x"), CITY | {"code": ""}),
        ("not_found", "change_unit", ("unit", "x"), {}),
        ("unit_circle", "change_unit", ("unit", "city"), {"parent": "city"}),
        ("id_taken", "add_outlet", ("outlet", "lake"), LAKE | {"code": "9"}),
        ("code_taken", "add_outlet", ("outlet", "x"), LAKE),
        ("unit_unknown", "add_outlet", ("outlet", "x"), LAKE | {"code": "9", "unit": "nowhere"}),
        ("not_found", "change_outlet", ("outlet", "x"), {}),
        ("unit_unknown", "change_outlet", ("outlet", "lake"), {"unit": "nowhere"}),
        ("args_invalid", "add_line", ("line", "Retail"), {"name": CITY["name"]}),
        ("args_invalid", "set_calendar_days", ("calendar", "26"), {}),
        ("args_invalid", "set_calendar_days", ("calendar", "2026"), {"days": {"soon": "rest"}}),
        (
            "day_outside_year",
            "set_calendar_days",
            ("calendar", "2026"),
            {"days": {"2027-01-01": "rest"}},
        ),
        ("not_found", "change_line", ("line", "x"), {"name": CITY["name"]}),
        ("not_found", "close_outlet", ("outlet", "x"), {"on": "2026-12-01"}),
        ("not_found", "reopen_unit", ("unit", "x"), {}),
        ("args_invalid", "close_outlet", ("unit", "city"), {"on": "2026-12-01"}),
        ("args_invalid", "close_outlet", ("outlet", "lake"), {"on": "2026-02-30"}),
        ("args_invalid", "close_line", ("outlet", "lake"), {"on": "2020-01-01"}),
        ("args_invalid", "put_calendar_year", ("calendar", "26"), {"days": {}}),
        ("week_empty", "change_outlet", ("outlet", "lake"), {"open_days": "week"}),
        (
            "day_works_already",
            "set_calendar_days",
            ("calendar", "2026"),
            {"days": {"2026-10-12": "work"}},
        ),
        ("calendar_not_published", "import_calendar_year", ("calendar", "2098"), {}),
    ],
)
async def test_what_cannot_be_is_refused(
    admin: Phone, code: str, op: str, rec: tuple[str, str], args: Any
):
    await furnished(admin)
    assert await ask(admin, op, rec, args) == code


async def test_a_line_is_added_once(admin: Phone, database: Database):
    name = {"name": {"zh": "零售", "en": "Retail"}}
    assert await ask(admin, "add_line", ("line", "retail"), name) is None
    assert await ask(admin, "add_line", ("line", "retail"), name) == "id_taken"
    assert await body(database, "line:retail") == {"code": "retail", "closed_on": None} | name
    other = {"name": {"zh": "个人", "en": "Personal"}}
    assert await ask(admin, "change_line", ("line", "retail"), other) is None
    assert (await body(database, "line:retail"))["name"] == other["name"]


async def test_only_administrators_build_and_the_secretariat_keeps_the_calendar(admin: Phone):
    await furnished(admin)
    sue, max_ = Phone(admin.journal, SECRETARY), Phone(admin.journal, MANAGER)
    assert await ask(sue, "add_unit", ("unit", "x"), CITY | {"code": "9"}) == "forbidden"
    for op, rec in (
        ("change_unit", ("unit", "city")),
        ("change_outlet", ("outlet", "lake")),
        ("set_calendar_days", ("calendar", "2026")),
        ("import_calendar_year", ("calendar", "2026")),
        ("reopen_unit", ("unit", "city")),
        ("reopen_outlet", ("outlet", "lake")),
        ("reopen_line", ("line", "x")),
    ):
        assert await ask(max_, op, rec, {}) == "forbidden"
    for kind, id in (("unit", "city"), ("outlet", "lake"), ("line", "x")):
        assert await ask(sue, f"close_{kind}", (kind, id), {"on": "2020-01-01"}) == "forbidden"
    assert await ask(max_, "put_calendar_year", ("calendar", "2026"), {"days": {}}) == "forbidden"
    assert await ask(max_, "change_line", ("line", "x"), {"name": CITY["name"]}) == "forbidden"
    assert await ask(max_, "add_line", ("line", "x"), {"name": CITY["name"]}) == "forbidden"
    assert await ask(max_, "add_outlet", ("outlet", "x"), LAKE | {"code": "9"}) == "forbidden"
    assert await ask(sue, "import_calendar_year", ("calendar", "2026"), {}) is None


async def test_the_official_year_is_taken_over_and_a_branch_may_correct_it(
    admin: Phone, database: Database
):
    assert await ask(admin, "import_calendar_year", ("calendar", "2026")) is None
    year = await body(database, "calendar:2026")
    assert (year["year"], year["published"]) == (2026, True)
    assert (year["days"]["2026-10-10"], year["days"]["2026-10-01"]) == ("work", "rest")
    correction = {"days": {"2026-10-10": None, "2026-12-25": "rest"}}
    assert await ask(admin, "set_calendar_days", ("calendar", "2026"), correction) is None
    year = await body(database, "calendar:2026")
    assert "2026-10-10" not in year["days"]
    assert year["days"]["2026-12-25"] == "rest"
    assert year["published"]


async def test_a_year_typed_in_by_hand_is_unpublished_until_somebody_says_it_is_complete(
    admin: Phone, database: Database
):
    days = {"days": {"2027-02-06": "rest"}}
    assert await ask(admin, "set_calendar_days", ("calendar", "2027"), days) is None
    assert not (await body(database, "calendar:2027"))["published"]
    complete = {"published": True}
    assert await ask(admin, "set_calendar_days", ("calendar", "2027"), complete) is None
    assert (await body(database, "calendar:2027"))["published"]


async def test_a_neighbour_reads_the_calendar_over_new_year(admin: Phone, database: Database):
    assert await ask(admin, "import_calendar_year", ("calendar", "2026")) is None
    async with database.reading() as tx:
        calendar = await directory.calendar(Work(tx), date(2026, 12, 30))
    day, steps = calendar.add_workdays(date(2026, 12, 30), 3)
    assert day == date(2027, 1, 4)
    assert not steps[-1].published
    assert steps[1].published


async def test_a_neighbour_who_asks_for_what_is_not_there_is_refused(
    admin: Phone, database: Database
):
    await furnished(admin)
    async with database.reading() as tx:
        work = Work(tx)
        assert (await directory.outlet(work, "lake")).unit == "city"
        with pytest.raises(Problem, match="line_unknown"):
            await directory.line(work, "retail")
        assert [unit.id for unit in await directory.lineage(work, "city")] == ["city"]
        assert await directory.lineage(work, "nowhere") == []


async def test_a_list_of_a_year_is_put_in_whole_and_twice_the_same(
    admin: Phone, database: Database
):
    before = {"days": {"2027-05-03": "rest"}}
    assert await ask(admin, "set_calendar_days", ("calendar", "2027"), before) is None
    listed = {"days": {"2027-02-06": "rest", "2027-02-14": "work"}}
    for _ in range(2):
        assert await ask(admin, "put_calendar_year", ("calendar", "2027"), listed) is None
        assert await body(database, "calendar:2027") == {
            "year": 2027,
            "published": True,
            "days": listed["days"],
        }
    async with database.reading() as tx:
        facts = await tx.tuples(
            "SELECT payload FROM fact WHERE type = 'organisation.CalendarChanged' ORDER BY seq"
        )
    told = msgspec.json.decode(facts[1][0])["values"]
    assert told["days"] == {"2027-05-03": None} | listed["days"]


async def test_an_outlet_keeps_days_of_its_own(admin: Phone, database: Database):
    await furnished(admin)
    own = {"week": [6, 2, 3], "days": {"2026-10-01": "work"}}
    asked = {"open_days": "week", "own_days": own}
    assert await ask(admin, "change_outlet", ("outlet", "lake"), asked) is None
    found = await body(database, "outlet:lake")
    assert (found["open_days"], found["own_days"]["week"]) == ("week", [2, 3, 6])
    assert found["own_days"]["days"] == {"2026-10-01": "work"}


async def test_what_is_closed_stays_and_nothing_new_begins_in_it(admin: Phone, database: Database):
    await furnished(admin)
    late, past = {"on": "2099-01-01"}, {"on": "2020-01-01"}
    assert await ask(admin, "close_unit", ("unit", "city"), late) is None
    assert (await body(database, "unit:city"))["closed_on"] == "2099-01-01"
    assert await ask(admin, "close_unit", ("unit", "city"), past) == "unit_not_empty"
    assert await ask(admin, "close_outlet", ("outlet", "lake"), past) is None
    assert await ask(admin, "close_unit", ("unit", "city"), past) is None
    pier = LAKE | {"code": "pier"}
    assert await ask(admin, "add_outlet", ("outlet", "pier"), pier) == "unit_closed"
    below = CITY | {"code": "2", "parent": "city"}
    assert await ask(admin, "add_unit", ("unit", "west"), below) == "unit_closed"
    renamed = {"name": {"zh": "湖滨旧址", "en": "Old Lakeside"}, "unit": "city"}
    assert await ask(admin, "change_outlet", ("outlet", "lake"), renamed) is None
    assert await ask(admin, "reopen_unit", ("unit", "city")) is None
    assert await ask(admin, "reopen_outlet", ("outlet", "lake")) is None
    assert (await body(database, "outlet:lake"))["closed_on"] is None
    assert await ask(admin, "add_outlet", ("outlet", "pier"), pier) is None


async def test_closing_twice_is_one_closing(admin: Phone, database: Database):
    await furnished(admin)
    on = {"on": "2026-01-01"}
    answers = [await admin.do("organisation.close_outlet", ("outlet", "lake"), on) for _ in "12"]
    assert [answer.s for answer in answers] == ["applied", "merged"]
    async with database.reading() as tx:
        rows = await tx.tuples("SELECT 1 FROM fact WHERE type = 'organisation.OutletClosed'")
    assert len(rows) == 1
