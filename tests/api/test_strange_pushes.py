"""Commands that no phone of ours makes: each is kept and answered, and nothing behind it waits."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.api.sync.wire import Push, envelopes_of, read
from backend.app import catalogue
from backend.foundation.database.engine import Database
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.personal_numbers import find
from backend.foundation.kernel.problem import Problem
from tests.kit.world import journal_on, opened

CATALOGUE = catalogue()
ADMIN = Actor(new_id(), "Admin", (Grant("admin"),), "strange-device")
UNIT = {"code": "1", "name": {"zh": "分行", "en": "Branch"}, "level": "branch"}
LATE = "0001-01-01T00:00:00+23:59"


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database]:
    async with opened(engine_url, CATALOGUE.manifests) as database:
        yield database


def command(seq: int, **change: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "seq": seq,
        "op": "organisation.add_unit",
        "rec": ["unit", f"u{seq}"],
        "at": "2026-11-24T01:00:00.000Z",
        "args": UNIT | {"code": str(seq)},
    } | change


async def push(journal: Journal, *commands: dict[str, Any]) -> list[tuple[str, str | None]]:
    raws = [msgspec.Raw(msgspec.json.encode(one)) for one in commands]
    result = await journal.execute(Batch(ADMIN, ADMIN.device_id, envelopes_of(raws)))
    assert result.expected is None
    return [(answer.s, answer.code) for answer in result.answers]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"args": UNIT | {"code": "a\x00b"}}, "args_invalid"),
        ({"args": UNIT | {"name": {"zh": "\x00", "en": "x"}}}, "args_invalid"),
        ({"args": {"\x00": 1}}, "args_invalid"),
        ({"args": None}, "args_invalid"),
        ({"args": []}, "args_invalid"),
        ({"op": "a\x00b"}, "escrowed"),
        ({"op": "o" * 500}, "escrowed"),
        ({"rec": ["unit", "a\x00b"]}, "escrowed"),
        ({"rec": ["u" * 9000, "x"]}, "escrowed"),
        ({"rec": ["unit", "x" * 9000]}, "escrowed"),
        ({"rec": "unit"}, "escrowed"),
        ({"at": LATE}, "args_invalid"),
        ({"at": "yesterday"}, "args_invalid"),
        ({"at": "2026-11-24T01:00:00"}, "args_invalid"),
        ({"actor": "a\x00b"}, "escrowed"),
        ({"group": "g\x00"}, "escrowed"),
        ({"clk": {"off": 2**70}}, "escrowed"),
        ({"clk": {"boot": "\x00"}}, "escrowed"),
        ({"base": 2**70}, "escrowed"),
        ({"blobs": ["\x00"]}, "escrowed"),
        ({"v": 2**40}, "op_unknown"),
        ({"v": -1}, "op_unknown"),
        ({"id": "short"}, "args_invalid"),
        ({"clk": {"off": 2**53}}, "escrowed"),
        ({"saw": 2**53}, "escrowed"),
    ],
)
async def test_a_strange_command_is_kept_and_the_next_one_is_carried_out(
    database: Database, change: dict[str, Any], code: str
):
    journal = journal_on(database, *CATALOGUE.manifests)
    answers = await push(journal, command(1, **change), command(2))
    assert answers == [("rejected", code), ("applied", None)]
    async with database.reading() as tx:
        kept = await tx.tuples("SELECT payload FROM verdict WHERE seq = 1")
    assert kept[0][0]


async def test_a_clock_of_the_year_one_is_written_with_four_digits(database: Database):
    """Text sorts as time only while every year is as wide."""
    journal = journal_on(database, *CATALOGUE.manifests)
    assert await push(journal, command(1, at="0001-01-02T00:00:00Z")) == [("applied", None)]
    async with database.reading() as tx:
        rows = await tx.tuples("SELECT occurred_at FROM fact")
    assert rows[0][0] == "0001-01-02T00:00:00.000Z"


async def test_an_identity_number_written_in_escapes_is_found_and_kept_masked(database: Database):
    journal = journal_on(database, *CATALOGUE.manifests)
    number = "11010519491231002X"
    strange = command(1, args=UNIT | {"name": {"zh": "NUMBER", "en": "x"}})
    text = msgspec.json.encode(strange).decode()
    escaped = text.replace("NUMBER", "".join(f"\\u{ord(digit):04x}" for digit in number))
    raw = msgspec.Raw(escaped.encode())
    result = await journal.execute(Batch(ADMIN, ADMIN.device_id, envelopes_of([raw])))
    assert result.answers[0].code == "personal_number"
    async with database.reading() as tx:
        kept = (await tx.tuples("SELECT payload FROM verdict"))[0][0]
    assert "002X" in kept
    assert number not in msgspec.json.encode(msgspec.json.decode(kept)).decode()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (b'{"code": "\xff\xfe"}', "args_invalid"),
        (b'{"code": ' + b"[" * 700 + b"]" * 700 + b"}", "args_invalid"),
        (b'{"code": 1e999}', "args_invalid"),
        (b'{"code": ' + b"9" * 5000 + b"}", "args_invalid"),
    ],
)
async def test_bytes_that_are_no_arguments_are_kept_and_the_next_one_is_carried_out(
    database: Database, args: bytes, code: str
):
    """A byte turned over, or a phone gone mad: one command is refused, the batch is not."""
    journal = journal_on(database, *CATALOGUE.manifests)
    whole = msgspec.json.encode(command(1, args="HERE")).replace(b'"HERE"', args)
    raws = [msgspec.Raw(whole), msgspec.Raw(msgspec.json.encode(command(2)))]
    result = await journal.execute(Batch(ADMIN, ADMIN.device_id, envelopes_of(raws)))
    told = [(answer.s, answer.code) for answer in result.answers]
    assert told[0][0] == "rejected"
    assert told[0][1] in (code, "escrowed")
    assert told[1] == ("applied", None)
    async with database.reading() as tx:
        kept = await tx.tuples("SELECT payload FROM verdict WHERE seq = 1")
    assert kept[0][0]


@pytest.mark.parametrize("id", ["short", "01a21966-272e-7514-9abd-e7eee42a50a4"])
@pytest.mark.parametrize("together", [True, False])
async def test_one_id_for_two_commands_keeps_both_and_the_order(
    database: Database, id: str, together: bool
):
    """Each place of the order has its verdict, also when the answer to the first was lost."""
    journal = journal_on(database, *CATALOGUE.manifests)
    first, second = command(1, id=id), command(2, id=id)
    pushes = [(first, second)] if together else [(first,), (second,)]
    told = [answer for commands in pushes for answer in await push(journal, *commands)]
    assert told[0] == (("applied", None) if id != "short" else ("rejected", "args_invalid"))
    assert told[1] == ("rejected", "command_reused")
    again = await push(journal, first, second, command(3))
    assert again[1:] == [("rejected", "command_reused"), ("applied", None)]
    assert again[0][0] == "duplicate"
    async with database.reading() as tx:
        rows = await tx.tuples("SELECT seq, status FROM verdict ORDER BY seq")
    assert [seq for seq, _ in rows] == [1, 2, 3]


async def test_a_command_without_a_place_does_not_hide_those_that_have_one(database: Database):
    journal = journal_on(database, *CATALOGUE.manifests)
    assert await push(journal, command(0), command(1)) == [("applied", None)] * 2
    assert await push(journal, command(2)) == [("applied", None)]


def test_half_an_emoji_does_not_take_the_note_with_it():
    """A length limit cut it in two; the text around it is what the inspector wrote."""
    text = b'{"req": "r", "commands": [{"note": "oil \\ud83d", "b": "\\\\ud83d \\ud83d\\ude00"}]}'
    ((raw,),) = (read(text, Push).commands,)
    assert msgspec.json.decode(raw) == {"note": "oil \ufffd", "b": "\\ud83d \U0001f600"}


@pytest.mark.parametrize("open_", [b"[", b'{"a":'])
def test_a_body_nested_without_end_is_refused_with_words(open_: bytes):
    with pytest.raises(Problem, match="body_unreadable"):
        read(b'{"req": "r", "commands": [' + open_ * 100_000, Push)


NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    "change",
    [
        {"op": "nobody.knows", "args": {"note": NUMBER}},
        {"args": UNIT | {"no such field": NUMBER}},
        {"actor": new_id(), "args": {"note": NUMBER}},
        {"rec": ["unit", "\x00"], "args": {"note": NUMBER}},
        {"id": "short", "args": {"note": "1101 0519 4912 3100 2X"}},
        {"args": {"note": NUMBER[:6] + "\u3000" + NUMBER[6:]}},
    ],
)
async def test_a_personal_number_is_masked_in_whatever_is_kept(
    database: Database, change: dict[str, Any]
):
    """RULINGS 18: refused for another reason, the number is as little ours to keep."""
    journal = journal_on(database, *CATALOGUE.manifests)
    ((status, _),) = await push(journal, command(1, **change))
    assert status == "rejected"
    async with database.reading() as tx:
        (kept,) = await tx.tuples("SELECT payload FROM verdict")
    assert "002X" in kept[0].replace(" ", "")
    assert find(kept[0]) == []
