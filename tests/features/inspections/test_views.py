"""Rounds, what waits for evidence, and one round, as the console asks for them."""

from typing import Any

import pytest

from tests.features.front import Front
from tests.features.stage import RIVERSIDE, Stage, picture


async def test_a_manager_lists_rounds_newest_first_page_by_page(stage: Stage, front: Front) -> None:
    made = []
    for _ in range(3):
        made.append((await stage.round())[1])
        stage.clock.pass_(minutes=1)
    page = await front.get("chen_jie", "/v1/console/rounds", limit=2)
    rest = await front.get("chen_jie", "/v1/console/rounds", limit=2, cursor=page["next"])
    rows = [row["id"] for row in (*page["rows"], *rest["rows"])]
    assert (rows, rest["next"]) == (made[::-1], None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"outlet": RIVERSIDE, "line": "service", "state": ["assigned", "open"]}, 1),
        ({"state": "submitted"}, 0),
        ({"since": "2026-11-24", "until": "2026-11-24"}, 1),
        ({"since": "2026-11-25"}, 0),
        ({"overdue": "true"}, 0),
        ({"overdue": "false"}, 1),
        ({"incomplete": "true"}, 0),
        ({"incomplete": "false"}, 1),
    ],
)
async def test_each_filter_leaves_what_it_names(
    stage: Stage, front: Front, query: dict[str, Any], found: int
) -> None:
    await stage.round()
    page = await front.get("chen_jie", "/v1/console/rounds", **query)
    assert len(page["rows"]) == found


async def test_who_holds_the_missing_photos_is_said(stage: Stage, front: Front) -> None:
    rec = await stage.filled(i_ramp="fail")
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    await stage.submit(stage.li_na, rec)
    page = await front.get("chen_jie", "/v1/console/rounds/incomplete")
    waiting = page["rows"][0]
    assert waiting["round"]["id"] == rec[1]
    missing = waiting["missing"][0]
    assert (missing["photo"], missing["by"], missing["device"]) == (
        shot["id"],
        stage.li_na.id,
        "li_na-phone",
    )
    await stage.arrive(shot, by=stage.li_na)
    assert (await front.get("chen_jie", "/v1/console/rounds/incomplete"))["rows"] == []


async def test_a_draft_is_not_shown_at_the_desk_and_a_submitted_sheet_is(
    stage: Stage, front: Front
) -> None:
    rec = await stage.filled(i_ramp="fail")
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    draft = await front.get("chen_jie", f"/v1/console/rounds/{rec[1]}")
    assert (draft["sheet"], draft["photos"]) == (None, {})
    await stage.submit(stage.li_na, rec)
    done = await front.get("chen_jie", f"/v1/console/rounds/{rec[1]}")
    assert done["sheet"]["answers"]["i_ramp"]["value"] == "fail"
    assert list(done["photos"]) == [shot["id"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [("chen_jie", 200), ("li_na", 200), ("wang_fang", 200), ("ana", 404), ("qian_hao", 404)],
)
async def test_one_round_is_for_its_desk_and_for_those_it_names(
    stage: Stage, front: Front, who: str, status: int
) -> None:
    rec = await stage.round()
    answer = await front.call(who, "GET", f"/v1/console/rounds/{rec[1]}")
    assert answer.status_code == status
