"""Commands of a round, on both engines."""

from datetime import date, timedelta

import pytest

from backend.features.rectifications.reactions import case_id
from backend.foundation.journal.envelope import ClockSample
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from backend.foundation.organisation.calendar import business_day
from tests.features.stage import HILLTOP, RIVERSIDE, Stage, document, fixed, passing, picture

# Planning


async def test_a_round_goes_to_the_phone_of_its_assignee_and_to_no_other_inspector(
    stage: Stage,
) -> None:
    rec = await stage.round("li_na")
    assert rec in await stage.li_na.sees()
    assert ("sheet", rec[1]) in await stage.li_na.sees()
    assert rec not in await stage.ana.sees()


async def test_a_round_id_is_used_once(stage: Stage) -> None:
    rec = await stage.round()
    args = {"template": stage.template, "outlet": RIVERSIDE}
    assert await stage.li_na.refused("inspections.start", rec, args) == "id_taken"


async def test_an_inspector_who_works_at_the_outlet_does_not_rate_it(stage: Stage) -> None:
    post = {"post": fixed("second post"), "role": "outlet_staff", "outlet": RIVERSIDE}
    title = {"title": {"zh": "柜员", "en": "Teller"}}
    await stage.house(("identity.hold_post", ("person", stage.li_na.id), post | title))
    args = assignment(stage)
    assert await stage.chen_jie.refused("inspections.assign", fresh(), args) == "own_outlet"
    daily = args | {"rhythm": "self_check"}
    await stage.chen_jie.must("inspections.assign", fresh(), daily)
    await stage.chen_jie.must("inspections.assign", fresh(), args | {"outlet": HILLTOP})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"template": "0" * 64}, "template_unknown"),
        ({"outlet": fixed("nowhere")}, "outlet_unknown"),
        ({"assignee": fixed("nobody")}, "person_unknown"),
        ({"assignee": fixed("lin_xia")}, "assignee_out_of_scope"),
        ({"assignee": fixed("he_ping")}, "assignee_out_of_scope"),
        ({"due_at": "2026-11-24T00:00:00.000Z"}, "window_empty"),
        ({"due_at": "tomorrow"}, "args_invalid"),
        ({"colour": "red"}, "args_invalid"),
        ({"rhythm": "hourly"}, "args_invalid"),
    ],
)
async def test_a_round_that_cannot_be_given_is_refused_by_name(
    stage: Stage, change: dict[str, str], code: str
) -> None:
    args = assignment(stage) | change
    assert await stage.chen_jie.refused("inspections.assign", fresh(), args) == code


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("li_na", "forbidden"),
        ("wang_fang", "forbidden"),
        ("lin_xia", "forbidden"),
        ("qian_hao", "template_unknown"),  # for his line there is no such checklist
    ],
)
async def test_only_those_who_coordinate_here_assign(stage: Stage, who: str, code: str) -> None:
    asked = stage.hands[who].refused("inspections.assign", fresh(), assignment(stage))
    assert await asked == code


async def test_a_retired_checklist_starts_no_planned_round_but_pinned_ones_go_on(
    stage: Stage,
) -> None:
    rec = await stage.round()
    await stage.retire(stage.template)
    refused = stage.chen_jie.refused("inspections.assign", fresh(), assignment(stage))
    assert await refused == "template_retired"
    answer = {"item": "i_ramp", "value": "pass"}
    await stage.li_na.must("inspections.set_answer", rec, answer)
    started = fresh()
    args = {"template": stage.template, "outlet": RIVERSIDE}
    await stage.li_na.must("inspections.start", started, args)
    assert (await stage.body(*started))["late_template"] is True


