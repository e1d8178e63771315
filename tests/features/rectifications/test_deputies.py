"""Somebody decides for a manager who is away: within the days, in their name, with four eyes."""

from typing import Any

import msgspec
import pytest

from backend.foundation.journal.chain import ENTRIES, first_break
from backend.foundation.journal.envelope import ClockSample
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from tests.features.stage import HILLTOP, RIVERSIDE, Hand, Stage, fixed, picture, words

APPROVE = "rectifications.approve"
DAYS = {"first_day": "2026-11-24", "last_day": "2026-11-25"}


async def appoint(stage: Stage, deputy: str = "qian_hao", **more: Any) -> tuple[str, str]:
    """Chen Jie is away today and tomorrow. Qian Hao manages another outlet in another line."""
    rec = ("deputy", new_id())
    asked = {"person": stage.chen_jie.id, "deputy": fixed(deputy), "reason": "leave", **DAYS}
    await stage.chen_jie.must("identity.appoint_deputy", rec, asked | more)
    return rec


async def again(stage: Stage, name: str = "qian_hao") -> Hand:
    """The person with the rights that a session would have now, on another phone."""
    return await stage.hand(name, f"{name}-{new_id()}")


async def approved(stage: Stage, hand: Hand, rec: tuple[str, str], **more: Any) -> str | None:
    """The code of the verdict on an approval of what is there; None: it was taken."""
    seen = {"content_digest": await stage.seen(rec)}
    answer = await hand.do(APPROVE, rec, seen, **more)
    return answer.code if answer.s in ("rejected", "conflict") else None


async def chain(stage: Stage) -> list[dict[str, Any]]:
    """Every fact's public payload, from a chain that holds."""
    async with stage.database.reading() as tx:
        entries = await ENTRIES.where(tx, "1 = 1 ORDER BY seq")
    assert first_break(entries) is None
    assert all(
        msgspec.json.decode(one.payload).get("for_person") == one.for_person for one in entries
    )
    return [msgspec.json.decode(one.payload) for one in entries]


async def test_what_is_decided_for_somebody_says_so_everywhere(stage: Stage) -> None:
    rec = await stage.reported()
    await appoint(stage)
    deputy = await again(stage)
    assert (rec[0], rec[1]) in await deputy.sees()
    assert await approved(stage, deputy, rec) is None
    event = (await stage.body(*rec))["events"][-1]
    assert (event["type"], event["by"], event["for_person"]) == (
        "approved",
        stage.qian_hao.id,
        stage.chen_jie.id,
    )
    told = [fact for fact in await chain(stage) if fact["type"] == "rectifications.Approved"]
    assert [(one["actor"], one["for_person"]) for one in told] == [
        (stage.qian_hao.id, stage.chen_jie.id)
    ]


async def test_what_ones_own_post_allows_is_done_in_ones_own_name(stage: Stage) -> None:
    rec = await stage.reported()
    await appoint(stage, "zhao_min")
    assert await approved(stage, await again(stage, "zhao_min"), rec) is None
    assert (await stage.body(*rec))["events"][-1]["for_person"] is None
    assert not any(fact.get("for_person") for fact in await chain(stage))


async def test_the_absent_person_may_decide_too(stage: Stage) -> None:
    rec = await stage.reported()
    await appoint(stage)
    assert await approved(stage, stage.chen_jie, rec) is None
    assert await approved(stage, await again(stage), rec) == "already_moved"


async def test_the_days_are_those_of_the_decision_and_not_of_its_arrival(stage: Stage) -> None:
    """Approved on the train on the last evening; the signal comes back two days later."""
    early, late = await stage.reported(), await stage.reported(picture("another"))
    before = wire(stage.clock.now())
    stage.clock.pass_(minutes=5)
    await appoint(stage)
    stage.clock.pass_(hours=30)
    within = wire(stage.clock.now())
    stage.clock.pass_(hours=48)
    deputy = await again(stage)
    assert early not in await deputy.sees()
    assert await approved(stage, deputy, early, at=before) == "deputy_over"
    assert await approved(stage, deputy, early) == "deputy_over"
    assert await approved(stage, deputy, early, at=within) is None
    suspect = ClockSample(off=6 * 60 * 1000, err=10)
    assert await approved(stage, deputy, late, at=within, clk=suspect) == "deputy_over"
    assert [one["op"] for one in await stage.kept("deputy_over")] == [APPROVE] * 3


