"""What an event refuses while it is held, each with the moment at which valid becomes invalid."""

from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.events.ground import (
    approved,
    by_code,
    by_roster,
    closed,
    counts,
    invited,
    opened,
    planned,
    seen_by,
    walked_in,
)
from tests.features.stage import Stage, fixed, picture


def check_in() -> tuple[str, str]:
    return ("check_in", new_id())


async def test_nobody_is_checked_in_before_the_beginning(stage: Stage) -> None:
    rec = await approved(stage)
    refused = await stage.xiao_chen.refused("events.check_in", check_in(), walked_in(rec))
    assert refused == "event_not_open"
    tally = {"counter": "visitors", "n": 1}
    assert await stage.xiao_chen.refused("events.tally", rec, tally) == "event_not_open"
    await stage.wang_fang.must("events.open", rec)
    await seen_by(stage.xiao_chen, walked_in(rec))


async def test_of_an_event_that_was_called_off_nothing_is_lost(stage: Stage) -> None:
    """Xiao Chen's phone had opened it; the cancelling was first on the server."""
    rec = await approved(stage)
    await stage.chen_jie.must("events.cancel", rec, {"reason": "Rain"})
    assert await stage.xiao_chen.refused("events.open", rec) == "event_over"
    await seen_by(stage.xiao_chen, walked_in(rec))
    assert (await counts(stage, rec))["late"] == 1


async def test_only_who_works_there_checks_people_in(stage: Stage) -> None:
    rec = await opened(stage)
    args = walked_in(rec)
    assert await stage.chen_jie.refused("events.check_in", check_in(), args) == "not_event_staff"
    assert await stage.qian_hao.refused("events.check_in", check_in(), args) == "not_found"
    gone = ("event", new_id())
    assert await stage.xiao_chen.refused("events.check_in", check_in(), walked_in(gone)) == (
        "not_found"
    )
    assert await stage.xiao_chen.refused("events.check_in", rec, args) == "not_found"


async def test_who_was_taken_off_and_could_not_know_is_still_heard(stage: Stage) -> None:
    """Xiao Chen's phone had no signal when Wang Fang gave the table to somebody else."""
    rec = await opened(stage)
    await stage.xiao_chen.sees()
    staff = {"staff": [fixed("wang_fang")]}
    await stage.wang_fang.must("events.assign_staff", rec, staff)
    await seen_by(stage.xiao_chen, walked_in(rec))
    await stage.xiao_chen.sees()
    refused = await stage.xiao_chen.refused("events.check_in", check_in(), walked_in(rec))
    assert refused == "not_event_staff"
    assert (await counts(stage, rec))["persons"] == 1


async def test_a_check_in_names_somebody_of_this_event(stage: Stage) -> None:
    rec, other = await opened(stage), await opened(stage)
    (guest,) = await invited(stage, other, 1)
    refused = stage.xiao_chen.refused
    args = by_roster(rec, guest["id"])
    assert await refused("events.check_in", check_in(), args) == "entry_unknown"
    args = by_roster(rec, new_id())
    assert await refused("events.check_in", check_in(), args) == "entry_unknown"
    args = {"event": rec[1], "how": "staff", "person": new_id()}
    assert await refused("events.check_in", check_in(), args) == "person_unknown"
    args = {"event": rec[1], "how": "roster"}
    assert await refused("events.check_in", check_in(), args) == "how_unclear"
    args = walked_in(rec, "1", band="under_14")
    assert await refused("events.check_in", check_in(), args) == "child_identified"
    args = walked_in(rec) | {"number": "13800000000"}
    assert await refused("events.check_in", check_in(), args) == "args_invalid"


async def test_a_check_in_that_is_there_is_not_made_again(stage: Stage) -> None:
    rec = await opened(stage)
    seen = await seen_by(stage.wang_fang, walked_in(rec))
    assert await stage.xiao_chen.refused("events.check_in", seen, walked_in(rec)) == "id_taken"


async def test_a_code_is_somebody_once_the_roster_says_so(stage: Stage) -> None:
    """The guest's card was scanned before the office had put them on the list."""
    rec = await opened(stage)
    seen = await seen_by(stage.wang_fang, by_code(rec, "G000"))
    assert (await stage.body(*seen))["key"].startswith("code:")
    (guest,) = await invited(stage, rec, 1)
    body = await stage.body(*seen)
    assert (body["key"], body["code"]) == (f"guest:{guest['id']}", None)
    await seen_by(stage.xiao_chen, by_roster(rec, guest["id"]))
    assert (await counts(stage, rec))["persons"] == 1


