"""The index of words follows the records: what they say now, and nothing of what was erased."""

from datetime import date, timedelta

import pytest

from backend.foundation.database.transaction import Tx
from backend.foundation.journal.deriving import derive, is_derived
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.search import Sought, row_of, windows
from backend.foundation.journal.searching import Found, Question, find
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.words import asked
from tests.foundation.journal.shredder import SHREDDER
from tests.kit.toy.feature import MANIFEST
from tests.kit.world import Phone, journal_on

NOW = "2026-11-25T00:00:00.000Z"


async def _found(tx: Tx, question: str, reach: str = "1 = 1") -> Found:
    return await find(tx, Question(asked(question), (reach, [])), None, NOW, 50)


async def _names(journal: Journal, question: str) -> list[str]:
    async with journal.database.reading() as tx:
        return [hit.excerpt for hit in (await _found(tx, question)).hits]


@pytest.fixture
def shredding(journal: Journal) -> Phone:
    both = journal_on(journal.database, MANIFEST, SHREDDER)
    return Phone(both, Actor(id=new_id(), name="周默"))


async def test_a_record_is_found_by_any_part_of_its_words(journal: Journal, phone: Phone) -> None:
    await phone.do("toys.create", ("box", new_id()), {"name": "二楼灭火器箱 ATM-07", "place": "p"})
    for question in ("灭火器", "器", "楼灭", "atm", "AT", "ａｔｍ-07", "箱 二楼"):
        assert await _names(journal, question) == ["二楼灭火器箱 ATM-07"], question
    for question in ("灭器", "TM", "三楼", "灭火器 坏"):
        assert await _names(journal, question) == [], question


async def test_what_a_refused_command_said_is_in_no_index(journal: Journal, phone: Phone) -> None:
    box = ("box", new_id())
    await phone.do("toys.create", box, {"name": "梯子", "place": "p"})
    other = await phone.do("toys.create", ("box", new_id()), {"name": "梯子", "place": "q"})
    assert other.s == "rejected"
    async with journal.database.reading() as tx:
        assert len((await _found(tx, "梯子")).hits) == 1


async def test_what_is_erased_is_found_no_more_and_its_words_are_nowhere(
    journal: Journal, shredding: Phone
) -> None:
    """Also not inside the index, where a deletion would only be noted."""
    box, other = ("box", new_id()), ("box", new_id())
    await shredding.do("toys.create", box, {"name": "秘密箱子 zebraword", "place": "p"})
    await shredding.do("toys.create", other, {"name": "普通箱子", "place": "p"})
    assert len(await _names(journal, "箱子")) == 2
    await shredding.do("shredder.shred", box)
    assert await _names(journal, "箱子") == ["普通箱子"]
    async with journal.database.reading() as tx:
        left = await tx.tuples("SELECT text, words FROM search")
        assert not [row for row in left if "zebraword" in row[0] or "秘密" in row[1]]
        if tx.dialect == "sqlite":
            blocks = await tx.tuples("SELECT block FROM search_words_data")
            assert not [1 for (block,) in blocks if b"zebra" in block or "秘密".encode() in block]


async def test_an_index_made_anew_brings_back_nothing_that_was_erased(
    journal: Journal, shredding: Phone
) -> None:
    """Its feature has left the row."""
    box = ("box", new_id())
    await shredding.do("toys.create", box, {"name": "箱子", "place": "p"})
    await shredding.do("shredder.shred", box, {"row_stays": True})
    async with journal.database.unit_of_work() as tx:
        assert await derive(tx, journal.catalogue) == 0
    assert await _names(journal, "箱子") == []


async def test_an_index_made_anew_is_the_one_that_was_kept(journal: Journal, phone: Phone) -> None:
    for number in range(3):
        await phone.do("toys.create", ("box", new_id()), {"name": f"箱子 {number}", "place": "p"})
    await phone.do("toys.move", ("box", new_id()), {"place": "q"})
    async with journal.database.unit_of_work() as tx:
        kept = await tx.fetch("SELECT * FROM search ORDER BY id")
        assert not await is_derived(tx)
        assert await derive(tx, journal.catalogue) == 3
        assert await tx.fetch("SELECT * FROM search ORDER BY id") == kept
        assert await is_derived(tx)
    assert len(await _names(journal, "箱子")) == 3


async def test_a_moved_box_is_found_at_its_new_place_alone(journal: Journal, phone: Phone) -> None:
    box = ("box", new_id())
    await phone.do("toys.create", box, {"name": "箱子", "place": "p"})
    await phone.do("toys.move", box, {"place": "q"})
    async with journal.database.reading() as tx:
        assert not (await _found(tx, "箱子", "s.outlet = 'p'")).hits
        assert (await _found(tx, "箱子", "s.outlet = 'q'")).hits


async def test_places_that_are_named_narrow_a_search(journal: Journal, phone: Phone) -> None:
    """They only make it quicker: who names another place than that of the record has not found it,
    whatever the condition lets through."""
    await phone.do("toys.create", ("box", new_id()), {"name": "箱子", "place": "p"})
    for outlets, lines, count in (
        ((), (), 1),
        (("p", "q"), ("toys",), 1),
        (("q",), ("toys",), 0),
        (("p",), ("other",), 0),
        ((), ("other", "toys"), 1),
    ):
        question = Question(asked("箱子"), ("1 = 1", []), outlets, lines)
        async with journal.database.reading() as tx:
            found = await find(tx, question, None, NOW, 50)
        assert len(found.hits) == count, (outlets, lines)


@pytest.mark.parametrize("upper", ["2026-11-25", "2026-01-01", "2027-01-04", "2024-02-29"])
def test_pieces_of_time_leave_no_day_out_and_name_every_day_as_its_record_does(upper: str) -> None:
    pieces = windows(f"{upper}T10:00:00.000Z", 3)
    day, end = date.fromisoformat(upper), date.fromisoformat(upper).replace(year=2020, day=1)
    while day > end:
        word = next(word for word, begin in pieces if begin <= day.isoformat())
        row = row_of(("box", "1"), Sought("o", "l", f"{day}T00:00:00.000Z", ("box", "1"), ("x",)))
        assert row is not None
        assert not word or word in row.words.split(), (day, word)
        day -= timedelta(days=1)
    assert pieces[-1] == ("", "")


def test_what_says_nothing_has_no_row() -> None:
    assert row_of(("box", "1"), Sought("o", "l", NOW, ("box", "1"), ("", "  "))) is None
