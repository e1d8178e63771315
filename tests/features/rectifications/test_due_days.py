"""Due days by an outlet's own days, and counted anew once a year's official days come in."""

from typing import Any

from backend.foundation.kernel.clock import parse
from backend.foundation.kernel.problem import Problem
from tests.features.stage import RIVERSIDE, Stage, fixed

YEAR_2027 = {"2027-01-01": "rest", "2027-01-02": "rest", "2027-01-03": "rest"}


async def put(
    stage: Stage, year: str, days: dict[str, str] | None = None, published: bool = True
) -> None:
    args: dict[str, Any] = {"days": days or {}, "published": published}
    await stage.house(("organisation.put_calendar_year", ("calendar", year), args))


async def assigned(stage: Stage, at: str, workdays: int) -> tuple[str, str]:
    """A case whose owner gets so many working days from that moment."""
    rec = await stage.case()
    stage.clock.moment = parse(at)
    args = {"owner": stage.xiao_chen.id, "due_workdays": workdays}
    await stage.chen_jie.must("rectifications.assign", rec, args)
    return rec


async def test_a_due_day_keeps_to_the_days_of_its_outlet(stage: Stage) -> None:
    """Open on Saturdays, closed on Mondays: three working days from Friday end on Wednesday."""
    own = {"open_days": "week", "own_days": {"week": [2, 3, 4, 5, 6]}}
    await stage.house(("organisation.change_outlet", ("outlet", RIVERSIDE), own))
    await put(stage, "2026")
    rec = await assigned(stage, "2026-11-27T03:00:00Z", 3)
    body = await stage.body(*rec)
    assert body["due_at"] == "2026-12-02T10:00:00.000Z"
    assert [(step["day"][8:], step["why"]) for step in body["due_steps"]] == [
        ("27", "start"),
        ("28", "open"),
        ("29", "weekend"),
        ("30", "closed"),
        ("01", "workday"),
        ("02", "workday"),
    ]


async def test_a_due_day_in_a_year_that_is_not_in_says_so_and_moves_when_it_comes(
    stage: Stage,
) -> None:
    """The official list comes out in November and makes 1 January a holiday; a manager who is
    about to decide is not stopped by that."""
    await put(stage, "2026")
    rec = await assigned(stage, "2026-12-30T03:00:00Z", 2)
    body = await stage.body(*rec)
    assert body["due_at"] == "2027-01-01T10:00:00.000Z"
    assert [step["published"] for step in body["due_steps"]] == [True, True, False]
    await put(stage, "2027", YEAR_2027, published=False)
    assert (await stage.body(*rec))["due_at"] == body["due_at"]
    await put(stage, "2027", YEAR_2027)
    moved = await stage.body(*rec)
    assert moved["due_at"] == "2027-01-04T10:00:00.000Z"
    assert all(step["published"] for step in moved["due_steps"])
    assert moved["content_digest"] == body["content_digest"]
    (fact,) = await stage.facts("rectifications.DueRecounted")
    assert (fact["before"], fact["due_at"]) == (body["due_at"], moved["due_at"])
    async with stage.database.reading() as tx:
        notices = await tx.tuples(
            "SELECT body FROM record WHERE body LIKE ?", "%case_due_recounted%"
        )
    assert len(notices) == 1
    await put(stage, "2027", YEAR_2027)
    assert len(await stage.facts("rectifications.DueRecounted")) == 1


async def test_a_list_that_moves_nothing_only_makes_the_day_certain(stage: Stage) -> None:
    await put(stage, "2026")
    rec = await assigned(stage, "2026-12-31T03:00:00Z", 1)
    await put(stage, "2027")
    body = await stage.body(*rec)
    assert body["due_at"] == "2027-01-01T10:00:00.000Z"
    assert all(step["published"] for step in body["due_steps"])
    assert await stage.facts("rectifications.DueRecounted") == []