async def test_a_checklist_with_a_last_day_is_planned_until_that_day_is_over(stage: Stage) -> None:
    """A round begun on the last day, in a basement, is handed in the day after. What it was judged
    by stays as it was, and so does the round itself."""
    li_na, chen_jie = stage.li_na, stage.chen_jie
    begun = await stage.round()
    answer = {"item": "i_ramp", "value": "pass"}
    await li_na.must("inspections.set_answer", begun, answer)
    before = await stage.body("template", stage.template)
    today = business_day(stage.clock.now())
    await stage.retire(stage.template, last_day=today.isoformat())
    assert (await stage.body("template", stage.template))["doc"] == before["doc"]
    await chen_jie.must("inspections.assign", fresh(), assignment(stage))
    offline = wire(stage.clock.now())
    stage.clock.pass_(days=1)
    refused = chen_jie.refused("inspections.assign", fresh(), assignment(stage))
    assert await refused == "template_retired"
    started = fresh()
    args = {"template": stage.template, "outlet": RIVERSIDE}
    await li_na.must("inspections.start", started, args, at=offline)
    assert (await stage.body(*started))["late_template"] is False
    for key, value in passing().items():
        await li_na.must("inspections.set_answer", begun, {"item": key, "value": value})
    assert (await stage.submit(li_na, begun)).s == "applied"


async def test_a_last_day_may_be_moved_until_it_is_over(stage: Stage) -> None:
    today = business_day(stage.clock.now())
    lead = await stage.hand("sun_yue")
    rec = ("template", stage.template)

    async def retire(day: date) -> str | None:
        asked = {"last_day": day.isoformat()}
        return (await lead.do("checklists.retire_template", rec, asked)).code

    codes = [await retire(today + timedelta(days=n)) for n in (-1, 30, 0)]
    stage.clock.pass_(days=1)
    assert [*codes, await retire(today + timedelta(days=9))] == [
        "last_day_past",
        None,
        None,
        "template_retired",
    ]


async def test_a_suspended_person_gets_no_round(stage: Stage) -> None:
    asked = ("identity.suspend_person", ("person", stage.ana.id), {"reason": "left"})
    await stage.house(asked)
    args = assignment(stage) | {"assignee": stage.ana.id}
    refused = stage.chen_jie.refused("inspections.assign", fresh(), args)
    assert await refused == "assignee_out_of_scope"


async def test_a_cancelled_round_refuses_answers_and_keeps_them(stage: Stage) -> None:
    rec = await stage.round()
    await stage.chen_jie.must("inspections.cancel", rec, {"reason": "Works"})
    answer = {"item": "i_ramp", "value": "fail"}
    refused = await stage.li_na.refused("inspections.set_answer", rec, answer)
    assert refused == "round_cancelled"
    assert [one["args"] for one in await stage.kept("round_cancelled")] == [answer]


async def test_the_assignee_opens_once(stage: Stage) -> None:
    rec = await stage.round()
    assert (await stage.li_na.do("inspections.open", rec)).s == "applied"
    assert (await stage.li_na.do("inspections.open", rec)).s == "merged"
    assert (await stage.body(*rec))["state"] == "open"


# Who may write


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("ana", "not_assigned"),
        ("chen_jie", "not_assigned"),
        ("lin_xia", "not_found"),
        ("qian_hao", "not_found"),
        ("he_ping", "not_found"),
    ],
)
async def test_others_do_not_write_into_a_round(stage: Stage, who: str, code: str) -> None:
    rec = await stage.round()
    answer = {"item": "i_ramp", "value": "pass"}
    assert await stage.hands[who].refused("inspections.set_answer", rec, answer) == code


async def test_a_round_that_nobody_made_is_not_found(stage: Stage) -> None:
    for op, args in (
        ("inspections.open", {}),
        ("inspections.set_answer", {"item": "i_ramp", "value": "pass"}),
        ("inspections.cancel", {"reason": "x"}),
        ("inspections.amend", {"item": "i_ramp", "value": "pass", "reason": "x"}),
    ):
        assert await stage.li_na.refused(op, fresh(), args) == "not_found"


async def test_a_command_for_another_kind_of_record_is_not_found(stage: Stage) -> None:
    rec = await stage.round()
    asked = stage.li_na.refused("inspections.open", ("rectification", rec[1]))
    assert await asked == "not_found"


# Answers


