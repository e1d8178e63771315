"""Every command gets one durable verdict, in order, and nothing happens twice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

import msgspec
import pytest

from backend.foundation.database.transaction import Busy, Tx
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.chain import ENTRIES, PERSONAL, first_break
from backend.foundation.journal.envelope import Answer
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.pull import pull
from backend.foundation.journal.verdicts import VERDICTS
from backend.foundation.kernel.ids import new_id
from tests.kit.toy.feature import BOXES, Box
from tests.kit.world import Phone

ID = "11010519491231002X"


def box() -> tuple[str, str]:
    return ("box", new_id())


async def made(phone: Phone, name: str = "一号") -> tuple[str, str]:
    rec = box()
    answer = await phone.do("toys.create", rec, {"name": name, "place": "o1"})
    assert answer.s == "applied"
    return rec


async def stored_box(journal: Journal, rec: tuple[str, str]) -> Box:
    async with journal.database.reading() as tx:
        return (await BOXES.load(tx, [rec[1]]))[0]


async def test_a_batch_in_order_is_applied_and_numbered(journal: Journal, phone: Phone) -> None:
    rec = box()
    asked = [
        phone.ask("toys.create", rec, {"name": "一号", "place": "o1"}),
        *[phone.ask("toys.add", rec, {"amount": 2}, v=2) for _ in range(25)],
    ]
    result = await phone.push(*asked)
    assert [answer.s for answer in result.answers] == ["applied"] * 26
    assert result.last_seq == 26
    assert (await stored_box(journal, rec)).total == 50
    assert result.answers[-1].rev == 27  # the greeting is a revision too


async def test_a_second_push_after_the_lost_answer_changes_nothing(
    journal: Journal, phone: Phone
) -> None:
    """The signal drops after the server commits; the phone sends again."""
    rec = await made(phone)
    asked = phone.ask("toys.add", rec, {"amount": 5}, v=2)
    first = await phone.push(asked)
    again = await phone.push(asked)
    assert (again.answers[0].s, again.answers[0].original) == ("duplicate", "applied")
    assert again.answers[0].ver == first.answers[0].ver
    assert (await stored_box(journal, rec)).total == 5
    assert again.last_seq == first.last_seq


async def test_an_own_command_whose_commit_went_unheard_is_carried_out_once(
    journal: Journal, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The house gives its commands new ids and asks for no verdicts; but it tries them again."""
    rec = await made(phone)
    unit_of_work, heard = journal.database.unit_of_work, iter([False, True])

    @contextlib.asynccontextmanager
    async def unheard(names: Iterable[str] = ()) -> AsyncIterator[Tx]:
        async with unit_of_work(names) as tx:
            yield tx
        if not next(heard):
            raise Busy("the connection ended with the commit")

    monkeypatch.setattr(journal.database, "unit_of_work", unheard)
    answer = await journal.command("toys.add", rec, {"count": 5})
    assert (answer.s, answer.original) == ("duplicate", "applied")
    assert (await stored_box(journal, rec)).total == 5


