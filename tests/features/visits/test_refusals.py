"""Every rule of a visit and its refusal: for each accept there is a refuse, and nothing is lost."""

from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.stage import HILLTOP, fixed, picture
from tests.features.visits.builders import Home, wanted
from tests.kit.sealing import sealed_pin

SEEN = {"kind": "identity_card", "matches": True}


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("li_na", {}, "forbidden"),
        ("qian_hao", {}, "forbidden"),
        ("xiao_chen", {"outlet": HILLTOP}, "forbidden"),
        ("xiao_chen", {"outlet": new_id()}, "outlet_unknown"),
        ("xiao_chen", {"line": "moon"}, "line_unknown"),
        ("xiao_chen", {"begins": "11:00", "ends": "10:30"}, "visit_window_empty"),
        ("xiao_chen", {"day": "2026-02-30"}, "args_invalid"),
        ("xiao_chen", {"kind": "party"}, "args_invalid"),
        ("xiao_chen", {"begins": "25:00"}, "args_invalid"),
    ],
)
async def test_who_may_ask_for_what(
    home: Home, who: str, change: dict[str, Any], code: str
) -> None:
    hand = home.stage.hands[who]
    assert await hand.refused("visits.request", home.person, wanted(**change)) == code


async def test_an_id_number_in_the_address_is_refused(home: Home) -> None:
    told = wanted()
    told["person"] = told["person"] | {"address": "证件 11010519491231002X"}
    refused = await home.stage.xiao_chen.refused("visits.request", home.person, told)
    assert refused == "personal_number"


async def test_a_second_visit_under_the_same_id_is_refused(home: Home) -> None:
    await home.requested()
    assert await home.a.refused("visits.request", home.person, wanted()) == "id_taken"


@pytest.mark.parametrize(
    ("staff", "code"),
    [
        (("lin_xia", "lin_xia"), "staff_pair"),
        (("lin_xia", "li_na"), "staff_out_of_scope"),
        (("lin_xia", "qian_hao"), "staff_out_of_scope"),
        (("lin_xia", "nobody"), "person_unknown"),
    ],
)
async def test_two_different_people_with_a_post_there(
    home: Home, staff: tuple[str, str], code: str
) -> None:
    await home.requested()
    asked = home.plan(*(fixed(name) for name in staff))
    assert await home.stage.wang_fang.refused("visits.schedule", home.visit, asked) == code
    assert await home.state() == "requested"


async def test_an_outreach_officer_does_not_plan_for_others(home: Home) -> None:
    await home.requested()
    assert await home.a.refused("visits.schedule", home.visit, home.plan()) == "forbidden"


@pytest.mark.parametrize(
    ("op", "args"),
    [("visits.sign_in", {}), ("visits.submit", {}), ("visits.cancel", {"reason": "solved"})],
)
async def test_a_stranger_learns_nothing(home: Home, op: str, args: dict[str, str]) -> None:
    await home.scheduled()
    assert await home.stage.qian_hao.refused(op, home.visit, args) == "not_found"


async def test_only_the_two_sign_in(home: Home) -> None:
    await home.scheduled()
    assert await home.stage.chen_jie.refused("visits.sign_in", home.visit, {}) == "forbidden"
    await home.a.must("visits.sign_in", home.visit, {})
    assert (await home.a.do("visits.sign_in", home.visit, {})).s == "merged"
    no_pin = {"person": home.b.id}
    assert await home.a.refused("visits.sign_in", home.visit, no_pin) == "args_invalid"


async def test_a_colleague_signs_in_by_pin_and_a_wrong_one_does_not_count(home: Home) -> None:
    await home.scheduled()
    await home.a.must("visits.sign_in", home.visit, {})
    own, setting = ("pin", home.b.id), new_id()
    told = {"sealed": sealed_pin("407193", home.b.id, own, setting)}
    await home.b.must("identity.set_pin", own, told, id=setting)
    assert home.b.id in (await home.stage.body(*home.person))["pins"]

    async def types(pin: str) -> str | None:
        id = new_id()
        args = {"person": home.b.id, "pin": sealed_pin(pin, home.b.id, home.visit, id)}
        return (await home.a.do("visits.sign_in", home.visit, args, id=id)).code

    assert await types("730265") == "pin_wrong"
    assert [one["person"] for one in (await home.body())["presences"]] == [home.a.id]
    assert await types("407193") is None
    presences = (await home.body())["presences"]
    assert [(one["person"], one["how"]) for one in presences] == [
        (home.a.id, "own_device"),
        (home.b.id, "pin"),
    ]


