"""The same cases judge these rules and the phone's preview: the guess cannot drift."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.features.inspections import commands
from backend.features.inspections.model import Round
from backend.features.inspections.rules import planning, submitting
from backend.features.inspections.rules.decision import begun
from backend.features.inspections.rules.planning import Candidate
from backend.foundation.checklists.scoring import Score
from backend.foundation.checklists.sheet import Sheet
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor, Grant

FILE = json.loads((Path(__file__).parent / "cases/rounds.json").read_text("utf-8"))
WHEN = When(FILE["at"], FILE["at"], FILE["at"], "event")
SHEET = Sheet(template="t")
SCORE = Score(points=0, max=0)
GRANTS = {
    "chen_jie": Grant("manager", None, "service"),
    "li_na": Grant("inspector", None, "service"),
    "ana": Grant("inspector", None, "service"),
}


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_a_round_becomes_what_the_file_says(case: dict[str, Any]) -> None:
    before = msgspec.convert(FILE["blank"] | case["before"], Round)
    actor = Actor(id=case["actor"], name=case["actor"], grants=(GRANTS[case["actor"]],))
    after = msgspec.to_builtins(decide(before, case["op"].partition(".")[2], case["args"], actor))
    for field, value in case["after"].items():
        if field == "amendments":
            shown = [{name: one[name] for name in value[0]} for one in after[field]]
            assert shown == value
        else:
            assert after[field] == value, field


def decide(before: Round, op: str, args: dict[str, Any], actor: Actor) -> Round:
    """What the rules make of it, with everything around at its best."""
    if op == "open":
        return begun(before, actor, WHEN)
    if op == "reassign":
        next_one = Candidate("ana", "Ana", (GRANTS["ana"],), frozenset())
        asked = commands.Reassign(**args)
        return planning.reassign(before, asked, next_one, actor).round
    if op == "cancel":
        return planning.cancel(before, commands.Cancel(**args), actor).round
    if op == "amend":
        asked = commands.Amend(**args)
        return submitting.amend(before, asked, SHEET, SCORE, actor, WHEN).round
    manifest = commands.Manifest(answers=0, hash="0" * 64)
    asked = commands.Submit(manifest=manifest)
    return submitting.submit(before, asked, SHEET, (), SCORE, actor, WHEN).round
