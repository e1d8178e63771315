"""Clocks that were wrong, and changes that nobody was told of."""

import asyncio

import msgspec

from backend.foundation.journal.envelope import ClockSample
from backend.foundation.journal.pull import pull
from tests.features.stage import Stage, picture

DAY_MS = 24 * 3600 * 1000
RAMP = {"item": "i_ramp", "value": "fail"}


async def test_clock_a_day_off(stage: Stage) -> None:
    """medic/cht-core#1658, #3495, #6284: phones are a day off. Nothing is refused or reordered, the
    raw time is kept beside the server's, and nobody is late by it."""
    rec = await stage.round()
    slow = {"at": "2026-11-23T01:00:00.000Z", "clk": ClockSample(off=DAY_MS, err=120)}
    fast = {"at": "2026-12-24T01:00:00.000Z", "clk": ClockSample(off=-30 * DAY_MS, err=120)}
    await stage.li_na.must("inspections.set_answer", rec, RAMP, **fast)
    later = {"item": "i_ramp", "value": "pass"}
    await stage.li_na.must("inspections.set_answer", rec, later, **slow)
    answer = (await stage.body("sheet", rec[1]))["answers"]["i_ramp"]
    assert answer["value"] == "pass"
    for key, value in (("i_door", "pass"), ("i_counter", {"points": 40, "reasons": []})):
        await stage.li_na.must("inspections.set_answer", rec, {"item": key, "value": value})
    asked = await stage.manifest_of(rec)
    await stage.li_na.must("inspections.submit", rec, asked, **fast)
    body = await stage.body(*rec)
    assert (body["late"], body["submitted_at"], body["received_at"]) == (
        False,
        "2026-12-24T01:00:00.000Z",
        "2026-11-24T01:00:00.000Z",
    )
    times = await entries(stage, "inspections.AnswerSet")
    assert times[:2] == [
        ("2026-12-24T01:00:00.000Z", -30 * DAY_MS),
        ("2026-11-23T01:00:00.000Z", DAY_MS),
    ]


async def test_a_slow_clock_makes_no_late_fix_punctual(stage: Stage) -> None:
    """The other way round: a clock set back does not help either, without being called a lie."""
    rec = await stage.case()
    await stage.wang_fang.must("rectifications.accept", rec)
    await stage.wang_fang.must("rectifications.attach", rec, {"photo": picture("after")})
    stage.clock.pass_(days=20)
    back = {"at": "2026-11-25T01:00:00.000Z", "clk": ClockSample(off=19 * DAY_MS, err=120)}
    await stage.wang_fang.must("rectifications.report", rec, **back)
    body = await stage.body(*rec)
    assert body["late"] is True
    assert body["events"][-1]["occurred_at"] == back["at"]


async def test_a_photo_that_came_later_was_never_told_of(stage: Stage) -> None:
    """ODK Central: a late photo changes no update date, so a client that asks "since when" never
    hears of it."""
    rec = await stage.filled(i_ramp="fail")
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    await stage.submit(stage.li_na, rec)
    await stage.chen_jie.sees()
    cursor = stage.chen_jie.saw
    await stage.arrive(shot, by=stage.li_na)
    bucket = f"desk:{(await stage.body(*rec))['outlet']}:service"
    async with stage.database.reading() as tx:
        pulled = await pull(tx, frozenset({bucket}), {bucket: cursor})
    rows = [msgspec.json.decode(row) for row in pulled.scopes[bucket].rows]
    news = {(row[0], row[1]) for row in rows}
    assert {rec, ("photo", shot["id"])} <= news


async def test_a_poller_missed_records_that_committed_late(stage: Stage) -> None:
    """ODK Central: a client that polls by date never got 11 of 960 records. Pulled while 20 rounds
    are pushed by five phones at once; every one arrives."""
    hands = [await stage.hand("li_na", f"phone {n}") for n in range(5)]
    rounds = [await stage.round() for _ in range(20)]
    answers = [
        (hands[n % 5], hands[n % 5].ask("inspections.set_answer", rec, RAMP))
        for n, rec in enumerate(rounds)
    ]
    buckets = {f"round:{rec[1]}": 0 for rec in rounds}
    heard: set[str] = set()

    async def poll() -> None:
        async with stage.database.reading() as tx:
            pulled = await pull(tx, frozenset(buckets), buckets)
        for bucket, page in pulled.scopes.items():
            buckets[bucket] = page.next
            for row in map(msgspec.json.decode, page.rows):
                if row[0] == "sheet" and row[4]["answers"]:
                    heard.add(row[1])

    async def drain(hand: object) -> None:
        for owner, asked in answers:
            if owner is hand:
                await owner.push(asked)
                await poll()

    await asyncio.gather(*(drain(hand) for hand in hands))
    await poll()
    assert heard == {rec[1] for rec in rounds}


async def test_weeks_between_work_and_sync_and_nobody_knew(stage: Stage) -> None:
    """medic/cht-core#5136: what was done and when it came are both told, and the manager hears
    that an earlier assignee's work came in."""
    rec = await stage.round()
    await stage.li_na.sees()
    waiting = stage.li_na.ask("inspections.set_answer", rec, RAMP)
    given = {"assignee": stage.ana.id, "reason": "No word for weeks"}
    await stage.chen_jie.must("inspections.reassign", rec, given)
    stage.clock.pass_(days=30)
    assert (await stage.li_na.push(waiting)).answers[0].s == "merged"
    times = await entries(stage, "inspections.AnswerSet")
    assert times[0][0] == "2026-11-24T01:00:00.000Z"
    contribution = (await stage.body(*rec))["contributions"][0]
    assert contribution["first_at"] == "2026-12-24T01:00:00.000Z"


async def entries(stage: Stage, name: str) -> list[tuple[str, int]]:
    """Raw device time and offset of the facts of this name, in order."""
    async with stage.database.reading() as tx:
        rows = await tx.tuples(
            "SELECT occurred_at, offset_ms FROM fact WHERE type = ? ORDER BY seq", name
        )
    return [(row[0], row[1]) for row in rows]
