"""Commands that no phone of ours makes: each is kept and answered, and nothing behind it waits."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.api.sync.wire import envelopes_of
from backend.app import catalogue
from backend.foundation.database.engine import Database
from backend.foundation.journal.execute import Batch, Journal
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
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