async def test_an_answer_is_seen_on_the_sheet_and_in_the_progress(stage: Stage) -> None:
    rec = await stage.round()
    answer = {"item": "i_ramp", "value": "pass", "note": "Clear"}
    await stage.li_na.must("inspections.set_answer", rec, answer)
    sheet = await stage.body("sheet", rec[1])
    assert sheet["answers"]["i_ramp"]["value"] == "pass"
    assert (await stage.body(*rec))["progress"] == {"answered": 1, "total": 4}
    assert (await stage.body(*rec))["state"] == "open"
    await stage.li_na.must("inspections.clear_answer", rec, {"item": "i_ramp"})
    assert (await stage.body("sheet", rec[1]))["answers"] == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"item": "i_nowhere", "value": "pass"}, "template_item_unknown"),
        ({"item": "i_ramp", "value": "maybe"}, "args_invalid"),
        ({"item": "i_ramp", "value": 3.5}, "args_invalid"),
        ({"item": "i_counter", "value": {"points": 10, "reasons": []}}, "points_do_not_add_up"),
        ({"item": "i_ramp", "value": "pass", "slot": "somebody"}, "forbidden"),
        ({"item": "i_ramp", "value": "fail", "note": "x" * 2001}, "args_invalid"),
        (
            {"item": "i_ramp", "value": "fail", "note": "11010519491231002X"},
            "personal_number",
        ),
    ],
)
async def test_an_answer_that_cannot_be_is_refused_by_name(
    stage: Stage, answer: dict[str, object], code: str
) -> None:
    rec = await stage.round()
    assert await stage.li_na.refused("inspections.set_answer", rec, answer) == code


async def test_the_same_answer_again_makes_no_second_fact(stage: Stage) -> None:
    rec = await stage.round()
    answer = {"item": "i_ramp", "value": "pass"}
    for _ in range(3):
        await stage.li_na.must("inspections.set_answer", rec, answer)
    assert len(await stage.facts("inspections.AnswerSet")) == 1


async def test_twenty_five_answers_are_one_published_sheet(stage: Stage) -> None:
    rec = await stage.round()
    values = ["pass", "fail"] * 12 + ["pass"]
    asked = [
        stage.li_na.ask("inspections.set_answer", rec, {"item": "i_ramp", "value": value})
        for value in values
    ]
    result = await stage.li_na.push(*asked)
    assert {answer.s for answer in result.answers} == {"applied"}
    answer = (await stage.body("sheet", rec[1]))["answers"]["i_ramp"]
    assert (answer["value"], answer["rev"]) == ("pass", 25)


# Photos


async def test_a_photo_belongs_to_its_item_and_may_be_taken_again(stage: Stage) -> None:
    rec = await stage.round()
    shot = picture("ramp")
    args = {"photo": shot, "purpose": "answer", "item": "i_ramp"}
    await stage.li_na.must("inspections.attach", rec, args)
    assert (await stage.body("photo", shot["id"]))["state"] == "awaited"
    await stage.li_na.must("inspections.attach", rec, args)
    assert (await stage.body(*rec))["evidence"]["expected"] == 1
    await stage.li_na.must("inspections.detach", rec, {"photo": shot["id"], "reason": "blur"})
    assert (await stage.body(*rec))["evidence"]["expected"] == 0
    assert ("photo", shot["id"]) not in await stage.li_na.sees()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"item": "i_nowhere"}, "template_item_unknown"),
        ({"purpose": "selfie"}, "args_invalid"),
        ({"photo": picture("gif", type="image/gif")}, "photo_type"),
        ({"photo": picture("empty", size=0)}, "photo_empty"),
        ({"photo": picture("huge", size=25 * 1024 * 1024)}, "photo_too_large"),
        ({"photo": picture("wrong", sha256="xyz")}, "args_invalid"),
    ],
)
async def test_a_photo_that_cannot_be_is_refused_by_name(
    stage: Stage, change: dict[str, object], code: str
) -> None:
    rec = await stage.round()
    args = {"photo": picture("ramp"), "purpose": "answer", "item": "i_ramp"} | change
    assert await stage.li_na.refused("inspections.attach", rec, args) == code


async def test_the_photo_of_another_round_cannot_be_deleted_here(stage: Stage) -> None:
    mine, other = await stage.round(), await stage.round()
    shot = picture("ramp")
    args = {"photo": shot, "purpose": "answer", "item": "i_ramp"}
    await stage.li_na.must("inspections.attach", other, args)
    asked = stage.li_na.refused("inspections.detach", mine, {"photo": shot["id"]})
    assert await asked == "not_found"


