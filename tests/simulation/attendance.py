"""An event that every world holds, its roster of forty, and the figures that must come out.

Everybody works at it and everybody's phone checks people in, takes sightings back, counts heads,
closes and opens it again. What must come out is worked out here from the order of the facts and
from what people asked for; nothing of the feature is used for it.
"""

import json
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor, Grant
from tests.simulation.chance import made_id
from tests.simulation.invariants import Tables
from tests.simulation.truth import Broken, Truth

Asked = dict[str, Any]
EVENT = made_id("event")
GUESTS = 40
ENTRIES = {made_id("guest", n): f"G{n:02}" for n in range(GUESTS)}
OUTLET, LINE = "lake", "service"
_WEIGHTS = {
    "roster": 34,
    "code": 22,
    "walk_in": 24,
    "void": 8,
    "tally": 12,
    "close": 3,
    "reopen": 4,
}
_ASKED_BY = {
    "events.CheckedIn": "events.check_in",
    "events.Voided": "events.void",
    "events.Closed": "events.close",
    "events.Reopened": "events.reopen",
    "events.Tallied": "events.tally",
}
_NUMBERED = tuple(_ASKED_BY)


async def lay(journal: Journal, head: str, manager: str, staff: Sequence[str]) -> None:
    """The event is planned, approved and open, and its roster is full."""
    rec = ("event", EVENT)
    planner = Actor(head, "head", (Grant("outlet_head", OUTLET),), "desk")
    approver = Actor(manager, "manager", (Grant("manager"),), "office")
    asked: dict[str, object] = {
        "kind": "community",
        "theme": "广场",
        "outlet": OUTLET,
        "line": LINE,
        "place": "广场",
        "day": "2026-11-24",
        "starts": "09:00",
        "ends": "17:00",
        "staff": list(staff),
    }
    await journal.command("events.plan", rec, asked, actor=planner)
    await journal.command("events.propose", rec, {}, actor=planner)
    async with journal.database.reading() as tx:
        ((body,),) = await tx.tuples("SELECT body FROM record WHERE id = ?", f"event:{EVENT}")
    seen: dict[str, object] = {"content_digest": json.loads(body)["content_digest"]}
    await journal.command("events.approve", rec, seen, actor=approver)
    entries = [{"id": id, "name": f"来宾 {code}", "code": code} for id, code in ENTRIES.items()]
    invited: dict[str, object] = {"event": EVENT, "entries": entries}
    part = ("event_roster", made_id("roster"))
    await journal.command("events.invite", part, invited, actor=planner)
    await journal.command("events.open", rec, {}, actor=planner)


def act(rng: Random, seen: Sequence[str], *names: object) -> Asked:
    """What somebody at the event does now. `seen` are the check-ins that their phone shows."""
    kind = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    entry = rng.choice(list(ENTRIES))
    match kind:
        case "roster":
            return _check_in({"how": "roster", "entry": entry}, *names)
        case "code":
            return _check_in({"how": "code", "code": ENTRIES[entry]}, *names)
        case "void" if seen:
            named = rng.sample(list(seen), min(len(seen), rng.choice((1, 1, 2))))
            return _event("void", {"check_ins": named, "reason": "看错了"})
        case "tally":
            return _event("tally", {"counter": "visitors", "n": rng.choice((1, 1, 1, 5, -1))})
        case "close":
            return _event("close", {})
        case "reopen":
            return _event("reopen", {"reason": "还有人来"})
    person: Asked = {"age_band": "40_59"}
    if rng.random() < 0.7:
        person["phone_hash"] = f"{rng.randrange(12):064x}"
    return _check_in({"how": "walk_in", "walk_in": person}, *names)


