"""Deciding on a visit, who sees what of it and when, and what comes of an authorisation."""

from typing import Any

import pytest

from tests.features.stage import fixed
from tests.features.visits.builders import Home

DONE = {"business": "password_reset", "reference": "T-1000"}


async def test_whoever_was_there_does_not_decide(home: Home) -> None:
    home.b = home.stage.wang_fang  # the outlet's head could review, but went along
    home.judge = home.stage.chen_jie
    await home.submitted()
    seen = await home.seen()
    assert await home.b.refused("visits.accept", home.visit, seen) == "own_visit"
    told = seen | {"points": ["photos"]}
    assert await home.b.refused("visits.return", home.visit, told) == "own_visit"
    assert await home.a.refused("visits.accept", home.visit, seen) == "own_visit"
    await home.judge.must("visits.accept", home.visit, seen)


@pytest.mark.parametrize(
    ("who", "code"),
    [("sun_yue", "forbidden"), ("qian_hao", "forbidden"), ("guo_qiang", "forbidden")],
)
async def test_who_may_decide(home: Home, who: str, code: str) -> None:
    await home.submitted()
    hand = home.stage.hands[who]
    refused = await hand.refused("visits.accept", home.visit, await home.seen())
    assert refused in (code, "not_found")
    assert await home.state() == "submitted"


async def test_a_doubt_is_for_a_supervisor(home: Home) -> None:
    await home.submitted(doubt=True)
    seen = await home.seen()
    head = home.stage.wang_fang
    assert await head.refused("visits.accept", home.visit, seen) == "doubt_needs_supervisor"
    await home.judge.must("visits.accept", home.visit, seen)


async def test_a_doubt_of_one_is_not_undone_by_the_other(home: Home) -> None:
    await home.answered(doubt=True)
    calm = {"responds_to_name": "yes", "states_purpose": "yes", "doubt": False}
    await home.b.must("visits.observe", home.part("condition"), calm)
    await home.a.must("visits.submit", home.visit, {})
    refused = await home.stage.wang_fang.refused("visits.accept", home.visit, await home.seen())
    assert refused == "doubt_needs_supervisor"


async def test_what_is_decided_on_is_what_was_seen(home: Home) -> None:
    await home.submitted()
    seen = await home.seen()
    await home.b.must("visits.remark", home.person, {"about": "visit", "text": "女婿也在场"})
    for op, more in (("visits.accept", {}), ("visits.return", {"points": ["consent"]})):
        refused = await home.judge.refused(op, home.visit, seen | more)
        assert refused == "visit_content_moved"
    await home.judge.must("visits.accept", home.visit, await home.seen())


async def test_nobody_decides_on_photos_that_are_not_here(home: Home) -> None:
    await home.answered()
    shot = await home.photo("the bed", arrives=False)
    await home.a.must("visits.submit", home.visit, {})
    refused = await home.judge.refused("visits.accept", home.visit, await home.seen())
    assert refused == "visit_evidence_awaited"
    assert (await home.body())["evidence"]["awaited"] == 1
    await home.stage.arrive(shot, by=home.a)
    await home.judge.must("visits.accept", home.visit, await home.seen())


async def test_it_is_sent_back_and_handed_in_again(home: Home) -> None:
    await home.submitted()
    told = await home.seen() | {"points": ["photos", "photos", "intention"]}
    await home.judge.must("visits.return", home.visit, told)
    body = await home.body()
    assert (body["state"], body["returns"][0]["points"]) == ("returned", ["photos", "intention"])
    assert home.person not in await home.judge.sees()
    await home.photo("again")
    assert await home.state() == "under_way"
    await home.a.must("visits.submit", home.visit, {})
    await home.judge.must("visits.accept", home.visit, await home.seen())
    again = await home.judge.do("visits.accept", home.visit, await home.seen())
    assert again.s == "merged"


async def test_two_reviewers_at_once_and_the_second_is_kept(home: Home) -> None:
    await home.submitted()
    seen = await home.seen()
    await home.judge.must("visits.accept", home.visit, seen)
    told = seen | {"points": ["consent"]}
    answer = await home.stage.zhao_min.do("visits.return", home.visit, told)
    assert (answer.s, answer.code) == ("conflict", "visit_moved")
    event = (await home.body())["events"][-1]
    assert (event["type"], event["what"], event["by"]) == ("kept", "return", fixed("zhao_min"))


async def test_a_consent_that_ran_out_before_the_decision_decides_nothing(home: Home) -> None:
    await home.at_home()
    await home.agree(valid_until="2026-11-25T01:00:00.000Z")
    await home.answers()
    await home.a.must("visits.submit", home.visit, {})
    home.stage.clock.pass_(days=3)
    refused = await home.judge.refused("visits.accept", home.visit, await home.seen())
    assert refused == "consent_expired"


async def test_who_sees_the_person_and_when(home: Home) -> None:
    async def who() -> set[str]:
        return {
            name
            for name in ("lin_xia", "xiao_chen", "wang_fang", "chen_jie", "sun_yue", "li_na")
            if home.person in await home.stage.hands[name].sees()
        }

    await home.requested()
    assert await who() == {"wang_fang"}
    await home.stage.wang_fang.must("visits.schedule", home.visit, home.plan())
    assert await who() == {"lin_xia", "xiao_chen"}
    await home.a.must("visits.sign_in", home.visit, {})
    await home.b.must("visits.sign_in", home.visit, {})
    await home.agree()
    await home.answers()
    await home.a.must("visits.submit", home.visit, {})
    assert await who() == {"lin_xia", "xiao_chen", "wang_fang", "chen_jie"}
    await home.judge.must("visits.accept", home.visit, await home.seen())
    assert await who() == set()
    for name in ("lin_xia", "wang_fang", "chen_jie", "sun_yue"):
        assert home.visit in await home.stage.hands[name].sees()
    assert home.visit not in await home.stage.li_na.sees()


