"""A reviewer is away: a deputy sees what waits for them while it lasts, and decides for them."""

from backend.foundation.identity import devices, sessions
from backend.foundation.kernel.ids import new_id
from tests.features.stage import Stage
from tests.features.visits.builders import Home


async def received(stage: Stage, name: str) -> frozenset[str]:
    """The buckets of a person who signs in on a phone now."""
    person = stage.hands[name].id
    async with stage.database.unit_of_work() as tx:
        device, at = new_id(), stage.clock.now()
        await devices.register(tx, device, name, at)
        await devices.allow_upload(tx, device, person, at, delegated=False)
        token, _ = await sessions.begin(tx, person, device, at)
    await stage.access.settled()
    signed = await stage.access.of_token(token)
    async with stage.database.reading() as tx:
        return await stage.access.buckets_of(tx, signed)


async def test_the_deputy_sees_the_person_while_the_visit_waits_and_decides(
    home: Home, stage: Stage
) -> None:
    await home.submitted()
    bucket = f"visit:{home.id}"
    asked = {"person": stage.chen_jie.id, "deputy": stage.qian_hao.id, "reason": "leave"}
    days = {"first_day": "2026-11-24", "last_day": "2026-11-24"}
    rec = ("deputy", new_id())
    assert bucket not in await received(stage, "qian_hao")
    await stage.chen_jie.must("identity.appoint_deputy", rec, asked | days)
    assert bucket in await received(stage, "qian_hao")
    deputy = await stage.hand("qian_hao", new_id())
    await deputy.must("visits.accept", home.visit, await home.seen())
    event = (await stage.body(*home.visit))["events"][-1]
    assert (event["type"], event["for_person"]) == ("accepted", stage.chen_jie.id)
    assert bucket not in await received(stage, "qian_hao")


async def test_after_the_days_nothing_personal_is_left_with_the_deputy(
    home: Home, stage: Stage
) -> None:
    await home.submitted()
    asked = {"person": stage.chen_jie.id, "deputy": stage.qian_hao.id, "reason": "leave"}
    days = {"first_day": "2026-11-24", "last_day": "2026-11-24"}
    await stage.chen_jie.must("identity.appoint_deputy", ("deputy", new_id()), asked | days)
    stage.clock.pass_(days=1)
    assert not {one for one in await received(stage, "qian_hao") if one.startswith("visit:")}
    deputy = await stage.hand("qian_hao", new_id())
    seen = await home.seen()
    assert await deputy.refused("visits.accept", home.visit, seen) == "deputy_over"