# Findings


async def test_a_dropped_finding_takes_its_photos_along(stage: Stage) -> None:
    rec = await stage.round()
    id = await stage.finding(stage.li_na, rec)
    assert (await stage.body(*rec))["findings"] == 1
    await stage.li_na.must("inspections.drop_finding", rec, {"finding": id})
    body = await stage.body(*rec)
    assert (body["findings"], body["evidence"]["expected"]) == (0, 0)
    again = stage.li_na.refused("inspections.drop_finding", rec, {"finding": id})
    assert await again == "finding_unknown"


async def test_a_finding_against_an_item_that_is_not_there_is_refused(stage: Stage) -> None:
    rec = await stage.round()
    args = {"finding": new_id(), "item": "i_gone", "severity": "minor", "text": "x"}
    asked = stage.li_na.refused("inspections.record_finding", rec, args)
    assert await asked == "template_item_unknown"


async def test_the_finding_of_another_round_is_not_changed_from_here(stage: Stage) -> None:
    mine, other = await stage.round(), await stage.round()
    id = await stage.finding(stage.li_na, other)
    args = {"finding": id, "item": "i_ramp", "severity": "minor", "text": "x"}
    assert await stage.li_na.refused("inspections.record_finding", mine, args) == "id_taken"


async def test_danger_is_a_case_before_the_round_is_over(stage: Stage) -> None:
    rec = await stage.round()
    id = await stage.finding(stage.li_na, rec, severity="danger")
    case = await stage.body("rectification", case_id(id))
    assert (case["state"], case["severity"], len(case["before"])) == ("open", "danger", 1)
    dropped = stage.li_na.refused("inspections.drop_finding", rec, {"finding": id})
    assert await dropped == "already_raised"


async def test_what_the_submitted_sheet_knows_more_of_a_danger_is_added_to_its_case(
    stage: Stage,
) -> None:
    rec = await stage.filled(i_ramp="fail")
    id = await stage.finding(stage.li_na, rec, severity="danger")
    told = {"cause": "No patrol", "measure": "Daily patrol", "text": "Gas smell"}
    more = {"finding": id, "item": "i_ramp", "severity": "danger", **told}
    await stage.li_na.must("inspections.record_finding", rec, more)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    case = await stage.body("rectification", case_id(id))
    assert {key: case[key] for key in told} == told
    assert len(case["before"]) == 1
    assert len(await stage.facts("rectifications.Opened")) == 1


# Handing in


async def test_a_full_round_is_received_then_complete_then_verified(stage: Stage) -> None:
    rec = await stage.filled(i_ramp="fail")
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    body = await stage.body(*rec)
    assert (body["state"], body["complete"], body["verified"]) == ("submitted", False, False)
    assert body["evidence"]["awaited"] == 1
    assert body["score"] == {"points": 100, "max": 160, "vetoed": []}
    await stage.arrive(shot, by=stage.li_na)
    body = await stage.body(*rec)
    assert (body["complete"], body["verified"]) == (True, True)


async def test_a_hash_that_differs_is_received_and_never_called_verified(stage: Stage) -> None:
    rec = await stage.filled()
    asked = await stage.manifest_of(rec)
    asked["manifest"]["hash"] = "0" * 64
    assert (await stage.li_na.do("inspections.submit", rec, asked)).s == "applied"
    body = await stage.body(*rec)
    assert (body["complete"], body["hash_equal"], body["verified"]) == (True, False, False)


async def test_a_photo_that_only_the_manifest_names_is_waited_for(stage: Stage) -> None:
    rec = await stage.filled()
    asked = await stage.manifest_of(rec)
    lost = picture("lost")
    asked["manifest"]["blobs"].append([lost["sha256"], lost["size"]])
    await stage.li_na.must("inspections.submit", rec, asked)
    assert (await stage.body(*rec))["complete"] is False
    given_up = {"digest": lost["sha256"], "reason": "The phone is broken"}
    await stage.chen_jie.must("evidence.waive", rec, given_up)
    body = await stage.body(*rec)
    assert (body["complete"], body["evidence"]["waived"]) == (True, 1)


