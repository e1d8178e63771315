"""Li Na fills her round on the phone, and in the car on the tablet."""

import asyncio

from tests.features.stage import Stage, picture
from tests.kit.world import until_waiting


async def test_different_items_never_meet(stage: Stage) -> None:
    rec = await stage.round()
    phone, tablet = stage.li_na, await stage.hand("li_na", "tablet")
    one = phone.ask("inspections.set_answer", rec, {"item": "i_ramp", "value": "pass"})
    two = tablet.ask("inspections.set_answer", rec, {"item": "i_door", "value": "fail"})
    await tablet.push(two)
    await phone.push(one)
    answers = (await stage.body("sheet", rec[1]))["answers"]
    assert {key: answer["value"] for key, answer in answers.items()} == {
        "i_ramp": "pass",
        "i_door": "fail",
    }


async def test_the_same_item_keeps_both_answers_and_the_last_to_arrive_stands(
    stage: Stage,
) -> None:
    rec = await stage.round()
    phone, tablet = stage.li_na, await stage.hand("li_na", "tablet")
    first = tablet.ask("inspections.set_answer", rec, {"item": "i_ramp", "value": "fail"})
    second = phone.ask("inspections.set_answer", rec, {"item": "i_ramp", "value": "pass"})
    assert (await tablet.push(first)).answers[0].s == "applied"
    assert (await phone.push(second)).answers[0].s == "merged"
    answer = (await stage.body("sheet", rec[1]))["answers"]["i_ramp"]
    assert answer["value"] == "pass"
    assert [past["value"] for past in answer["history"]] == ["fail"]


async def test_the_order_of_arrival_decides_whatever_the_clocks_say(stage: Stage) -> None:
    """The tablet is a day fast; it does not win by that."""
    rec = await stage.round()
    tablet = await stage.hand("li_na", "tablet")
    ahead = {"at": "2026-11-25T09:00:00.000Z"}
    fast = {"item": "i_ramp", "value": "fail"}
    await tablet.must("inspections.set_answer", rec, fast, **ahead)
    await stage.li_na.must("inspections.set_answer", rec, {"item": "i_ramp", "value": "na"})
    answer = (await stage.body("sheet", rec[1]))["answers"]["i_ramp"]
    assert answer["value"] == "na"


async def test_what_the_tablet_sends_after_the_phone_handed_in_is_kept_and_told(
    stage: Stage,
) -> None:
    rec = await stage.filled()
    tablet = await stage.hand("li_na", "tablet")
    late = picture("one more")
    attach = {"photo": late, "purpose": "answer", "item": "i_ramp"}
    waiting = tablet.ask("inspections.attach", rec, attach)
    await stage.submit(stage.li_na, rec)
    answer = (await tablet.push(waiting)).answers[0]
    assert (answer.s, answer.code, answer.cls) == (
        "rejected",
        "locked_submitted",
        "needs_person",
    )
    assert answer.detail_zh
    assert (await stage.kept("locked_submitted"))[0]["args"]["photo"]["id"] == late["id"]


async def test_two_identical_pushes_at_once_are_one(stage: Stage) -> None:
    rec = await stage.round()
    asked = [
        stage.li_na.ask("inspections.set_answer", rec, {"item": key, "value": "pass"})
        for key in ("i_ramp", "i_door")
    ]
    first = await stage.li_na.push(*asked)
    second = await stage.li_na.push(*asked)
    assert [answer.s for answer in first.answers] == ["applied"] * 2
    assert [answer.original for answer in second.answers] == ["applied"] * 2
    assert len(await stage.facts("inspections.AnswerSet")) == 2


async def test_the_round_and_its_sheet_are_one_record_to_whoever_writes(stage: Stage) -> None:
    """A client that names the sheet writes into the same rows as one that names the round."""
    rec = await stage.round()
    phone, tablet = stage.li_na, await stage.hand("li_na", "tablet")
    sheet = ("sheet", rec[1])
    async with stage.database.unit_of_work() as tx:
        await tx.run("UPDATE sync_counter SET head = head WHERE id = 1")
        writing = []
        for hand, named, item in ((phone, rec, "i_ramp"), (tablet, sheet, "i_door")):
            told = {"item": item, "value": "pass"}
            asked = hand.do("inspections.set_answer", named, told)
            writing.append(asyncio.create_task(asked))
            await until_waiting(stage.database, len(writing))
    assert [(await one).s for one in writing] == ["applied", "applied"]
    assert set((await stage.body("sheet", rec[1]))["answers"]) == {"i_ramp", "i_door"}
