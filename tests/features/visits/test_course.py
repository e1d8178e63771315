"""A visit from the asking to the use of what came of it, on both engines."""

from tests.features.visits.builders import ADDRESS, NAME, Home


async def test_a_verification_ends_in_an_authorisation_that_is_used_once(home: Home) -> None:
    await home.accepted()
    body = await home.body()
    assert body["state"] == "accepted"
    rec = await home.authorisation()
    issued = await home.stage.body(*rec)
    assert issued["number"].startswith("SQ-2026112")
    assert (issued["state"], issued["business"], issued["until"]) == (
        "issued",
        ["password_reset"],
        "2026-12-31",
    )
    done = {"business": "password_reset", "reference": "T20261125-0031"}
    await home.stage.wang_fang.must("visits.use", rec, done)
    used = await home.stage.body(*rec)
    assert (used["state"], len(used["uses"])) == ("used", 1)
    assert await home.stage.xiao_chen.refused("visits.use", rec, done) == "authorisation_used"
    kept = await home.stage.body(*rec)
    assert [one["code"] for one in kept["aside"]] == ["authorisation_used"]
    (fact,) = await home.stage.facts("visits.Used")
    assert fact["reference"] == "T20261125-0031"


async def test_the_course_of_a_visit_names_nobody(home: Home) -> None:
    await home.accepted()
    for text in (str(await home.body()), str(await home.stage.body(*await home.authorisation()))):
        assert ADDRESS not in text
        assert NAME not in text
        assert "bedridden" not in text