async def test_the_authorisation_is_at_the_counter(home: Home) -> None:
    await home.accepted()
    rec = await home.authorisation()
    for name in ("wang_fang", "xiao_chen", "chen_jie", "lin_xia"):
        assert rec in await home.stage.hands[name].sees()
    assert rec not in await home.stage.li_na.sees()
    assert await home.stage.li_na.refused("visits.use", rec, DONE) == "not_found"


async def test_it_covers_what_was_named_and_no_more(home: Home) -> None:
    await home.accepted()
    rec = await home.authorisation()
    other = {"business": "pension", "reference": "T-1001"}
    assert await home.stage.wang_fang.refused("visits.use", rec, other) == "business_not_covered"


async def test_it_is_used_until_its_last_day_and_not_after(home: Home) -> None:
    await home.consented()
    await home.answers()
    longer: dict[str, Any] = {"business": ["password_reset"], "scope": "until_expiry"}
    await home.a.must("visits.authorise", home.visit, longer | {"until": "2026-11-26"})
    await home.a.must("visits.submit", home.visit, {})
    await home.judge.must("visits.accept", home.visit, await home.seen())
    rec = await home.authorisation()
    counter = home.stage.wang_fang
    await counter.must("visits.use", rec, DONE)
    await counter.must("visits.use", rec, DONE | {"reference": "T-1001"})
    home.stage.clock.pass_(days=4)
    assert await counter.refused("visits.use", rec, DONE) == "authorisation_expired"
    body = await home.stage.body(*rec)
    assert (body["state"], len(body["uses"]), len(body["aside"])) == ("issued", 2, 1)
    # Done on the last day at a counter without signal, told on the next but one.
    before = "2026-11-26T08:00:00.000Z"
    await counter.must("visits.use", rec, DONE | {"reference": "T-1002"}, at=before)


async def test_it_ends_before_its_time_with_a_reason(home: Home) -> None:
    await home.accepted()
    rec = await home.authorisation()
    told = {"reason": "fraud_suspected"}
    assert await home.a.refused("visits.revoke", rec, told) == "forbidden"
    await home.stage.wang_fang.must("visits.revoke", rec, told)
    assert (await home.judge.do("visits.revoke", rec, told)).s == "merged"
    refused = await home.stage.xiao_chen.refused("visits.use", rec, DONE)
    assert refused == "authorisation_revoked"


async def test_a_used_one_is_not_revoked(home: Home) -> None:
    await home.accepted()
    rec = await home.authorisation()
    await home.stage.wang_fang.must("visits.use", rec, DONE)
    refused = await home.judge.refused("visits.revoke", rec, {"reason": "error"})
    assert refused == "bad_transition"


async def test_an_authority_that_ended_meanwhile_authorises_nothing(home: Home) -> None:
    await home.consented()
    await home.answers()
    short = {"business": ["pension"], "scope": "once", "until": "2026-11-25"}
    await home.a.must("visits.authorise", home.visit, short)
    await home.a.must("visits.submit", home.visit, {})
    home.stage.clock.pass_(days=4)
    refused = await home.judge.refused("visits.accept", home.visit, await home.seen())
    assert refused == "authority_past"


async def test_what_is_kept_falls_due_by_its_class(home: Home) -> None:
    await home.accepted()
    async with home.stage.database.reading() as tx:
        rows = await tx.tuples("SELECT klass, due_on, rec FROM privacy_retention ORDER BY klass")
    assert [row[0] for row in rows] == ["visit_contact", "visit_record"]
    assert {row[2] for row in rows} == {f"visit:{home.id}"}
    home.stage.clock.pass_(days=185)
    await home.stage.house(("privacy.expire", home.visit, {"klass": "visit_contact"}))
    held = {one["aspect"] for one in (await home.body())["forgotten"]}
    assert held == {"address", "photos"}
    assert (await home.stage.body(*home.part("condition")))["observed"]
    home.stage.clock.pass_(days=1700)
    await home.stage.house(("privacy.expire", home.visit, {"klass": "visit_record"}))
    async with home.stage.database.reading() as tx:
        for table in ("visit_person", "visit_answer"):
            assert (await tx.tuples(f"SELECT count(*) FROM {table}"))[0][0] == 0
        certificates = await tx.tuples("SELECT cause, rule FROM certificate ORDER BY rule")
    assert certificates == [("retention", "visit_contact"), ("retention", "visit_record")]
    body = await home.body()
    assert (body["state"], body["authorisation"] is not None) == ("accepted", True)


async def test_a_visit_that_nobody_made_ends_with_the_address(home: Home) -> None:
    await home.requested()
    home.stage.clock.pass_(days=185)
    await home.stage.house(("privacy.expire", home.visit, {"klass": "visit_contact"}))
    body = await home.body()
    assert (body["state"], body["refusal"]["alternative"]) == ("declined", "branch")
    refused = await home.stage.wang_fang.refused("visits.schedule", home.visit, home.plan())
    assert refused == "bad_transition"
