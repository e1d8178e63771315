"""Findings of the outlets, counts and one case, as the console asks for them."""

from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.front import Front
from tests.features.stage import HILLTOP, RIVERSIDE, Stage, picture


async def test_a_manager_lists_the_findings_newest_first_page_by_page(
    stage: Stage, front: Front
) -> None:
    made = []
    for _ in range(3):
        made.append((await stage.case())[1])
        stage.clock.pass_(minutes=1)
    page = await front.get("chen_jie", "/v1/console/cases", limit=2)
    assert [row["id"] for row in page["rows"]] == made[:0:-1]
    rest = await front.get("chen_jie", "/v1/console/cases", limit=2, cursor=page["next"])
    assert [row["id"] for row in rest["rows"]] == made[:1]
    assert rest["next"] is None
    assert page["rows"][0]["body"]["state"] == "open"


async def test_the_same_moment_cuts_no_case_off(stage: Stage, front: Front) -> None:
    made = {(await stage.case())[1] for _ in range(3)}
    seen, cursor = set(), None
    while True:
        query: dict[str, Any] = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = await front.get("chen_jie", "/v1/console/cases", **query)
        seen |= {row["id"] for row in page["rows"]}
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1),
        ({"outlet": RIVERSIDE}, 1),
        ({"outlet": HILLTOP}, 0),
        ({"line": "service"}, 1),
        ({"line": "retail"}, 0),
        ({"state": "open"}, 1),
        ({"state": ["closed", "returned"]}, 0),
        ({"severity": "major"}, 1),
        ({"severity": "danger"}, 0),
        ({"since": "2026-11-24", "until": "2026-11-24"}, 1),
        ({"since": "2026-11-25"}, 0),
        ({"until": "2026-11-23"}, 0),
        ({"overdue": "false"}, 1),
        ({"overdue": "true"}, 0),
        ({"late": "true"}, 0),
        ({"on_spot": "false"}, 1),
    ],
)
async def test_each_filter_leaves_what_it_names(
    stage: Stage, front: Front, query: dict[str, Any], found: int
) -> None:
    await stage.case()
    page = await front.get("chen_jie", "/v1/console/cases", **query)
    assert len(page["rows"]) == found


async def test_overdue_comes_with_the_clock_and_goes_with_the_report(
    stage: Stage, front: Front
) -> None:
    rec = await stage.case()
    late = {"overdue": "true"}
    assert (await front.get("chen_jie", "/v1/console/cases", **late))["rows"] == []
    stage.clock.pass_(days=8)
    rows = (await front.get("chen_jie", "/v1/console/cases", **late))["rows"]
    assert [(row["id"], row["overdue"]) for row in rows] == [(rec[1], True)]
    await stage.wang_fang.must("rectifications.accept", rec)
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": picture("a")})
    await stage.wang_fang.must("rectifications.report", rec)
    assert (await front.get("chen_jie", "/v1/console/cases", **late))["rows"] == []
    rows = (await front.get("chen_jie", "/v1/console/cases", late="true"))["rows"]
    assert [row["id"] for row in rows] == [rec[1]]


@pytest.mark.parametrize(
    ("who", "found"),
    [("chen_jie", 1), ("sun_yue", 1), ("wang_fang", 1), ("qian_hao", 0), ("he_ping", 0)],
)
async def test_a_list_reaches_as_far_as_the_posts_of_the_reader(
    stage: Stage, front: Front, who: str, found: int
) -> None:
    """PRODUCT G5: a line lead sees their line in all outlets and none of another."""
    await stage.case()
    page = await front.get(who, "/v1/console/cases")
    assert len(page["rows"]) == found


@pytest.mark.parametrize("who", ["li_na", "lin_xia"])
async def test_people_without_a_desk_have_no_console(front: Front, who: str) -> None:
    for path in ("cases", "cases/figures", "rounds", "rounds/figures", "rounds/incomplete"):
        answer = await front.call(who, "GET", f"/v1/console/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"until": "2026-02-30"},
        {"since": "2026-W01-1"},
        {"cursor": "x"},
        {"state": "a b"},
        {"outlet": "a\x00b"},
        {"limit": "0"},
        {"limit": "100000"},
        {"overdue": "perhaps"},
    ],
)
async def test_a_filter_that_cannot_be_is_refused(front: Front, query: dict[str, str]) -> None:
    answer = await front.call("chen_jie", "GET", "/v1/console/cases", params=query)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["code"]


async def test_a_case_comes_with_its_timeline_photos_and_the_last_three_fails(
    stage: Stage, front: Front
) -> None:
    """RULINGS 41: the foot of the approvals detail."""
    earlier = []
    for _ in range(4):
        earlier.append((await stage.case())[1])
        stage.clock.pass_(days=30)
    rec = await stage.reported()
    detail = await front.get("chen_jie", f"/v1/console/cases/{rec[1]}")
    assert detail["case"]["body"]["state"] == "reported"
    shown = {*detail["case"]["body"]["before"], *detail["case"]["body"]["after"]}
    assert shown <= detail["photos"].keys()
    assert [row["id"] for row in detail["last_fails"]] == earlier[:0:-1]
    assert set(detail["last_fails"][0]["body"]["before"]) <= detail["photos"].keys()
    types = [entry["type"] for entry in detail["entries"]]
    assert types[0] == "rectifications.Opened"
    assert types[-1] == "rectifications.Reported"


@pytest.mark.parametrize(
    ("who", "status"),
    [("chen_jie", 200), ("li_na", 200), ("wang_fang", 200), ("ana", 404), ("qian_hao", 404)],
)
async def test_one_case_is_for_its_desk_and_for_those_it_names(
    stage: Stage, front: Front, who: str, status: int
) -> None:
    rec = await stage.case()
    answer = await front.call(who, "GET", f"/v1/console/cases/{rec[1]}")
    assert answer.status_code == status
    nowhere = await front.call(who, "GET", f"/v1/console/cases/{new_id()}")
    assert nowhere.status_code == 404


async def test_reading_writes_nothing(stage: Stage, front: Front) -> None:
    rec = await stage.case()
    await stage.chen_jie.sees()
    before = stage.chen_jie.saw
    for path in ("cases", f"cases/{rec[1]}", "cases/figures", "rounds", "rounds/figures"):
        await front.get("chen_jie", f"/v1/console/{path}")
    await stage.chen_jie.sees()
    assert stage.chen_jie.saw == before
