"""Photos that went missing, were replaced, refused or dropped, elsewhere. Each test names the
report that it answers."""

from tests.features.front import Front
from tests.features.stage import Stage, picture
from tests.peers.pictures import capture, jpeg


async def test_success_reported_with_photos_missing(stage: Stage, front: Front) -> None:
    """kobotoolbox/kobocat#432 and #331: "success", and 4 of 20 photos stored. ODK Central answers
    "full submission upload was successful" to a form that names three photos and brings one."""
    rec = await stage.filled(i_ramp="fail")
    here, lost, also_lost = picture("here"), picture("lost"), picture("also lost")
    id = await stage.finding(stage.li_na, rec, here)
    for shot in (lost, also_lost):
        args = {"photo": shot, "purpose": "finding", "finding": id}
        await stage.li_na.must("inspections.attach", rec, args)
    await stage.submit(stage.li_na, rec)
    await stage.arrive(here, by=stage.li_na)
    body = await stage.body(*rec)
    assert (body["complete"], body["verified"]) == (False, False)
    assert body["evidence"] | {} == {
        "expected": 3,
        "accepted": 1,
        "refused": 0,
        "waived": 0,
        "awaited": 2,
    }
    page = await front.get("chen_jie", "/v1/console/rounds/incomplete")
    named = {photo["sha256"] for photo in page["rows"][0]["missing"]}
    assert named == {lost["sha256"], also_lost["sha256"]}


async def test_complete_was_said_when_the_bytes_were_only_stored(
    stage: Stage, front: Front
) -> None:
    """getodk/getodk#1017: deleted from the phone after "sent" although sending had failed."""
    data = jpeg()
    rec = await stage.filled(i_ramp="fail")
    await stage.finding(stage.li_na, rec, capture(data))
    await stage.submit(stage.li_na, rec)
    assert (await front.create("li_na", data, data)).status_code == 201
    assert (await stage.body(*rec))["complete"] is False
    await front.work_off()
    assert (await stage.body(*rec))["verified"] is True


async def test_photo_silently_replaced(stage: Stage) -> None:
    """getodk/central#793: other bytes under the same name replaced the photo, with 201."""
    rec = await stage.round()
    first = picture("the crack")
    args = {"purpose": "answer", "item": "i_ramp"}
    await stage.li_na.must("inspections.attach", rec, args | {"photo": first})
    other = first | {"sha256": picture("a clean wall")["sha256"]}
    refused = await stage.li_na.refused("inspections.attach", rec, args | {"photo": other})
    assert refused == "id_taken"
    assert (await stage.body("photo", first["id"]))["sha256"] == first["sha256"]
    assert len(await stage.kept("id_taken")) == 1


async def test_late_photo_refused_after_an_office_edit(stage: Stage, front: Front) -> None:
    """ODK Central: once the office had edited the record, the device's late photo got 409 or 403
    and could not be delivered any more."""
    data = jpeg()
    rec = await stage.filled(i_ramp="fail")
    await stage.finding(stage.li_na, rec, capture(data))
    await stage.submit(stage.li_na, rec)
    change = {"item": "i_door", "value": "fail", "reason": "Seen on the camera"}
    await stage.chen_jie.must("inspections.amend", rec, change)
    stage.clock.pass_(days=3)
    assert (await front.create("li_na", data, data)).status_code == 201
    await front.work_off()
    assert (await stage.body(*rec))["verified"] is True


async def test_late_photo_refused_after_the_case_was_decided(stage: Stage) -> None:
    """The same on a rectification: the photo is kept with the case and seen by the manager."""
    rec = await stage.reported()
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("rectifications.approve", rec, seen)
    late = picture("one more")
    answer = await stage.wang_fang.do("rectifications.attach", rec, {"photo": late})
    assert (answer.s, answer.code) == ("conflict", "already_moved")
    await stage.arrive(late, by=stage.wang_fang)
    assert (await stage.body("photo", late["id"]))["state"] == "accepted"
    assert ("photo", late["id"]) in await stage.chen_jie.sees()