async def test_ended_early_it_ends_at_once_and_what_came_before_stands(stage: Stage) -> None:
    one, other = await stage.reported(), await stage.reported(picture("another"))
    rec = await appoint(stage)
    stage.clock.pass_(hours=1)
    before = wire(stage.clock.now())
    stage.clock.pass_(hours=1)
    await stage.chen_jie.must("identity.end_deputy", rec)
    deputy = await again(stage)
    assert one not in await deputy.sees()
    assert await approved(stage, deputy, one) == "deputy_over"
    assert await approved(stage, deputy, other, at=before) is None
    assert (await stage.body(*rec))["ended_at"] == wire(stage.clock.now())


async def test_outside_of_the_days_a_case_answers_as_if_there_were_none(stage: Stage) -> None:
    rec = await stage.reported()
    await appoint(stage, first_day="2026-11-26", last_day="2026-11-26")
    deputy = await again(stage)
    nobody = ("rectification", new_id())
    told = [await deputy.do(APPROVE, one, {"content_digest": "0" * 64}) for one in (rec, nobody)]
    assert {(one.code, one.detail) for one in told} == {("deputy_over", told[0].detail)}
    assert told[0].facts == {
        "person": "chen_jie",
        "first_day": "2026-11-26",
        "last_day": "2026-11-26",
    }


async def test_neither_may_approve_what_either_of_them_fixed(stage: Stage) -> None:
    """Chen Jie is head of an outlet too, and put it right herself; then her deputy did."""
    head = {"post": fixed("head"), "role": "outlet_head", "outlet": HILLTOP, "title": words("Head")}
    await stage.house(("identity.hold_post", ("person", stage.chen_jie.id), head))
    for mine in ("chen_jie", "xiao_chen"):
        rec = await stage.case()
        await stage.zhao_min.must("rectifications.assign", rec, {"owner": fixed(mine)})
        await stage.hands[mine].must("rectifications.accept", rec)
        shot = picture(mine)
        await stage.hands[mine].must("rectifications.attach", rec, {"photo": shot})
        await stage.hands[mine].must("rectifications.report", rec, {"note": "Put right"})
        await stage.arrive(shot, by=stage.hands[mine])
        made = await appoint(stage, "qian_hao" if mine == "chen_jie" else mine)
        deputy = await again(stage, "qian_hao" if mine == "chen_jie" else mine)
        assert await approved(stage, deputy, rec) == "own_fix"
        await stage.chen_jie.must("identity.end_deputy", made)


async def test_whoever_works_at_the_outlet_decides_about_it_for_nobody(stage: Stage) -> None:
    rec = await stage.reported()
    teller = {"post": fixed("x"), "role": "outlet_staff", "outlet": RIVERSIDE, "title": words("T")}
    await stage.house(("identity.hold_post", ("person", fixed("lin_xia")), teller))
    await appoint(stage, "lin_xia")
    assert await approved(stage, await again(stage, "lin_xia"), rec) == "own_outlet_fix"


async def test_what_was_reported_for_somebody_is_closed_by_a_third(stage: Stage) -> None:
    """Xiao Chen reports for the head, who becomes a manager: the head may not close it either."""
    manager = {"post": fixed("m"), "role": "manager", "title": words("Manager")}
    await stage.house(("identity.hold_post", ("person", stage.wang_fang.id), manager))
    rec = await stage.case()
    await stage.chen_jie.must("rectifications.assign", rec, {"owner": stage.ana.id})
    asked = {"person": stage.wang_fang.id, "deputy": stage.xiao_chen.id, "reason": "leave", **DAYS}
    await stage.wang_fang.must("identity.appoint_deputy", ("deputy", new_id()), asked)
    deputy = await again(stage, "xiao_chen")
    shot = picture("after")
    await deputy.must("rectifications.attach", rec, {"photo": shot})
    await deputy.must("rectifications.report", rec, {"note": "Moved the boxes"})
    await stage.arrive(shot, by=deputy)
    event = (await stage.body(*rec))["events"][-1]
    assert event["for_person"] == stage.wang_fang.id
    left = ("identity.leave_post", ("person", stage.wang_fang.id))
    await stage.house((*left, {"post": fixed("post wang_fang")}))
    assert await approved(stage, await again(stage, "wang_fang"), rec) == "own_fix"


