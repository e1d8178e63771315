"""What a customer takes back is gone, whoever still holds it; what was not taken back stays."""

from typing import Any

import pytest

from backend.foundation.journal.chain import ENTRIES, first_break
from tests.features.stage import Stage, picture
from tests.features.visits.builders import ADDRESS, NAME, NOTE, WORDS, Home

WRITTEN = (ADDRESS, NAME, NOTE, WORDS, "0797-8123456", "吴小兰")


async def everything(stage: Stage) -> str:
    """Every row of every table of the house, as one text."""
    async with stage.database.reading() as tx:
        if tx.dialect == "sqlite":
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        else:
            names = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        tables = [row[0] for row in await tx.tuples(names)]
        rows = [await tx.tuples(f'SELECT * FROM "{table}"') for table in tables]
    return str(rows).replace("\\\\u", "\\u")


async def certificates(home: Home) -> list[dict[str, Any]]:
    async with home.stage.database.reading() as tx:
        ids = await tx.tuples("SELECT id FROM certificate ORDER BY ordered_at, id")
    return [await home.stage.body("certificate", id) for (id,) in ids]


async def require_chain(stage: Stage) -> None:
    async with stage.database.reading() as tx:
        assert first_break(await ENTRIES.where(tx, "1 = 1 ORDER BY seq")) is None


async def test_all_of_it_taken_back_leaves_no_word_of_it(home: Home) -> None:
    await home.submitted()
    assert await home.judge.refused("visits.accept", home.visit, {"content_digest": "0" * 64})
    late = {"about": "visit", "text": f"{NAME}在{ADDRESS}"}
    await home.a.must("visits.remark", home.person, late)
    before = await everything(home.stage)
    assert all(text in before for text in WRITTEN)
    answer = await home.withdraw()
    assert answer.s == "applied", (answer.code, answer.detail)
    after = await everything(home.stage)
    assert [text for text in WRITTEN if text in after] == []
    body = await home.body()
    assert body["state"] == "declined"
    assert (body["refusal"]["reason"], body["refusal"]["alternative"]) == ("withdrew", "branch")
    assert {one["aspect"] for one in body["forgotten"]} == {
        "address",
        "identity",
        "condition",
        "intention",
        "photos",
        "recording",
        "signature",
    }
    (made,) = await certificates(home)
    assert (made["cause"], made["state"]) == ("withdrawal", "ordered")
    assert len(made["digests"]) == 2
    assert made["fields"] > 5
    await require_chain(home.stage)


async def test_what_comes_after_it_is_refused_and_kept_nowhere(home: Home) -> None:
    """Xiao Chen's phone was in the cellar and did not hear of it."""
    await home.answered()
    await home.withdraw()
    secret = "老人说女婿逼她签字"
    observed = {"responds_to_name": "yes", "states_purpose": "no", "doubt": True, "note": secret}
    late = [
        ("visits.observe", home.part("condition"), observed),
        ("visits.record_intention", home.part("intention"), {"words": secret}),
        ("visits.remark", home.person, {"about": "visit", "text": secret}),
        ("visits.note_recording", home.part("recording"), {"recorder": "R-7", "number": "R7-1"}),
        ("visits.attach", home.part("photos"), {"photo": picture("late")}),
    ]
    for op, rec, args in late:
        assert await home.b.refused(op, rec, args) == "record_erased", op
    assert secret not in await everything(home.stage)


async def test_one_purpose_goes_and_the_others_stay(home: Home) -> None:
    await home.submitted()
    answer = await home.withdraw("photos")
    assert answer.s == "applied", answer.detail
    body = await home.body()
    assert (body["state"], [one["aspect"] for one in body["forgotten"]]) == (
        "submitted",
        ["photos"],
    )
    assert (await home.stage.body(*home.part("condition")))["observed"][0]["note"] == NOTE
    (made,) = await certificates(home)
    assert len(made["digests"]) == 1
    await home.judge.must("visits.accept", home.visit, await home.seen())
    assert await home.state() == "accepted"


async def test_the_address_goes_and_the_visit_goes_on(home: Home) -> None:
    """She wants no address kept; everything else may stay."""
    await home.at_home()
    answer = await home.agree("address")
    assert answer.s == "applied", answer.detail
    assert ADDRESS not in await everything(home.stage)
    (made,) = await certificates(home)
    assert (made["cause"], made["state"]) == ("request", "done")
    await home.answers()
    await home.a.must("visits.submit", home.visit, {})
    await home.judge.must("visits.accept", home.visit, await home.seen())
    assert await home.state() == "accepted"


