"""Lin Xia and Xiao Chen stand in a flat without signal. What their phones tell hours later, in
whatever order, ends where it would have ended at once, or is refused and kept."""

from typing import Any

import msgspec

from backend.foundation.journal.envelope import Envelope
from tests.features.stage import Hand, picture
from tests.features.visits.builders import Home

CALM = {"responds_to_name": "yes", "states_purpose": "yes", "doubt": False, "note": ""}
SEEN = {"of": "principal", "document": {"kind": "identity_card", "matches": True}}
AGENT = {"present": True, "relationship": "child"}
AUTHORITY = {"business": ["password_reset"], "scope": "once", "until": "2026-12-31"}


async def recorded(home: Home, hand: Hand) -> list[Envelope]:
    """A whole visit in the outbox of one phone."""
    shot = picture("signature", source="drawn")
    giving = await home.giving(photo=shot["id"])
    home.consent = ("consent", giving["id"])
    part = home.part
    asked: list[tuple[str, tuple[str, str], dict[str, Any]]] = [
        ("visits.sign_in", home.visit, {}),
        ("visits.sign", home.visit, {"photo": shot}),
        ("visits.consent", home.visit, {"consent": giving}),
        ("visits.sight", part("identity"), SEEN),
        ("visits.note_agent", part("identity"), AGENT),
        ("visits.observe", part("condition"), CALM),
        ("visits.record_intention", part("intention"), {"words": "让女儿去办"}),
        ("visits.authorise", home.visit, AUTHORITY),
        ("visits.submit", home.visit, {}),
    ]
    envelopes = []
    for op, rec, args in asked:
        home.stage.clock.pass_(minutes=1)
        envelopes.append(hand.ask(op, rec, args))
    return envelopes


async def test_the_second_phone_first_and_the_first_hours_later(home: Home) -> None:
    await home.scheduled()
    first = await recorded(home, home.a)
    second = [home.b.ask("visits.sign_in", home.visit, {})]
    home.stage.clock.pass_(hours=5)
    assert [one.s for one in (await home.b.push(*second)).answers] == ["applied"]
    home.stage.clock.pass_(hours=2)
    answers = (await home.a.push(*first)).answers
    assert [one.s for one in answers] == ["applied"] * len(first), answers
    body = await home.body()
    assert body["state"] == "submitted"
    first_in, second_in = sorted(body["presences"], key=lambda one: one["at"])
    assert (first_in["person"], second_in["person"]) == (home.a.id, home.b.id)
    assert first_in["at"] < first_in["received_at"]


async def test_a_clock_set_back_in_the_middle_of_a_visit_refuses_nothing(home: Home) -> None:
    """By that clock everything was recorded days before the customer agreed to it."""
    await home.scheduled()
    await home.b.must("visits.sign_in", home.visit, {})
    first = await recorded(home, home.a)
    back = [
        msgspec.structs.replace(one, at=one.at.replace("11-24", "11-22")) if at > 2 else one
        for at, one in enumerate(first)
    ]
    assert back[-1].at < back[0].at
    answers = (await home.a.push(*back)).answers
    assert [one.s for one in answers] == ["applied"] * len(first), answers
    assert await home.state() == "submitted"


async def test_a_repeated_push_changes_nothing(home: Home) -> None:
    """The answer was lost; the phone sends all of it again."""
    await home.scheduled()
    await home.b.must("visits.sign_in", home.visit, {})
    first = await recorded(home, home.a)
    told = (await home.a.push(*first)).answers
    before = await home.body()
    again = (await home.a.push(*first)).answers
    assert [one.s for one in again] == ["duplicate"] * len(told)
    assert await home.body() == before


async def test_handed_in_before_the_other_was_heard_of_is_refused_and_sent_again(
    home: Home,
) -> None:
    """The refusal comes hours later, with its words; nothing of the visit is lost by it."""
    await home.scheduled()
    first = await recorded(home, home.a)
    home.stage.clock.pass_(hours=4)
    answers = (await home.a.push(*first)).answers
    assert [one.s for one in answers[:-1]] == ["applied"] * (len(first) - 1)
    assert (answers[-1].code, answers[-1].facts) == ("presence_missing", {"present": 1})
    assert "1" in (answers[-1].detail_zh or "")
    await home.b.must("visits.sign_in", home.visit, {})
    await home.a.must("visits.submit", home.visit, {})
    assert await home.state() == "submitted"


