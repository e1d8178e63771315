"""Figures of a desk: kept beside the records, they say what counting would say, to each reader."""

from typing import Any

import pytest

from backend.foundation.journal.deriving import derive
from backend.foundation.kernel.ids import new_id
from tests.features.front import Front
from tests.features.stage import HILLTOP, RIVERSIDE, Stage, document, passing

WEEK = "2026-11-23"  # the Monday of the stage's first day


async def _rounds(front: Front, who: str = "chen_jie", **query: Any) -> dict[str, Any]:
    return await front.get(who, "/v1/console/rounds/figures", **query)


async def _cases(front: Front, who: str = "chen_jie", **query: Any) -> dict[str, Any]:
    return await front.get(who, "/v1/console/cases/figures", **query)


async def test_a_round_counts_where_it_is_due_and_moves_with_its_state(
    stage: Stage, front: Front
) -> None:
    rec = await stage.filled()
    cell = {"outlet": RIVERSIDE, "week": WEEK}
    assert (await _rounds(front))["completion"] == [cell | {"due": 1, "handed": 0, "late": 0}]
    await stage.submit(stage.li_na, rec)
    told = await _rounds(front)
    assert told["completion"] == [cell | {"due": 1, "handed": 1, "late": 0}]
    assert told["scores"] == [{"week": WEEK, "rounds": 1, "points": 160, "max": 160}]


async def test_a_round_called_off_is_no_longer_due(stage: Stage, front: Front) -> None:
    rec = await stage.round()
    await stage.chen_jie.must("inspections.cancel", rec, {"reason": "closed"})
    assert (await _rounds(front))["completion"] == []


async def test_a_refused_command_moves_no_figure(stage: Stage, front: Front) -> None:
    rec = await stage.round()
    before = await _rounds(front)
    await stage.li_na.refused("inspections.cancel", rec, {"reason": "no"})
    assert await _rounds(front) == before


async def test_every_figure_opens_as_many_records(stage: Stage, front: Front) -> None:
    for answers in ({}, {"i_ramp": "fail"}):
        rec = await stage.filled(**answers)
        if answers:
            await stage.finding(stage.li_na, rec)
        await stage.submit(stage.li_na, rec)
    await stage.round(due_at="2026-12-02T10:00:00.000Z")
    await stage.chen_jie.must("inspections.cancel", await stage.round(), {"reason": "closed"})
    stage.clock.pass_(days=9)
    for cell in (await _rounds(front))["completion"]:
        opened = {"outlet": cell["outlet"], "week": cell["week"]}
        page = await front.get("chen_jie", "/v1/console/rounds", **opened)
        assert len(page["rows"]) == cell["due"]
        page = await front.get("chen_jie", "/v1/console/rounds", **opened, state="submitted")
        assert len(page["rows"]) == cell["handed"]
    told = await _cases(front)
    for line in told["standing"]:
        for name, query in (("open", {"living": "true"}), ("overdue", {"overdue": "true"})):
            page = await front.get(
                "chen_jie", "/v1/console/cases", line=line["line"], limit=200, **query
            )
            assert len(page["rows"]) == line[name], name
    assert told["standing"] == [{"line": "service", "open": 1, "overdue": 1}]
    assert [(one["item"], one["no"], one["count"]) for one in told["failed"]] == [
        ("i_ramp", "1.1", 1)
    ]
    for one in told["failed"]:
        query = {"item": one["item"], "since": told["since"]}
        page = await front.get("chen_jie", "/v1/console/cases", **query)
        assert len(page["rows"]) == one["count"]


@pytest.mark.parametrize(
    ("who", "found"),
    [("chen_jie", 1), ("sun_yue", 1), ("wang_fang", 1), ("qian_hao", 0), ("he_ping", 0)],
)
async def test_figures_reach_as_far_as_the_posts_of_the_reader(
    stage: Stage, front: Front, who: str, found: int
) -> None:
    """By the cells of single outlets, and by those of all outlets together."""
    await stage.case()
    rounds, cases = await _rounds(front, who), await _cases(front, who)
    told = (rounds["completion"], rounds["scores"], cases["standing"], cases["failed"])
    assert [len(one) for one in told] == [found] * 4


async def test_security_counts_for_security_alone(stage: Stage, front: Front) -> None:
    """Same item, same outlet, same week: not even a sum tells that there is a second one."""
    await stage.case()
    before = [await _rounds(front), await _cases(front)]
    kept = await stage.publish(document("Patrol"), "patrol", line="security")
    rec = ("round", new_id())
    await stage.he_ping.must("inspections.start", rec, {"template": kept, "outlet": RIVERSIDE})
    for key, value in (passing() | {"i_ramp": "fail"}).items():
        await stage.he_ping.must("inspections.set_answer", rec, {"item": key, "value": value})
    await stage.finding(stage.he_ping, rec)
    assert (await stage.submit(stage.he_ping, rec)).s == "applied"
    assert [await _rounds(front), await _cases(front)] == before
    own = await _cases(front, "he_ping")
    assert [(one["line"], one["open"]) for one in own["standing"]] == [("security", 1)]
    assert [one["count"] for one in own["failed"]] == [1]
    head = await _cases(front, "wang_fang")  # the head puts right what the patrol found
    assert {one["line"]: one["open"] for one in head["standing"]} == {"service": 1, "security": 1}
    assert [one["count"] for one in head["failed"]] == [2]


@pytest.mark.parametrize(
    ("query", "found"),
    [({"outlet": HILLTOP}, 0), ({"outlet": RIVERSIDE}, 1), ({"line": "retail"}, 0)],
)
async def test_each_filter_leaves_what_it_names(
    stage: Stage, front: Front, query: dict[str, str], found: int
) -> None:
    await stage.case()
    rounds, cases = await _rounds(front, **query), await _cases(front, **query)
    told = (rounds["completion"], rounds["scores"], cases["standing"], cases["failed"])
    assert [len(one) for one in told] == [found] * 4


async def test_figures_made_anew_are_those_that_were_kept(stage: Stage, front: Front) -> None:
    """After everything that moves a figure: handed in, called off, given away, put right."""
    await stage.case()
    case = await stage.reported()
    seen = {"content_digest": await stage.seen(case), "note": ""}
    await stage.chen_jie.must("rectifications.approve", case, seen)
    await stage.chen_jie.must("inspections.cancel", await stage.round(), {"reason": "closed"})
    await stage.round("ana")
    for table in ("tally", "tallied", "search"):
        await _same_when_made_anew(stage, table)


async def _same_when_made_anew(stage: Stage, table: str) -> None:
    async with stage.database.unit_of_work() as tx:
        kept = await tx.fetch(f"SELECT * FROM {table} ORDER BY id")
        await derive(tx, stage.journal.catalogue)
        made = await tx.fetch(f"SELECT * FROM {table} ORDER BY id")
    zero = [f"n{at}" for at in range(7)]
    told = [one for one in kept if table != "tally" or any(one[n] for n in zero)]
    assert made == told
    assert made


@pytest.mark.parametrize("who", ["li_na", "lin_xia", "xiao_chen"])
async def test_people_without_a_desk_have_no_figures(front: Front, who: str) -> None:
    for path in ("rounds", "cases"):
        answer = await front.call(who, "GET", f"/v1/console/{path}/figures")
        assert answer.status_code == 403
