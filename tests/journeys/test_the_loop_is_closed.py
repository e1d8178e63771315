"""From a blocked ramp to a closed case, with signal only now and then."""

from backend.features.rectifications.reactions import case_id
from backend.foundation.kernel.ids import new_id
from tests.features.stage import Stage, passing, picture


async def test_a_round_without_signal_becomes_an_approved_rectification(stage: Stage) -> None:
    """Li Na in the basement, Wang Fang in the lobby, Chen Jie on a train."""
    rec = await stage.round()
    before, quick, quicker = picture("ramp"), picture("door open"), picture("door shut")
    ramp, door = new_id(), new_id()
    hand = stage.li_na
    outbox = [hand.ask("inspections.open", rec)]
    for key, value in (passing() | {"i_ramp": "fail", "i_door": "fail"}).items():
        answer = {"item": key, "value": value}
        outbox.append(hand.ask("inspections.set_answer", rec, answer))
    for id, item, on_spot in ((ramp, "i_ramp", False), (door, "i_door", True)):
        found = {"finding": id, "item": item, "severity": "major", "text": "See photo"}
        outbox.append(hand.ask("inspections.record_finding", rec, found | {"on_spot": on_spot}))
    for shot, purpose, id in (
        (before, "finding", ramp),
        (quick, "before", door),
        (quicker, "after", door),
    ):
        args = {"photo": shot, "purpose": purpose, "finding": id}
        outbox.append(hand.ask("inspections.attach", rec, args))
    result = await hand.push(*outbox)
    assert {answer.s for answer in result.answers} == {"applied"}
    assert (await stage.submit(hand, rec)).s == "applied"

    fixed_at_once = await stage.body("rectification", case_id(door))
    assert (fixed_at_once["state"], fixed_at_once["due_at"]) == ("closed", None)
    case = ("rectification", case_id(ramp))
    assert (await stage.body(*case))["state"] == "open"

    shot = {"photo": picture("ramp clear")}
    await stage.wang_fang.push(
        stage.wang_fang.ask("rectifications.accept", case),
        stage.wang_fang.ask("rectifications.attach", case, shot),
        stage.wang_fang.ask("rectifications.report", case, {"note": "Boxes moved"}),
    )
    seen = {"content_digest": (await stage.chen_jie.sees())[case]["content_digest"]}
    offline = stage.chen_jie.ask("rectifications.approve", case, seen)
    await stage.arrive(before, quick, quicker, by=hand)
    await stage.arrive(shot["photo"], by=stage.wang_fang)
    assert (await stage.chen_jie.push(offline)).answers[0].s == "applied"

    seen_by_li_na = await hand.sees()
    assert seen_by_li_na[case]["state"] == "closed"
    assert seen_by_li_na[rec]["verified"] is True


async def test_a_photo_that_comes_days_later_completes_the_round_by_itself(
    stage: Stage,
) -> None:
    rec = await stage.filled(i_ramp="fail")
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    await stage.submit(stage.li_na, rec)
    await stage.chen_jie.sees()
    heard = stage.chen_jie.saw
    stage.clock.pass_(days=6)
    await stage.arrive(shot, by=stage.li_na)
    assert (await stage.chen_jie.sees())[rec]["verified"] is True
    assert stage.chen_jie.saw > heard


async def test_approving_waits_for_the_picture_and_then_holds_what_was_seen(
    stage: Stage,
) -> None:
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    shot = picture("after")
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": shot})
    await stage.wang_fang.must("rectifications.report", rec)
    seen = {"content_digest": await stage.seen(rec)}
    early = await stage.chen_jie.do("rectifications.approve", rec, seen)
    assert early.code == "evidence_awaited"
    await stage.arrive(shot, by=stage.wang_fang)
    assert await stage.seen(rec) == seen["content_digest"]
    await stage.chen_jie.must("rectifications.approve", rec, seen)
    approved = (await stage.facts("rectifications.Approved"))[0]
    assert approved["content_digest"] == seen["content_digest"]