async def test_a_remark_of_a_deputy_who_came_too_late_is_kept_in_the_name_of_both(
    stage: Stage,
) -> None:
    rec = await stage.reported()
    seen = await stage.seen(rec)
    await appoint(stage)
    await stage.zhao_min.must(APPROVE, rec, {"content_digest": seen})
    deputy = await again(stage)
    points = [{"about": "measure", "comment": "Not enough"}]
    answer = await deputy.do(
        "rectifications.return", rec, {"content_digest": seen, "points": points}
    )
    assert (answer.s, answer.code) == ("conflict", "already_moved")
    event = (await stage.body(*rec))["events"][-1]
    assert (event["type"], event["for_person"]) == ("kept", stage.chen_jie.id)


@pytest.mark.parametrize("who", ["chen_jie", "qian_hao"])
async def test_a_suspended_person_lends_nothing_and_uses_nothing(stage: Stage, who: str) -> None:
    rec = await stage.reported()
    await appoint(stage)
    why = {"reason": "left the bank"}
    await stage.house(("identity.suspend_person", ("person", fixed(who)), why))
    assert await approved(stage, await again(stage), rec) == "not_found"


async def test_a_deputy_appoints_nobody_and_administers_nothing(stage: Stage) -> None:
    await stage.house(
        (
            "identity.hold_post",
            ("person", stage.chen_jie.id),
            {"post": fixed("adm"), "role": "admin", "title": words("Administrator")},
        )
    )
    await appoint(stage)
    deputy = await again(stage)
    asked = {"person": stage.chen_jie.id, "deputy": fixed("ana"), "reason": "x", **DAYS}
    code = await deputy.refused("identity.appoint_deputy", ("deputy", new_id()), asked)
    assert code == "forbidden"
    named = {"username": "somebody", "name": "Somebody"}
    assert await deputy.refused("identity.add_person", ("person", new_id()), named) == "forbidden"


async def test_an_appointment_hears_what_is_wrong_with_it(stage: Stage) -> None:
    rec = await appoint(stage)
    usual = {"person": stage.chen_jie.id, "deputy": fixed("ana"), "reason": "x", **DAYS}
    asked = "identity.appoint_deputy"
    for more, code in (
        ({}, "deputy_overlaps"),
        ({"deputy": new_id()}, "person_unknown"),
        ({"person": fixed("zhao_min")}, "forbidden"),
    ):
        assert await stage.chen_jie.refused(asked, ("deputy", new_id()), usual | more) == code
    assert await stage.chen_jie.refused(asked, rec, usual) == "id_taken"
    assert await stage.chen_jie.refused(asked, ("person", rec[1]), usual) == "args_invalid"
    end = "identity.end_deputy"
    assert await stage.chen_jie.refused(end, ("deputy", new_id())) == "not_found"
    assert await stage.zhao_min.refused(end, rec) == "forbidden"
    await stage.qian_hao.must(end, rec)
    assert await stage.chen_jie.refused(end, rec) == "bad_transition"


async def test_both_hear_of_it_and_everybody_knows_whom_to_ask_but_not_why(stage: Stage) -> None:
    rec = await appoint(stage)
    body = await stage.body(*rec)
    assert body["deputy"] == stage.qian_hao.id
    assert "reason" not in body
    assert rec in await stage.lin_xia.sees()
    told = [body for (kind, _), body in (await stage.qian_hao.sees()).items() if kind == "notice"]
    assert [one["type"] for one in told] == ["deputy_appointed"]
