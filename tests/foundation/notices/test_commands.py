"""Inbox and targets by their commands, on both engines."""

from typing import Any

import msgspec
import pytest

from backend.app import catalogue
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from backend.foundation.notices.kinds import kinds_of
from tests.features.stage import RIVERSIDE, Hand, Stage
from tests.features.stage import stage as either
from tests.worker.outside import KEEPER, outside, seal, stage

__all__ = ["either", "stage"]
URL = "https://hooks.example/secret-path"


async def unread(hand: Hand) -> list[str]:
    seen = await hand.sees()
    found = ((key, body) for key, body in seen.items() if key[0] == "notice")
    return sorted(key[1] for key, body in found if "read_at" not in body)


async def test_reading_counts_on_every_device_of_the_person(either: Stage) -> None:
    await either.round()
    await either.round()
    tablet = await either.hand("li_na", "li_na-tablet")
    first, second = await unread(tablet)
    rec = ("inbox", either.li_na.id)
    await either.li_na.must("notices.mark_read", rec, {"notices": [first]})
    assert await unread(tablet) == [second]
    # The tablet was away and read both: once is enough, and twice no mistake.
    await tablet.must("notices.mark_read", rec, {"notices": [first, second]})
    assert await unread(either.li_na) == []


async def test_when_it_was_read_stays_as_it_was_first_said(stage: Stage) -> None:
    await stage.round()
    rec, (notice,) = ("inbox", stage.li_na.id), await unread(stage.li_na)
    await stage.li_na.must("notices.mark_read", rec, {"notices": [notice]})
    before = await stage.body("notice", notice)
    stage.clock.pass_(hours=1)
    await stage.li_na.must("notices.mark_read", rec, {"notices": [notice]})
    assert await stage.body("notice", notice) == before


async def test_nobody_reads_for_somebody_else(stage: Stage) -> None:
    await stage.round()
    (notice,) = await unread(stage.li_na)
    theirs = ("inbox", stage.li_na.id)
    assert (
        await stage.ana.refused("notices.mark_read", theirs, {"notices": [notice]}) == "forbidden"
    )
    own = ("inbox", stage.ana.id)
    await stage.ana.must("notices.mark_read", own, {"notices": [notice, "not-there"]})
    assert await unread(stage.li_na) == [notice]


async def test_a_notice_tells_of_which_fact_it_is(stage: Stage) -> None:
    await stage.round()
    async with stage.database.reading() as tx:
        rows = await tx.tuples("SELECT type, fact FROM notice")
    assert [tuple(row) for row in rows] == [("round_assigned", "inspections.Assigned")]


async def test_choices_are_ones_own_and_reach_ones_phones(either: Stage) -> None:
    rec = ("inbox", either.li_na.id)
    quiet = {"since": "22:00", "until": "07:00"}
    chosen = {"muted": ["events", "events"], "quiet": quiet, "language": "en"}
    await either.li_na.must("notices.choose", rec, chosen)
    await either.li_na.must("notices.set_address", rec, {"address": "li.na@bank.example"})
    body = (await either.li_na.sees())[rec]
    assert body == {
        "address": "li.na@bank.example",
        "muted": ["events"],
        "quiet": quiet,
        "language": "en",
    }
    assert rec not in await either.ana.sees()
    assert await either.ana.refused("notices.choose", rec, chosen) == "forbidden"
    assert await either.ana.refused("notices.set_address", rec, {"address": None}) == "forbidden"


async def test_an_administrator_sets_an_address_of_somebody_who_is_there(stage: Stage) -> None:
    async with outside(stage) as out:
        await out.address("li_na", "li.na@bank.example")
        with pytest.raises(Problem, match="not_found"):
            await out.address("nobody at all", "x@bank.example")
    (fact,) = await stage.facts("notices.AddressSet")
    assert "address" not in fact, "an address is personal, and lies in the half that can be erased"