async def test_what_was_refused_about_the_visit_stays_when_the_address_goes(home: Home) -> None:
    """It is not about who lives there, and whoever sent it has only this copy."""
    await home.at_home()
    given = {"topics": ["log_in"], "minutes": 20}
    assert await home.a.refused("visits.guide", home.visit, given) == "wrong_kind"
    secret = {"about": "visit", "text": "钥匙在花盆下面"}
    await home.a.must("visits.remark", home.person, secret)
    await home.agree("address")
    assert [one["args"] for one in await home.stage.kept("wrong_kind")] == [given]
    assert secret["text"] not in await everything(home.stage)


@pytest.mark.parametrize("used", [False, True])
async def test_an_authorisation_ends_with_the_consent_it_rests_on(home: Home, used: bool) -> None:
    await home.accepted()
    rec = await home.authorisation()
    done = {"business": "password_reset", "reference": "T-1000"}
    if used:
        await home.stage.wang_fang.must("visits.use", rec, done)
    await home.withdraw("intention")
    one = await home.stage.body(*rec)
    assert one["state"] == ("used" if used else "revoked")
    assert await home.state() == "accepted"
    if not used:
        assert one["revoked"]["reason"] == "consent_withdrawn"
        assert await home.stage.wang_fang.refused("visits.use", rec, done) == (
            "authorisation_revoked"
        )


async def test_a_hold_seals_it_and_its_release_erases_it(home: Home) -> None:
    await home.accepted()
    hold = ("hold", home.id)
    told = {"parent": home.visit, "why": "法院来函"}
    assert (await home.officer.do("privacy.hold", hold, told)).s == "applied"
    await home.withdraw()
    sealed = await home.stage.body(*home.part("condition"))
    assert (sealed["sealed"], sealed["observed"]) == (True, [])
    assert NOTE in await everything(home.stage)
    assert [one["action"] for one in await certificates(home)] == ["seal"]
    home.stage.clock.pass_(minutes=1)
    assert (await home.officer.do("privacy.release", hold, {"why": "案件已结"})).s == "applied"
    after = await everything(home.stage)
    assert [text for text in WRITTEN if text in after] == []
    assert sorted(one["action"] for one in await certificates(home)) == ["erase", "seal"]


async def test_nobody_reads_what_was_sealed(home: Home) -> None:
    await home.answered()
    told = {"parent": home.visit, "why": "法院来函"}
    await home.officer.do("privacy.hold", ("hold", home.id), told)
    await home.withdraw("address")
    seen = str(await home.a.sees())
    assert ADDRESS not in seen
    refused = await home.a.refused("visits.remark", home.person, {"about": "visit", "text": "好"})
    assert refused == "consent_withdrawn"


async def test_bytes_that_another_photo_shows_stay(home: Home) -> None:
    """The certificate must not wait for what will never go."""
    await home.consented()
    shot = await home.photo("the door")
    other = Home(home.stage)
    other.notice = home.notice
    await other.consented()
    again = picture("the door")
    await other.a.must("visits.attach", other.part("photos"), {"photo": again})
    await home.withdraw("photos")
    (made,) = await certificates(home)
    assert (made["digests"], made["state"]) == ([], "done")
    assert shot["sha256"] == again["sha256"]


async def test_taken_back_twice_is_taken_back_once(home: Home) -> None:
    await home.answered()
    await home.withdraw("photos")
    assert (await home.withdraw("photos", channel="branch")).s == "applied"
    assert (await home.withdraw()).s == "applied"
    assert len(await certificates(home)) == 2


async def test_what_was_refused_before_goes_too(home: Home) -> None:
    """She had not agreed, somebody wrote it down all the same, and it was refused and kept."""
    await home.at_home()
    await home.agree("condition")
    secret = "手抖，说话含糊"
    observed = {"responds_to_name": "no", "states_purpose": "no", "doubt": True, "note": secret}
    assert await home.a.refused("visits.observe", home.part("condition"), observed) == (
        "consent_refused"
    )
    assert secret in await everything(home.stage)
    await home.withdraw()
    assert secret not in await everything(home.stage)


async def test_the_last_purpose_takes_the_signature_along(home: Home) -> None:
    await home.at_home()
    await home.agree("photos", "recording", "address")
    for one in ("identity", "condition"):
        await home.withdraw(one)
        shown = {aspect["aspect"] for aspect in (await home.body())["forgotten"]}
        assert "signature" not in shown
    await home.withdraw("intention")
    shown = {aspect["aspect"] for aspect in (await home.body())["forgotten"]}
    assert "signature" in shown
    assert len(await certificates(home)) == 4