async def test_nothing_is_recorded_before_somebody_is_there(home: Home) -> None:
    await home.scheduled()
    shot = picture("early")
    assert await home.a.refused("visits.sign", home.visit, {"photo": shot}) == "bad_transition"


@pytest.mark.parametrize(
    ("op", "aspect", "args"),
    [
        ("visits.sight", "identity", {"of": "principal", "document": SEEN}),
        ("visits.note_agent", "identity", {"present": True, "relationship": "child"}),
        (
            "visits.observe",
            "condition",
            {"responds_to_name": "yes", "states_purpose": "yes", "doubt": False},
        ),
        ("visits.record_intention", "intention", {"words": "要改密码"}),
        ("visits.note_recording", "recording", {"recorder": "R-7", "number": "R7-20261124"}),
        ("visits.attach", "photos", {"photo": picture("door")}),
    ],
)
async def test_each_answer_rests_on_what_was_agreed_to(
    home: Home, op: str, aspect: str, args: dict[str, Any]
) -> None:
    await home.at_home()
    rec = home.part(aspect)
    assert await home.a.refused(op, rec, args) == "consent_missing"
    assert (await home.agree(aspect)).s == "applied"
    assert await home.a.refused(op, rec, args) == "consent_refused"
    home.stage.clock.pass_(minutes=1)
    assert (await home.agree()).s == "applied"
    await home.a.must(op, rec, args)


async def test_a_consent_that_has_run_out_allows_nothing(home: Home) -> None:
    await home.at_home()
    home.stage.clock.pass_(minutes=1)
    soon = "2026-11-24T02:00:00.000Z"
    assert (await home.agree(valid_until=soon)).s == "applied"
    home.stage.clock.pass_(hours=30)
    args = {"words": "要改密码"}
    refused = await home.a.refused("visits.record_intention", home.part("intention"), args)
    assert refused == "consent_expired"


async def test_no_character_of_a_document_is_kept(home: Home) -> None:
    await home.consented()
    told = {"of": "principal", "document": SEEN | {"last_four": "002X"}}
    refused = await home.a.refused("visits.sight", home.part("identity"), told)
    assert refused == "last_four_not_kept"


async def test_one_alone_hands_nothing_in(home: Home) -> None:
    await home.scheduled()
    await home.a.must("visits.sign_in", home.visit, {})
    assert await home.a.refused("visits.submit", home.visit, {}) == "presence_missing"
    await home.b.must("visits.sign_in", home.visit, {})
    assert await home.a.refused("visits.submit", home.visit, {}) == "consent_missing"
    await home.agree("condition")
    assert await home.a.refused("visits.submit", home.visit, {}) == "consent_refused"
    home.stage.clock.pass_(minutes=1)
    await home.agree()
    answer = await home.a.do("visits.submit", home.visit, {})
    assert answer.code == "visit_incomplete"
    assert answer.facts == {"missing": "identity, agent, observation, intention, authority"}


async def test_a_document_that_is_not_theirs_verifies_nobody(home: Home) -> None:
    await home.answered()
    other = {"of": "principal", "document": SEEN | {"matches": False}}
    await home.b.must("visits.sight", home.part("identity"), other)
    assert await home.a.refused("visits.submit", home.visit, {}) == "visit_incomplete"


async def test_what_belongs_to_another_kind_is_refused(home: Home) -> None:
    await home.at_home(kind="guidance")
    authority = {"business": ["other"], "scope": "once", "until": "2026-12-31"}
    assert await home.a.refused("visits.authorise", home.visit, authority) == "wrong_kind"
    over = {
        "id": new_id(),
        "what": "sealed_bag",
        "number": "S-1001",
        "giver": "customer",
        "taker": home.a.id,
        "at": "2026-11-24T02:00:00.000Z",
    }
    assert await home.a.refused("visits.hand_over", home.visit, over) == "wrong_kind"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("密码是 abc123", "credential_in_text"),
        ("验证码：９９１８", "credential_in_text"),
        ("she said 830194 aloud", "credential_in_text"),
        ("her PIN is 4071", "credential_in_text"),
        ("她忘了密码，教她自己重设", None),
        ("2026年来过，住 1702 室，讲了 45 分钟", None),
    ],
)
async def test_nobody_writes_down_what_opens_an_account(
    home: Home, text: str, code: str | None
) -> None:
    await home.at_home(kind="guidance")
    answer = await home.a.do("visits.remark", home.person, {"about": "visit", "text": text})
    assert answer.code == code


