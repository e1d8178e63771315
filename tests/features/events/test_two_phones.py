"""Two hundred people, two phones without signal, and everything that can go wrong on the way home.

What must come out is counted here with sets, and by nothing of the feature."""

import asyncio
import random
from typing import Any

from backend.foundation.journal.envelope import Envelope
from backend.foundation.kernel.ids import new_id
from tests.features.events.ground import by_code, by_roster, counts, everything, invited, opened
from tests.features.stage import Hand, Stage

PART = 25


def parts(envelopes: list[Envelope]) -> list[list[Envelope]]:
    """A day's commands in the batches in which a phone sends them."""
    return [envelopes[start : start + PART] for start in range(0, len(envelopes), PART)]


async def send(hand: Hand, batches: list[list[Envelope]], chance: random.Random) -> None:
    """Sends batches in order; answers get lost, so that some are sent again, also much later."""
    for number, batch in enumerate(batches):
        result = await hand.push(*batch)
        assert all(answer.s == "applied" for answer in result.answers), result.answers
        while chance.random() < 0.4:
            again = batches[chance.randrange(number + 1)]
            repeated = await hand.push(*again)
            assert {answer.s for answer in repeated.answers} <= {"applied", "duplicate"}
        await asyncio.sleep(0)


def sightings(hand: Hand, rec: tuple[str, str], guests: list[dict[str, Any]]) -> list[Envelope]:
    """A phone meets these people, by card or by the list as it comes."""
    return [
        hand.ask(
            "events.check_in",
            ("check_in", new_id()),
            by_code(rec, guest["code"]) if number % 3 else by_roster(rec, guest["id"]),
        )
        for number, guest in enumerate(guests)
    ]


async def test_two_hundred_people_on_two_phones_are_two_hundred(stage: Stage) -> None:
    """Thirty on both; five of those taken back on one phone while the other saw them; five more
    taken back by the only phone that saw them; then one closes while the other is still away."""
    chance = random.Random(20261127)
    rec = await opened(stage)
    guests = await invited(stage, rec, 200)
    first, second = stage.wang_fang, stage.xiao_chen
    mine, theirs = guests[:115], guests[85:]
    seen = sightings(first, rec, mine)
    concurrent = [seen[n].rec[1] for n in range(85, 90)]
    alone = [seen[n].rec[1] for n in range(5)]
    void = {"check_ins": [*concurrent, *alone], "reason": "Somebody else's card"}
    seen.append(first.ask("events.void", rec, void))
    others = sightings(second, rec, theirs)
    in_time, too_late = others[:95], others[95:]
    await asyncio.gather(
        send(first, parts(seen), chance), send(second, parts(in_time), random.Random(7))
    )
    here = {guest["id"] for guest in mine[5:]} | {guest["id"] for guest in theirs[:95]}
    # The thirty were seen twice but for the five; nothing is counted twice or lost.
    expected = {
        "persons": len(here),
        "guests": len(here),
        "staff": 0,
        "walk_ins": 0,
        "sightings": 115 + 95 - 10,
        "late": 0,
        "voided": 10,
    }
    assert await counts(stage, rec) == expected
    await first.must("events.close", rec)
    await send(second, parts(too_late), chance)
    assert await counts(stage, rec) == expected | {"late": 20}
    assert len(await stage.facts("events.CheckedIn")) == 230
    await first.must("events.reopen", rec, {"reason": "The second table was out of reach"})
    everybody = here | {guest["id"] for guest in theirs}
    found = await counts(stage, rec)
    assert (found["persons"], found["late"]) == (len(everybody), 0) == (195, 0)


async def test_both_phones_and_the_desk_hold_the_same(stage: Stage) -> None:
    """After quiet each phone can count its own records, and gets what the server got."""
    rec = await opened(stage)
    guests = await invited(stage, rec, 6)
    for hand, some in ((stage.wang_fang, guests[:4]), (stage.xiao_chen, guests[2:])):
        await hand.push(*sightings(hand, rec, some))
    told = [await hand.sees() for hand in (stage.wang_fang, stage.xiao_chen)]
    for held in told:
        keys = {body["key"] for (kind, _), body in held.items() if kind == "check_in"}
        assert len(keys) == held[rec]["counts"]["persons"] == 6
    desk = await stage.chen_jie.sees()
    assert desk[rec]["counts"]["persons"] == 6
    assert not {kind for kind, _ in desk} & {"check_in", "event_roster", "event_key"}


async def test_the_key_of_an_event_is_nowhere_once_it_is_closed(stage: Stage) -> None:
    rec = await opened(stage)
    held = await stage.xiao_chen.sees()
    key = held["event_key", rec[1]]["key"]
    assert key not in await everything(stage, but=("event_key", "record"))
    await stage.wang_fang.must("events.close", rec)
    assert key not in await everything(stage)
    assert ("event_key", rec[1]) not in await stage.xiao_chen.sees()
    await stage.wang_fang.must("events.reopen", rec, {"reason": "Somebody came back"})
    assert ("event_key", rec[1]) not in await stage.xiao_chen.sees()
