"""What is kept of visitors: only with consent, as long as told, and then gone everywhere."""

from typing import Any

import pytest

from backend.foundation.kernel.actor import SYSTEM, Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.ids import new_id
from backend.foundation.privacy.due import expire_due
from tests.features.events.ground import (
    by_code,
    by_roster,
    closed,
    counts,
    everything,
    invited,
    opened,
    seen_by,
    walked_in,
)
from tests.features.stage import Stage, fixed, picture, words

KINDS = ("who", "purpose", "method", "kinds", "retention", "rights", "effect")
PURPOSES = ("events.attendance", "events.contact", "events.photos", "events.children")
NUMBER = "13900001111"
OFFICER = Actor(SYSTEM.id, "Officer", (Grant("dpo"),), "officer")


async def notice(stage: Stage) -> str:
    """What visitors are told, in force; its id."""
    doc = {
        "code": "event",
        "edition": "2026-1",
        "title": words("Before we begin"),
        "points": [{"kind": kind, "text": words(kind)} for kind in KINDS],
        "purposes": list(PURPOSES),
    }
    rec = ("privacy_notice", digest(doc))
    told: dict[str, object] = {"doc": doc}
    await stage.journal.command("privacy.publish_notice", rec, told, actor=OFFICER)
    return rec[1]


def giving(notice: str, *given: str, **values: Any) -> dict[str, Any]:
    """Spoken, with a colleague as witness: yes to these, no to the others."""
    usual = {
        "id": new_id(),
        "notice": notice,
        "principal": "person",
        "answers": [{"purpose": one, "given": one in given} for one in PURPOSES],
        "how": "spoken",
        "staff": [fixed("xiao_chen")],
        "witness": fixed("wang_fang"),
    }
    return usual | values


async def contact(stage: Stage, rec: tuple[str, str], consent: dict[str, Any], **more: Any) -> Any:
    """Somebody who wants to be called; the verdict's code, None when it was taken."""
    asked = {"event": rec[1], "consent": consent, "name": "Ms Zhou", "phone": NUMBER}
    made = ("event_follow_up", new_id())
    answer = await stage.xiao_chen.do("events.follow_up", made, asked | more)
    return made, answer.code


async def certificates(stage: Stage) -> list[dict[str, Any]]:
    async with stage.database.reading() as tx:
        return await tx.fetch("SELECT cause, action, rule, state FROM certificate ORDER BY id")


async def test_without_consent_no_number_is_kept(stage: Stage) -> None:
    rec, told = await opened(stage), await notice(stage)
    _, code = await contact(stage, rec, giving(told, "events.attendance"))
    assert code == "consent_needed"
    _, code = await contact(stage, rec, giving(told, "events.contact"), minor=True)
    assert code == "consent_needed"
    child = giving(told, "events.contact", "events.children")
    _, code = await contact(stage, rec, child, minor=True)
    assert code == "guardian_required"
    _, code = await contact(stage, rec, child | {"principal": "guardian"}, minor=True)
    assert code is None
    assert (await stage.body(*rec))["contacts"]["asked"] == 1


@pytest.mark.parametrize("outcome", ["reached", "not_reached", "not_wanted"])
async def test_a_number_goes_when_the_call_was_made(stage: Stage, outcome: str) -> None:
    rec, told = await opened(stage), await notice(stage)
    made, _ = await contact(stage, rec, giving(told, "events.contact"))
    assert made in await stage.wang_fang.sees()
    assert made not in await stage.chen_jie.sees()
    await stage.wang_fang.must("events.done_follow_up", made, {"outcome": outcome})
    assert NUMBER not in await everything(stage)
    assert (await stage.body(*rec))["contacts"][outcome] == 1
    assert [one["state"] for one in await certificates(stage)] == ["done"]
    again = await stage.xiao_chen.refused("events.done_follow_up", made, {"outcome": outcome})
    assert again == "record_erased"


async def test_a_withdrawal_takes_contact_name_and_picture(stage: Stage) -> None:
    rec, told = await opened(stage), await notice(stage)
    (guest,) = await invited(stage, rec, 1)
    await seen_by(stage.wang_fang, by_roster(rec, guest["id"]))
    consent = giving(told, "events.attendance", "events.contact", "events.photos")
    made, _ = await contact(stage, rec, consent, entry=guest["id"])
    shot = picture("Ms Zhou laughing")
    asked = {"photo": shot, "people": "shown", "consent": consent["id"]}
    await stage.wang_fang.must("events.attach", rec, asked)
    before = await counts(stage, rec)
    withdrawal = {"channel": "branch", "asked_by": "person"}
    rec_of_consent = ("consent", consent["id"])
    await stage.wang_fang.must("privacy.withdraw", rec_of_consent, withdrawal)
    left = await everything(stage)
    assert NUMBER not in left
    assert guest["name"] not in left
    body = await stage.body(*rec)
    assert (body["photos"], body["counts"]) == ([], before)
    assert body["contacts"]["ended"] == 1
    held = await stage.xiao_chen.sees()
    assert made not in held
    assert ("photo", shot["id"]) not in held
    (certificate,) = await certificates(stage)
    assert (certificate["cause"], certificate["action"]) == ("withdrawal", "erase")
    again = {"photo": picture("x"), "people": "shown", "consent": consent["id"]}
    assert await stage.wang_fang.refused("events.attach", rec, again) == "consent_needed"


