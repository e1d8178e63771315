"""Two phones at one visit in the same moment: neither undoes what the other does."""

import asyncio

from tests.features.visits.builders import Home

CALM = {"responds_to_name": "yes", "states_purpose": "yes", "doubt": False, "note": "A"}


async def test_two_answer_two_parts_at_once(home: Home) -> None:
    await home.consented()
    before = len((await home.body())["events"])
    answers = await asyncio.gather(
        home.a.do("visits.observe", home.part("condition"), CALM),
        home.b.do("visits.record_intention", home.part("intention"), {"words": "B"}),
    )
    assert [one.s for one in answers] == ["applied", "applied"]
    assert len((await home.body())["events"]) == before + 2


async def test_two_see_the_same_at_once(home: Home) -> None:
    await home.consented()
    answers = await asyncio.gather(
        home.a.do("visits.observe", home.part("condition"), CALM),
        home.b.do("visits.observe", home.part("condition"), CALM | {"doubt": True}),
    )
    assert [one.s for one in answers] == ["applied", "applied"]
    seen = (await home.stage.body(*home.part("condition")))["observed"]
    assert {one["by"] for one in seen} == {home.a.id, home.b.id}


async def test_taken_back_while_it_is_accepted(home: Home) -> None:
    """Whichever is first, nothing may be done on it in the end."""
    await home.submitted()
    seen = await home.seen()
    accepted, withdrawn = await asyncio.gather(
        home.judge.do("visits.accept", home.visit, seen), home.withdraw()
    )
    assert withdrawn.s == "applied"
    body = await home.body()
    assert len(body["forgotten"]) == 7
    if accepted.s == "applied":
        rec = await home.authorisation()
        assert (await home.stage.body(*rec))["state"] == "revoked"
    else:
        assert (body["state"], body["authorisation"]) == ("declined", None)


async def test_taken_back_while_it_is_still_being_answered(home: Home) -> None:
    await home.answered()
    late, withdrawn = await asyncio.gather(
        home.b.do("visits.record_intention", home.part("intention"), {"words": "迟到的话"}),
        home.withdraw(),
    )
    assert withdrawn.s == "applied"
    assert late.s == "applied" or late.code == "record_erased"
    async with home.stage.database.reading() as tx:
        for table in ("visit_answer", "visit_person"):
            assert (await tx.tuples(f"SELECT count(*) FROM {table}"))[0][0] == 0
        rows = str(await tx.tuples("SELECT * FROM fact_personal"))
        rows += str(await tx.tuples("SELECT * FROM verdict"))
    assert "迟到的话" not in rows


async def test_one_authorisation_used_at_two_counters_at_once(home: Home) -> None:
    await home.accepted()
    rec = await home.authorisation()
    done = {"business": "password_reset", "reference": "T-1"}
    answers = await asyncio.gather(
        home.stage.wang_fang.do("visits.use", rec, done),
        home.stage.xiao_chen.do("visits.use", rec, done | {"reference": "T-2"}),
    )
    assert sorted(one.s for one in answers) == ["applied", "conflict"]
    body = await home.stage.body(*rec)
    assert (len(body["uses"]), len(body["aside"])) == (1, 1)
