"""The outlet and the manager act on one case while neither hears of the other."""

import pytest

from tests.features.stage import Stage, picture

REMARK = {"about": "photo", "comment": "Too dark"}


@pytest.mark.parametrize("manager_first", [True, False])
async def test_cancel_beats_done_and_the_work_is_kept(stage: Stage, manager_first: bool) -> None:
    """SYNC 3.8: whoever comes first, the case ends cancelled and the note is in it."""
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    shot = {"photo": picture("after")}
    outlet = [
        stage.wang_fang.ask("rectifications.attach", rec, shot),
        stage.wang_fang.ask("rectifications.report", rec, {"note": "Cleared on Tuesday"}),
    ]
    office = stage.chen_jie.ask("rectifications.cancel", rec, {"reason": "Raised twice"})
    if manager_first:
        await stage.chen_jie.push(office)
        answers = (await stage.wang_fang.push(*outlet)).answers
        assert [answer.s for answer in answers] == ["conflict", "conflict"]
    else:
        await stage.wang_fang.push(*outlet)
        assert (await stage.chen_jie.push(office)).answers[0].s == "applied"
    body = await stage.body(*rec)
    assert body["state"] == "cancelled"
    assert "Cleared on Tuesday" in [event["note"] for event in body["events"]]
    assert ("photo", shot["photo"]["id"]) in await stage.chen_jie.sees()


async def test_two_managers_decide_differently_and_the_second_reads_of_the_first(
    stage: Stage,
) -> None:
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    yes = stage.chen_jie.ask("rectifications.approve", rec, seen)
    no = stage.zhao_min.ask("rectifications.return", rec, seen | {"points": [REMARK]})
    assert (await stage.chen_jie.push(yes)).answers[0].s == "applied"
    answer = (await stage.zhao_min.push(no)).answers[0]
    assert (answer.s, answer.code) == ("conflict", "already_moved")
    body = await stage.body(*rec)
    assert body["state"] == "closed"
    assert body["events"][-1]["points"] == [REMARK]


async def test_two_managers_agree_and_nothing_happens_twice(stage: Stage) -> None:
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    first = await stage.chen_jie.do("rectifications.approve", rec, seen)
    second = await stage.zhao_min.do("rectifications.approve", rec, seen)
    assert (first.s, second.s) == ("applied", "merged")
    assert len(await stage.facts("rectifications.Approved")) == 1


async def test_two_people_of_the_outlet_report_one_fix(stage: Stage) -> None:
    rec = await stage.case()
    await stage.chen_jie.must("rectifications.assign", rec, {"owner": stage.xiao_chen.id})
    await stage.xiao_chen.must("rectifications.attach", rec, {"photo": picture("after")})
    await stage.xiao_chen.must("rectifications.report", rec, {"note": "Cleared"})
    answer = await stage.wang_fang.do("rectifications.report", rec, {"note": "And swept"})
    assert answer.s == "merged"
    notes = [event["note"] for event in (await stage.body(*rec))["events"]]
    assert notes[-2:] == ["Cleared", "And swept"]
    assert len(await stage.facts("rectifications.Reported")) == 1


async def test_the_case_moved_to_a_colleague_while_the_owner_worked_offline(
    stage: Stage,
) -> None:
    rec = await stage.case()
    await stage.chen_jie.must("rectifications.assign", rec, {"owner": stage.xiao_chen.id})
    shot = {"photo": picture("after")}
    outbox = [
        stage.xiao_chen.ask("rectifications.accept", rec),
        stage.xiao_chen.ask("rectifications.attach", rec, shot),
        stage.xiao_chen.ask("rectifications.report", rec, {"note": "Done"}),
    ]
    await stage.chen_jie.must("rectifications.assign", rec, {"owner": stage.wang_fang.id})
    answers = (await stage.xiao_chen.push(*outbox)).answers
    assert [(a.s, a.code) for a in answers] == [
        ("rejected", "not_owner"),
        ("conflict", "not_owner"),
        ("conflict", "not_owner"),
    ]
    body = await stage.body(*rec)
    assert (body["state"], body["owner"]) == ("assigned", stage.wang_fang.id)
    assert body["events"][-2]["photos"] == [shot["photo"]["id"]]
    assert body["events"][-1]["note"] == "Done"
