"""Danger becomes a case at once, while the inspector still works on the round that it came from."""

import asyncio

from backend.features.rectifications.reactions import case_id
from tests.features.stage import Stage, picture
from tests.kit.world import until_waiting


async def danger(stage: Stage) -> tuple[tuple[str, str], str, tuple[str, str]]:
    """A round that is not over, its danger, and the case of it."""
    rec = await stage.filled(i_ramp="fail")
    finding = await stage.finding(stage.li_na, rec, severity="danger")
    return rec, finding, ("rectification", case_id(finding))


async def test_the_outlet_takes_it_on_while_the_inspector_adds_a_picture(stage: Stage) -> None:
    """Both write into the case at the same moment: neither undoes the other."""
    rec, finding, case = await danger(stage)
    shown = {"photo": picture("wider"), "purpose": "finding", "finding": finding}
    async with stage.database.unit_of_work() as tx:
        # Whoever comes now gets as far as the counter, and has read the case by then.
        await tx.run("UPDATE sync_counter SET head = head WHERE id = 1")
        adds = asyncio.create_task(stage.li_na.do("inspections.attach", rec, shown))
        await until_waiting(stage.database, 1)
        takes = asyncio.create_task(stage.wang_fang.do("rectifications.accept", case))
        await until_waiting(stage.database, 2)
    assert [(await adds).s, (await takes).s] == ["applied", "applied"]
    body = await stage.body(*case)
    assert (body["state"], body["owner"]) == ("accepted", stage.wang_fang.id)
    assert shown["photo"]["id"] in body["before"]


async def test_a_picture_taken_again_does_not_stay_in_the_case(stage: Stage) -> None:
    """A manager cannot wait for a photo that the inspector deleted: the case could never close."""
    rec, finding, case = await danger(stage)
    blurred, sharp = picture("blurred"), picture("sharp")
    for shot in (blurred, sharp):
        shown = {"photo": shot, "purpose": "after", "finding": finding}
        await stage.li_na.must("inspections.attach", rec, shown)
    await stage.li_na.must("inspections.detach", rec, {"photo": blurred["id"]})
    assert (await stage.body(*case))["after"] == [sharp["id"]]
    await stage.arrive(sharp, by=stage.li_na)
    await stage.chen_jie.must("rectifications.assign", case, {"owner": stage.wang_fang.id})
    fixed = picture("fixed")
    await stage.wang_fang.must("rectifications.attach", case, {"photo": fixed})
    await stage.wang_fang.must("rectifications.report", case, {"measure": "Cleared"})
    await stage.arrive(fixed, by=stage.wang_fang)
    told = {"finding": finding, "item": "i_ramp", "severity": "danger", "text": "Blocked"}
    await stage.li_na.must("inspections.record_finding", rec, told | {"cause": "Delivery"})
    seen = {"content_digest": await stage.seen(case)}
    await stage.chen_jie.must("rectifications.approve", case, seen)


async def test_what_was_decided_on_keeps_the_pictures_of_that_day(stage: Stage) -> None:
    rec, finding, case = await danger(stage)
    (shown,) = (await stage.body(*case))["before"]
    await stage.chen_jie.must("rectifications.cancel", case, {"reason": "Not a danger"})
    seen = await stage.seen(case)
    await stage.li_na.must("inspections.detach", rec, {"photo": shown})
    assert (await stage.body(*case))["before"] == [shown]
    assert await stage.seen(case) == seen
    assert finding


async def test_a_refused_picture_taken_again_after_submit_reaches_the_case(stage: Stage) -> None:
    """The probe refused it when the round was in already; the manager has to see the new one."""
    rec = await stage.filled(i_ramp="fail")
    torn, whole = picture("torn"), picture("whole")
    finding = await stage.finding(stage.li_na, rec, photo=torn)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    await stage.arrive(torn, by=stage.li_na, accept=False)
    shown = {"photo": whole, "purpose": "finding", "finding": finding}
    await stage.li_na.must("inspections.attach", rec, shown)
    body = await stage.body("rectification", case_id(finding))
    assert body["before"] == [torn["id"], whole["id"]]
    assert f"desk:{body['outlet']}:{body['line']}" in await buckets(stage, whole["id"])


async def buckets(stage: Stage, photo: str) -> set[str]:
    async with stage.database.reading() as tx:
        sql = "SELECT bucket FROM sync_row WHERE rec_key = ? AND NOT gone"
        return {row[0] for row in await tx.tuples(sql, f"photo:{photo}")}
