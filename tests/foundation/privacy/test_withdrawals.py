"""Taking a consent back: who may record it, what it sets going, and the certificate in the end."""

import asyncio
from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from tests.foundation.evidence.conftest import digest
from tests.foundation.privacy.care import ADDRESS, PHOTOS
from tests.foundation.privacy.conftest import Office, fixed
from tests.kit.world import until_waiting

SIGNATURE = digest(b"a signature on glass")
DOOR = b"a photo of the door"


async def certificates(office: Office) -> list[dict[str, Any]]:
    return sorted(await office.bodies("certificate"), key=lambda one: (one["ordered_at"], str(one)))


async def test_what_was_kept_goes_and_the_certificate_says_when(office: Office) -> None:
    rec = await office.consent()
    await office.photo(DOOR)
    office.clock.pass_(hours=2)
    at = office.at()
    answer = await office.withdraw(rec, channel="letter", asked_by="agent", staff=fixed("head"))
    assert answer.s == "applied"
    (fact,) = await office.fact("ConsentWithdrawn")
    assert fact == {
        "consent": rec[1],
        "parent_kind": "call",
        "parent_id": office.call[1],
        "purposes": [ADDRESS, PHOTOS],
        "at": at,
        "erase_by": "2026-12-09T03:00:00.000Z",
        "action": "erase",
    }
    (recorded,) = await office.fact("WithdrawalRecorded")
    assert (recorded["channel"], recorded["asked_by"]) == ("letter", "agent")
    assert recorded["staff"] == fixed("head")
    assert (await office.body(office.call))["address"] == ""
    (made,) = await certificates(office)
    assert (made["state"], made["cause"], made["action"]) == ("ordered", "withdrawal", "erase")
    assert (made["records"], made["fields"]) == ([list(office.call)], 2)
    assert sorted(made["digests"]) == sorted([SIGNATURE, digest(DOOR)])
    assert (made["ordered_at"], made["erase_by"], made["done_at"]) == (at, fact["erase_by"], None)
    office.clock.pass_(minutes=1)
    await office.erased(SIGNATURE)
    assert (await certificates(office))[0]["state"] == "ordered"
    await office.erased(digest(DOOR))
    (made,) = await certificates(office)
    assert (made["state"], made["done_at"]) == ("done", office.at())
    assert len(await office.fact("ErasureDone")) == 1
    assert await office.buckets(rec) >= {"privacy"}
    answers = (await office.body(rec))["answers"]
    assert [(one["channel"], one["action"]) for one in answers] == [("letter", "erase")] * 2


async def test_bytes_reported_twice_or_by_nobody_awaited_change_nothing(office: Office) -> None:
    """The worker is killed between removing and reporting, and does both again."""
    rec = await office.consent()
    await office.withdraw(rec)
    for sha in (SIGNATURE, SIGNATURE, "ab" * 32):
        await office.erased(sha)
    (made,) = await certificates(office)
    assert made["state"] == "done"
    assert len(await office.fact("ErasureDone")) == 1


async def test_the_last_two_bytes_go_at_the_same_moment(office: Office) -> None:
    """Each of the two workers sees the other's bytes still there unless it waits for it."""
    rec = await office.consent()
    await office.photo(DOOR)
    await office.withdraw(rec)
    journal = office.journal
    async with journal.database.unit_of_work() as tx:
        await tx.run("UPDATE sync_counter SET head = head WHERE id = 1")
        one = asyncio.create_task(office.erased(SIGNATURE))
        await until_waiting(journal.database, 1)
        other = asyncio.create_task(office.erased(digest(DOOR)))
        await until_waiting(journal.database, 2)
    await asyncio.gather(one, other)
    assert (await certificates(office))[0]["state"] == "done"


async def test_one_purpose_is_taken_back_and_the_other_stands(office: Office) -> None:
    rec = await office.consent()
    await office.withdraw(rec, purposes=[PHOTOS])
    answers = {one["purpose"]: one for one in (await office.body(rec))["answers"]}
    assert answers[PHOTOS]["withdrawn_at"] == office.at()
    assert answers[ADDRESS]["withdrawn_at"] is None
    (fact,) = await office.fact("ConsentWithdrawn")
    assert fact["purposes"] == [PHOTOS]


