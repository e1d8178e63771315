"""Rounds and cases found by their words, as the console asks for them."""

import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.front import Front
from tests.features.stage import HILLTOP, RIVERSIDE, Stage, document, passing

WORDS = "坡道被纸箱堵住，轮椅上不来"


async def _hits(front: Front, who: str, q: str, **query: str) -> list[tuple[str, str]]:
    page = await front.get(who, "/v1/console/search", q=q, **query)
    assert page["next"] is None
    return [(row["opens_kind"], row["opens_id"]) for row in page["rows"]]


async def test_a_finding_is_found_as_a_round_and_as_a_case_once_it_is_handed_in(
    stage: Stage, front: Front
) -> None:
    rec = await stage.filled(i_ramp="fail")
    await stage.finding(stage.li_na, rec, text=WORDS)
    assert await _hits(front, "chen_jie", "轮椅") == []  # a draft is for those who fill it
    await stage.submit(stage.li_na, rec)
    assert {kind for kind, _ in await _hits(front, "chen_jie", "轮椅")} == {
        "round",
        "rectification",
    }
    assert await _hits(front, "chen_jie", "纸箱 轮椅", kind="round") == [rec]


async def test_what_people_write_into_a_case_is_found_from_then_on(
    stage: Stage, front: Front
) -> None:
    case = await stage.case(text=WORDS)
    assert await _hits(front, "chen_jie", "搬走") == []
    await stage.wang_fang.must("rectifications.accept", case)
    ask = {"until": "2026-12-08", "reason": "纸箱下周才能搬走"}
    await stage.wang_fang.must("rectifications.request_extension", case, ask)
    assert await _hits(front, "chen_jie", "搬走") == [case]


async def test_a_written_answer_and_a_note_are_found_and_a_chosen_answer_is_not(
    stage: Stage, front: Front
) -> None:
    rec = await stage.filled()
    note = {"item": "i_door", "value": "pass", "note": "门轴有异响"}
    await stage.li_na.must("inspections.set_answer", rec, note)
    wrote = {"item": "i_remark", "value": "大厅整洁"}
    await stage.li_na.must("inspections.set_answer", rec, wrote)
    await stage.submit(stage.li_na, rec)
    assert await _hits(front, "chen_jie", "异响") == [rec]
    assert await _hits(front, "chen_jie", "整洁") == [rec]
    assert await _hits(front, "chen_jie", "pass") == []


@pytest.mark.parametrize(
    ("who", "found"),
    [("chen_jie", 2), ("sun_yue", 2), ("wang_fang", 2), ("qian_hao", 0), ("he_ping", 0)],
)
async def test_hits_reach_as_far_as_the_posts_of_the_reader(
    stage: Stage, front: Front, who: str, found: int
) -> None:
    await stage.case(text=WORDS)
    assert len(await _hits(front, who, "轮椅")) == found


async def test_security_is_found_by_security_and_by_nobody_who_only_has_everything_else(
    stage: Stage, front: Front
) -> None:
    """The patrol's own line: the manager of all others is not even told that there is something."""
    await _patrolled(stage)
    assert await _hits(front, "chen_jie", "警报") == []
    assert await _hits(front, "guo_qiang", "警报") == []
    assert {kind for kind, _ in await _hits(front, "he_ping", "警报")} == {"round"}


@pytest.mark.parametrize("who", ["li_na", "lin_xia", "xiao_chen"])
async def test_people_without_a_desk_search_nothing(front: Front, who: str) -> None:
    answer = await front.call(who, "GET", "/v1/console/search", params={"q": "轮椅"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"outlet": RIVERSIDE}, 2),
        ({"outlet": HILLTOP}, 0),
        ({"line": "service"}, 2),
        ({"line": "retail"}, 0),
        ({"since": "2026-11-24", "until": "2026-11-24"}, 2),
        ({"since": "2026-11-25"}, 0),
        ({"until": "2026-11-23"}, 0),
        ({"kind": "rectification"}, 1),
    ],
)
async def test_each_filter_leaves_what_it_names(
    stage: Stage, front: Front, query: dict[str, str], found: int
) -> None:
    await stage.case(text=WORDS)
    assert len(await _hits(front, "chen_jie", "轮椅", **query)) == found


async def test_pages_follow_each_other_latest_first_and_lose_nothing(
    stage: Stage, front: Front
) -> None:
    made = []
    for days in (0, 3, 20, 200, 500):
        stage.clock.pass_(days=days)
        made.append((await stage.case(text=WORDS))[1])
    seen: list[str] = []
    query = {"q": "轮椅", "kind": "rectification", "limit": "2"}
    while True:
        page = await front.get("chen_jie", "/v1/console/search", **query)
        seen += [row["opens_id"] for row in page["rows"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == made[::-1]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "…!"},
        {"q": ""},
        {"q": "字" * 101},
        {"q": "轮椅", "cursor": "nowhere"},
        {"q": "轮椅", "cursor": f"{'9' * 24}|x"},
        {"q": "轮椅", "since": "yesterday"},
        {"q": "轮椅", "kind": "visit"},
    ],
)
async def test_a_question_that_cannot_be_asked_is_refused_in_words(
    front: Front, query: dict[str, str]
) -> None:
    answer = await front.call("chen_jie", "GET", "/v1/console/search", params=query)
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == "args_invalid"


async def test_an_excerpt_shows_what_was_written(stage: Stage, front: Front) -> None:
    await stage.case(text=WORDS)
    page = await front.get("chen_jie", "/v1/console/search", q="轮椅", kind="rectification")
    assert WORDS in page["rows"][0]["excerpt"]


async def _patrolled(stage: Stage) -> None:
    """The security section hands in a round of its own with a remark."""
    kept = await stage.publish(document("Patrol"), "patrol", line="security")
    rec = ("round", new_id())
    await stage.he_ping.must("inspections.start", rec, {"template": kept, "outlet": RIVERSIDE})
    for key, value in (passing() | {"i_remark": "警报测试正常"}).items():
        await stage.he_ping.must("inspections.set_answer", rec, {"item": key, "value": value})
    assert (await stage.submit(stage.he_ping, rec)).s == "applied"
