"""An event is held: opened once, counted as often as somebody was seen and no more, closed."""

from backend.foundation.kernel.ids import new_id
from tests.features.events.ground import (
    approved,
    by_code,
    by_roster,
    counts,
    invited,
    opened,
    seen_by,
    walked_in,
)
from tests.features.stage import Stage, fixed


async def test_two_phones_open_an_event_once(stage: Stage) -> None:
    rec = await approved(stage)
    await stage.wang_fang.must("events.open", rec)
    assert (await stage.xiao_chen.do("events.open", rec)).s == "merged"
    assert len(await stage.facts("events.Opened")) == 1


async def test_somebody_seen_by_two_phones_is_one_person(stage: Stage) -> None:
    rec = await opened(stage)
    (guest,) = await invited(stage, rec, 1)
    await seen_by(stage.wang_fang, by_roster(rec, guest["id"]))
    await seen_by(stage.xiao_chen, by_code(rec, guest["code"]))
    found = await counts(stage, rec)
    assert (found["persons"], found["sightings"], found["guests"]) == (1, 2, 1)


async def test_a_void_takes_back_only_what_it_saw(stage: Stage) -> None:
    """Wang Fang takes her own sighting back while Xiao Chen sees the same person."""
    rec = await opened(stage)
    (guest,) = await invited(stage, rec, 1)
    mine = await seen_by(stage.wang_fang, by_roster(rec, guest["id"]))
    await seen_by(stage.xiao_chen, by_roster(rec, guest["id"]))
    args = {"check_ins": [mine[1]], "reason": "Wrong line"}
    await stage.wang_fang.must("events.void", rec, args)
    found = await counts(stage, rec)
    assert (found["persons"], found["sightings"], found["voided"]) == (1, 1, 1)


async def test_what_comes_after_the_closing_is_listed_apart(stage: Stage) -> None:
    """Xiao Chen's phone had no signal; its clock has no say in it."""
    rec = await opened(stage)
    await seen_by(stage.wang_fang, walked_in(rec, "1"))
    await stage.wang_fang.must("events.close", rec)
    late = await seen_by(stage.xiao_chen, walked_in(rec, "2"), at="2026-11-24T01:00:00.000Z")
    found = await counts(stage, rec)
    assert (found["persons"], found["late"]) == (1, 1)
    assert (await stage.body(*late))["late"] is True
    assert len(await stage.facts("events.CameLate")) == 1
    await stage.wang_fang.must("events.reopen", rec, {"reason": "The second table was offline"})
    found = await counts(stage, rec)
    assert (found["persons"], found["late"]) == (2, 0)


async def test_staff_are_counted_apart_however_they_are_named(stage: Stage) -> None:
    rec = await opened(stage, kind="training")
    entry = {"id": new_id(), "kind": "staff", "name": "Xiao Chen", "person": fixed("xiao_chen")}
    args = {"event": rec[1], "entries": [entry]}
    await stage.wang_fang.must("events.invite", ("event_roster", new_id()), args)
    await seen_by(stage.wang_fang, by_roster(rec, entry["id"]))
    badge = {"event": rec[1], "how": "staff", "person": fixed("xiao_chen")}
    await seen_by(stage.xiao_chen, badge)
    found = await counts(stage, rec)
    assert (found["persons"], found["staff"], found["guests"]) == (1, 1, 0)
