"""Consents: each purpose apart, shown how, by whom; and how a person stands to a purpose."""

from typing import Any

import pytest

from backend.foundation.journal.envelope import ClockSample
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from backend.foundation.privacy import consenting
from backend.foundation.privacy.model import Consent, Standing
from backend.foundation.privacy.tables import CONSENTS
from tests.foundation.privacy.care import ADDRESS, PHOTOS
from tests.foundation.privacy.conftest import Office, fixed


async def stands(
    office: Office, purpose: str, at: str | None = None, device: str = "another"
) -> Standing:
    async with office.journal.database.reading() as tx:
        work = Work(tx)
        return await consenting.standing(work, office.call, purpose, at or office.at(), device)


async def kept(office: Office, id: str) -> Consent:
    async with office.journal.database.reading() as tx:
        (found,) = await CONSENTS.load(tx, [id])
    return found


async def test_a_consent_is_seen_with_its_parent_and_by_the_officer(office: Office) -> None:
    rec = await office.consent(
        answers=[{"purpose": ADDRESS, "given": True}, {"purpose": PHOTOS, "given": False}]
    )
    body = await office.body(rec)
    assert body["parent"] == list(office.call)
    assert body["notice"] == office.notice
    assert [(one["purpose"], one["given"]) for one in body["answers"]] == [
        (ADDRESS, True),
        (PHOTOS, False),
    ]
    assert await office.buckets(rec) == {f"call:{office.call[1]}", "privacy"}
    assert (await stands(office, ADDRESS)).state == "given"
    assert (await stands(office, PHOTOS)).state == "refused"
    (fact,) = await office.fact("ConsentGiven")
    assert (fact["given"], fact["refused"]) == ([ADDRESS], [PHOTOS])
    text = str(body) + str(await office.facts())
    assert "湖滨路" not in text


async def test_it_follows_its_parent_into_other_buckets(office: Office) -> None:
    rec = await office.consent()
    await office.do("outreach", "care.share", office.call, {"buckets": ["desk:o1:community"]})
    assert await office.buckets(rec) == {"desk:o1:community", "privacy"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": []}, "answers_missing"),
        ({"answers": [{"purpose": "care.other", "given": True}]}, "purpose_not_covered"),
        ({"answers": [{"purpose": PHOTOS, "given": g} for g in (True, False)]}, "twice"),
        ({"answers": [{"purpose": "all", "given": True}]}, "args_invalid"),
        ({"how": "signature"}, "consent_proof_missing"),
        ({"how": "thumbprint", "witness": fixed("partner")}, "consent_proof_missing"),
        ({"how": "spoken"}, "consent_proof_missing"),
        ({"how": "spoken", "witness": fixed("outreach")}, "witness_own"),
        ({"how": "signature", "photo": new_id()}, "consent_proof_missing"),
        ({"how": "spoken", "recording": new_id()}, "args_invalid"),
        ({"how": "spoken", "witness": fixed("partner"), "staff": []}, "args_invalid"),
        ({"how": "spoken", "witness": fixed("partner"), "staff": [new_id()]}, "person_unknown"),
        ({"valid_until": "2026-11-24T01:00:00.000Z"}, "validity_past"),
        ({"notice": "f" * 64}, "notice_unknown"),
        ({"name": "王桂兰"}, "args_invalid"),
    ],
)
async def test_a_consent_that_shows_nothing_is_refused(
    office: Office, change: dict[str, Any], code: str
) -> None:
    answer = await office.give(**change)
    assert answer.code == ("purpose_answered_twice" if code == "twice" else code)
    assert await office.bodies("consent") == []
    assert (await stands(office, PHOTOS)).state == "missing"


async def test_a_photo_of_another_record_signs_nothing(office: Office) -> None:
    """An id alone would let anybody's signature stand under anything."""
    other = ("call", new_id())
    await office.do("outreach", "care.begin", other, {"address": "北街 1 号"})
    here, office.call = office.call, other
    elsewhere = await office.photo()
    office.call = here
    assert (await office.give(photo=elsewhere)).code == "consent_proof_missing"


async def test_thumbprint_and_spoken_word_are_ways_too(office: Office) -> None:
    photo = await office.photo(b"a thumbprint")
    ways: list[dict[str, Any]] = [
        {"how": "thumbprint", "photo": photo, "witness": fixed("partner")},
        {"how": "spoken", "witness": fixed("partner")},
    ]
    for way in ways:
        assert (await office.give(**way)).s == "applied"


async def test_for_a_child_a_guardian_answers(office: Office) -> None:
    assert (await office.give(minor=True)).code == "guardian_required"
    rec = await office.consent(minor=True, principal="guardian")
    body = await office.body(rec)
    assert (body["minor"], body["principal"]) == (True, "guardian")


async def test_told_twice_it_is_one_and_another_ones_id_is_taken(office: Office) -> None:
    """The phone that lost the answer may ask again as a new command."""
    told = await office.giving()
    for _ in "ab":
        answer = await office.do("outreach", "care.consent", office.call, {"consent": told})
        assert answer.s == "applied"
    assert len(await office.fact("ConsentGiven")) == 1
    changed = told | {"answers": [{"purpose": PHOTOS, "given": True}]}
    answer = await office.do("outreach", "care.consent", office.call, {"consent": changed})
    assert answer.code == "id_taken"
    answer = await office.do("partner", "care.consent", office.call, {"consent": told})
    assert answer.code == "id_taken"


