"""What phones receive of rounds and sheets, and who receives them."""

import pytest

from backend.features.inspections.rules.decision import buckets_of
from tests.features.inspections.builders import RIVERSIDE, round_
from tests.features.stage import Stage, picture

WIRE = {
    "template",
    "title",
    "outlet",
    "line",
    "rhythm",
    "assignee",
    "assigned_by",
    "opens_at",
    "due_at",
    "unscheduled",
    "state",
    "opened_at",
    "submitted_at",
    "received_at",
    "progress",
    "score",
    "findings",
    "manifest",
    "complete",
    "verified",
    "evidence",
    "late",
    "amendments",
    "contributions",
}


async def test_the_body_says_what_was_promised(stage: Stage) -> None:
    rec = await stage.round()
    assert (await stage.body(*rec)).keys() >= WIRE
    sheet = await stage.body("sheet", rec[1])
    assert sheet == {
        "template": stage.template,
        "answers": {},
        "findings": {},
        "signature": None,
    }


@pytest.mark.parametrize("state", ["assigned", "open", "cancelled"])
def test_a_draft_is_seen_by_those_who_fill_it(state: str) -> None:
    assert buckets_of(round_(state=state)) == {f"round:{round_().id}"}


def test_a_submitted_sheet_is_seen_by_the_desk_as_well() -> None:
    assert f"desk:{RIVERSIDE}:service" in buckets_of(round_(state="submitted"))


async def test_the_manager_sees_the_round_at_once_and_the_sheet_when_it_is_in(
    stage: Stage,
) -> None:
    rec = await stage.filled(i_ramp="fail")
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    before = await stage.chen_jie.sees()
    assert rec in before
    assert ("sheet", rec[1]) not in before
    assert ("photo", shot["id"]) not in before
    await stage.submit(stage.li_na, rec)
    after = await stage.chen_jie.sees()
    assert after["sheet", rec[1]]["answers"]["i_ramp"]["value"] == "fail"
    assert ("photo", shot["id"]) in after


@pytest.mark.parametrize("who", ["ana", "lin_xia", "qian_hao", "he_ping", "guo_qiang"])
async def test_others_receive_nothing_of_the_round(stage: Stage, who: str) -> None:
    rec = await stage.filled()
    await stage.submit(stage.li_na, rec)
    seen = await stage.hands[who].sees()
    assert {rec, ("sheet", rec[1])}.isdisjoint(seen)


async def test_a_finding_on_the_sheet_names_its_photos(stage: Stage) -> None:
    rec = await stage.round()
    shot = picture("ramp")
    id = await stage.finding(stage.li_na, rec, shot)
    finding = (await stage.body("sheet", rec[1]))["findings"][id]
    assert (finding["before"], finding["after"]) == ([shot["id"]], [])


async def test_notices_of_a_round_reach_the_people_they_are_for(stage: Stage) -> None:
    rec = await stage.round("li_na")
    given = {"assignee": stage.ana.id, "reason": "Li Na is ill"}
    await stage.chen_jie.must("inspections.reassign", rec, given)
    assert await told(stage, "li_na") == {"round_assigned", "round_given_away"}
    assert await told(stage, "ana") == {"round_assigned"}
    await stage.chen_jie.must("inspections.cancel", rec, {"reason": "Works"})
    assert "round_cancelled" in await told(stage, "ana")


async def told(stage: Stage, who: str) -> set[str]:
    """The types of notices that lie in this person's bucket."""
    seen = await stage.hands[who].sees()
    return {body["type"] for (kind, _), body in seen.items() if kind == "notice"}