async def test_an_incomplete_round_is_not_taken_and_says_what_is_missing(stage: Stage) -> None:
    rec = await stage.filled(i_ramp="fail")
    answer = await stage.submit(stage.li_na, rec)
    assert (answer.s, answer.code) == ("rejected", "incomplete")
    assert answer.facts is not None
    assert {(one["item"], one["what"]) for one in answer.facts["missing"]} == {
        ("i_ramp", "photos"),
        ("i_ramp", "finding"),
    }
    assert (await stage.body(*rec))["state"] == "open"


@pytest.mark.parametrize("severity", ["serious", "danger"])
async def test_a_serious_finding_is_handed_in_with_cause_and_measure(
    stage: Stage, severity: str
) -> None:
    rec = await stage.filled(i_ramp="fail")
    id = await stage.finding(stage.li_na, rec, severity=severity)
    answer = await stage.submit(stage.li_na, rec)
    assert answer.facts is not None
    assert [one["what"] for one in answer.facts["missing"]] == ["cause", "measure"]
    why = {"cause": "No duty list", "measure": "Checked daily"}
    whole = {"finding": id, "item": "i_ramp", "severity": severity, "text": "x", **why}
    await stage.li_na.must("inspections.record_finding", rec, whole)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"


async def test_a_fix_on_the_spot_needs_two_distinct_photos_and_still_counts(
    stage: Stage,
) -> None:
    """PRODUCT S11."""
    rec = await stage.filled(i_ramp="fail")
    id = await stage.finding(stage.li_na, rec, picture("ramp before"), on_spot=True)
    answer = await stage.submit(stage.li_na, rec)
    assert answer.facts is not None
    assert [one["what"] for one in answer.facts["missing"]] == ["after"]
    same = picture("ramp before")
    shown = {"photo": same, "purpose": "after", "finding": id}
    await stage.li_na.must("inspections.attach", rec, shown)
    answer = await stage.submit(stage.li_na, rec)
    assert answer.facts is not None
    assert [one["what"] for one in answer.facts["missing"]] == ["distinct"]
    await stage.li_na.must("inspections.detach", rec, {"photo": same["id"]})
    real = {"photo": picture("ramp after"), "purpose": "after", "finding": id}
    await stage.li_na.must("inspections.attach", rec, real)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    assert (await stage.body(*rec))["findings"] == 1
    case = await stage.body("rectification", case_id(id))
    assert (case["state"], case["on_spot"], len(case["after"])) == ("closed", True, 1)


async def test_a_signature_has_to_be_a_photo_of_the_round(stage: Stage) -> None:
    rec = await stage.filled()
    answer = await stage.submit(stage.li_na, rec, signature=new_id())
    assert answer.code == "args_invalid"
    signed = picture("signature", source="drawn", type="image/png")
    args = {"photo": signed, "purpose": "signature"}
    await stage.li_na.must("inspections.attach", rec, args)
    asked = await stage.manifest_of(rec)
    assert (await stage.li_na.do("inspections.submit", rec, asked)).s == "applied"


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("inspections.set_answer", {"item": "i_ramp", "value": "fail"}),
        ("inspections.clear_answer", {"item": "i_ramp"}),
        ("inspections.attach", {"photo": picture("late"), "purpose": "answer"}),
        ("inspections.detach", {"photo": fixed("photo")}),
        ("inspections.drop_finding", {"finding": fixed("finding")}),
        (
            "inspections.record_finding",
            {"finding": fixed("f"), "item": "i_ramp", "severity": "minor", "text": "x"},
        ),
        ("inspections.submit", {"manifest": {"answers": 0, "hash": "0" * 64}}),
        ("inspections.open", {}),
    ],
)
async def test_a_submitted_round_is_locked_and_what_came_is_kept(
    stage: Stage, op: str, args: dict[str, object]
) -> None:
    rec = await stage.filled()
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    before = await stage.body("sheet", rec[1])
    assert await stage.li_na.refused(op, rec, args) == "locked_submitted"
    assert await stage.body("sheet", rec[1]) == before
    assert [one["op"] for one in await stage.kept("locked_submitted")] == [op]


