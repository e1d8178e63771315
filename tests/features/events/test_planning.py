"""Plans: who makes them, who decides on them, and what a plan can never say."""

from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.events.ground import approved, closed, opened, plan, planned
from tests.features.stage import HILLTOP, Stage, fixed


async def test_a_lunar_date_lands_on_the_right_day_next_year(stage: Stage) -> None:
    """The same plan again, with nothing changed but the year."""
    days = []
    for year in (2027, 2028):
        festival = {"code": "lantern", "year": year}
        rec = await planned(stage, kind="festival", day=None, festival=festival)
        days.append((await stage.body(*rec))["day"])
    assert days == ["2027-02-20", "2028-02-09"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"day": None}, "event_day"),
        ({"festival": {"code": "lantern", "year": 2027}}, "event_day"),
        ({"until_day": "2026-11-24"}, "event_day"),
        ({"day": "2026-02-30"}, "args_invalid"),
        ({"day": "0001-01-01", "starts": "00:00"}, "args_invalid"),
        ({"ends": "14:00"}, "event_hours"),
        ({"kind": "children"}, "minor_safe_fixed"),
        ({"staff": [fixed("xiao_chen"), fixed("xiao_chen")]}, "named_twice"),
        ({"materials": [{"key": "a", "name": "A", "n": 1}] * 2}, "named_twice"),
        ({"staff": [fixed("he_ping")]}, "event_staff_out_of_scope"),
        ({"staff": [new_id()]}, "person_unknown"),
        ({"outlet": new_id()}, "outlet_unknown"),
        ({"outlet": HILLTOP}, "forbidden"),
        ({"budget": "6222021234567890128"}, "personal_number"),
    ],
)
async def test_what_no_plan_can_say(stage: Stage, values: dict[str, Any], code: str) -> None:
    asked = {name: value for name, value in (plan() | values).items() if value is not None}
    assert await stage.wang_fang.refused("events.plan", ("event", new_id()), asked) == code


async def test_whose_post_does_not_plan_here_plans_nothing(stage: Stage) -> None:
    for who in (stage.xiao_chen, stage.li_na, stage.qian_hao):
        assert await who.refused("events.plan", ("event", new_id()), plan()) == "forbidden"


async def test_an_id_that_is_taken_is_refused(stage: Stage) -> None:
    rec = await planned(stage)
    assert await stage.chen_jie.refused("events.plan", rec, plan()) == "id_taken"
    assert (
        await stage.chen_jie.refused("events.plan", ("check_in", new_id()), plan()) == "not_found"
    )


async def test_a_draft_is_revised_where_it_is_and_nowhere_else(stage: Stage) -> None:
    rec = await planned(stage)
    asked = plan(theme="Riddles and tea", staff=[fixed("wang_fang")])
    await stage.wang_fang.must("events.revise", rec, asked)
    assert (await stage.body(*rec))["theme"] == "Riddles and tea"
    assert rec not in await stage.xiao_chen.sees()
    moved = plan(line="service")
    assert await stage.wang_fang.refused("events.revise", rec, moved) == "plan_place_fixed"
    assert await stage.xiao_chen.refused("events.revise", rec, asked) == "forbidden"
    await stage.wang_fang.must("events.propose", rec)
    assert await stage.wang_fang.refused("events.revise", rec, asked) == "bad_transition"


async def test_nobody_approves_their_own_plan(stage: Stage) -> None:
    rec = ("event", new_id())
    await stage.chen_jie.must("events.plan", rec, plan())
    await stage.chen_jie.must("events.propose", rec, {"approver": fixed("zhao_min")})
    seen = {"content_digest": await stage.seen(rec)}
    assert await stage.chen_jie.refused("events.approve", rec, seen) == "own_plan"
    points = seen | {"points": [{"about": "place", "comment": "Indoors, please"}]}
    assert await stage.chen_jie.refused("events.return", rec, points) == "own_plan"
    assert await stage.wang_fang.refused("events.approve", rec, seen) == "forbidden"
    await stage.zhao_min.must("events.approve", rec, seen)
    assert (await stage.body(*rec))["approved_by"] == stage.zhao_min.id


async def test_whoever_proposed_for_a_colleague_does_not_approve_either(stage: Stage) -> None:
    rec = await planned(stage)
    await stage.zhao_min.must("events.propose", rec)
    seen = {"content_digest": await stage.seen(rec)}
    assert await stage.zhao_min.refused("events.approve", rec, seen) == "own_plan"


async def test_a_decision_is_about_what_was_seen(stage: Stage) -> None:
    rec = await planned(stage)
    seen = {"content_digest": await stage.seen(rec)}
    await stage.wang_fang.must("events.revise", rec, plan(theme="Something else"))
    await stage.wang_fang.must("events.propose", rec)
    assert await stage.chen_jie.refused("events.approve", rec, seen) == "event_moved"


async def test_remarks_send_a_plan_back_to_its_draft(stage: Stage) -> None:
    rec = await planned(stage)
    await stage.wang_fang.must("events.propose", rec, {"approver": fixed("chen_jie")})
    assert (await stage.wang_fang.do("events.propose", rec, {"approver": fixed("chen_jie")})).s == (
        "merged"
    )
    points = [{"about": "place", "comment": "Indoors, please"}]
    asked = {"content_digest": await stage.seen(rec), "points": points}
    await stage.chen_jie.must("events.return", rec, asked)
    body = await stage.body(*rec)
    assert (body["state"], body["acts"][-1]["points"]) == ("draft", points)
    told = [
        one["type"] for (kind, _), one in (await stage.wang_fang.sees()).items() if kind == "notice"
    ]
    assert "event_returned" in told


async def test_an_event_is_called_off_once_and_before_it_began(stage: Stage) -> None:
    rec = await approved(stage)
    await stage.wang_fang.must("events.cancel", rec, {"reason": "Rain all week"})
    again = {"reason": "Rain"}
    assert (await stage.chen_jie.do("events.cancel", rec, again)).s == "merged"
    assert await stage.xiao_chen.refused("events.open", rec) == "event_over"
    begun = await opened(stage)
    assert await stage.wang_fang.refused("events.cancel", begun, again) == "bad_transition"
    assert await stage.xiao_chen.refused("events.cancel", begun, again) == "forbidden"


async def test_staff_come_and_go_until_it_is_over(stage: Stage) -> None:
    rec = await approved(stage)
    asked = {"staff": [fixed("wang_fang"), fixed("lin_xia")]}
    await stage.wang_fang.must("events.assign_staff", rec, asked)
    assert rec in await stage.lin_xia.sees()
    assert rec not in await stage.xiao_chen.sees()
    assert (await stage.wang_fang.do("events.assign_staff", rec, asked)).s == "merged"
    assert await stage.lin_xia.refused(
        "events.assign_staff", rec, {"staff": [fixed("he_ping")]}
    ) in (
        "forbidden",
        "event_staff_out_of_scope",
    )
    done = await closed(stage)
    assert await stage.wang_fang.refused("events.assign_staff", done, asked) == "event_over"


async def test_a_stranger_finds_no_event(stage: Stage) -> None:
    rec = await planned(stage)
    assert await stage.qian_hao.refused("events.open", rec) == "not_found"
    assert await stage.li_na.refused("events.cancel", rec, {"reason": "x"}) == "not_found"