async def test_a_roster_holds_each_code_once_and_a_hundred_people_a_part(stage: Stage) -> None:
    rec = await opened(stage)
    entries = await invited(stage, rec, 100)
    parts = [id for (kind, id) in await stage.wang_fang.sees() if kind == "event_roster"]
    more = {"id": new_id(), "name": "One more", "code": "G000"}
    part, new = ("event_roster", parts[0]), ("event_roster", new_id())
    refused = stage.wang_fang.refused
    asked = {"event": rec[1], "entries": [more]}
    assert await refused("events.invite", new, asked) == "entry_code_taken"
    asked = {"event": rec[1], "entries": [more | {"code": "H1"}]}
    assert await refused("events.invite", part, asked) == "roster_full"
    asked = {"event": rec[1], "entries": [entries[0] | {"name": "Somebody else"}]}
    assert await refused("events.invite", part, asked) == "id_taken"
    asked = {"event": rec[1], "entries": entries[:1]}
    assert (await stage.wang_fang.do("events.invite", part, asked)).s == "merged"
    other = await opened(stage)
    asked = {"event": other[1], "entries": [more | {"code": "H1"}]}
    assert await refused("events.invite", part, asked) == "id_taken"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"kind": "child", "name": "Xiao Ming"}, "child_identified"),
        ({"kind": "guest", "name": " "}, "entry_name_missing"),
        ({"kind": "guest", "name": "A", "code": "no spaces"}, "args_invalid"),
        ({"kind": "staff", "name": "A", "person": new_id()}, "person_unknown"),
    ],
)
async def test_who_can_be_on_no_roster(stage: Stage, entry: dict[str, Any], code: str) -> None:
    rec = await planned(stage)
    asked = {"event": rec[1], "entries": [{"id": new_id(), **entry}]}
    assert await stage.wang_fang.refused("events.invite", ("event_roster", new_id()), asked) == code


async def test_who_is_taken_off_the_roster_still_counts_without_a_name(stage: Stage) -> None:
    rec = await opened(stage)
    (guest,) = await invited(stage, rec, 1)
    await seen_by(stage.wang_fang, by_roster(rec, guest["id"]))
    (part,) = [id for (kind, id) in await stage.wang_fang.sees() if kind == "event_roster"]
    asked = {"entries": [guest["id"]]}
    await stage.wang_fang.must("events.uninvite", ("event_roster", part), asked)
    assert (await stage.body("event_roster", part))["entries"] == []
    await seen_by(stage.xiao_chen, by_roster(rec, guest["id"]))
    assert (await counts(stage, rec))["persons"] == 1
    again = await stage.wang_fang.do("events.uninvite", ("event_roster", part), asked)
    assert again.s == "merged"
    asked = {"entries": [new_id()]}
    rec = ("event_roster", part)
    assert await stage.wang_fang.refused("events.uninvite", rec, asked) == "entry_unknown"


async def test_a_void_names_sightings_of_this_event(stage: Stage) -> None:
    rec, other = await opened(stage), await opened(stage)
    foreign = await seen_by(stage.wang_fang, walked_in(other))
    args = {"check_ins": [foreign[1]], "reason": "Wrong one"}
    assert await stage.wang_fang.refused("events.void", rec, args) == "check_in_unknown"
    await stage.wang_fang.must("events.void", other, args)
    assert (await stage.wang_fang.do("events.void", other, args)).s == "merged"


async def test_two_walk_ins_are_one_once_somebody_looked(stage: Stage) -> None:
    rec = await opened(stage)
    a = (await seen_by(stage.wang_fang, walked_in(rec)))[1]
    b = (await seen_by(stage.xiao_chen, walked_in(rec)))[1]
    judge = stage.chen_jie
    same = {"a": b, "b": a, "same": True}
    await judge.must("events.judge_duplicate", rec, same)
    assert (await counts(stage, rec))["persons"] == 1
    assert (await judge.do("events.judge_duplicate", rec, same)).s == "merged"
    await judge.must("events.judge_duplicate", rec, same | {"same": False})
    assert (await counts(stage, rec))["persons"] == 2
    twice = {"a": a, "b": a, "same": True}
    assert await judge.refused("events.judge_duplicate", rec, twice) == "same_sighting"
    unknown = {"a": a, "b": new_id(), "same": True}
    assert await judge.refused("events.judge_duplicate", rec, unknown) == "check_in_unknown"


async def test_one_more_sighting_of_a_joined_person_is_still_one(stage: Stage) -> None:
    rec = await opened(stage)
    guests = await invited(stage, rec, 2)
    a, b = [(await seen_by(stage.wang_fang, by_roster(rec, one["id"])))[1] for one in guests]
    await stage.wang_fang.must("events.judge_duplicate", rec, {"a": a, "b": b, "same": True})
    await seen_by(stage.xiao_chen, by_roster(rec, guests[1]["id"]))
    found = await counts(stage, rec)
    assert (found["persons"], found["sightings"]) == (1, 3)