async def test_a_round_submitted_late_is_marked_late_by_the_phones_corrected_time(
    stage: Stage,
) -> None:
    rec = await stage.filled(i_door="pass")
    stage.clock.pass_(days=5)
    answered = {"at": "2026-11-26T08:00:00.000Z"}
    asked = await stage.manifest_of(rec)
    await stage.li_na.must("inspections.submit", rec, asked, **answered)
    body = await stage.body(*rec)
    assert (body["late"], body["submitted_at"]) == (False, "2026-11-26T08:00:00.000Z")
    assert body["received_at"] > "2026-11-28"


# Amending


async def test_an_amendment_stands_beside_the_frozen_sheet(stage: Stage) -> None:
    rec = await stage.filled()
    await stage.submit(stage.li_na, rec)
    change = {"item": "i_door", "value": "fail", "reason": "Misread"}
    await stage.li_na.must("inspections.amend", rec, change)
    body = await stage.body(*rec)
    assert body["score"]["vetoed"] == []
    assert body["amendments"][0]["was"] == "pass"
    assert body["amendments"][0]["score"]["vetoed"] == ["i_door"]
    sheet = await stage.body("sheet", rec[1])
    assert sheet["answers"]["i_door"]["value"] == "pass"


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("ana", {}, "forbidden"),
        ("qian_hao", {}, "not_found"),
        ("li_na", {"item": "i_gone"}, "template_item_unknown"),
        ("li_na", {"value": "maybe"}, "args_invalid"),
        ("li_na", {"reason": ""}, "args_invalid"),
    ],
)
async def test_an_amendment_that_cannot_be_is_refused(
    stage: Stage, who: str, change: dict[str, str], code: str
) -> None:
    rec = await stage.filled()
    await stage.submit(stage.li_na, rec)
    args = {"item": "i_door", "value": "fail", "reason": "Misread"} | change
    assert await stage.hands[who].refused("inspections.amend", rec, args) == code


async def test_an_open_round_is_changed_not_amended(stage: Stage) -> None:
    rec = await stage.filled()
    args = {"item": "i_door", "value": "fail", "reason": "x"}
    assert await stage.chen_jie.refused("inspections.amend", rec, args) == "not_submitted"


async def test_two_templates_are_two_rounds(stage: Stage) -> None:
    """An old round keeps the wording and points of its day (PRODUCT G7)."""
    old = await stage.round()
    newer = await stage.publish(document("Service quality, revised"), "2027")
    new = await stage.round(template=newer)
    assert (await stage.body(*old))["title"]["en"] == "Service quality"
    assert (await stage.body(*new))["title"]["en"] == "Service quality, revised"


def assignment(stage: Stage) -> dict[str, str]:
    return {
        "template": stage.template,
        "outlet": RIVERSIDE,
        "assignee": fixed("li_na"),
        "opens_at": "2026-11-24T00:00:00.000Z",
        "due_at": "2026-11-27T10:00:00.000Z",
        "rhythm": "monthly",
    }


def fresh() -> tuple[str, str]:
    return ("round", new_id())


def test_the_stage_passes_every_required_item() -> None:
    required = {
        one["key"]
        for section in document()["sections"]
        for one in section["items"]
        if one["required"]
    }
    assert set(passing()) == required


@pytest.mark.parametrize(
    ("at", "off"),
    [("9999-12-31T23:59:59.999Z", 2000), ("0001-01-01T00:00:00Z", -2000), (None, 2**53 - 1)],
)
async def test_a_clock_beyond_all_reckoning_refuses_nothing(
    stage: Stage, at: str | None, off: int
) -> None:
    rec = await stage.filled()
    told = {"item": "i_ramp", "value": "na"}
    await stage.li_na.must("inspections.set_answer", rec, told, at=at, clk=ClockSample(off=off))
    done = await stage.manifest_of(rec)
    await stage.li_na.must("inspections.submit", rec, done, at=at, clk=ClockSample(off=off))