async def test_while_it_is_held_a_contact_is_sealed_and_then_erased(stage: Stage) -> None:
    rec, told = await opened(stage), await notice(stage)
    consent = giving(told, "events.contact", "events.photos")
    made, _ = await contact(stage, rec, consent)
    hold = ("hold", new_id())
    asked = {"parent": list(rec), "why": "A complaint is open"}
    await stage.journal.command("privacy.hold", hold, asked, actor=OFFICER)
    withdrawal = {"channel": "phone", "asked_by": "person"}
    await stage.wang_fang.must("privacy.withdraw", ("consent", consent["id"]), withdrawal)
    assert made not in await stage.wang_fang.sees()
    assert NUMBER in await everything(stage)
    released: dict[str, object] = {"why": "Settled"}
    await stage.journal.command("privacy.release", hold, released, actor=OFFICER)
    assert NUMBER not in await everything(stage)
    assert sorted(one["action"] for one in await certificates(stage)) == ["erase", "seal"]
    assert (await stage.body(*rec))["contacts"]["ended"] == 1


async def test_names_codes_and_hashes_go_after_half_a_year_and_the_figures_stay(
    stage: Stage,
) -> None:
    rec = await opened(stage)
    (guest,) = await invited(stage, rec, 1)
    await seen_by(stage.wang_fang, by_roster(rec, guest["id"]))
    await seen_by(stage.wang_fang, walked_in(rec, "1"))
    await seen_by(stage.xiao_chen, walked_in(rec, "1"))
    await seen_by(stage.xiao_chen, by_code(rec, "UNKNOWN7"))
    await stage.wang_fang.must("events.close", rec)
    before = await counts(stage, rec)
    stage.clock.pass_(days=182)
    await expire_due(stage.journal)
    left = await everything(stage)
    for text in (guest["name"], "UNKNOWN7", walked_in(rec, "1")["walk_in"]["phone_hash"]):
        assert text not in left, text
    assert await counts(stage, rec) == before
    await stage.wang_fang.must("events.reopen", rec, {"reason": "Counting again"})
    assert await counts(stage, rec) == before
    assert [one["rule"] for one in await certificates(stage)] == ["event_attendance"]


async def test_photos_go_a_year_after_the_report(stage: Stage) -> None:
    rec = await closed(stage)
    shot = picture("the square")
    await stage.wang_fang.must("events.attach", rec, {"photo": shot, "people": "nobody"})
    await stage.wang_fang.must("events.conclude", rec, {"photos": [shot["id"]]})
    stage.clock.pass_(days=100)
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("events.accept_result", rec, seen)
    stage.clock.pass_(days=300)
    await expire_due(stage.journal)
    assert len((await stage.body(*rec))["photos"]) == 1
    stage.clock.pass_(days=70)
    await expire_due(stage.journal)
    body = await stage.body(*rec)
    assert (body["photos"], body["result"]["photos"]) == ([], [])


async def test_a_contact_that_nobody_made_goes_after_half_a_year(stage: Stage) -> None:
    rec, told = await opened(stage), await notice(stage)
    await contact(stage, rec, giving(told, "events.contact"))
    stage.clock.pass_(days=182)
    await expire_due(stage.journal)
    assert NUMBER not in await everything(stage)
    assert (await stage.body(*rec))["contacts"]["ended"] == 1


async def test_where_children_are_nobody_is_recognised_without_a_guardian(stage: Stage) -> None:
    rec = await opened(stage, kind="children", minor_safe=True)
    told = await notice(stage)
    refused = stage.wang_fang.refused
    shown = {"photo": picture("a child"), "people": "shown"}
    assert await refused("events.attach", rec, shown) == "minor_photo"
    bare = {"photo": picture("faces"), "people": "covered"}
    assert await refused("events.attach", rec, bare) == "boxes_missing"
    await stage.wang_fang.must("events.attach", rec, bare | {"boxes": 3})
    person = giving(told, "events.children")
    asked = {"consent": person, "minor": True}
    assert await stage.xiao_chen.refused("events.consent", rec, asked) == "guardian_required"
    guardian = person | {"principal": "guardian"}
    asked = {"consent": guardian, "minor": True}
    await stage.xiao_chen.must("events.consent", rec, asked)
    assert (await stage.xiao_chen.do("events.consent", rec, asked)).s == "merged"
    await stage.wang_fang.must("events.attach", rec, shown | {"consent": guardian["id"]})
    foreign = shown | {"photo": picture("another"), "consent": new_id()}
    assert await refused("events.attach", rec, foreign) == "minor_photo"


async def test_a_signature_under_a_consent_is_its_proof_and_no_photo_of_the_event(
    stage: Stage,
) -> None:
    rec, told = await opened(stage), await notice(stage)
    drawn = picture("signature", source="drawn")
    consent = giving(told, "events.contact", how="signature", photo=drawn["id"])
    del consent["witness"]
    assert (await contact(stage, rec, consent))[1] == "consent_proof_missing"
    _, code = await contact(stage, rec, consent, proof=drawn)
    assert code is None
    assert (await stage.body(*rec))["photos"] == []
    assert (await stage.body("photo", drawn["id"]))["purpose"] == "signature"


async def test_a_photo_taken_away_is_gone_for_good(stage: Stage) -> None:
    rec = await opened(stage)
    shot = picture("somebody minded")
    asked = {"photo": shot, "people": "nobody"}
    await stage.wang_fang.must("events.attach", rec, asked)
    assert (await stage.wang_fang.do("events.attach", rec, asked)).s == "merged"
    await stage.xiao_chen.must("events.detach", rec, {"photo": shot["id"]})
    assert ("photo", shot["id"]) not in await stage.wang_fang.sees()
    assert await stage.wang_fang.refused("events.attach", rec, asked) == "record_erased"
    assert await stage.xiao_chen.refused("events.detach", rec, {"photo": shot["id"]}) == "not_found"
