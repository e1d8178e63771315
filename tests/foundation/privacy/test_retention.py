"""How long something is kept: the day comes once, a hold stops it, what is gone is certified."""

from typing import Any

import pytest

from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from backend.foundation.privacy.tables import KEPT
from tests.foundation.evidence.conftest import digest
from tests.foundation.privacy.conftest import Office

SIGNATURE = digest(b"a signature on glass")


async def kept(office: Office, klass: str = "care_year") -> dict[str, Any]:
    async with office.journal.database.reading() as tx:
        rows = await KEPT.find(tx, "rec", f"call:{office.call[1]}")
    row = next(row for row in rows if row.klass == klass)
    return {name: getattr(row, name) for name in row.__struct_fields__}


async def test_a_record_says_until_when_it_is_kept_and_why(office: Office) -> None:
    row = await kept(office)
    assert (row["since"], row["due_on"], row["days"]) == ("2026-11-24", "2027-11-24", 365)
    assert (row["state"], row["reason"], row["action"]) == ("kept", "care_year", "erase")


async def test_the_day_before_it_stays_and_on_the_day_it_goes_once(office: Office) -> None:
    await office.photo()
    office.clock.pass_(days=364, hours=14, minutes=59)  # 23:59 in Shanghai on the last day
    await office.expire()
    assert (await office.body(office.call))["address"] == "湖滨路 8 号"
    office.clock.pass_(minutes=1)
    for _ in "abc":
        await office.expire()
    assert (await office.body(office.call))["address"] == ""
    (fact,) = await office.fact("RetentionEnded")
    assert fact == {
        "parent_kind": "call",
        "parent_id": office.call[1],
        "klass": "care_year",
        "action": "erase",
    }
    (made,) = await office.bodies("certificate")
    assert (made["cause"], made["rule"], made["state"]) == ("retention", "care_year", "ordered")
    row = await kept(office)
    assert (row["state"], row["ended_at"]) == ("ended", office.at())
    assert row["certificate"] is not None
    await office.erased(SIGNATURE)
    assert (await office.bodies("certificate"))[0]["state"] == "done"


async def test_a_class_that_seals_seals(office: Office) -> None:
    office.clock.pass_(days=730)
    await office.expire("care_filed")
    assert (await office.body(office.call))["sealed"] is True
    (made,) = await office.bodies("certificate")
    assert (made["action"], made["state"]) == ("seal", "done")


async def test_a_hold_stops_it_and_its_end_lets_it_go_on(office: Office) -> None:
    answer, rec = await office.hold()
    assert answer.s == "applied"
    body = await office.body(rec)
    assert (body["parent"], body["why"]) == (list(office.call), "法院来函")
    assert await office.buckets(rec) == {"privacy"}
    office.clock.pass_(days=400)
    await office.expire()
    assert (await kept(office))["state"] == "kept"
    released = await office.do("dpo", "privacy.release", rec, {"why": "案件已结"})
    assert released.s == "applied"
    body = await office.body(rec)
    assert (body["released_why"], body["released_at"]) == ("案件已结", office.at())
    await office.expire()
    assert (await kept(office))["state"] == "ended"


async def test_why_it_was_held_lies_in_the_half_that_can_be_erased(office: Office) -> None:
    _, rec = await office.hold("王某诉本行一案")
    await office.do("dpo", "privacy.release", rec, {"why": "王某撤诉"})
    assert "王某" not in str(await office.facts())
    assert [len(await office.fact(name)) for name in ("RecordHeld", "HoldReleased")] == [1, 1]


@pytest.mark.parametrize("who", ["admin", "manager", "head", "outreach"])
async def test_only_the_officer_holds_and_releases(office: Office, who: str) -> None:
    assert (await office.hold(who=who))[0].code == "forbidden"
    _, rec = await office.hold()
    assert (await office.do(who, "privacy.release", rec, {"why": "x"})).code == "forbidden"
    unknown = ("hold", new_id())
    assert (await office.do(who, "privacy.release", unknown, {"why": "x"})).code == "forbidden"


async def test_holds_that_make_no_sense_are_refused(office: Office) -> None:
    answer, rec = await office.hold()
    told = {"parent": office.call, "why": "再次"}
    again = await office.do("dpo", "privacy.hold", rec, told)
    nowhere = {"parent": ("call", new_id()), "why": "x"}
    codes = [
        answer.code,
        again.code,
        (await office.do("dpo", "privacy.hold", ("hold", new_id()), nowhere)).code,
        (await office.do("dpo", "privacy.hold", office.call, told)).code,
        (await office.hold(why=""))[0].code,
        (await office.do("dpo", "privacy.release", ("hold", new_id()), {"why": "x"})).code,
        (await office.do("dpo", "privacy.release", rec, {"why": "x"})).code,
        (await office.do("dpo", "privacy.release", rec, {"why": "x"})).code,
    ]
    assert codes == [
        None,
        "id_taken",
        "not_found",
        "args_invalid",
        "args_invalid",
        "not_found",
        None,
        "hold_released",
    ]


@pytest.mark.parametrize("who", ["dpo", "admin", "outreach"])
async def test_nobody_ends_a_retention_by_hand(office: Office, who: str) -> None:
    office.clock.pass_(days=400)
    answer = await office.do(who, "privacy.expire", office.call, {"klass": "care_year"})
    assert answer.code == "forbidden"
    assert (await kept(office))["state"] == "kept"


async def test_what_nobody_keeps_does_not_end(office: Office) -> None:
    await office.expire("another_class")
    with pytest.raises(Problem):
        await office.journal.command("privacy.expire", office.call, {})
    assert await office.fact("RetentionEnded") == []


async def test_what_was_erased_by_withdrawal_does_not_end_again(office: Office) -> None:
    rec = await office.consent()
    await office.withdraw(rec)
    assert (await kept(office))["state"] == "ended"
    assert (await kept(office))["certificate"] is not None
    office.clock.pass_(days=400)
    await office.expire()
    assert await office.fact("RetentionEnded") == []
    assert len(await office.bodies("certificate")) == 1


async def test_counted_anew_it_is_kept_longer_but_what_ended_stays_ended(office: Office) -> None:
    again = {"address": "湖滨路 8 号", "since": "2027-01-01"}
    await office.do("outreach", "care.begin", office.call, again)
    assert (await kept(office))["due_on"] == "2028-01-01"
    office.clock.pass_(days=403)
    await office.expire()
    await office.do("outreach", "care.begin", office.call, again)
    assert (await kept(office))["state"] == "ended"
