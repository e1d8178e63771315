"""Commands of a case, on both engines."""

from tests.features.stage import Stage


async def test_a_finding_becomes_a_case_is_put_right_and_closed(stage: Stage) -> None:
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("rectifications.approve", rec, seen)
    assert (await stage.body(*rec))["state"] == "closed"
