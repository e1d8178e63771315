"""The same cases judge these rules and the phone's preview: the guess cannot drift."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.features.rectifications import commands
from backend.features.rectifications.model import PhotoRef, Rectification, content_digest
from backend.features.rectifications.rules import extending, fixing, judging, ownership
from backend.features.rectifications.rules.decision import Decision
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.organisation.calendar import Calendar
from tests.features.rectifications.builders import capture, sha

FILE = json.loads((Path(__file__).parent / "cases/moves.json").read_text("utf-8"))
WHEN = When(FILE["at"], FILE["at"], FILE["at"], "event")
DUE = Calendar.of(()).due_on(date(2026, 5, 20))
TODAY = date(2026, 5, 6)
GRANTS = {
    "chen_jie": Grant("manager", None, "service"),
    "wang_fang": Grant("outlet_head", "riverside", None),
    "xiao_chen": Grant("outlet_staff", "riverside", None),
    "guo_qiang": Grant("line_lead", None, "operations"),
}


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_a_case_becomes_what_the_file_says(case: dict[str, Any]) -> None:
    before = filled(FILE["blank"] | case["before"])
    actor = Actor(id=case["actor"], name=case["actor"], grants=(GRANTS[case["actor"]],))
    decided = decide(before, case["op"].partition(".")[2], case["args"], actor)
    assert decided.status == "applied"
    for field, value in case["after"].items():
        assert seen(decided.case, field, value) == value, field


def seen(after: Rectification, field: str, expected: Any) -> Any:
    """The field as the file speaks of it."""
    if field == "last":
        last = msgspec.to_builtins(after.events[-1])
        return {name: last[name] for name in expected}
    if field == "extension":
        return after.extension and after.extension.answer
    if field == "after":
        return [photo.id for photo in after.after]
    return getattr(after, field)


def filled(body: dict[str, Any]) -> Rectification:
    """A row out of a wire body: photos by id become references, each its own picture."""
    shown = {
        name: [PhotoRef(id, sha(id), "wang_fang") for id in body[name]]
        for name in ("before", "after")
    }
    row = {**body, **shown, "item_key": body["item"]["key"]}
    return msgspec.convert(msgspec.to_builtins(row), Rectification)


def decide(case: Rectification, op: str, args: dict[str, Any], actor: Actor) -> Decision:
    """What the rules make of it, with everything around at its best."""
    if op in ("approve", "return"):
        args = args | {"content_digest": content_digest(case)}
    if op == "attach":
        photo = msgspec.structs.replace(capture(args["photo"]), id=args["photo"])
        return fixing.attach(case, commands.Attach(photo=photo), actor, WHEN)
    if op == "detach":
        return fixing.detach(case, commands.Detach(photo=args["photo"]), actor)
    named = "".join(word.title() for word in op.split("_"))
    asked = getattr(commands, named)(**args)
    units = frozenset({"ops"})
    return {
        "assign": lambda: ownership.assign(case, asked, actor, WHEN, None),
        "accept": lambda: ownership.accept(case, actor, WHEN),
        "decline": lambda: ownership.decline(case, asked, actor, WHEN),
        "hand_over": lambda: ownership.hand_over(case, asked, actor, WHEN, ("guo_qiang",)),
        "take_over": lambda: ownership.take_over(case, actor, WHEN, units),
        "decline_over": lambda: ownership.decline_over(case, asked, actor, WHEN, units),
        "report": lambda: fixing.report(case, asked, actor, WHEN, {}),
        "request_extension": lambda: fixing.request_extension(case, asked, actor, WHEN),
        "extend": lambda: extending.extend(case, asked, actor, WHEN, DUE, TODAY),
        "refuse_extension": lambda: extending.refuse_extension(case, asked, actor, WHEN),
        "approve": lambda: judging.approve(case, asked, actor, WHEN, 0),
        "return": lambda: judging.send_back(case, returned(args), actor, WHEN),
        "reopen": lambda: judging.reopen(case, asked, actor, WHEN, DUE),
        "cancel": lambda: judging.cancel(case, asked, actor, WHEN),
    }[op]()


def returned(args: dict[str, Any]) -> commands.Return:
    return msgspec.convert(args, commands.Return)
