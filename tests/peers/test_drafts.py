"""Drafts that vanished, forms that changed, edits that were lost."""

import pytest

from backend.foundation.kernel.problem import Problem
from tests.features.front import Front
from tests.features.stage import Stage, document, fixed, item, picture

RAMP = {"item": "i_ramp", "value": "fail", "note": "Boxes"}


async def test_drafts_destroyed_by_a_permission_change(stage: Stage) -> None:
    """Aam-Digital/ndb-core#4178 and #4198: a permission change purged local work of days. Li Na's
    post ends while her phone lies in a basement; what she recorded is taken, and stays."""
    rec = await stage.round()
    await stage.li_na.must("inspections.set_answer", rec, RAMP)
    more = {"item": "i_door", "value": "pass"}
    waiting = stage.li_na.ask("inspections.set_answer", rec, more)
    ended = {"post": fixed("post li_na")}
    await stage.house(("identity.leave_post", ("person", stage.li_na.id), ended))
    phone = await stage.hand("li_na", "li_na-phone")
    assert phone.actor.grants == ()
    phone.seq = stage.li_na.seq
    assert (await phone.push(waiting)).answers[0].s == "applied"
    assert set((await phone.sees())["sheet", rec[1]]["answers"]) == {"i_ramp", "i_door"}


async def test_trial_data_purged_when_the_form_was_published(stage: Stage) -> None:
    """getodk/central#749: publishing purged what had been filled in before."""
    rec = await stage.round()
    await stage.li_na.must("inspections.set_answer", rec, RAMP)
    before = await stage.body("sheet", rec[1])
    await stage.publish(document("Service quality, revised"), "2027")
    assert await stage.body("sheet", rec[1]) == before
    await stage.li_na.must("inspections.set_answer", rec, {"item": "i_door", "value": "pass"})


async def test_a_template_removed_while_being_filled(stage: Stage) -> None:
    """getodk/collect#6800: the form was removed on the server while somebody was filling it."""
    rec = await stage.filled(i_ramp="fail")
    await stage.retire(stage.template)
    shot = picture("ramp")
    await stage.finding(stage.li_na, rec, shot)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    assert ("template", stage.template) in await stage.li_na.sees()


async def test_two_definitions_with_one_version(stage: Stage) -> None:
    """getodk/collect#4888 and #6441: one version number, two contents."""
    other = document("Service quality")
    other["sections"][0]["items"].append(item("i_new", "1.5"))
    with pytest.raises(Problem, match=r"^template_edition_taken$"):
        await stage.publish(other, "2026")
    newer = await stage.publish(other, "2026-2")
    assert newer != stage.template


async def test_an_item_that_kept_its_number_and_changed_its_meaning(stage: Stage) -> None:
    """enketo/enketo#1226: records could not be opened after a form change. Items have keys of
    their own; an answer is read by the version that asked for it."""
    rec = await stage.round()
    await stage.li_na.must("inspections.set_answer", rec, RAMP)
    swapped = document("Service quality, renumbered")
    items = swapped["sections"][0]["items"]
    items[0]["no"], items[2]["no"] = items[2]["no"], items[0]["no"]
    newer = await stage.publish(swapped, "2027")
    assert (await stage.body("sheet", rec[1]))["template"] == stage.template
    assert await stage.li_na.refused(
        "inspections.set_answer", await stage.round(template=newer), {"item": "1.1", "value": 1}
    )


async def test_looking_at_a_record_changed_it(stage: Stage, front: Front) -> None:
    """getodk/collect#4589: opening a failed record to look at it changed a timestamp, and the
    server took it for another record."""
    rec = await stage.filled()
    await stage.li_na.must("inspections.open", rec)
    before = await stage.body(*rec)
    head = await head_of(stage)
    for _ in range(3):
        await stage.li_na.sees()
        await front.get("chen_jie", f"/v1/console/rounds/{rec[1]}")
    assert (await stage.body(*rec), await head_of(stage)) == (before, head)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"


async def test_the_second_edit_was_refused_whole(stage: Stage) -> None:
    """ODK Central: of two edits of one version the second got 409 "out of date", and there was no
    place where it waited for anybody."""
    rec = await stage.round()
    tablet = await stage.hand("li_na", "tablet")
    first = stage.li_na.ask("inspections.set_answer", rec, RAMP)
    same = tablet.ask("inspections.set_answer", rec, {"item": "i_ramp", "value": "pass"})
    other = tablet.ask("inspections.set_answer", rec, {"item": "i_door", "value": "pass"})
    await stage.li_na.push(first)
    told = (await tablet.push(same, other)).answers
    assert [answer.s for answer in told] == ["merged", "applied"]
    answers = (await stage.body("sheet", rec[1]))["answers"]
    assert answers["i_ramp"]["history"][0]["note"] == "Boxes"
    assert answers["i_door"]["value"] == "pass"


async def test_the_user_and_reason_of_a_change_were_lost(stage: Stage) -> None:
    """getodk/central#654: exports told neither who changed a record nor why."""
    rec = await stage.filled()
    await stage.submit(stage.li_na, rec)
    change = {"item": "i_door", "value": "fail", "reason": "Seen on the camera"}
    await stage.chen_jie.must("inspections.amend", rec, change)
    amendment = (await stage.body(*rec))["amendments"][0]
    assert (amendment["by"], amendment["reason"]) == (stage.chen_jie.id, change["reason"])
    assert (await stage.facts("inspections.Amended"))[0]["by"] == stage.chen_jie.id


async def test_a_record_was_sent_back_without_a_reason(stage: Stage) -> None:
    """onaio/onadata#1428 and #1614, getodk/getodk#235: rejected records came back to nobody, or
    without a word. A return needs remarks, and they lie on the owner's phone."""
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    bare = await stage.chen_jie.refused("rectifications.return", rec, seen | {"points": []})
    assert bare == "args_invalid"
    remark = {"about": "photo", "comment": "The left half is missing"}
    await stage.chen_jie.must("rectifications.return", rec, seen | {"points": [remark]})
    assert (await stage.wang_fang.sees())[rec]["returns"][0]["points"] == [remark]


async def head_of(stage: Stage) -> int:
    """The latest change version of the house."""
    async with stage.database.reading() as tx:
        return (await tx.tuples("SELECT head FROM sync_counter"))[0][0]
