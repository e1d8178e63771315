"""Commands of a case, on both engines."""

from typing import Any

import pytest

from backend.features.rectifications.reactions import case_id
from backend.foundation.kernel.ids import new_id
from tests.features.stage import OPERATIONS, Stage, fixed, picture

REMARK = {"about": "measure", "comment": "The sign is still missing"}


async def test_a_finding_becomes_a_case_is_put_right_and_closed(stage: Stage) -> None:
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("rectifications.approve", rec, seen)
    body = await stage.body(*rec)
    assert (body["state"], body["late"]) == ("closed", False)
    assert [event["type"] for event in body["events"]] == [
        "raised",
        "accepted",
        "reported",
        "approved",
    ]


async def test_a_case_is_due_so_many_workdays_after_it_was_raised(stage: Stage) -> None:
    """Raised on Tuesday 24 November: major leaves five working days."""
    rec = await stage.case()
    body = await stage.body(*rec)
    assert body["due_at"] == "2026-12-01T10:00:00.000Z"
    walked = [(step["day"], step["nth"]) for step in body["due_steps"]]
    assert walked[0] == ("2026-11-24", 0)
    assert walked[-1] == ("2026-12-01", 5)
    assert ("2026-11-28", 0) in walked


async def test_a_submit_sent_twice_opens_one_case(stage: Stage) -> None:
    rec = await stage.filled(i_ramp="fail")
    await stage.finding(stage.li_na, rec)
    asked = stage.li_na.ask("inspections.submit", rec, await stage.manifest_of(rec))
    first, again = await stage.li_na.push(asked), await stage.li_na.push(asked)
    assert (first.answers[0].s, again.answers[0].s) == ("applied", "duplicate")
    assert len(await stage.facts("rectifications.Opened")) == 1


async def test_assigning_sets_owner_day_and_tells_the_owner(stage: Stage) -> None:
    rec = await stage.case()
    args = {"owner": stage.xiao_chen.id, "due_workdays": 2}
    await stage.chen_jie.must("rectifications.assign", rec, args)
    body = await stage.body(*rec)
    assert (body["owner"], body["due_at"]) == (
        stage.xiao_chen.id,
        "2026-11-26T10:00:00.000Z",
    )
    assert "case_assigned" in await told(stage, "xiao_chen")


@pytest.mark.parametrize(
    ("owner", "code"),
    [("nobody", "person_unknown"), ("lin_xia", "owner_out_of_scope")],
)
async def test_a_case_goes_to_nobody_who_cannot_have_it(
    stage: Stage, owner: str, code: str
) -> None:
    rec = await stage.case()
    args = {"owner": fixed(owner)}
    assert await stage.chen_jie.refused("rectifications.assign", rec, args) == code


@pytest.mark.parametrize("who", ["wang_fang", "xiao_chen", "li_na"])
async def test_outlet_and_inspector_do_not_assign(stage: Stage, who: str) -> None:
    rec = await stage.case()
    args = {"owner": stage.wang_fang.id}
    assert await stage.hands[who].refused("rectifications.assign", rec, args) == "forbidden"


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("assign", {"owner": fixed("wang_fang")}),
        ("accept", {}),
        ("decline", {"reason": "x"}),
        ("attach", {"photo": picture("x")}),
        ("detach", {"photo": fixed("x")}),
        ("report", {"note": "x"}),
        ("request_extension", {"until": "2027-01-01", "reason": "x"}),
        ("extend", {"due_on": "2027-01-01"}),
        ("refuse_extension", {"reason": "x"}),
        ("approve", {"content_digest": "0" * 64}),
        ("return", {"content_digest": "0" * 64, "points": [REMARK]}),
        ("reopen", {"reason": "x"}),
        ("cancel", {"reason": "x"}),
        ("hand_over", {"to_unit": OPERATIONS, "reason": "x"}),
        ("take_over", {}),
        ("decline_over", {"reason": "x"}),
    ],
)
async def test_for_a_stranger_and_for_an_unknown_id_there_is_no_case(
    stage: Stage, op: str, args: dict[str, Any]
) -> None:
    rec = await stage.case()
    for who in ("qian_hao", "lin_xia", "he_ping"):
        refused = await stage.hands[who].refused(f"rectifications.{op}", rec, args)
        assert refused == "not_found", who
    nowhere = ("rectification", new_id())
    assert await stage.chen_jie.refused(f"rectifications.{op}", nowhere, args) == "not_found"