async def test_it_was_given_to_others_while_they_were_on_their_way(home: Home) -> None:
    """What they send late is kept beside the visit, and moves nothing."""
    await home.scheduled()
    late = [
        home.a.ask("visits.sign_in", home.visit, {}),
        home.a.ask(
            "visits.decline",
            home.visit,
            {
                "by": "customer",
                "reason": "not_person",
                "alternative": "branch",
            },
        ),
    ]
    others = home.plan(home.b.id, home.stage.wang_fang.id)
    await home.stage.chen_jie.must("visits.schedule", home.visit, others)
    answers = (await home.a.push(*late)).answers
    assert [(one.s, one.code) for one in answers] == [("conflict", "not_visit_staff")] * 2
    body = await home.body()
    assert (body["state"], body["presences"], body["refusal"]) == ("scheduled", [], None)
    assert [one["what"] for one in body["events"] if one["type"] == "kept"] == [
        "sign_in",
        "decline",
    ]
    assert home.person not in await home.a.sees()
    assert len(await home.stage.facts("visits.KeptAside")) == 2


async def test_what_comes_after_the_visit_was_handed_in_is_marked_as_late(home: Home) -> None:
    await home.scheduled()
    await home.b.must("visits.sign_in", home.visit, {})
    first = await recorded(home, home.a)
    doubt = home.b.ask("visits.observe", home.part("condition"), CALM | {"doubt": True})
    shot = picture("the stairs")
    photo = home.b.ask("visits.attach", home.part("photos"), {"photo": shot})
    await home.a.push(*first)
    seen = await home.seen()
    answers = (await home.b.push(doubt, photo)).answers
    assert [(one.s, one.code) for one in answers] == [("conflict", "visit_moved")] * 2
    late = (await home.stage.body(*home.part("condition")))["late"]
    assert (late[0]["by"], late[0]["values"]["observed"][-1]["doubt"]) == (home.b.id, True)
    assert (await home.stage.body(*home.part("photos")))["photos"] == [shot["id"]]
    # A reviewer who looked before has to look again, and sees it.
    refused = await home.judge.refused("visits.accept", home.visit, seen)
    assert refused == "visit_content_moved"


async def test_taken_back_at_the_branch_while_the_answers_were_on_their_way(home: Home) -> None:
    await home.consented()
    secret = "她说存折在米缸里"
    outbox = [
        home.a.ask("visits.record_intention", home.part("intention"), {"words": secret}),
        home.a.ask("visits.remark", home.person, {"about": "visit", "text": secret}),
        home.a.ask("visits.submit", home.visit, {}),
    ]
    await home.withdraw(channel="branch")
    home.stage.clock.pass_(hours=6)
    answers = (await home.a.push(*outbox)).answers
    assert [one.code for one in answers] == ["record_erased", "record_erased", "visit_moved"]
    async with home.stage.database.reading() as tx:
        rows = str(await tx.tuples("SELECT * FROM verdict"))
        rows += str(await tx.tuples("SELECT * FROM fact_personal"))
    assert secret not in rows


async def test_what_was_recorded_before_the_consent_is_refused_even_if_it_comes_after(
    home: Home,
) -> None:
    """Xiao Chen wrote it down before anybody had asked."""
    await home.at_home()
    early = home.b.ask("visits.record_intention", home.part("intention"), {"words": "改密码"})
    home.stage.clock.pass_(minutes=5)
    assert (await home.agree()).s == "applied"
    home.stage.clock.pass_(minutes=5)
    (answer,) = (await home.b.push(early)).answers
    assert (answer.s, answer.code) == ("rejected", "consent_missing")
    assert len(await home.stage.kept("consent_missing")) == 1


async def test_a_clock_that_is_ahead_makes_nobody_later_than_their_arrival(home: Home) -> None:
    await home.scheduled()
    await home.a.must("visits.sign_in", home.visit, {}, at="2027-01-01T00:00:00.000Z")
    (there,) = (await home.body())["presences"]
    assert there["occurred_at"] > there["received_at"]
    assert there["at"] == there["received_at"]


async def test_two_uses_of_one_authorisation_at_two_counters_without_signal(home: Home) -> None:
    await home.accepted()
    rec = await home.authorisation()
    one = home.stage.wang_fang.ask(
        "visits.use", rec, {"business": "password_reset", "reference": "T-1"}
    )
    other = home.stage.xiao_chen.ask(
        "visits.use", rec, {"business": "password_reset", "reference": "T-2"}
    )
    home.stage.clock.pass_(hours=3)
    assert (await home.stage.xiao_chen.push(other)).answers[0].s == "applied"
    answer = (await home.stage.wang_fang.push(one)).answers[0]
    assert (answer.s, answer.code) == ("conflict", "authorisation_used")
    body = await home.stage.body(*rec)
    assert [use["reference"] for use in body["uses"]] == ["T-2"]
    assert [use["reference"] for use in body["aside"]] == ["T-1"]
    told = await home.judge.sees()
    types = {body["type"] for (kind, _), body in told.items() if kind == "notice"}
    assert "authorisation_use_refused" in types
