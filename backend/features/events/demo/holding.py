"""An event of last month: two phones at the door, then the report."""

import hashlib
from datetime import datetime, time, timedelta
from typing import Any

from backend.demo.stage import Asked, Beat, Stage
from backend.features.events.demo.planning import BY, HELPER, OFFICE, guest_id, rec_of
from backend.foundation.kernel.clock import ZONE, Moment

MISSING = 4  # guests who did not come


def held(stage: Stage, told: dict[str, Any], bands: list[str]) -> list[Beat]:
    """From the opening to the report that the office accepted the day after."""
    begun = _at(stage, told, "starts")
    over = _at(stage, told, "ends")
    # Rows come in when the phones have signal: an hour in, and at the end.
    coming, going = begun + timedelta(minutes=70), over - timedelta(minutes=5)
    morning = stage.moment(told["d"] + 1, "09:20")
    return [
        (begun, lambda: stage.ask(BY, "events.open", rec_of(stage, told), {}, begun)),
        (coming, lambda: stage.ask_all(BY, _table(stage, told, begun, bands))),
        (going, lambda: stage.ask_all(HELPER, _door(stage, told, begun))),
        (over, lambda: _end(stage, told, over)),
        (morning, lambda: _accept(stage, told, morning)),
    ]


def _table(stage: Stage, told: dict[str, Any], begun: Moment, bands: list[str]) -> list[Asked]:
    """One phone: guests by their cards, and people who just came in."""
    here = range(told["guests"] - MISSING)
    asked = [
        _guest(stage, told, BY, number, begun + timedelta(minutes=2 + place))
        for place, number in enumerate(here[: len(here) * 2 // 3])
    ]
    for number in range(told["walk_ins"]):
        person: dict[str, Any] = {"age_band": bands[number % len(bands)], "interests": ["fraud"]}
        if number % 3:
            person["phone_hash"] = hashlib.sha256(f"demo {number}".encode()).hexdigest()
        at = begun + timedelta(minutes=30 + 3 * number)
        args = {"event": rec_of(stage, told)[1], "how": "walk_in", "walk_in": person}
        rec = ("check_in", stage.id("check_in", f"{told['id']}:walk:{number}"))
        asked.append(("events.check_in", rec, args, at))
    return [*asked, *_given(stage, told, begun + timedelta(minutes=65))]


def _door(stage: Stage, told: dict[str, Any], begun: Moment) -> list[Asked]:
    """The other phone at the door: some guests whom the first one saw too, and heads."""
    here = range(told["guests"] - MISSING)
    asked = [
        _guest(stage, told, HELPER, number, begun + timedelta(minutes=5 + 2 * place))
        for place, number in enumerate(here[len(here) // 2 :])
    ]
    tally = {"counter": "visitors", "n": 57}
    at = begun + timedelta(minutes=100)
    return [*asked, ("events.tally", rec_of(stage, told), tally, at)]


def _given(stage: Stage, told: dict[str, Any], at: Moment) -> list[Asked]:
    """What was handed out, and what people asked."""
    rec = rec_of(stage, told)
    asked: list[Asked] = [
        ("events.hand_out", rec, {"material": one["key"], "n": one["n"] * 2 // 3}, at)
        for one in told["materials"]
    ]
    for number, text in enumerate(told["questions"]):
        id = stage.id("question", f"{told['id']}:{number}")
        args = {"id": id, "text": stage.words(text), "topic": told["topics"][0]}
        asked.append(("events.ask", rec, args, at))
    return asked


def _guest(stage: Stage, told: dict[str, Any], by: str, number: int, at: Moment) -> Asked:
    rec = ("check_in", stage.id("check_in", f"{told['id']}:{by}:{number}"))
    entry = guest_id(stage, told, number)
    args = {"event": rec_of(stage, told)[1], "how": "roster", "entry": entry}
    return "events.check_in", rec, args, at


async def _end(stage: Stage, told: dict[str, Any], at: Moment) -> None:
    rec = rec_of(stage, told)
    shots = []
    for name in told["photos"]:
        shot = await stage.capture(BY, name, f"{told['id']}:{name}", at - timedelta(minutes=30))
        shots.append(shot)
        asked = {"photo": shot, "people": "nobody"}
        await stage.ask(BY, "events.attach", rec, asked, at - timedelta(minutes=2))
    await stage.look()
    result = {
        "cost": stage.words(told["cost"]),
        "lessons": stage.words(told["lessons"]),
        "topics": told["topics"],
        "photos": [shot["id"] for shot in shots],
    }
    asked_of: list[Asked] = [
        ("events.close", rec, {}, at),
        ("events.conclude", rec, result, at + timedelta(minutes=40)),
    ]
    await stage.ask_all(BY, asked_of)


async def _accept(stage: Stage, told: dict[str, Any], at: Moment) -> None:
    rec = rec_of(stage, told)
    digest = (await stage.published(*rec))["content_digest"]
    await stage.ask(OFFICE, "events.accept_result", rec, {"content_digest": digest}, at)


def _at(stage: Stage, told: dict[str, Any], which: str) -> Moment:
    """The beginning or the end on the day, as UTC."""
    local = time.fromisoformat(told[which])
    return datetime.combine(stage.workday(told["d"]), local, ZONE)