@pytest.mark.parametrize(
    ("op", "args", "code"),
    [
        ("accept", {}, "not_owner"),
        ("decline", {"reason": "x"}, "not_owner"),
        ("attach", {"photo": picture("x")}, "not_owner"),
        ("report", {}, "not_owner"),
        ("request_extension", {"until": "2027-01-01", "reason": "x"}, "not_owner"),
        ("hand_over", {"to_unit": OPERATIONS, "reason": "x"}, "not_owner"),
        ("approve", {"content_digest": "0" * 64}, "forbidden"),
        ("return", {"content_digest": "0" * 64, "points": [REMARK]}, "forbidden"),
        ("extend", {"due_on": "2027-01-01"}, "forbidden"),
        ("refuse_extension", {"reason": "x"}, "forbidden"),
        ("reopen", {"reason": "x"}, "forbidden"),
        ("cancel", {"reason": "x"}, "forbidden"),
        ("take_over", {}, "no_handover"),
        ("decline_over", {"reason": "x"}, "no_handover"),
    ],
)
async def test_a_colleague_of_the_owner_is_told_why_not(
    stage: Stage, op: str, args: dict[str, Any], code: str
) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    assert await stage.xiao_chen.refused(f"rectifications.{op}", rec, args) == code


@pytest.mark.parametrize("who", ["wang_fang", "chen_jie"])
async def test_nobody_closes_their_own_fix(stage: Stage, who: str) -> None:
    """PRODUCT S12. Wang Fang has no post to decide; Chen Jie has, and made the fix herself."""
    rec = await stage.case()
    hand = stage.hands[who]
    await stage.zhao_min.must("rectifications.assign", rec, {"owner": hand.id})
    shot = picture("after")
    await hand.must("rectifications.attach", rec, {"photo": shot})
    await hand.must("rectifications.report", rec)
    await stage.arrive(shot, by=hand)
    seen = {"content_digest": await stage.seen(rec)}
    code = "own_fix" if who == "chen_jie" else "forbidden"
    assert await hand.refused("rectifications.approve", rec, seen) == code
    await stage.zhao_min.must("rectifications.approve", rec, seen)


async def test_a_case_is_closed_when_its_photos_are_here_and_good(stage: Stage) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    shot = picture("after")
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": shot})
    await stage.wang_fang.must("rectifications.report", rec)
    seen = {"content_digest": await stage.seen(rec)}
    answer = await stage.chen_jie.do("rectifications.approve", rec, seen)
    assert (answer.code, answer.cls) == ("evidence_awaited", "after_pull")
    await stage.arrive(shot, by=stage.wang_fang)
    await stage.chen_jie.must("rectifications.approve", rec, seen)


async def test_a_refused_photo_does_not_show_a_fix(stage: Stage) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    shot = picture("after")
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": shot})
    await stage.wang_fang.must("rectifications.report", rec)
    await stage.arrive(shot, by=stage.wang_fang, accept=False)
    seen = {"content_digest": await stage.seen(rec)}
    refused = await stage.chen_jie.refused("rectifications.approve", rec, seen)
    assert refused == "evidence_awaited"


async def test_the_same_picture_is_not_before_and_after(stage: Stage) -> None:
    rec = await stage.case(photo=picture("one and the same"))
    await stage.wang_fang.must("rectifications.accept", rec)
    again = {"photo": picture("one and the same")}
    await stage.wang_fang.must("rectifications.attach", rec, again)
    refused = await stage.wang_fang.refused("rectifications.report", rec)
    assert refused == "after_equals_before"


async def test_a_report_needs_a_photo(stage: Stage) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    refused = await stage.wang_fang.refused("rectifications.report", rec)
    assert refused == "after_photo_missing"


async def test_a_detached_photo_is_gone_from_the_case_and_from_the_phones(
    stage: Stage,
) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    shot = picture("after")
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": shot})
    await stage.wang_fang.must("rectifications.detach", rec, {"photo": shot["id"]})
    assert (await stage.body(*rec))["after"] == []
    assert ("photo", shot["id"]) not in await stage.chen_jie.sees()