async def test_a_phone_takes_back_only_what_it_counted(stage: Stage) -> None:
    rec = await opened(stage)
    await stage.wang_fang.must("events.tally", rec, {"counter": "visitors", "n": 5})
    await stage.xiao_chen.must("events.tally", rec, {"counter": "visitors", "n": 2})
    back = {"counter": "visitors", "n": -3}
    assert await stage.xiao_chen.refused("events.tally", rec, back) == "below_zero"
    await stage.wang_fang.must("events.tally", rec, back)
    body = await stage.body(*rec)
    assert (body["tallies"], body["counts"]["persons"]) == ({"visitors": 4}, 0)


async def test_stock_reconciles_and_late_ones_stand_apart(stage: Stage) -> None:
    rec = await opened(stage)
    await stage.wang_fang.must("events.hand_out", rec, {"material": "lantern", "n": 30})
    await stage.xiao_chen.must("events.hand_out", rec, {"material": "lantern", "n": 25})
    await stage.wang_fang.must("events.restock", rec, {"material": "lantern", "n": 10})
    (stock,) = (await stage.body(*rec))["materials"]
    assert (stock["handed"], stock["left"]) == (55, 5)
    unknown = {"material": "balloon", "n": 1}
    assert await stage.wang_fang.refused("events.hand_out", rec, unknown) == "material_unknown"
    await stage.wang_fang.must("events.close", rec)
    await stage.xiao_chen.must("events.hand_out", rec, {"material": "lantern", "n": 2})
    await stage.xiao_chen.must("events.tally", rec, {"counter": "visitors", "n": 7})
    await stage.wang_fang.must("events.count_stock", rec, {"material": "lantern", "counted": 4})
    body = await stage.body(*rec)
    (stock,) = body["materials"]
    assert (stock["handed"], stock["handed_late"], stock["left"]) == (55, 2, 3)
    assert (stock["counted"]["n"], stock["counted"]["expected"]) == (4, 3)
    assert (body["tallies"], body["tallies_late"]) == ({}, {"visitors": 7})
    more = {"material": "lantern", "n": 1}
    assert await stage.wang_fang.refused("events.restock", rec, more) == "event_over"
    await stage.wang_fang.must("events.reopen", rec, {"reason": "The second table"})
    body = await stage.body(*rec)
    assert (body["tallies"], body["materials"][0]["handed"]) == ({"visitors": 7}, 57)


async def test_a_question_told_twice_is_one(stage: Stage) -> None:
    rec = await opened(stage)
    asked = {"id": new_id(), "text": "Is this a scam?", "topic": "fraud"}
    await stage.wang_fang.must("events.ask", rec, asked)
    assert (await stage.wang_fang.do("events.ask", rec, asked)).s == "merged"
    assert len((await stage.body(*rec))["questions"]) == 1


async def test_the_result_is_handed_in_by_one_and_accepted_by_another(stage: Stage) -> None:
    rec = await closed(stage)
    seen = {"content_digest": await stage.seen(rec)}
    assert await stage.chen_jie.refused("events.accept_result", rec, seen) == "result_missing"
    unknown = {"photos": [new_id()]}
    assert await stage.wang_fang.refused("events.conclude", rec, unknown) == "photo_not_here"
    shot = picture("the square")
    await stage.wang_fang.must("events.attach", rec, {"photo": shot, "people": "nobody"})
    await stage.wang_fang.must("events.conclude", rec, {"cost": "820", "photos": [shot["id"]]})
    points = {"points": [{"about": "result", "comment": "Which 820?"}]}
    back = {"content_digest": await stage.seen(rec)} | points
    await stage.chen_jie.must("events.return", rec, back)
    assert (await stage.body(*rec))["result"]["state"] == "returned"
    await stage.wang_fang.must("events.conclude", rec, {"cost": "820 yuan"})
    assert await stage.chen_jie.refused("events.accept_result", rec, seen) == "event_moved"
    seen = {"content_digest": await stage.seen(rec)}
    assert await stage.wang_fang.refused("events.accept_result", rec, seen) == "forbidden"
    await stage.chen_jie.must("events.accept_result", rec, seen)
    assert (await stage.body(*rec))["state"] == "reported"
    assert await stage.wang_fang.refused("events.conclude", rec, {}) == "bad_transition"
    assert await stage.wang_fang.refused("events.reopen", rec, {"reason": "x"}) == "event_over"


async def test_nobody_accepts_the_result_that_they_handed_in(stage: Stage) -> None:
    rec = await closed(stage, staff=[fixed("wang_fang"), fixed("zhao_min")])
    await stage.zhao_min.must("events.conclude", rec, {"cost": "820"})
    seen = {"content_digest": await stage.seen(rec)}
    assert await stage.zhao_min.refused("events.accept_result", rec, seen) == "own_result"
    points = seen | {"points": [{"about": "result", "comment": "Hm"}]}
    assert await stage.zhao_min.refused("events.return", rec, points) == "own_result"