async def test_half_of_a_batch_sent_again_is_told_apart(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    early = phone.ask("toys.add", rec, {"amount": 1}, v=2)
    late = phone.ask("toys.add", rec, {"amount": 10}, v=2)
    await phone.push(early)
    result = await phone.push(early, late)
    assert [answer.s for answer in result.answers] == ["duplicate", "applied"]
    assert (await stored_box(journal, rec)).total == 11


async def test_a_gap_stops_the_batch_and_says_where(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    lost = phone.ask("toys.add", rec, {"amount": 1}, v=2)
    after = phone.ask("toys.add", rec, {"amount": 1}, v=2)
    result = await phone.push(after)
    assert (result.answers, result.expected) == ((), lost.seq)
    assert (await phone.push(lost, after)).expected is None


async def test_a_refusal_is_a_receipt_and_the_queue_moves(journal: Journal, phone: Phone) -> None:
    """One bad record does not block those behind it, and its bytes are kept."""
    rec = await made(phone)
    result = await phone.push(
        phone.ask("toys.add", rec, {"amount": 2_000_000}, v=2),
        phone.ask("toys.add", rec, {"amount": 3}, v=2),
    )
    assert [answer.s for answer in result.answers] == ["rejected", "applied"]
    assert result.answers[0].code == "box_full"
    assert (await stored_box(journal, rec)).total == 3
    async with journal.database.reading() as tx:
        (kept,) = await VERDICTS.where(tx, "status = 'rejected'")
    assert kept.payload is not None
    assert "2000000" in kept.payload


@pytest.mark.parametrize(
    ("op", "args", "more", "code"),
    [
        ("toys.paint", {}, {}, "op_unknown"),
        ("toys.add", {"amount": 1}, {"v": 9}, "op_unknown"),
        ("toys.add", {"amount": "one"}, {"v": 2}, "args_invalid"),
        ("toys.add", {"amount": 1, "colour": "red"}, {"v": 2}, "args_invalid"),
        ("toys.add", {"amount": 1}, {"v": 2, "at": "yesterday"}, "args_invalid"),
        ("toys.add", {"amount": 1}, {"v": 2, "id": "not-an-id"}, "args_invalid"),
        ("toys.add", {"amount": 1}, {"v": 2, "actor": new_id()}, "actor_mismatch"),
        ("toys.add", {"amount": 1, "note": f"证 {ID}"}, {"v": 2}, "personal_number"),
    ],
)
async def test_refused_with_a_reason(
    journal: Journal, phone: Phone, op: str, args: Any, more: Any, code: str
) -> None:
    rec = await made(phone)
    answer = await phone.do(op, rec, args, **more)
    assert (answer.s, answer.code) == ("rejected", code)
    assert answer.detail
    assert answer.detail_zh
    assert (await stored_box(journal, rec)).total == 0
    assert (await phone.do("toys.add", rec, {"amount": 1}, v=2)).s == "applied"


async def test_a_personal_number_is_never_stored(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    await phone.do("toys.add", rec, {"amount": 1, "note": f"身份证 {ID}"}, v=2)
    async with journal.database.reading() as tx:
        for table in ("verdict", "fact", "fact_personal", "record", "toy_box"):
            rows = await tx.fetch(f"SELECT * FROM {table}")
            assert ID not in str(rows)


async def test_old_arguments_are_taken_up_to_date(journal: Journal, phone: Phone) -> None:
    """A phone back from holiday sends version 1."""
    rec = await made(phone)
    assert (await phone.do("toys.add", rec, {"count": 4}, v=1)).s == "applied"
    assert (await stored_box(journal, rec)).total == 4


async def test_a_group_is_applied_together_or_not_at_all(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    good = phone.ask("toys.add", rec, {"amount": 1}, v=2, group="g")
    bad = phone.ask("toys.add", rec, {"amount": 2_000_000}, v=2, group="g")
    after = phone.ask("toys.add", rec, {"amount": 7}, v=2)
    result = await phone.push(good, bad, after)
    assert [(a.s, a.code) for a in result.answers] == [
        ("rejected", "group_refused"),
        ("rejected", "box_full"),
        ("applied", None),
    ]
    assert (await stored_box(journal, rec)).total == 7


async def test_the_same_id_with_other_content_is_refused_and_kept(
    journal: Journal, phone: Phone
) -> None:
    rec = await made(phone)
    first = phone.ask("toys.add", rec, {"amount": 1}, v=2)
    await phone.push(first)
    forged = msgspec.structs.replace(first, args=msgspec.Raw(b'{"amount":9}'))
    assert (await phone.push(forged)).answers[0].code == "command_reused"
    moved = phone.ask("toys.add", rec, {"amount": 9}, v=2, id=first.id)
    answer = (await phone.push(moved)).answers[0]
    assert (answer.id, answer.code) == (first.id, "command_reused")
    assert (await stored_box(journal, rec)).total == 1


async def test_what_hangs_on_a_refused_record_says_so(journal: Journal, phone: Phone) -> None:
    rec = box()
    await phone.do("toys.create", rec, {"name": 5})
    answer = await phone.do("toys.add", rec, {"amount": 1}, v=2)
    assert (answer.code, answer.facts) == ("parent_rejected", {"code": "args_invalid"})
    assert (await phone.do("toys.add", box(), {"amount": 1}, v=2)).code == "not_found"


async def test_a_row_the_database_refuses_is_found_and_only_it(
    journal: Journal, phone: Phone
) -> None:
    """Two boxes of one name: the rules let it through, the second judge does not."""
    await made(phone, "同名")
    good, bad = box(), box()
    result = await phone.push(
        phone.ask("toys.create", bad, {"name": "同名", "place": "o1"}),
        phone.ask("toys.create", good, {"name": "另一个", "place": "o1"}),
    )
    assert [(a.s, a.code) for a in result.answers] == [
        ("rejected", "constraint_broken"),
        ("applied", None),
    ]


async def test_a_refused_reaction_leaves_its_cause_standing(journal: Journal, phone: Phone) -> None:
    rec = await made(phone, "bad box")
    assert (await stored_box(journal, rec)).history == []
    async with journal.database.reading() as tx:
        names = [entry.type for entry in await ENTRIES.where(tx, "seq > 0 ORDER BY seq")]
        notices = await tx.fetch("SELECT type FROM notice")
    assert names == ["toys.Created", "journal.Reacted"]
    assert notices == [{"type": "reaction_refused"}]


async def test_a_conflict_keeps_what_came_with_it(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    await phone.do("toys.add", rec, {"amount": 1}, v=2)
    answer = await phone.do("toys.discard", rec)
    assert (answer.s, answer.code) == ("conflict", "box_full")
    assert answer.row is not None
    assert msgspec.json.decode(answer.row)[4]["total"] == 1
    assert (await stored_box(journal, rec)).history[-1] == "kept"


async def test_merged_carries_the_record_as_it_stands(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    answer = await phone.do("toys.add", rec, {"amount": 1}, v=2, base=-1)
    assert answer.s == "merged"
    assert answer.row is not None
    assert msgspec.json.decode(answer.row)[:2] == list(rec)


@pytest.mark.parametrize("told", [frozenset[str](), frozenset({"elsewhere"})])
async def test_a_verdict_shows_no_record_that_the_phone_does_not_receive(
    journal: Journal, phone: Phone, told: frozenset[str]
) -> None:
    """A stopped phone receives nothing, and whoever lost a record receives other ones."""
    rec = await made(phone)

    async def buckets(_tx: Tx) -> frozenset[str]:
        return told

    asked = phone.ask("toys.add", rec, {"amount": 1}, v=2, base=-1)
    batch = Batch(phone.actor, phone.device_id, (asked,), buckets=buckets)
    (answer,) = (await journal.execute(batch)).answers
    assert (answer.s, answer.row) == ("merged", None)
    asked = phone.ask("toys.add", rec, {"amount": 1}, v=2, base=-1)
    batch = Batch(phone.actor, phone.device_id, (asked,))
    (answer,) = (await journal.execute(batch)).answers
    assert (answer.s, answer.row) == ("merged", None)


async def test_facts_are_a_chain_and_personal_fields_are_apart(
    journal: Journal, phone: Phone
) -> None:
    rec = await made(phone)
    await phone.do("toys.add", rec, {"amount": 1, "note": "王奶奶"}, v=2)
    async with journal.database.reading() as tx:
        entries = await ENTRIES.where(tx, "seq > 0 ORDER BY seq")
        personal = await PERSONAL.where(tx, "id = ?", entries[-1].id)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert first_break(entries) is None
    assert "王奶奶" not in entries[-1].payload
    assert "王奶奶" in personal[0].payload
    assert entries[-1].commitment
    forged = msgspec.structs.replace(entries[1], payload=entries[1].payload.replace("0", "1"))
    assert first_break([entries[0], forged, entries[2]]) == 2


async def test_a_fact_whose_personal_fields_are_empty_has_nothing_to_erase(
    journal: Journal, phone: Phone
) -> None:
    await phone.do("toys.add", await made(phone), {"amount": 1, "note": ""}, v=2)
    async with journal.database.reading() as tx:
        entry = (await ENTRIES.where(tx, "seq > 0 ORDER BY seq DESC LIMIT 1"))[0]
        assert await PERSONAL.where(tx, "id = ?", entry.id) == []
    assert entry.commitment is None
    assert msgspec.json.decode(entry.payload)["values"]["note"] == ""


async def test_two_phones_at_one_box_lose_nothing(
    journal: Journal, phone: Phone, other: Phone
) -> None:
    rec = await made(phone)

    async def fill(who: Phone) -> list[Answer]:
        return [await who.do("toys.add", rec, {"amount": 1}, v=2) for _ in range(20)]

    await asyncio.gather(fill(phone), fill(other))
    assert (await stored_box(journal, rec)).total == 40


async def test_the_same_batch_twice_at_once_happens_once(journal: Journal, phone: Phone) -> None:
    """Two tabs drain the same outbox."""
    rec = await made(phone)
    asked = [phone.ask("toys.add", rec, {"amount": 1}, v=2) for _ in range(10)]
    results = await asyncio.gather(phone.push(*asked), phone.push(*asked))
    said = sorted(answer.s for result in results for answer in result.answers)
    assert said == ["applied"] * 10 + ["duplicate"] * 10
    assert (await stored_box(journal, rec)).total == 10


async def test_an_exception_that_is_no_problem_leaves_nothing(
    journal: Journal, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    rec = await made(phone)

    async def explode(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("backend.foundation.journal.execute.flush", explode)
    asked = phone.ask("toys.add", rec, {"amount": 1}, v=2)
    with pytest.raises(ZeroDivisionError):
        await phone.push(asked)
    monkeypatch.undo()
    assert (await phone.push(asked)).answers[0].s == "applied"


async def test_pull_gives_each_row_once_and_in_order(journal: Journal, phone: Phone) -> None:
    recs = [await made(phone, f"箱{n}") for n in range(7)]
    desk = "desk:o1:toys"
    seen, cursor, pages = [], 0, 0
    while True:
        async with journal.database.reading() as tx:
            pulled = await pull(tx, frozenset({desk}), {desk: cursor}, rows_max=3, check=True)
        page = pulled.scopes[desk]
        seen += [msgspec.json.decode(row) for row in page.rows]
        cursor, pages = page.next, pages + 1
        if not page.more:
            break
    assert pages == 3
    assert [row[1] for row in seen] == [rec[1] for rec in recs]
    versions = [row[2] for row in seen]
    assert versions == sorted(set(versions))
    assert page.check is not None
    assert page.check["n"] == 7


async def test_a_record_that_moves_leaves_a_tombstone(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    old, new = "desk:o1:toys", "desk:o2:toys"
    async with journal.database.reading() as tx:
        before = (await pull(tx, frozenset({old, new}), {old: 0, new: 0})).head
    await phone.do("toys.move", rec, {"place": "o2"})
    async with journal.database.reading() as tx:
        pulled = await pull(tx, frozenset({old, new}), {old: before, new: before})
        fresh = await pull(tx, frozenset({old}), {old: 0})
    assert [gone[1] for gone in pulled.scopes[old].gone] == [rec[1]]
    assert len(pulled.scopes[new].rows) == 1
    assert fresh.scopes[old].gone == []


async def test_scopes_are_dropped_and_offered(journal: Journal, phone: Phone) -> None:
    await made(phone)
    async with journal.database.reading() as tx:
        pulled = await pull(tx, frozenset({"org"}), {"desk:o1:toys": 0})
    assert (pulled.drop, pulled.add, pulled.scopes) == (["desk:o1:toys"], ["org"], {})


async def test_membership_remembers_when_it_ended(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    person = new_id()
    given = await phone.do("toys.lend", rec, {"person": person})
    taken = await phone.do("toys.lend", rec, {"person": person, "back": True})
    async with journal.database.reading() as tx:
        (row,) = await tx.fetch("SELECT * FROM bucket_member")
    assert (row["from_ver"], row["until_ver"]) == (given.ver, taken.ver)


async def test_a_notice_reaches_the_bucket_of_its_person(journal: Journal, phone: Phone) -> None:
    rec = await made(phone)
    await phone.do("toys.discard", rec)
    own = f"user:{phone.actor.id}"
    async with journal.database.reading() as tx:
        page = (await pull(tx, frozenset({own}), {own: 0})).scopes[own]
    (line,) = [msgspec.json.decode(row) for row in page.rows]
    assert (line[0], line[4]["type"]) == ("notice", "box_discarded")