async def test_identical_photos_in_one_record_rejected(stage: Stage) -> None:
    """getodk/central-backend#299: two identical photos in one record were refused."""
    rec = await stage.filled()
    for item in ("i_ramp", "i_door"):
        shot = {"photo": picture("the same hall"), "purpose": "answer", "item": item}
        await stage.li_na.must("inspections.attach", rec, shot)
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    await stage.arrive(picture("the same hall"), by=stage.li_na)
    body = await stage.body(*rec)
    assert (body["evidence"]["expected"], body["complete"]) == (1, True)


async def test_photo_cut_to_one_kilobyte_accepted(stage: Stage, front: Front) -> None:
    """ODK Central stored a photo cut to 1 kB with 201: no checksum is asked for or checked."""
    data = jpeg()
    rec = await stage.filled(i_ramp="fail")
    await stage.finding(stage.li_na, rec, capture(data))
    await stage.submit(stage.li_na, rec)
    cut = data[:1000]
    answer = await front.create("li_na", cut, cut, sha=capture(data)["sha256"])
    assert (answer.status_code, answer.json()["code"]) == (422, "blob_mismatch")
    assert (await stage.body(*rec))["evidence"]["awaited"] == 1


async def test_photo_that_never_arrived_showed_as_an_empty_field(stage: Stage) -> None:
    """getodk/web-forms#857: nobody could tell never taken, not yet here and removed apart."""
    rec = await stage.round()
    shot, removed = picture("coming"), picture("removed")
    for one in (shot, removed):
        args = {"photo": one, "purpose": "answer", "item": "i_ramp"}
        await stage.li_na.must("inspections.attach", rec, args)
    await stage.li_na.must("inspections.detach", rec, {"photo": removed["id"]})
    seen = await stage.li_na.sees()
    assert seen["photo", shot["id"]]["state"] == "awaited"
    assert ("photo", removed["id"]) not in seen
    gone = await stage.facts("inspections.PhotoDetached")
    assert [fact["photo"] for fact in gone] == [removed["id"]]


async def test_photos_sent_before_their_record_were_dropped(stage: Stage, front: Front) -> None:
    """ODK Central dropped photos under names that the record did not have yet."""
    data = jpeg()
    assert (await front.create("li_na", data, data)).status_code == 201
    await front.work_off()
    rec = await stage.round()
    shot = capture(data)
    args = {"photo": shot, "purpose": "answer", "item": "i_ramp"}
    await stage.li_na.must("inspections.attach", rec, args)
    assert (await stage.body("photo", shot["id"]))["state"] == "accepted"


async def test_everything_was_sent_again_after_a_cut_at_ninety_percent(
    stage: Stage, front: Front
) -> None:
    """getodk/collect#7356: about 100 photos on a rural link began anew after each failure."""
    data = jpeg()
    cut = len(data) * 9 // 10
    begun = await front.create("li_na", data, data[:cut])
    url = begun.headers["Location"]
    where = await front.call("li_na", "HEAD", url)
    assert int(where.headers["Upload-Offset"]) == cut
    done = await front.go_on("li_na", url, cut, data[cut:])
    assert done.status_code == 204


async def test_one_photo_that_failed_span_for_ever(stage: Stage) -> None:
    """getodk/central#970: one failed attachment and the dialog never ended. Here its author reads
    why, the others count, and it may be taken again although the round is in."""
    rec = await stage.filled(i_ramp="fail")
    good, bad = picture("good"), picture("bad")
    id = await stage.finding(stage.li_na, rec, good)
    place = {"purpose": "finding", "finding": id}
    await stage.li_na.must("inspections.attach", rec, place | {"photo": bad})
    await stage.submit(stage.li_na, rec)
    await stage.arrive(good, by=stage.li_na)
    await stage.arrive(bad, by=stage.li_na, accept=False)
    seen = await stage.li_na.sees()
    assert seen["photo", bad["id"]]["reason"] == "cut_short"
    kinds = {body["type"] for (kind, _), body in seen.items() if kind == "notice"}
    assert "photo_refused" in kinds
    again = picture("taken again")
    await stage.li_na.must("inspections.attach", rec, place | {"photo": again})
    second = place | {"photo": picture("and another")}
    refused = await stage.li_na.refused("inspections.attach", rec, second)
    assert refused == "locked_submitted"
    await stage.arrive(again, by=stage.li_na)
    given_up = {"digest": bad["sha256"], "reason": "Taken again"}
    await stage.chen_jie.must("evidence.waive", rec, given_up)
    assert (await stage.body(*rec))["verified"] is True
