"""What people do with boxes, good and bad: drawn from what their phone knows at that moment."""

from random import Random
from typing import Any

from tests.simulation.chance import made_id
from tests.simulation.local import Local
from tests.simulation.people import OUTLETS, PEOPLE

Asked = dict[str, Any]
_WEIGHTS = {
    "add": 60,
    "create": 14,
    "move": 6,
    "lend": 10,
    "take_back": 3,
    "discard": 3,
    "too_much": 2,
    "unknown_op": 1,
    "bad_args": 1,
    "personal_number": 1,
    "foreign": 1,
    "explode": 0.4,
}


def act(rng: Random, local: Local, *names: object) -> Asked:
    """One command that this person would give now: op, rec, args, version."""
    boxes = known_boxes(local)
    kind = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0] if boxes else "create"
    if kind == "create":
        named = "taken" if rng.random() < 0.1 else made_id(*names, "name")
        args = {"name": named, "place": rng.choice(OUTLETS)}
        return _asked("toys.create", made_id(*names, "box"), args)
    box = made_id(*names, "foreign") if kind == "foreign" else rng.choice(boxes)
    return _on(kind, box, rng)


def _on(kind: str, box: str, rng: Random) -> Asked:
    person = rng.choice(PEOPLE)
    match kind:
        case "move":
            return _asked("toys.move", box, {"place": rng.choice(OUTLETS)})
        case "lend" | "take_back":
            return _asked("toys.lend", box, {"person": person, "back": kind == "take_back"})
        case "discard":
            return _asked("toys.discard", box, {})
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


def known_boxes(local: Local) -> list[str]:
    """Boxes on this phone, its own unsent ones included, in a stable order."""
    received = {id for kind, id in local.rows() if kind == "box"}
    made = {one["rec"][1] for one in local.unsent() if one["op"] == "toys.create"}
    return sorted(received | made)


def _asked(op: str, box: str, args: Asked, version: int = 1) -> Asked:
    return {"op": op, "rec": ["box", box], "args": args, "v": version}