async def test_a_decision_on_what_moved_meanwhile_is_a_conflict_with_the_case_beside_it(
    stage: Stage,
) -> None:
    """The manager approves on a train; the outlet added a photo an hour earlier."""
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    more = picture("another angle")
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": more})
    for op, args in (("approve", seen), ("return", seen | {"points": [REMARK]})):
        answer = await stage.chen_jie.do(f"rectifications.{op}", rec, args)
        assert (answer.s, answer.code) == ("conflict", "content_moved")
        assert answer.row is not None
    assert (await stage.body(*rec))["state"] == "reported"
    assert len(await stage.kept("content_moved")) == 2


async def test_a_return_reaches_the_owner_with_its_remarks(stage: Stage) -> None:
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("rectifications.return", rec, seen | {"points": [REMARK]})
    body = (await stage.wang_fang.sees())[rec]
    assert body["state"] == "returned"
    assert body["returns"][0]["points"] == [REMARK]
    assert "case_returned" in await told(stage, "wang_fang")
    again = {"photo": picture("after, with sign")}
    await stage.wang_fang.must("rectifications.attach", rec, again)
    await stage.wang_fang.must("rectifications.report", rec, {"note": "With the sign"})


async def test_more_time_is_asked_granted_and_refused(stage: Stage) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    wish = {"until": "2026-12-10", "reason": "The glazier comes on the 8th"}
    await stage.wang_fang.must("rectifications.request_extension", rec, wish)
    assert (await stage.body(*rec))["due_at"] == "2026-12-01T10:00:00.000Z"
    no = {"reason": "Cones until then"}
    await stage.chen_jie.must("rectifications.refuse_extension", rec, no)
    assert (await stage.body(*rec))["extension"]["answer"] == "refused"
    await stage.wang_fang.must("rectifications.request_extension", rec, wish)
    await stage.chen_jie.must("rectifications.extend", rec, {"due_on": "2026-12-10"})
    body = await stage.body(*rec)
    assert (body["due_at"], body["extension"]["answer"]) == (
        "2026-12-10T10:00:00.000Z",
        "granted",
    )
    heard = await told(stage, "wang_fang")
    assert {"case_extension_refused", "case_extended"} <= heard


@pytest.mark.parametrize("day", ["2026-11-24", "2026-12-01", "2020-01-01"])
async def test_a_new_due_day_lies_ahead(stage: Stage, day: str) -> None:
    rec = await stage.case()
    args = {"due_on": day}
    assert await stage.chen_jie.refused("rectifications.extend", rec, args) == "due_day_past"


async def test_a_day_that_does_not_exist_is_no_due_day(stage: Stage) -> None:
    rec = await stage.case()
    args = {"due_on": "2026-02-30"}
    assert await stage.chen_jie.refused("rectifications.extend", rec, args) == "args_invalid"


async def test_a_case_stays_with_the_sender_until_another_department_takes_it(
    stage: Stage,
) -> None:
    """PRODUCT G6."""
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    offer = {"to_unit": OPERATIONS, "to_person": stage.guo_qiang.id, "reason": "Their door"}
    await stage.wang_fang.must("rectifications.hand_over", rec, offer)
    assert (await stage.body(*rec))["owner"] == stage.wang_fang.id
    assert rec in await stage.guo_qiang.sees()
    await stage.guo_qiang.must("rectifications.decline_over", rec, {"reason": "Not ours"})
    assert rec not in await stage.guo_qiang.sees()
    assert "case_over_declined" in await told(stage, "wang_fang")
    await stage.wang_fang.must("rectifications.hand_over", rec, offer)
    await stage.guo_qiang.must("rectifications.take_over", rec)
    body = await stage.body(*rec)
    assert (body["owner"], body["dept"]) == (stage.guo_qiang.id, OPERATIONS)


