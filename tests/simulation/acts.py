"""What people do with boxes, good and bad: drawn from what their phone knows at that moment."""

from collections import defaultdict
from collections.abc import Iterable
from random import Random
from typing import Any

from tests.simulation import attendance, homes
from tests.simulation.chance import made_id
from tests.simulation.people import OUTLETS, PEOPLE

Asked = dict[str, Any]
_WEIGHTS = {
    "add": 60,
    "create": 14,
    "move": 6,
    "lend": 10,
    "take_back": 3,
    "discard": 3,
    "stale": 3,
    "long": 1,
    "too_much": 2,
    "unknown_op": 1,
    "bad_args": 1,
    "personal_number": 1,
    "foreign": 1,
    "explode": 0.4,
    "begin": 5,
    "caption": 14,
    "erase": 4,
    "attend": 24,
    "visit": 36,
}
_MAKES = {
    "toys.create": "box",
    "ward.begin": "album",
    "events.check_in": "check_in",
    "visits.request": "visit",
}
# Ids by kind of what a person's phone shows, own unsent ones included, in a stable order.
Known = defaultdict[str, list[str]]


def act(rng: Random, known: Known, *names: object) -> Asked:
    """One command that this person would give now: op, rec, args, version."""
    kind = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0] if known["box"] else "create"
    if kind == "attend":
        return attendance.act(rng, known["check_in"], *names)
    if kind == "visit":
        return homes.act(rng, known, PEOPLE, *names)
    if kind == "create":
        named = "taken" if rng.random() < 0.1 else made_id(*names, "name")
        args = {"name": named, "place": rng.choice(OUTLETS)}
        return _asked("toys.create", made_id(*names, "box"), args)
    if kind == "begin" or (kind == "caption" and not known["album"]):
        return album(rng, *names)
    if kind == "erase":
        if not known["album"]:
            return album(rng, *names)
        return {**_asked("ward.erase", "", {}), "rec": ["album", rng.choice(known["album"])]}
    if kind == "caption":
        words = {"text": made_id(*names, "words")}
        return {**_asked("ward.caption", "", words), "rec": ["album", rng.choice(known["album"])]}
    box = made_id(*names, "foreign") if kind == "foreign" else rng.choice(known["box"])
    return _on(kind, box, rng)


def album(rng: Random, *names: object) -> Asked:
    """A new album."""
    rec = ["album", made_id(*names, "album")]
    return {**_asked("ward.begin", "", {"place": rng.choice(OUTLETS)}), "rec": rec}


def _on(kind: str, box: str, rng: Random) -> Asked:
    person = rng.choice(PEOPLE)
    match kind:
        case "move":
            return _asked("toys.move", box, {"place": rng.choice(OUTLETS)})
        case "lend" | "take_back":
            return _asked("toys.lend", box, {"person": person, "back": kind == "take_back"})
        case "discard":
            return _asked("toys.discard", box, {})
        case "stale":
            return _asked("toys.add", box, {"amount": 1, "note": "木"}, 2) | {"base": -1}
        case "long":
            return _asked("toys.add", box, {"amount": 1, "note": "木" * 20_000}, 2)
        case "too_much":
            return _asked("toys.add", box, {"amount": 2_000_000}, 2)
        case "unknown_op":
            return _asked("toys.polish", box, {})
        case "bad_args":
            return _asked("toys.add", box, {"amount": "three"}, 2)
        case "personal_number":
            return _asked("toys.add", box, {"amount": 1, "note": "11010519491231002X"}, 2)
        case "explode":
            return _asked("ward.explode", box, {})
        case _ if rng.random() < 0.1:
            return _asked("toys.add", box, {"count": rng.randint(1, 9)}, 1)
    return _asked("toys.add", box, {"amount": rng.randint(1, 9), "note": "木"}, 2)


def known(held: Iterable[tuple[str, str]], unsent: Iterable[tuple[str, str]]) -> Known:
    """Of (kind, id) pairs received and (op, id) pairs that wait to be sent."""
    found: Known = defaultdict(list)
    for kind, id in sorted({*held, *((_MAKES.get(op, ""), id) for op, id in unsent)}):
        found[kind].append(id)
    return found


def _asked(op: str, box: str, args: Asked, version: int = 1) -> Asked:
    return {"op": op, "rec": ["box", box], "args": args, "v": version}