async def test_nobody_becomes_late_by_a_list_that_comes_late(stage: Stage) -> None:
    """A make-up Saturday that nobody knew of would have been the day; it is past by now."""
    await put(stage, "2026")
    rec = await assigned(stage, "2026-12-31T03:00:00Z", 2)
    body = await stage.body(*rec)
    assert body["due_at"] == "2027-01-04T10:00:00.000Z"
    stage.clock.moment = parse("2027-01-03T03:00:00Z")
    await put(stage, "2027", {"2027-01-02": "work"})
    assert (await stage.body(*rec))["due_at"] == body["due_at"]


async def test_a_closed_case_and_a_chosen_day_wait_for_no_list(stage: Stage) -> None:
    await put(stage, "2026")
    rec = await assigned(stage, "2026-12-30T03:00:00Z", 2)
    await stage.chen_jie.must("rectifications.cancel", rec, {"reason": "a mistake"})
    chosen = await stage.case()
    await stage.chen_jie.must("rectifications.extend", chosen, {"due_on": "2027-01-20"})
    before = [await stage.body(*one) for one in (rec, chosen)]
    await put(stage, "2027", YEAR_2027)
    assert [await stage.body(*one) for one in (rec, chosen)] == before
    async with stage.database.reading() as tx:
        left = await tx.tuples("SELECT 1 FROM rectification WHERE due_waits_for IS NOT NULL")
    assert left == []


async def test_an_outlet_or_line_with_open_work_is_not_closed_today(stage: Stage) -> None:
    """A day to come may be set whatever is under way; from today on it has to be over."""
    rec = await stage.case()
    round_ = await stage.round()
    root = stage.house
    for kind, id in (("outlet", RIVERSIDE), ("line", "service")):
        answer = await _closed(stage, kind, id, "2026-11-24")
        assert answer == ("still_open_work", "1 round, 1 case")
        assert await _closed(stage, kind, id, "2026-11-25") == (None, "")
        await root((f"organisation.reopen_{kind}", (kind, id), {}))
    await stage.chen_jie.must("inspections.cancel", round_, {"reason": "closing"})
    await stage.chen_jie.must("rectifications.cancel", rec, {"reason": "closing"})
    assert await _closed(stage, "outlet", RIVERSIDE, "2026-11-24") == (None, "")
    given = {
        "template": stage.template,
        "outlet": RIVERSIDE,
        "assignee": fixed("li_na"),
        "opens_at": "2026-11-24T00:00:00.000Z",
        "due_at": "2026-11-27T10:00:00.000Z",
        "rhythm": "monthly",
    }
    fresh = ("round", fixed("fresh round"))
    assert await stage.chen_jie.refused("inspections.assign", fresh, given) == "outlet_closed"
    started = {"template": stage.template, "outlet": RIVERSIDE}
    assert await stage.li_na.refused("inspections.start", fresh, started) == "outlet_closed"
    await root(("organisation.reopen_outlet", ("outlet", RIVERSIDE), {}))
    assert await _closed(stage, "line", "service", "2026-11-24") == (None, "")
    assert await stage.li_na.refused("inspections.start", fresh, started) == "line_closed"


async def test_what_began_before_the_outlet_closed_and_came_late_is_taken(stage: Stage) -> None:
    """Started in a basement on Tuesday, sent on Thursday; the outlet closed on Wednesday."""
    assert await _closed(stage, "outlet", RIVERSIDE, "2026-11-25") == (None, "")
    stage.clock.pass_(days=2)
    started = {"template": stage.template, "outlet": RIVERSIDE}
    late = ("round", fixed("late round"))
    await stage.li_na.must("inspections.start", late, started, at="2026-11-24T02:00:00.000Z")
    fresh = ("round", fixed("fresh round"))
    assert await stage.ana.refused("inspections.start", fresh, started) == "outlet_closed"


async def _closed(stage: Stage, kind: str, id: str, on: str) -> tuple[str | None, str]:
    """The refusal of closing it by the house, and what was still open; or none."""
    try:
        await stage.journal.command(f"organisation.close_{kind}", (kind, id), {"on": on})
    except Problem as refusal:
        return refusal.code, refusal.facts.get("what_en", "")
    return None, ""