async def test_targets_are_the_administrators(stage: Stage) -> None:
    id, command = new_id(), new_id()
    args: dict[str, Any] = {"name": "Hook", "kind": "webhook", "kinds": ["events.Approved"]}
    args["sealed"] = seal(URL, id, command)
    for name in ("chen_jie", "sun_yue", "li_na"):
        hand = stage.hands[name]
        code = await hand.refused("notices.add_target", ("target", id), args, id=new_id())
        assert code == "forbidden"


async def test_a_secret_is_in_no_fact_and_no_answer(either: Stage) -> None:
    async with outside(either) as out:
        target = await out.target_at(URL)
        row = await out.stands(target)
        assert row.host == "https://hooks.example"
        assert b"secret-path" not in msgspec.json.encode(row)
        async with either.database.reading() as tx:
            facts = await tx.tuples("SELECT payload FROM fact WHERE rec_kind = 'target'")
            kept = await tx.tuples("SELECT sealed FROM target")
    assert facts
    assert not [text for (text,) in facts if "secret-path" in text or "xfs1" in text]
    assert not [text for (text,) in kept if "secret-path" in text]


@pytest.mark.parametrize(
    ("sealed", "code"),
    [
        (lambda id, command: seal(URL, new_id(), command), "target_elsewhere"),
        (lambda id, command: seal(URL, id, new_id()), "target_elsewhere"),
        (lambda id, command: "xfs1.AAAA", "target_unreadable"),
        (lambda id, command: seal(URL, id, command, secret="short"), "target_secret_short"),
        (lambda id, command: seal("gopher://x", id, command), "target_address_wrong"),
    ],
)
async def test_what_was_sealed_for_something_else_is_refused(
    stage: Stage, sealed: Any, code: str
) -> None:
    id, command = new_id(), new_id()
    args: dict[str, Any] = {"name": "Hook", "kind": "webhook", "kinds": ["events.Approved"]}
    args["sealed"] = sealed(id, command)
    with pytest.raises(Problem, match=code):
        await stage.journal.command(
            "notices.add_target", ("target", id), args, actor=KEEPER, command_id=command
        )


async def test_a_target_names_outlets_and_lines_that_are_there(stage: Stage) -> None:
    async with outside(stage) as out:
        with pytest.raises(Problem, match="outlet_unknown"):
            await out.target_at(URL, outlets=["nowhere"])
        with pytest.raises(Problem, match="line_unknown"):
            await out.target_at(URL, lines=["nothing"])
        target = await out.target_at(URL, outlets=[RIVERSIDE], lines=["security"])
        with pytest.raises(Problem, match="outlet_unknown"):
            await out.order("notices.change_target", target, outlets=["nowhere"])


async def test_a_replay_is_of_a_message_of_this_target(stage: Stage) -> None:
    async with outside(stage) as out:
        target = await out.target_at(URL)
        with pytest.raises(Problem, match="not_found"):
            await out.order("notices.replay_target", target, delivery=new_id())
        with pytest.raises(Problem, match="not_found"):
            await out.order("notices.test_target", new_id())


async def test_every_act_is_in_the_chain(either: Stage) -> None:
    async with outside(either) as out:
        target = await out.target_at(URL)
        for op in ("change", "test", "pause", "resume", "remove"):
            args = {"name": "Other"} if op == "change" else {}
            await out.order(f"notices.{op}_target", target, **args)
    async with either.database.reading() as tx:
        rows = await tx.tuples("SELECT type FROM fact WHERE rec_kind = 'target' ORDER BY seq")
    names = [type_.removeprefix("notices.Target") for (type_,) in rows]
    assert names == ["Added", "Changed", "Tested", "Paused", "Resumed", "Removed"]


def test_every_fact_that_is_told_has_words_in_both_languages() -> None:
    told = catalogue()
    missing = [
        told.fact_names[fact]
        for fact, declared in told.notices.items()
        if not all(one.zh and one.en for one in declared)
    ]
    assert missing == []


def test_only_what_happens_at_an_outlet_in_a_line_can_be_told_to_targets() -> None:
    placed = {name for name, kind in kinds_of(catalogue()).items() if kind.placed}
    assert "rectifications.Reported" in placed
    assert not placed & {"identity.PinSet", "evidence.Refused", "notices.TargetTested"}