async def test_a_wrong_clock_does_not_make_a_consent_come_too_late(office: Office) -> None:
    """The phone that has it works in its own order; of another phone's moment only a consent with a
    time of its own can say that it came after."""
    rec = await office.consent(answers=[{"purpose": PHOTOS, "given": True}])
    before = "2026-11-23T00:00:00.000Z"
    given = Standing("given", rec[1], office.at())
    assert await stands(office, PHOTOS, before) == Standing("missing")
    assert await stands(office, PHOTOS, before, (await kept(office, rec[1])).device) == given
    told = {"consent": await office.giving(answers=[{"purpose": ADDRESS, "given": True}])}
    slow = ClockSample(off=24 * 3600 * 1000)
    answer = await office.do("outreach", "care.consent", office.call, told, at=before, clk=slow)
    assert answer.s == "applied"
    assert (await stands(office, ADDRESS, before)).holds


async def test_what_was_answered_last_counts_and_every_end_has_its_name(office: Office) -> None:
    assert await stands(office, PHOTOS) == Standing("missing")
    no = [{"purpose": PHOTOS, "given": False}]
    await office.consent(answers=no)
    first = office.at()
    office.clock.pass_(hours=1)
    until = "2026-11-25T01:00:00.000Z"
    rec = await office.consent(valid_until=until)
    assert await stands(office, PHOTOS, first) == Standing(
        "refused", (await stands(office, PHOTOS, first)).consent, first
    )
    assert await stands(office, PHOTOS) == Standing("given", rec[1], office.at(), until)
    assert (await stands(office, PHOTOS, "2026-11-25T00:59:59.999Z")).state == "given"
    assert (await stands(office, PHOTOS, until)).state == "expired"
    office.clock.pass_(minutes=1)
    await office.withdraw(rec, purposes=[PHOTOS])
    assert (await stands(office, PHOTOS)).state == "withdrawn"
    assert (await stands(office, ADDRESS)).state == "given"
    office.clock.pass_(minutes=1)
    assert (await stands(office, PHOTOS, wire(office.clock.now()))).holds is False
    await office.consent(answers=[{"purpose": PHOTOS, "given": True}])
    assert (await stands(office, PHOTOS)).holds


async def test_a_wording_retired_while_the_phone_was_away_was_read_all_the_same(
    office: Office,
) -> None:
    rec = ("privacy_notice", office.notice)
    await office.do("dpo", "privacy.retire_notice", rec, {})
    office.clock.pass_(days=6)
    late = await office.consent()
    assert (await office.body(late))["late_notice"] is True
    office.clock.pass_(days=2)
    assert (await office.give()).code == "notice_retired"
    before = await office.give(how="spoken", witness=fixed("partner"))
    assert before.code == "notice_retired"


async def test_a_consent_given_before_the_notice_was_retired_is_not_late(office: Office) -> None:
    """It was given under the old wording and only arrives now, nine days later."""
    given = office.at()
    told = await office.giving()
    office.clock.pass_(hours=1)
    rec = ("privacy_notice", office.notice)
    await office.do("dpo", "privacy.retire_notice", rec, {})
    office.clock.pass_(days=9)
    answer = await office.do("outreach", "care.consent", office.call, {"consent": told}, at=given)
    assert answer.s == "applied"
    body = await office.body(("consent", told["id"]))
    assert (body["late_notice"], body["given_at"]) == (False, given)


@pytest.mark.parametrize("last_four", ["0024x", "002", "110105194912310024", "00 4", ""])
async def test_no_more_than_four_characters_of_a_document_can_be_asked(
    office: Office, last_four: str
) -> None:
    told = {"kind": "identity_card", "matches": True, "last_four": last_four}
    answer = await office.do("outreach", "care.sight", office.call, {"document": told})
    assert answer.code == "args_invalid"


async def test_a_sighting_is_what_policy_lets_stand(office: Office) -> None:
    told: dict[str, Any] = {"kind": "identity_card", "matches": True, "last_four": "002X"}
    asked = {"document": told, "keep_last_four": False}
    refused = await office.do("outreach", "care.sight", office.call, asked)
    assert refused.code == "last_four_not_kept"
    none = {"document": {"kind": "passport", "matches": False}, "keep_last_four": False}
    for args in (none, {"document": told}):
        assert (await office.do("outreach", "care.sight", office.call, args)).s == "applied"
    assert await _sighting(office.journal, office.call[1]) == (
        f'{{"kind":"identity_card","last_four":"002X","matches":true,"by":"{fixed("outreach")}",'
        f'"at":"{office.at()}"}}'
    )


async def _sighting(journal: Journal, id: str) -> str:
    async with journal.database.reading() as tx:
        return (await tx.tuples("SELECT sighting FROM toy_call WHERE id = ?", id))[0][0]
