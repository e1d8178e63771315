"""To strangers a record answers as if there were none: each mended place by itself."""

from backend.features.rectifications.reactions import case_id
from backend.foundation.kernel.ids import new_id
from tests.features.events.ground import invited, opened, planned, seen_by, walked_in
from tests.features.front import Front
from tests.features.stage import OPERATIONS, RIVERSIDE, Hand, Stage, document, fixed, picture, words
from tests.features.visits.builders import Home

NOBODY = "qian_hao"  # a manager of another outlet and line


async def test_a_stranger_cannot_tell_a_waiting_record_by_giving_up_a_photo(stage: Stage) -> None:
    rec, shot = await stage.filled(i_ramp="fail"), picture("lost")
    await stage.finding(stage.li_na, rec, shot)
    asked = {"digest": shot["sha256"], "reason": "lost"}
    stranger = stage.hands[NOBODY]
    missing = ("round", new_id())
    assert await stranger.refused("evidence.waive", rec, asked) == "not_found"
    assert await stranger.refused("evidence.waive", missing, asked) == "not_found"
    assert await stage.wang_fang.refused("evidence.waive", rec, asked) == "forbidden"
    await stage.chen_jie.must("evidence.waive", rec, asked)


async def test_a_stranger_cannot_tell_a_consent_or_an_authorisation(stage: Stage) -> None:
    home = Home(stage)
    await home.publish()
    await home.accepted()
    stranger, told = stage.hands[NOBODY], {"channel": "phone", "asked_by": "person"}
    assert await stranger.refused("privacy.withdraw", home.consent, told) == "not_found"
    assert await home.b.refused("privacy.withdraw", home.consent, told) == "forbidden"
    issued, error = await home.authorisation(), {"reason": "error"}
    use = {"business": "password_reset", "reference": "A-001"}
    assert await stranger.refused("visits.revoke", issued, error) == "not_found"
    assert await stage.ana.refused("visits.use", issued, use) == "not_found"
    assert await stage.he_ping.refused("visits.use", issued, use) == "not_found"
    assert await home.b.refused("visits.revoke", issued, error) == "forbidden"


async def test_a_stranger_cannot_tell_a_checklist_of_another_line(stage: Stage) -> None:
    kept = await stage.publish(document("Patrol"), "patrol", line="security")
    args = {"template": kept, "outlet": RIVERSIDE}
    assert await stage.li_na.refused("inspections.start", ("round", new_id()), args) == (
        "template_unknown"
    )
    lead = stage.guo_qiang
    assert await lead.refused("checklists.retire_template", ("template", kept)) == (
        "template_unknown"
    )


async def test_a_stranger_cannot_tell_a_record_by_making_it_once_more(stage: Stage) -> None:
    rec = await stage.round()
    args = {"template": stage.template, "outlet": RIVERSIDE}
    lin_xia: Hand = stage.lin_xia
    for id in (rec, ("round", new_id())):
        assert await lin_xia.refused("inspections.start", id, args) == "forbidden"
    assert await stage.ana.refused("inspections.start", rec, args) == "id_taken"


async def test_a_restricted_case_is_offered_to_its_own_people_alone(stage: Stage) -> None:
    """A department is in no line: whoever works there would have had the case on the phone."""
    kept = await stage.publish(document("Patrol"), "patrol", line="security")
    rec = ("round", new_id())
    await stage.he_ping.must("inspections.start", rec, {"template": kept, "outlet": RIVERSIDE})
    found = await stage.finding(stage.he_ping, rec, severity="danger")
    case = ("rectification", case_id(found))
    head = stage.wang_fang
    await head.must("rectifications.accept", case)
    offer = {"to_unit": OPERATIONS, "reason": "yours"}
    refused = await head.refused("rectifications.hand_over", case, offer)
    assert refused == "handover_restricted"
    person = offer | {"to_person": fixed("guo_qiang")}
    refused = await head.refused("rectifications.hand_over", case, person)
    assert refused == "handover_restricted"
    assert case not in await stage.guo_qiang.sees()
    await head.must("rectifications.hand_over", case, offer | {"to_person": fixed("he_ping")})
    assert case in await stage.he_ping.sees()


async def test_whoever_is_named_in_a_case_is_not_shown_what_failed_before(
    stage: Stage, front: Front
) -> None:
    """Li Na raised the second one; the first was Ana's."""
    first = await stage.filled("ana", i_ramp="fail")
    await stage.finding(stage.ana, first)
    await stage.submit(stage.ana, first)
    case = await stage.case()
    path = f"/v1/console/cases/{case[1]}"
    assert len((await front.get("chen_jie", path))["last_fails"]) == 1
    told = await front.get("li_na", path)
    assert told["case"]["id"] == case[1]
    assert told["last_fails"] == []


async def test_approval_is_asked_only_of_who_can_give_it(stage: Stage) -> None:
    """Whoever is named is told of the event."""
    rec = await planned(stage)
    refused = await stage.wang_fang.refused("events.propose", rec, {"approver": fixed(NOBODY)})
    # Qian Hao is a manager, of another outlet.
    assert refused == "approver_out_of_scope"
    assert not [kind for kind, _ in await stage.hands[NOBODY].sees() if kind == "notice"]
    await stage.wang_fang.must("events.propose", rec, {"approver": fixed("chen_jie")})


async def test_sightings_are_judged_by_who_can_look_at_them(stage: Stage) -> None:
    rec = await opened(stage, staff=[fixed("wang_fang")])
    a, b = [await seen_by(stage.wang_fang, walked_in(rec)) for _ in range(2)]
    pair = {"a": a[1], "b": b[1], "same": True}
    assert await stage.xiao_chen.refused("events.judge_duplicate", rec, pair) == "forbidden"
    await stage.chen_jie.must("events.judge_duplicate", rec, pair)


async def test_an_administrator_reads_no_visitors(stage: Stage, front: Front) -> None:
    """That there was an event, and its figures; not who was there."""
    rec = await opened(stage)
    await invited(stage, rec, 1)
    boss = ("person", fixed("boss"))
    post = {"post": fixed("post boss"), "role": "admin", "title": words("Administrator")}
    await stage.house(
        ("identity.add_person", boss, {"username": "boss", "name": "boss"}),
        ("identity.hold_post", boss, post),
    )
    told = await front.get("boss", f"/v1/console/events/{rec[1]}")
    assert (told["roster"], told["check_ins"], told["duplicates"]) == ([], {}, [])
    assert told["event"]["body"]["theme"]
    for path in ("attendance.csv", "attendance.xlsx"):
        answer = await front.call("boss", "GET", f"/v1/events/{rec[1]}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    seen = await front.get("chen_jie", f"/v1/console/events/{rec[1]}")
    assert [one["name"] for one in seen["roster"]] == ["Guest 0"]
