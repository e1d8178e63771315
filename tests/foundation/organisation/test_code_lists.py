"""Code lists: changed by whoever keeps the organisation, never shortened, on every phone."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import msgspec
import pytest

from backend.foundation.database.engine import Database
from backend.foundation.documents.sheet import Imported, Row
from backend.foundation.kernel import limits
from backend.foundation.kernel.keys import choice_key, is_answer_key
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.codes import rules
from backend.foundation.organisation.codes.commands import AddCodeList, ChangeCodeList
from backend.foundation.organisation.codes.importing import CODES, brought_lists
from backend.foundation.organisation.codes.model import CodeList, ListedCode, Purpose
from backend.foundation.organisation.manifest import MANIFEST
from backend.foundation.organisation.model import Words
from tests.foundation.organisation.test_commands import ADMIN, MANAGER, SECRETARY, ask, body
from tests.kit.world import Phone, journal_on, opened

TODAY = date(2026, 11, 24)
NAME = Words("反映渠道", "Where it was raised")
REC = ("code_list", "channel")


def code(name: str, *days: str | None) -> ListedCode:
    return ListedCode(name, Words(f"{name}号", name), *days)


CHANNEL = CodeList("channel", NAME, Purpose(), (code("A"), code("b"), code("C")))


def names(found: CodeList) -> str:
    return " ".join(one.code for one in found.codes)


def test_two_who_add_codes_at_once_get_both_and_the_order_names_what_it_moves() -> None:
    first = rules.change_list(CHANNEL, ChangeCodeList(codes=(code("D"),)))
    both = rules.change_list(first, ChangeCodeList(codes=(code("E"),), order=("E", "C", "A", "b")))
    assert (names(first), names(both)) == ("A b C D", "E C A b D")


def test_a_code_is_changed_in_its_place_and_what_is_not_named_stays() -> None:
    ended = code("b", None, "2026-11-23")
    after = rules.change_list(CHANNEL, ChangeCodeList(codes=(ended,)))
    assert after == msgspec.structs.replace(CHANNEL, codes=(code("A"), ended, code("C")))
    assert rules.changed_codes(CHANNEL, after) == ("b",)
    assert [one.code for one in rules.in_force(after, TODAY)] == ["A", "C"]
    renamed = rules.change_list(CHANNEL, ChangeCodeList(name=Words("渠道", "Channel")))
    assert (renamed.name.en, renamed.codes) == ("Channel", CHANNEL.codes)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (ChangeCodeList(codes=(code("a"),)), "code_alike"),
        (ChangeCodeList(codes=(code("D"), code("D"))), "code_alike"),
        (ChangeCodeList(codes=(code("x.1"), code("x_1"))), "code_alike"),
        (ChangeCodeList(codes=(code("D", "2026-11-24", "2026-11-23"),)), "code_days"),
        (ChangeCodeList(codes=(code("D", "2026-02-30"),)), "args_invalid"),
        (ChangeCodeList(codes=tuple(code(f"n{n}") for n in range(198))), "codes_full"),
        (ChangeCodeList(codes=(code("D\n"),)), "args_invalid"),
        (ChangeCodeList(order=("A", "A")), "args_invalid"),
        (ChangeCodeList(order=("A", "Z")), "args_invalid"),
    ],
)
def test_what_a_list_may_not_become(asked: ChangeCodeList, refusal: str) -> None:
    with pytest.raises(Problem) as caught:
        rules.change_list(CHANNEL, asked)
    assert caught.value.code == refusal


def test_a_list_is_full_only_behind_its_last_code() -> None:
    more = tuple(code(f"n{n}") for n in range(limits.LISTED_CODES_MAX - 3))
    assert len(rules.change_list(CHANNEL, ChangeCodeList(codes=more)).codes) == 200


def test_every_code_of_full_length_still_makes_a_key() -> None:
    for name in ("0" * limits.LISTED_CODE_MAX, "pass", "A.1", "9"):
        key = choice_key(name)
        assert is_answer_key(key)
        assert len(key) <= limits.CODE_MAX


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database]:
    async with opened(engine_url, (MANIFEST,)) as database:
        yield database


@pytest.fixture
def admin(database: Database) -> Phone:
    return Phone(journal_on(database, MANIFEST), ADMIN)


def plain(*codes: ListedCode) -> dict[str, Any]:
    asked = AddCodeList(NAME, Purpose("受理用", "For complaints"), codes)
    return msgspec.json.decode(msgspec.json.encode(asked))


async def facts(database: Database) -> list[tuple[str, Any]]:
    async with database.reading() as tx:
        rows = await tx.tuples("SELECT type, payload FROM fact ORDER BY seq")
    return [
        (type.removeprefix("organisation.CodeList"), msgspec.json.decode(payload)["values"])
        for type, payload in rows
    ]


async def test_a_list_is_added_once_reaches_every_phone_and_every_change_is_told(
    admin: Phone, database: Database
) -> None:
    asked = plain(code("A"), code("b", "2026-01-01", "2026-12-31"))
    assert await ask(admin, "add_code_list", REC, asked) is None
    assert await ask(admin, "add_code_list", REC, asked) == "id_taken"
    assert await body(database, "code_list:channel") == asked | {"closed_on": None}
    ended = {"codes": msgspec.to_builtins([code("A", None, "2026-11-24")])}
    assert await ask(admin, "change_code_list", REC, ended) is None
    again = await admin.do("organisation.change_code_list", REC, ended)
    assert again.s == "merged"
    assert await ask(admin, "close_code_list", REC, {"on": "2020-01-01"}) is None
    assert (await body(database, "code_list:channel"))["closed_on"] == "2020-01-01"
    assert await ask(admin, "reopen_code_list", REC) is None
    assert await facts(database) == [
        ("Added", {"code_list": "channel", "codes": ["A", "b"]}),
        ("Changed", {"code_list": "channel", "codes": ["A"]}),
        ("Closed", {"code_list": "channel", "on": "2020-01-01"}),
        ("Reopened", {"code_list": "channel"}),
    ]


@pytest.mark.parametrize(
    ("refusal", "op", "rec", "args"),
    [
        ("args_invalid", "add_code_list", ("code_list", "Kanal"), plain()),
        ("args_invalid", "add_code_list", ("line", "kanal"), plain()),
        ("args_invalid", "add_code_list", ("code_list", "kanal"), plain(code("柜台"))),
        ("args_invalid", "add_code_list", ("code_list", "kanal"), plain(code("a" * 41))),
        ("args_invalid", "add_code_list", ("code_list", "kanal"), {"name": {"zh": "", "en": ""}}),
        ("code_alike", "add_code_list", ("code_list", "kanal"), plain(code("A"), code("a"))),
        ("not_found", "change_code_list", ("code_list", "kanal"), {}),
        ("code_alike", "change_code_list", REC, {"codes": plain(code("a"))["codes"]}),
        ("not_found", "close_code_list", ("code_list", "kanal"), {"on": "2026-12-01"}),
        ("args_invalid", "close_code_list", REC, {"on": "2026-02-30"}),
        ("args_invalid", "close_code_list", ("line", "x"), {"on": "2026-12-01"}),
        ("not_found", "reopen_code_list", ("code_list", "kanal"), {}),
    ],
)
async def test_what_is_no_list_is_refused(
    admin: Phone, refusal: str, op: str, rec: tuple[str, str], args: Any
) -> None:
    await ask(admin, "add_code_list", REC, plain(code("A")))
    assert await ask(admin, op, rec, args) == refusal


async def test_only_administrators_keep_code_lists(admin: Phone) -> None:
    await ask(admin, "add_code_list", REC, plain(code("A")))
    for actor in (SECRETARY, MANAGER):
        phone = Phone(admin.journal, actor)
        assert await ask(phone, "add_code_list", ("code_list", "x"), plain()) == "forbidden"
        assert await ask(phone, "close_code_list", REC, {"on": "2099-01-01"}) == "forbidden"
        for op in ("change_code_list", "reopen_code_list"):
            assert await ask(phone, op, REC, {}) == "forbidden"


def _file(*rows: dict[str, str]) -> Imported:
    blank: dict[str, Any] = {field.name: None for field in CODES.fields}
    read = [Row(number, blank | row) for number, row in enumerate(rows, start=2)]
    return Imported(rows=read, problems=[], ignored=[], tab="", is_cut=False)


def row(name: str, of: str = "channel", **more: str) -> dict[str, str]:
    return {"list": of, "code": name, "text": f"{name}号", **more}


def test_a_file_brings_lists_whole_and_what_it_leaves_empty_is_as_the_house_has_it() -> None:
    first = row("1", of="kind", list_name="类别", purpose="分类")
    told = row("C", text_en="See", until="2026-12-31")
    found = brought_lists(_file(first, told, row("2", of="kind"), row("b")), [CHANNEL], TODAY)
    assert found.problems == []
    kind, channel = found.lists
    assert (kind.change, kind.row, kind.name, kind.purpose.zh) == (
        "new",
        2,
        Words("类别", "类别"),
        "分类",
    )
    assert [one.code for one in kind.codes] == ["1", "2"]
    assert (channel.change, channel.name, channel.order) == ("changed", NAME, ("C", "b"))
    assert channel.codes == (
        ListedCode("C", Words("C号", "See"), None, "2026-12-31"),
        ListedCode("b", Words("b号", "b")),
    )
    whole = brought_lists(_file(row("A"), row("b"), row("C")), [CHANNEL], TODAY)
    assert [one.change for one in whole.lists] == ["same"]


@pytest.mark.parametrize(
    ("wrong", "column", "refusal"),
    [
        (row("1", of="Kind", list_name="类别"), "list", "cell_not_list_key"),
        (row("1", of="kind"), "list_name", "cell_list_unnamed"),
        (row("1", of="old"), "list", "cell_list_closed"),
        (row("A"), "code", "cell_doubled"),
        (row("B"), "code", "cell_code_alike"),
        (row("D", since="2026-12-01", until="2026-11-01"), "until", "cell_days_backwards"),
        (row("D", of="full"), "code", "cell_codes_full"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_stay(
    wrong: dict[str, str], column: str, refusal: str
) -> None:
    old = CodeList("old", NAME, Purpose(), (), "2026-11-24")
    full = CodeList("full", NAME, Purpose(), tuple(code(f"n{n}") for n in range(200)))
    found = brought_lists(_file(row("A"), wrong), [CHANNEL, old, full], TODAY)
    told = [(one.row, one.column, one.code) for one in found.problems]
    assert told == [(3, column, refusal)]
    assert [(one.id, one.order) for one in found.lists] == [("channel", ("A",))]