async def test_taken_back_twice_by_two_channels_is_taken_back_once(office: Office) -> None:
    rec = await office.consent()
    assert (await office.withdraw(rec)).s == "applied"
    assert (await office.withdraw(rec, "head", channel="branch")).s == "applied"
    assert len(await office.fact("ConsentWithdrawn")) == 1
    answers = (await office.body(rec))["answers"]
    assert {one["channel"] for one in answers} == {"phone"}


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("dpo", None),
        ("manager", None),
        ("head", None),
        ("outreach", None),
        ("partner", None),
        ("stranger", "not_found"),
        ("inspector", "forbidden"),
        ("admin", "forbidden"),
    ],
)
async def test_whoever_holds_the_record_takes_it_down(
    office: Office, who: str, code: str | None
) -> None:
    rec = await office.consent()
    assert (await office.withdraw(rec, who)).code == code
    assert len(await office.fact("ConsentWithdrawn")) == (0 if code else 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purposes": ["care.other"]}, "nothing_to_withdraw"),
        ({"purposes": [PHOTOS]}, "nothing_to_withdraw"),
        ({"purposes": []}, "args_invalid"),
        ({"channel": "smoke"}, "args_invalid"),
        ({"asked_by": "neighbour"}, "args_invalid"),
        ({"staff": new_id()}, "person_unknown"),
    ],
)
async def test_a_withdrawal_that_takes_nothing_back_is_refused(
    office: Office, change: dict[str, Any], code: str
) -> None:
    rec = await office.consent(
        answers=[{"purpose": ADDRESS, "given": True}, {"purpose": PHOTOS, "given": False}]
    )
    assert (await office.withdraw(rec, **change)).code == code
    assert (await office.body(office.call))["address"] == "湖滨路 8 号"


async def test_of_what_was_all_refused_nothing_is_taken_back(office: Office) -> None:
    rec = await office.consent(answers=[{"purpose": PHOTOS, "given": False}])
    assert (await office.withdraw(rec)).code == "nothing_to_withdraw"


async def test_an_unknown_consent_is_not_there(office: Office) -> None:
    for rec in (("consent", new_id()), office.call):
        assert (await office.withdraw(rec)).code == "not_found"


async def test_given_and_taken_back_in_one_batch(office: Office) -> None:
    """Both lay on the phone: the customer changed their mind at the door."""
    phone, call = office.phones["outreach"], ("call", new_id())
    told = await office.giving(how="spoken", witness=fixed("partner"))
    rec = ("consent", told["id"])
    result = await phone.push(
        phone.ask("care.begin", call, {"address": "东街 2 号"}),
        phone.ask("care.consent", call, {"consent": told}),
        phone.ask("privacy.withdraw", rec, {"channel": "visit", "asked_by": "person"}),
    )
    assert [answer.s for answer in result.answers] == ["applied"] * 3
    assert (await office.body(call))["address"] == ""
    (made,) = await certificates(office)
    assert made["state"] == "done"


async def test_the_parent_is_published_elsewhere_at_the_same_moment(office: Office) -> None:
    """The command names the consent, not its parent: neither may undo what the other does."""
    rec = await office.consent()
    journal = office.journal
    async with journal.database.unit_of_work() as tx:
        await tx.run("UPDATE sync_counter SET head = head WHERE id = 1")
        shares = asyncio.create_task(
            office.do("partner", "care.share", office.call, {"buckets": ["desk:o1:community"]})
        )
        await until_waiting(journal.database, 1)
        withdraws = asyncio.create_task(office.withdraw(rec))
        await until_waiting(journal.database, 2)
    assert (await shares).s == (await withdraws).s == "applied"
    assert await office.buckets(rec) == {"desk:o1:community", "privacy"}
    assert {one["channel"] for one in (await office.body(rec))["answers"]} == {"phone"}


async def test_while_a_hold_is_on_it_it_is_sealed_and_erased_when_that_ends(
    office: Office,
) -> None:
    rec = await office.consent()
    held, first = await office.hold()
    _, second = await office.hold("内审调查")
    assert held.s == "applied"
    await office.withdraw(rec)
    call = await office.body(office.call)
    assert (call["address"], call["sealed"]) == ("湖滨路 8 号", True)
    (sealed,) = await certificates(office)
    assert (sealed["action"], sealed["state"]) == ("seal", "done")
    assert {one["action"] for one in (await office.body(rec))["answers"]} == {"seal"}
    office.clock.pass_(days=40)
    assert (await office.do("dpo", "privacy.release", first, {"why": "案件已结"})).s == "applied"
    assert (await office.body(office.call))["address"] == "湖滨路 8 号"
    await office.do("dpo", "privacy.release", second, {"why": "调查结束"})
    assert (await office.body(office.call))["address"] == ""
    _, erased = await certificates(office)
    assert (erased["action"], erased["state"]) == ("erase", "ordered")
    assert erased["erase_by"] == "2027-01-18T01:00:00.000Z"
    assert [one["action"] for one in await office.fact("ConsentWithdrawn")] == ["seal", "erase"]
    assert {one["action"] for one in (await office.body(rec))["answers"]} == {"erase"}
