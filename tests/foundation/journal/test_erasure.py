"""A record that is erased: what goes, what stays verifiable, and that nothing brings it back."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.foundation.journal.carrying import ESCROWED, UNREADABLE
from backend.foundation.journal.chain import ENTRIES, first_break
from backend.foundation.journal.erasure import erasure_id
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.pull import pull
from backend.foundation.kernel.ids import new_id
from tests.foundation.journal.shredder import SHREDDER
from tests.kit.toy.feature import MANIFEST
from tests.kit.world import Phone, journal_on, opened, until_waiting

WORDS = "the customer was asleep"


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    async with opened(engine_url, (MANIFEST, SHREDDER)) as database:
        yield journal_on(database, MANIFEST, SHREDDER)


@pytest.fixture
async def box(phone: Phone) -> tuple[str, str]:
    """A box at the lake with something personal in it."""
    rec = ("box", new_id())
    await phone.do("toys.create", rec, {"name": "n1", "place": "lake"})
    await phone.do("toys.add", rec, {"amount": 3, "note": WORDS}, v=2)
    return rec


async def rows(journal: Journal, sql: str, *args: Any) -> list[tuple[Any, ...]]:
    async with journal.database.reading() as tx:
        return [tuple(row) for row in await tx.tuples(sql, *args)]


async def verdict(journal: Journal, id: str) -> tuple[Any, ...]:
    return (await rows(journal, "SELECT status, code, payload FROM verdict WHERE id = ?", id))[0]


async def everything(journal: Journal) -> str:
    """All that stands in the tables, in one text."""
    tables = ("record", "verdict", "fact", "fact_personal", "notice", "toy_box", "job")
    return repr([await rows(journal, f"SELECT * FROM {table}") for table in tables])


async def test_what_was_personal_is_gone_and_the_chain_still_holds(journal, phone, box):
    before = await rows(journal, "SELECT id, payload, entry_hash FROM fact ORDER BY seq")
    assert WORDS in await everything(journal)
    assert (await phone.do("shredder.shred", box, {"note": WORDS})).s == "applied"
    assert WORDS not in await everything(journal)
    after = await rows(journal, "SELECT id, payload, entry_hash FROM fact ORDER BY seq")
    assert after[: len(before)] == before
    async with journal.database.reading() as tx:
        assert first_break(await ENTRIES.where(tx, "1 = 1 ORDER BY seq")) is None
    ((committed,),) = await rows(
        journal, "SELECT count(*) FROM fact WHERE commitment IS NOT NULL AND rec_id = ?", box[1]
    )
    assert committed == 3  # greeting, words, and those of the shredder itself
    assert await rows(journal, "SELECT id, cause FROM tombstone") == [
        (
            f"box:{box[1]}",
            (await rows(journal, "SELECT id FROM verdict WHERE op LIKE 'shr%'"))[0][0],
        )
    ]


async def test_it_is_published_as_gone_even_where_the_row_stays(journal, phone, box):
    await phone.do("shredder.shred", box, {"row_stays": True})
    assert await rows(journal, "SELECT body FROM record WHERE id = ?", f"box:{box[1]}") == [
        ("null",)
    ]
    gone = await rows(journal, "SELECT gone FROM sync_row WHERE rec_id = ?", box[1])
    assert gone
    assert all(one for (one,) in gone)


async def test_whoever_ever_had_it_hears_of_it(journal, phone, other, box):
    """The box has moved, was lent and taken back; a phone that lost it long ago still hears."""
    borrower = new_id()
    await other.do("toys.add", box, {"amount": 1, "note": "x"}, v=2)
    await phone.do("toys.lend", box, {"person": borrower})
    await phone.do("toys.lend", box, {"person": borrower, "back": True})
    await phone.do("toys.move", box, {"place": "gate"})
    shredder = Phone(journal, msgspec.structs.replace(phone.actor, id=new_id()))
    await shredder.do("shredder.shred", box)
    told = await rows(
        journal,
        "SELECT bucket, body FROM sync_row s JOIN record r ON r.id = s.rec_key "
        "WHERE s.kind = 'erasure' AND NOT gone ORDER BY bucket",
    )
    people = (phone.actor.id, other.actor.id, borrower, shredder.actor.id)
    places = {"desk:lake:toys", "desk:gate:toys", f"round:{box[1]}"}
    assert {bucket for bucket, _ in told} == places | {f"user:{person}" for person in people}
    body = msgspec.json.decode(told[0][1])
    assert (body["of"], body["digests"], body["within"]) == (list(box), ["a" * 64], None)
    async with journal.database.reading() as tx:
        pulled = await pull(tx, frozenset({"desk:lake:toys"}), {"desk:lake:toys": 0})
    (line,) = pulled.scopes["desk:lake:toys"].rows
    assert msgspec.json.decode(line)[:2] == ["erasure", erasure_id(box)]


async def test_what_comes_late_is_refused_unread_and_not_kept(journal, phone, other, box):
    await phone.do("shredder.shred", box)
    late = [
        phone.ask("toys.add", box, {"amount": 1, "note": WORDS}, v=2),
        phone.ask("toys.create", box, {"name": WORDS, "place": "lake"}),
        phone.ask("toys.polish", box, {"note": WORDS}),
        phone.ask("toys.add", box, {"amount": WORDS}, v=2),
        phone.ask("toys.add", box, {"amount": 1, "note": WORDS}, v=2, actor=other.actor.id),
        phone.ask(ESCROWED, box, {"raw": WORDS}),
        phone.ask(UNREADABLE, box, WORDS),
        phone.ask("shredder.shred", box),
    ]
    result = await phone.push(*late)
    assert {(one.s, one.code) for one in result.answers} == {("rejected", "record_erased")}
    assert result.answers[0].facts == {"of": box}
    assert "erased" in (result.answers[0].detail or "")
    assert WORDS not in await everything(journal)
    again = (await phone.push(*late)).answers[0]
    assert (again.s, again.original, again.code) == ("duplicate", "rejected", "record_erased")
    assert again.facts == {"of": list(box)}


async def test_a_repeat_of_what_was_taken_gets_its_old_verdict(journal, phone, box):
    """The answer to the first was lost; the record was erased in between."""
    asked = phone.ask("toys.add", box, {"amount": 1, "note": WORDS}, v=2)
    await phone.push(asked)
    await phone.do("shredder.shred", box)
    again = (await phone.push(asked)).answers[0]
    assert (again.s, again.original) == ("duplicate", "applied")
    assert WORDS not in await everything(journal)


async def test_what_was_kept_of_refused_commands_is_blanked(journal, phone, box):
    refused = phone.ask("toys.add", box, {"amount": 2_000_000, "note": WORDS}, v=2)
    kept = phone.ask("toys.discard", box, {})
    escrowed = phone.ask(ESCROWED, box, {"raw": WORDS})
    answers = (await phone.push(refused, kept, escrowed)).answers
    assert [one.code for one in answers] == ["box_full", "box_full", "escrowed"]
    assert answers[0].facts == {"name": "n1"}
    await phone.do("shredder.shred", box)
    for one in (refused, kept, escrowed):
        assert (await verdict(journal, one.id))[2] is None
    assert WORDS not in await everything(journal)
    again = (await phone.push(refused, kept, escrowed)).answers
    assert [(one.original, one.code, one.facts, one.detail) for one in again] == [
        ("rejected", "box_full", None, None),
        ("conflict", "box_full", None, None),
        ("rejected", "escrowed", None, None),
    ]


async def test_within_one_batch_what_stands_before_counts_and_what_follows_is_late(
    journal, phone, box
):
    asked = [
        phone.ask("toys.add", box, {"amount": 2_000_000, "note": WORDS}, v=2),
        phone.ask("toys.add", box, {"amount": 1, "note": WORDS}, v=2),
        phone.ask("shredder.shred", box),
        phone.ask("toys.add", box, {"amount": 1, "note": WORDS}, v=2),
    ]
    answers = (await phone.push(*asked)).answers
    assert [one.code for one in answers] == ["box_full", None, None, "record_erased"]
    assert WORDS not in await everything(journal)


async def test_a_group_goes_as_a_whole_and_keeps_only_what_is_not_erased(journal, phone, box):
    await phone.do("shredder.shred", box)
    living = ("box", new_id())
    group = {"group": new_id()}
    asked = [
        phone.ask("toys.create", living, {"name": "kept", "place": "lake"}, **group),
        phone.ask("toys.add", box, {"amount": 1, "note": WORDS}, v=2, **group),
        phone.ask("toys.add", box, {"amount": 2, "note": WORDS}, v=2, **group),
    ]
    answers = (await phone.push(*asked)).answers
    assert [one.code for one in answers] == ["group_refused", "record_erased", "record_erased"]
    assert "kept" in (await verdict(journal, asked[0].id))[2]
    assert WORDS not in await everything(journal)


@pytest.mark.parametrize("by", ["the record's own next step", "a neighbour"])
async def test_a_group_that_trips_over_its_own_erasure_erases_nothing(journal, phone, box, by):
    """Told `record_erased`, the phone would let go of a record that lives, and of the words."""
    living, group = ("box", new_id()), {"group": new_id()}
    await phone.do("toys.create", living, {"name": "living", "place": "lake"})
    trips = {
        "the record's own next step": ("toys.add", box, {"amount": 1, "note": WORDS}, 2),
        "a neighbour": ("shredder.poke", living, {"box": box[1]}, 1),
    }
    op, rec, args, version = trips[by]
    asked = [
        phone.ask("shredder.shred", box, **group),
        phone.ask(op, rec, args, v=version, **group),
    ]
    answers = (await phone.push(*asked)).answers
    assert [one.code for one in answers] == ["group_refused", "erased_in_group"]
    assert answers[0].facts == {"code": "erased_in_group"}
    assert [(await verdict(journal, one.id))[2] is None for one in asked] == [False, False]
    assert await rows(journal, "SELECT id FROM tombstone") == []
    assert (await phone.do("toys.add", box, {"amount": 1, "note": WORDS}, v=2)).s == "applied"


async def test_a_refused_erasure_leaves_everything_as_it_was(journal, phone, box):
    assert (await phone.do("shredder.shred", box, {"refused": True})).code == "box_full"
    assert await rows(journal, "SELECT id FROM tombstone") == []
    assert (await phone.do("toys.add", box, {"amount": 1, "note": WORDS}, v=2)).s == "applied"


async def test_notices_about_it_go_and_new_ones_do_not_come(journal, phone, other):
    rec = ("box", new_id())
    await other.do("toys.create", rec, {"name": "n2", "place": "lake"})
    await other.do("toys.discard", rec)
    ((notice,),) = await rows(journal, "SELECT id FROM notice WHERE rec_id IS NULL OR 1 = 1")
    async with journal.database.unit_of_work() as tx:
        sql = "UPDATE notice SET rec_kind = 'box', rec_id = ?"
        await tx.run(sql, rec[1])
    await phone.do("shredder.shred", rec)
    assert await rows(journal, "SELECT id FROM notice") == []
    places = await rows(journal, "SELECT gone FROM sync_row WHERE rec_id = ?", notice)
    assert [bool(gone) for (gone,) in places] == [True]


async def test_a_neighbour_that_publishes_it_is_refused_and_nobody_else(journal, phone, box):
    living = ("box", new_id())
    await phone.do("toys.create", living, {"name": "living", "place": "lake"})
    await phone.do("shredder.shred", box, {"row_stays": True})
    asked = [
        phone.ask("toys.add", living, {"amount": 1, "note": ""}, v=2),
        phone.ask("shredder.poke", living, {"box": box[1]}),
        phone.ask("toys.add", living, {"amount": 1, "note": ""}, v=2),
    ]
    answers = (await phone.push(*asked)).answers
    assert [(one.s, one.code) for one in answers] == [
        ("applied", None),
        ("rejected", "record_erased"),
        ("applied", None),
    ]
    assert answers[1].facts == {"of": box}
    body = await rows(journal, "SELECT body FROM record WHERE id = ?", f"box:{box[1]}")
    assert body == [("null",)]


async def test_a_reaction_that_clings_to_it_is_taken_back_and_its_cause_stands(journal, phone, box):
    await phone.do("shredder.shred", box, {"row_stays": True})
    fresh = ("box", new_id())
    answer = await phone.do("toys.create", fresh, {"name": f"like {box[1]}", "place": "lake"})
    assert answer.s == "applied"
    told = await rows(journal, "SELECT type FROM notice")
    assert told == [("reaction_refused",)]
    ((payload,),) = await rows(journal, "SELECT payload FROM fact WHERE type = 'journal.Reacted'")
    assert "record_erased" in payload


async def test_what_is_written_at_this_very_moment_goes_too(journal, phone, other, box):
    """Erased by a command about something else, while a colleague's words are being written."""
    elsewhere = ("box", new_id())
    async with journal.database.unit_of_work() as tx:
        await tx.run("UPDATE sync_counter SET head = head WHERE id = 1")
        words = {"amount": 1, "note": WORDS}
        writes = asyncio.create_task(other.do("toys.add", box, words, v=2))
        await until_waiting(journal.database, 1)
        erases = asyncio.create_task(phone.do("shredder.shred", elsewhere, {"box": box[1]}))
        await until_waiting(journal.database, 2)
    assert (await writes).s == "applied"
    assert (await erases).s == "applied"
    assert WORDS not in await everything(journal)
    people = await rows(journal, "SELECT bucket FROM sync_row WHERE kind = 'erasure'")
    assert (f"user:{other.actor.id}",) in people
    assert (await other.do("toys.add", box, {"amount": 1}, v=2)).code == "record_erased"


async def test_erasing_twice_is_erasing(journal, phone, box):
    elsewhere = ("box", new_id())
    await phone.do("shredder.shred", box)
    stone = await rows(journal, "SELECT at, cause FROM tombstone")
    head = await rows(journal, "SELECT ver FROM sync_row WHERE kind = 'erasure'")
    answer = await phone.do("shredder.shred", elsewhere, {"box": box[1]})
    assert answer.code == "record_erased"  # it touches what is no more
    assert await rows(journal, "SELECT at, cause FROM tombstone") == stone
    assert await rows(journal, "SELECT ver FROM sync_row WHERE kind = 'erasure'") == head
