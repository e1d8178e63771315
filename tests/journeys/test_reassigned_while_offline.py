"""Round 6 was given to Ana at 09:40. Li Na was in a basement and did not hear of it."""

from tests.features.stage import Stage, picture

RAMP = {"item": "i_ramp", "value": "fail", "note": "Boxes"}


async def test_work_made_in_good_faith_goes_to_the_next_person(stage: Stage) -> None:
    """SYNC 3.4: nothing is refused, nothing is silently dropped, both read what happened."""
    rec = await stage.round("li_na")
    await stage.li_na.sees()
    shot = picture("ramp")
    outbox = [
        stage.li_na.ask("inspections.open", rec),
        stage.li_na.ask("inspections.set_answer", rec, RAMP),
        stage.li_na.ask(
            "inspections.attach", rec, {"photo": shot, "purpose": "answer", "item": "i_ramp"}
        ),
    ]
    await give_to_ana(stage, rec)
    result = await stage.li_na.push(*outbox)
    # Opening what is no longer hers is the one thing that has no meaning any more.
    assert [answer.s for answer in result.answers] == ["rejected", "merged", "merged"]
    assert result.answers[0].code == "not_assigned"
    seen = await stage.ana.sees()
    assert seen["sheet", rec[1]]["answers"]["i_ramp"]["value"] == "fail"
    assert ("photo", shot["id"]) in seen
    contribution = seen[rec]["contributions"][0]
    assert (contribution["by"], contribution["items"]) == (stage.li_na.id, ["i_ramp"])
    for who in ("ana", "chen_jie"):
        assert "round_contribution" in notices(await stage.hands[who].sees())
    assert "round_given_away" in notices(await stage.li_na.sees())


async def test_a_phone_that_had_heard_of_it_is_told_so(stage: Stage) -> None:
    rec = await stage.round("li_na")
    await give_to_ana(stage, rec)
    await stage.li_na.sees()
    assert await stage.li_na.refused("inspections.set_answer", rec, RAMP) == "not_assigned"
    kept = await stage.kept("not_assigned")
    assert [one["args"] for one in kept] == [RAMP]


async def test_what_the_next_person_answered_stands_and_the_late_answer_stays_beside_it(
    stage: Stage,
) -> None:
    rec = await stage.round("li_na")
    await stage.li_na.sees()
    late = stage.li_na.ask("inspections.set_answer", rec, RAMP)
    gone = stage.li_na.ask("inspections.clear_answer", rec, {"item": "i_ramp"})
    await give_to_ana(stage, rec)
    await stage.ana.must("inspections.set_answer", rec, {"item": "i_ramp", "value": "pass"})
    result = await stage.li_na.push(late, gone)
    assert [answer.s for answer in result.answers] == ["merged", "merged"]
    answer = (await stage.body("sheet", rec[1]))["answers"]["i_ramp"]
    assert (answer["value"], answer["by"]) == ("pass", stage.ana.id)
    assert [(past["value"], past["by"]) for past in answer["history"]] == [("fail", stage.li_na.id)]


async def test_a_whole_round_handed_in_too_late_does_not_freeze_anas(stage: Stage) -> None:
    rec = await stage.filled("li_na")
    await stage.li_na.sees()
    submit = stage.li_na.ask("inspections.submit", rec, await stage.manifest_of(rec))
    await give_to_ana(stage, rec)
    assert (await stage.li_na.push(submit)).answers[0].s == "merged"
    body = await stage.body(*rec)
    assert body["state"] == "assigned"
    assert body["contributions"][0]["submitted"]["answers"] == 3
    await stage.ana.must("inspections.open", rec)
    assert (await stage.submit(stage.ana, rec)).s == "applied"


async def test_a_late_answer_to_what_ana_has_handed_in_is_locked_and_kept(
    stage: Stage,
) -> None:
    rec = await stage.filled("li_na")
    await stage.li_na.sees()
    late = stage.li_na.ask("inspections.set_answer", rec, RAMP)
    await give_to_ana(stage, rec)
    assert (await stage.submit(stage.ana, rec)).s == "applied"
    assert (await stage.li_na.push(late)).answers[0].code == "locked_submitted"
    assert len(await stage.kept("locked_submitted")) == 1


async def test_a_round_that_comes_back_is_worked_on_as_before(stage: Stage) -> None:
    rec = await stage.round("li_na")
    await give_to_ana(stage, rec)
    back = {"assignee": stage.li_na.id, "reason": "Ana is ill too"}
    await stage.chen_jie.must("inspections.reassign", rec, back)
    await stage.li_na.must("inspections.set_answer", rec, RAMP)
    assert rec in await stage.li_na.sees()
    assert rec not in await stage.ana.sees()


async def give_to_ana(stage: Stage, rec: tuple[str, str]) -> None:
    """Chen Jie's decision, in the office."""
    given = {"assignee": stage.ana.id, "reason": "Li Na is needed at Hilltop"}
    await stage.chen_jie.must("inspections.reassign", rec, given)


def notices(seen: dict[tuple[str, str], dict[str, str]]) -> set[str]:
    """The types of notices among what a phone holds."""
    return {body["type"] for (kind, _), body in seen.items() if kind == "notice"}