async def figures_stand(tables: Tables, truth: Truth, figures: Counter[str]) -> None:
    """3: nobody is counted twice or lost, in whatever order and however often sightings came; what
    came after a closing is apart until somebody opens the event again."""
    book = _Book()
    marks = ", ".join("?" for _ in _NUMBERED)
    rows = await tables.tuples(
        f"SELECT type, cause, rec_id, payload FROM fact WHERE type IN ({marks}) ORDER BY seq",
        *_NUMBERED,
    )
    for type_, cause, rec_id, payload in rows:
        rec, args = _asked_for(truth, type_, cause, rec_id, json.loads(payload)["values"])
        book.enter(type_.removeprefix("events."), rec, args, payload)
    ((body,),) = await tables.tuples("SELECT body FROM record WHERE id = ?", f"event:{EVENT}")
    told = json.loads(body)
    found = {name: told["counts"][name] for name in ("persons", "sightings", "late", "voided")}
    if found != book.figures():
        raise Broken(3, f"the event tells {found}, its sightings {book.figures()}")
    if told["tallies"].get("visitors", 0) != book.tally:
        raise Broken(3, f"the event tells {told['tallies']} heads, counted were {book.tally}")
    figures["sightings counted"] += len(book.seen)
    figures["sightings late at the end"] += book.figures()["late"]


def _asked_for(truth: Truth, type_: str, cause: str, rec_id: str, told: Asked) -> tuple[str, Asked]:
    """Whose command it was, and what it said: confirmed, or put into a page that died over it."""
    promise = truth.confirmed.get(cause)
    if promise is not None:
        return promise.rec[1], promise.args
    for one in truth.perhaps:
        args = one["args"]
        is_same = all(told[name] == args[name] for name in told.keys() & args.keys())
        if one["op"] == _ASKED_BY[type_] and one["rec"][1] in (rec_id, EVENT) and is_same:
            truth.perhaps.remove(one)
            return one["rec"][1], args
    raise Broken(3, f"{type_} of {cause}, which nobody asked for")


class _Book:
    """Kept by hand: of whom each sighting is, what came late, what was taken back."""

    def __init__(self) -> None:
        self.closed = False
        self.seen: dict[str, str] = {}
        self.late: set[str] = set()
        self.void: dict[str, bool] = {}
        self.tally = 0
        self.tally_late = 0

    def enter(self, what: str, rec: str, args: Asked, payload: str) -> None:
        """One fact, in its order."""
        match what:
            case "CheckedIn":
                if rec in self.seen:
                    raise Broken(3, f"{rec} is checked in twice")
                self.seen[rec] = _who(rec, args)
                if self.closed:
                    self.late.add(rec)
                if json.loads(payload)["values"]["late"] != self.closed:
                    raise Broken(3, f"{rec} is told late: {not self.closed}")
            case "Voided":
                for id in args["check_ins"]:
                    self.void.setdefault(id, self.closed)
            case "Tallied" if self.closed:
                self.tally_late += args["n"]
            case "Tallied":
                self.tally += args["n"]
            case "Closed":
                self.closed = True
            case "Reopened":
                self.closed = False
                self.late.clear()
                self.void = dict.fromkeys(self.void, False)
                self.tally, self.tally_late = self.tally + self.tally_late, 0

    def figures(self) -> dict[str, int]:
        """The same that the event tells."""
        in_time = self.seen.keys() - self.late
        away = {id for id, was_late in self.void.items() if not was_late}
        here = in_time - away
        return {
            "persons": len({self.seen[id] for id in here}),
            "sightings": len(here),
            "late": len(self.late - self.void.keys()),
            "voided": len(in_time & away),
        }


def _who(rec: str, args: Asked) -> str:
    """A guest however they are named, a number, or somebody who is only this sighting."""
    if "code" in args:
        return next(id for id, code in ENTRIES.items() if code == args["code"])
    if "entry" in args:
        return args["entry"]
    return args["walk_in"].get("phone_hash", rec)


def _check_in(how: Asked, *names: object) -> Asked:
    rec = ["check_in", made_id(*names, "check_in")]
    return {"op": "events.check_in", "rec": rec, "args": {"event": EVENT} | how, "v": 1}


def _event(move: str, args: Asked) -> Asked:
    return {"op": f"events.{move}", "rec": ["event", EVENT], "args": args, "v": 1}
