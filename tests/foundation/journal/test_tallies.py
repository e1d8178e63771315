"""Figures are kept by the flush: whatever happened to the records, they say what counting afresh
would say, and `xunfang check` sees when they do not."""

import asyncio
from typing import Any

import pytest

from backend.checking.desks import desks
from backend.foundation.journal.deriving import derive
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import new_id
from tests.foundation.journal.shredder import SHREDDER
from tests.kit.toy.feature import MANIFEST
from tests.kit.world import Phone, journal_on

Rec = tuple[str, str]
CELLS = "SELECT outlet, n0, n1 FROM tally WHERE tally = 'boxes' AND n0 <> 0 ORDER BY outlet"


@pytest.fixture
async def kept(journal: Journal) -> Journal:
    """The journal of a house that has started, so that nothing waits to be made anew."""
    both = journal_on(journal.database, MANIFEST, SHREDDER)
    async with both.database.unit_of_work() as tx:
        await derive(tx, both.catalogue)
    return both


@pytest.fixture
def hand(kept: Journal) -> Phone:
    return Phone(kept, Actor(id=new_id(), name="周默"))


async def _box(hand: Phone, name: str, place: str, amount: int = 0) -> Rec:
    box = ("box", new_id())
    await hand.do("toys.create", box, {"name": name, "place": place})
    if amount:
        await hand.do("toys.add", box, {"amount": amount}, v=2)
    return box


async def _sums(journal: Journal) -> list[tuple[Any, ...]]:
    """Outlet ("" for all), boxes, and what is in them. What is kept is also what is counted."""
    found = await desks(journal.database, journal.catalogue)
    assert found.good, found.said
    assert "anew" not in found.said
    async with journal.database.unit_of_work() as tx:
        before = [tuple(row) for row in await tx.tuples(CELLS)]
        await derive(tx, journal.catalogue)
        assert [tuple(row) for row in await tx.tuples(CELLS)] == before
    return before


async def test_a_record_is_counted_where_it_is_and_as_it_is(kept: Journal, hand: Phone) -> None:
    box = await _box(hand, "one", "p", 3)
    await _box(hand, "two", "p", 4)
    assert await _sums(kept) == [("", 2, 7), ("p", 2, 7)]
    await hand.do("toys.move", box, {"place": "q"})
    assert await _sums(kept) == [("", 2, 7), ("p", 1, 4), ("q", 1, 3)]


async def test_what_is_withdrawn_or_erased_is_counted_no_more(kept: Journal, hand: Phone) -> None:
    gone, shredded, left = [await _box(hand, name, "p") for name in ("gone", "shredded", "left")]
    await hand.do("toys.discard", gone)
    await hand.do("shredder.shred", shredded, {"row_stays": True})
    await hand.do("toys.add", left, {"amount": 5}, v=2)
    assert await _sums(kept) == [("", 1, 5), ("p", 1, 5)]


async def test_a_refused_command_and_a_refused_group_move_no_figure(
    kept: Journal, hand: Phone
) -> None:
    box = await _box(hand, "one", "p", 1)
    answer = await hand.do("toys.add", box, {"amount": 2_000_000}, v=2)
    assert answer.s == "rejected"
    group = new_id()
    await hand.push(
        hand.ask("toys.move", box, {"place": "q"}, group=group),
        hand.ask("shredder.shred", box, {"refused": True}, group=group),
    )
    assert await _sums(kept) == [("", 1, 1), ("p", 1, 1)]


async def test_one_batch_that_moves_a_record_twice_counts_it_once(
    kept: Journal, hand: Phone
) -> None:
    box = ("box", new_id())
    await hand.push(
        hand.ask("toys.create", box, {"name": "one", "place": "p"}),
        hand.ask("toys.add", box, {"amount": 2}, v=2),
        hand.ask("toys.move", box, {"place": "q"}),
        hand.ask("toys.add", box, {"amount": 2}, v=2),
    )
    assert await _sums(kept) == [("", 1, 4), ("q", 1, 4)]


async def test_two_at_a_time_lose_no_sum(kept: Journal, hand: Phone) -> None:
    """Both have read the same cell before either writes it."""
    boxes = [await _box(hand, f"box {number}", "p") for number in range(8)]
    hands = [Phone(kept, Actor(id=new_id(), name="何敏")) for _ in boxes]
    await asyncio.gather(
        *(
            one.do("toys.add", box, {"amount": 1}, v=2)
            for one, box in zip(hands, boxes, strict=True)
        )
    )
    assert await _sums(kept) == [("", 8, 8), ("p", 8, 8)]


@pytest.mark.parametrize(
    "planted",
    [
        "UPDATE tally SET n1 = n1 + 1 WHERE outlet = ''",
        "DELETE FROM tally WHERE outlet = 'p'",
        "DELETE FROM tallied",
        "UPDATE search SET mark = 'x'",
        "DELETE FROM search",
        "UPDATE search SET id = 'box:nobody'",
    ],
)
async def test_a_planted_difference_is_seen(kept: Journal, hand: Phone, planted: str) -> None:
    await _box(hand, "one", "p", 1)
    await _sums(kept)
    async with kept.database.unit_of_work() as tx:
        assert await tx.run(planted) == 1
    assert not (await desks(kept.database, kept.catalogue)).good


async def test_what_waits_to_be_made_anew_is_not_called_wrong(kept: Journal, hand: Phone) -> None:
    await _box(hand, "one", "p")
    async with kept.database.unit_of_work() as tx:
        await tx.run("UPDATE derived SET version = 0")
        await tx.run("DELETE FROM search")
    found = await desks(kept.database, kept.catalogue)
    assert (found.good, "made anew" in found.said) == (True, True)