async def test_the_department_that_is_asked_hears_of_it_and_sees_what_was_wrong(
    stage: Stage,
) -> None:
    """The before photo belongs to the inspector's round, which Guo Qiang never sees."""
    shot = picture("before")
    rec = await stage.case(photo=shot)
    await stage.wang_fang.must("rectifications.accept", rec)
    assert ("photo", shot["id"]) not in await stage.guo_qiang.sees()
    offer = {"to_unit": OPERATIONS, "reason": "Their door"}
    await stage.wang_fang.must("rectifications.hand_over", rec, offer)
    assert {rec, ("photo", shot["id"])} <= (await stage.guo_qiang.sees()).keys()
    assert "case_offered" in await told(stage, "guo_qiang")
    await stage.guo_qiang.must("rectifications.take_over", rec)
    assert (await stage.body(*rec))["owner"] == stage.guo_qiang.id


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"to_unit": fixed("no unit"), "reason": "x"}, "unit_unknown"),
        ({"to_unit": OPERATIONS, "to_person": fixed("x"), "reason": "x"}, "person_unknown"),
        ({"to_unit": OPERATIONS, "reason": ""}, "args_invalid"),
    ],
)
async def test_a_case_is_offered_to_a_department_that_exists(
    stage: Stage, args: dict[str, str], code: str
) -> None:
    rec = await stage.case()
    assert await stage.chen_jie.refused("rectifications.hand_over", rec, args) == code


async def test_a_report_after_the_cancelling_is_kept_and_the_manager_hears(
    stage: Stage,
) -> None:
    """SYNC 3.8: the outlet was offline when the manager cancelled."""
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    await stage.chen_jie.must("rectifications.cancel", rec, {"reason": "Raised twice"})
    shot = {"photo": picture("after")}
    attached = await stage.wang_fang.do("rectifications.attach", rec, shot)
    reported = await stage.wang_fang.do("rectifications.report", rec, {"note": "Done"})
    assert [(a.s, a.code) for a in (attached, reported)] == [("conflict", "already_moved")] * 2
    body = await stage.body(*rec)
    assert body["state"] == "cancelled"
    assert [event["note"] for event in body["events"][-2:]] == ["", "Done"]
    assert body["events"][-2]["photos"] == [shot["photo"]["id"]]
    assert ("photo", shot["photo"]["id"]) in await stage.chen_jie.sees()
    assert "case_kept_aside" in await told(stage, "chen_jie")


async def test_a_reopened_case_starts_anew_with_its_history(stage: Stage) -> None:
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("rectifications.approve", rec, seen)
    await stage.chen_jie.must("rectifications.reopen", rec, {"reason": "Boxes are back"})
    body = await stage.body(*rec)
    assert (body["state"], body["owner"], len(body["events"])) == ("open", None, 5)
    assert "case_reopened" in await told(stage, "wang_fang")


async def test_a_case_that_is_open_is_not_reopened(stage: Stage) -> None:
    rec = await stage.case()
    args = {"reason": "x"}
    assert await stage.chen_jie.refused("rectifications.reopen", rec, args) == ("bad_transition")


async def test_serious_findings_close_with_cause_and_measure_only(stage: Stage) -> None:
    """PRODUCT G2; told as danger at once, before anybody wrote why."""
    rec = await stage.round()
    id = await stage.finding(stage.li_na, rec, severity="danger")
    case = ("rectification", case_id(id))
    await stage.wang_fang.must("rectifications.accept", case)
    shot = picture("after")
    await stage.wang_fang.must("rectifications.attach", case, {"photo": shot})
    await stage.wang_fang.must("rectifications.report", case, {"measure": "Daily patrol"})
    await stage.arrive(shot, by=stage.wang_fang)
    seen = {"content_digest": await stage.seen(case)}
    refused = await stage.chen_jie.refused("rectifications.approve", case, seen)
    assert refused == "cause_and_measure_missing"


async def test_a_self_made_report_never_closes_even_through_another_phone(
    stage: Stage,
) -> None:
    """Chen Jie photographs the fix for the outlet and decides from her desk."""
    rec = await stage.case()
    await stage.zhao_min.must("rectifications.assign", rec, {"owner": stage.chen_jie.id})
    shot = picture("after")
    await stage.chen_jie.must("rectifications.attach", rec, {"photo": shot})
    await stage.zhao_min.must("rectifications.assign", rec, {"owner": stage.wang_fang.id})
    await stage.wang_fang.must("rectifications.report", rec)
    await stage.arrive(shot, by=stage.chen_jie)
    seen = {"content_digest": await stage.seen(rec)}
    desk = await stage.hand("chen_jie", "her desk")
    assert await desk.refused("rectifications.approve", rec, seen) == "own_fix"


async def told(stage: Stage, who: str) -> set[str]:
    """The types of notices that lie in this person's bucket."""
    seen = await stage.hands[who].sees()
    return {body["type"] for (kind, _), body in seen.items() if kind == "notice"}