async def test_guidance_is_handed_in_with_what_was_taught(home: Home) -> None:
    await home.at_home(kind="guidance")
    assert await home.a.refused("visits.submit", home.visit, {}) == "visit_incomplete"
    await home.a.must("visits.guide", home.visit, {"topics": ["log_in"], "minutes": 40})
    await home.a.must("visits.submit", home.visit, {})
    await home.judge.must("visits.accept", home.visit, await home.seen())
    body = await home.body()
    assert (body["state"], body["authorisation"]) == ("accepted", None)


async def test_a_collection_is_closed_with_an_unbroken_chain(home: Home) -> None:
    await home.at_home(kind="collection")
    assert await home.a.refused("visits.submit", home.visit, {}) == "visit_incomplete"

    async def over(giver: str, taker: str, minute: int) -> None:
        told = {
            "id": new_id(),
            "what": "sealed_bag",
            "number": "S-1001",
            "giver": giver,
            "taker": taker,
            "at": f"2026-11-24T02:{minute:02}:00.000Z",
        }
        await home.a.must("visits.hand_over", home.visit, told)

    # The counter's phone told of it before the phone that was at the door.
    await over(home.a.id, "counter", 40)
    assert await home.a.refused("visits.submit", home.visit, {}) == "chain_broken"
    await over("customer", home.a.id, 5)
    await home.a.must("visits.submit", home.visit, {})
    assert await home.state() == "submitted"


async def test_a_photo_is_taken_again_by_whoever_took_it_until_it_was_seen(home: Home) -> None:
    await home.consented()
    rec = home.part("photos")
    shot = await home.photo("blurred")
    told = {"photo": shot["id"]}
    assert await home.b.refused("visits.detach", rec, told) == "visit_photo_not_yours"
    await home.a.must("visits.detach", rec, told)
    assert (await home.stage.body(*rec))["photos"] == []
    assert await home.a.refused("visits.detach", rec, told) == "not_found"


async def test_everybody_puts_their_own_visits_in_order(home: Home) -> None:
    await home.scheduled()
    own = ("visit_route", f"{home.a.id}.2026-11-24")
    await home.a.must("visits.reorder", own, {"order": [home.id, new_id()]})
    assert (await home.stage.body(*own))["order"][0] == home.id
    assert await home.b.refused("visits.reorder", own, {"order": []}) == "route_not_yours"
    no_day = ("visit_route", f"{home.a.id}.monday")
    assert await home.a.refused("visits.reorder", no_day, {"order": []}) == "args_invalid"


async def test_a_delay_and_a_refusal_say_what_was_offered(home: Home) -> None:
    await home.scheduled()
    delay = {"by": "customer", "reason": "unwell", "alternative": "later_visit"}
    await home.a.must("visits.postpone", home.visit, delay | {"day": "2026-11-26"})
    assert (await home.body())["delays"][0]["alternative"] == "later_visit"
    await home.stage.wang_fang.must("visits.schedule", home.visit, home.plan(day="2026-11-26"))
    await home.a.must("visits.sign_in", home.visit, {})
    told = {"by": "customer", "reason": "refuses_consent", "alternative": "branch"}
    await home.a.must("visits.decline", home.visit, told)
    body = await home.body()
    assert (body["state"], body["refusal"]["alternative"]) == ("declined", "branch")
    off = {"reason": "solved"}
    assert await home.stage.wang_fang.refused("visits.cancel", home.visit, off) == "bad_transition"
    bad = {"by": "customer", "reason": "unwell"}
    assert await home.a.refused("visits.postpone", home.visit, bad) == "args_invalid"


async def test_called_off_before_anybody_went(home: Home) -> None:
    await home.scheduled()
    assert await home.a.refused("visits.cancel", home.visit, {"reason": "solved"}) == "forbidden"
    await home.stage.wang_fang.must("visits.cancel", home.visit, {"reason": "solved"})
    again = await home.stage.wang_fang.do("visits.cancel", home.visit, {"reason": "solved"})
    assert again.s == "merged"
    assert home.person not in await home.a.sees()


async def test_the_authority_ends_in_the_future(home: Home) -> None:
    await home.at_home()
    told = {"business": ["pension"], "scope": "once", "until": "2026-11-01"}
    assert await home.a.refused("visits.authorise", home.visit, told) == "authority_past"
