"""Visits and authorisations as the console asks for them."""

from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.front import Front
from tests.features.stage import HILLTOP, RIVERSIDE, fixed
from tests.features.visits.builders import ADDRESS, NAME, Home

LIST = "/v1/console/visits"


async def test_visits_are_listed_latest_first_page_by_page(home: Home, front: Front) -> None:
    made = []
    for hour in ("08:00", "09:00", "09:00"):
        one = Home(home.stage)
        await one.requested(begins=hour)
        made.append((hour, one.id))
    expected = [id for _, id in sorted(made, reverse=True)]
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await front.get("chen_jie", LIST, limit=1, **cursor)
        seen += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == expected


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1),
        ({"outlet": RIVERSIDE}, 1),
        ({"outlet": HILLTOP}, 0),
        ({"line": "service"}, 1),
        ({"line": "retail"}, 0),
        ({"staff": fixed("lin_xia")}, 1),
        ({"staff": fixed("li_na")}, 0),
        ({"since": "2026-11-24", "until": "2026-11-24"}, 1),
        ({"since": "2026-11-25"}, 0),
        ({"until": "2026-11-23"}, 0),
        ({"kind": "verification"}, 1),
        ({"kind": ["guidance", "collection"]}, 0),
        ({"state": "scheduled"}, 1),
        ({"state": ["submitted", "accepted"]}, 0),
    ],
)
async def test_the_list_is_narrowed(
    home: Home, front: Front, query: dict[str, Any], found: int
) -> None:
    await home.scheduled()
    assert len((await front.get("chen_jie", LIST, **query))["rows"]) == found


@pytest.mark.parametrize(
    ("who", "status"), [("li_na", 403), ("lin_xia", 403), ("xiao_chen", 403), ("sun_yue", 200)]
)
async def test_lists_are_for_people_with_a_desk(
    home: Home, front: Front, who: str, status: int
) -> None:
    await home.scheduled()
    for path in (LIST, f"{LIST}/counts", "/v1/console/authorisations"):
        assert (await front.call(who, "GET", path)).status_code == status


async def test_another_outlets_manager_finds_nothing(home: Home, front: Front) -> None:
    await home.accepted()
    assert (await front.get("qian_hao", LIST))["rows"] == []
    assert (await front.get("qian_hao", "/v1/console/authorisations"))["rows"] == []
    assert (await front.call("qian_hao", "GET", f"{LIST}/{home.id}")).status_code == 404


@pytest.mark.parametrize("query", [{"since": "yesterday"}, {"cursor": "1"}, {"state": "a b"}])
async def test_a_filter_that_is_none_is_refused(
    home: Home, front: Front, query: dict[str, str]
) -> None:
    answer = await front.call("chen_jie", "GET", LIST, params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "args_invalid")


async def test_every_number_opens_its_records(home: Home, front: Front) -> None:
    await home.submitted()
    await Home(home.stage).requested(day="2026-11-26")
    for told in await front.get("chen_jie", f"{LIST}/counts"):
        rows = (await front.get("chen_jie", LIST, **told["opens"]))["rows"]
        assert len(rows) == told["count"], told["name"]
    days = await front.get("chen_jie", f"{LIST}/calendar", since="2026-11-01", until="2026-11-30")
    assert [(one["day"], one["state"], one["count"]) for one in days] == [
        ("2026-11-24", "submitted", 1),
        ("2026-11-26", "requested", 1),
    ]
    for told in days:
        assert len((await front.get("chen_jie", LIST, **told["opens"]))["rows"]) == told["count"]


async def test_the_person_is_shown_to_whoever_decides_while_they_do(
    home: Home, front: Front
) -> None:
    await home.submitted()
    seen = await front.get("chen_jie", f"{LIST}/{home.id}")
    assert seen["personal"][f"visit_person:{home.id}"]["name"] == NAME
    assert len([key for key in seen["personal"] if key.startswith("photo:")]) == 2
    assert "visits.Requested" in {one["type"] for one in seen["entries"]}
    assert "visits.ConditionObserved" in {one["type"] for one in seen["entries"]}
    other = await front.call("sun_yue", "GET", f"{LIST}/{home.id}")
    assert other.json()["personal"] is None
    assert ADDRESS not in other.text
    await home.judge.must("visits.accept", home.visit, await home.seen())
    after = await front.get("chen_jie", f"{LIST}/{home.id}")
    assert after["personal"] is None
    assert after["authorisation"]["state"] == "issued"


async def test_a_visit_that_is_not_there(home: Home, front: Front) -> None:
    assert (await front.call("chen_jie", "GET", f"{LIST}/{new_id()}")).status_code == 404


async def test_authorisations_and_their_uses(home: Home, front: Front) -> None:
    await home.accepted()
    rec = await home.authorisation()
    done = {"business": "password_reset", "reference": "T-1000"}
    place = "/v1/console/authorisations"
    (row,) = (await front.get("chen_jie", place, state="issued"))["rows"]
    assert (row["id"], row["expired"]) == (rec[1], False)
    number = row["body"]["number"]
    assert len((await front.get("chen_jie", place, number=number))["rows"]) == 1
    assert (await front.get("chen_jie", place, expired=True))["rows"] == []
    home.stage.clock.pass_(days=60)
    (row,) = (await front.get("chen_jie", place, expired=True))["rows"]
    assert row["expired"]
    assert await home.stage.wang_fang.refused("visits.use", rec, done) == "authorisation_expired"
    (row,) = (await front.get("chen_jie", place, outlet=RIVERSIDE))["rows"]
    assert row["body"]["aside"][0]["reference"] == "T-1000"
    assert (await front.get("chen_jie", place, outlet=HILLTOP))["rows"] == []
