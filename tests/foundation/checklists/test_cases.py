"""The case files, judged by Python. The phone's tests judge the same files in TypeScript."""

import hashlib
from typing import Any

import pytest

from backend.foundation.checklists.answers import check_answer
from backend.foundation.checklists.conditions import visible_items
from backend.foundation.checklists.demands import missing, progress
from backend.foundation.checklists.scoring import Score, score, section_scores
from backend.foundation.checklists.sheet import canonical_answers, manifest_hash, values_of
from backend.foundation.checklists.soundness import faults
from backend.foundation.kernel.canonical import canonical
from backend.foundation.kernel.problem import Problem
from tests.foundation.checklists import drawn, sheets

SHEET_FILES = ("conditions", "scoring", "demands", "manifest")


def _named(case: dict[str, Any]) -> str:
    return case["name"]


@pytest.mark.parametrize("case", sheets.cases("answers"), ids=_named)
def test_an_answer_is_taken_or_refused_by_name(case: dict[str, Any]) -> None:
    item = sheets.item(drawn.answer_items()[case["item"]])
    value, note = sheets.unrolled(case["value"]), sheets.unrolled(case.get("note", ""))
    if case["code"] is None:
        check_answer(item, value, note)
        return
    with pytest.raises(Problem) as caught:
        check_answer(item, value, note)
    assert caught.value.code == case["code"]
    assert caught.value.detail
    assert caught.value.detail_zh


@pytest.mark.parametrize(
    "case", [case for name in SHEET_FILES for case in sheets.cases(name)], ids=_named
)
def test_a_sheet_is_judged_as_the_case_says(case: dict[str, Any]) -> None:
    doc, sheet, shots = sheets.template(case["template"]), sheets.sheet(case), sheets.shots(case)
    assert faults(doc) == []
    values = values_of(sheet)
    if "visible" in case:
        assert [item.key for item in visible_items(doc, values)] == case["visible"]
    if "score" in case:
        assert _listed(score(doc, values)) == case["score"]
    if "sections" in case:
        found = {key: _listed(part) for key, part in section_scores(doc, values).items()}
        assert found == case["sections"]
    if "missing" in case:
        lacking = [[m.item, m.what, m.count, m.finding] for m in missing(doc, sheet, shots)]
        assert lacking == case["missing"]
    if "progress" in case:
        done = progress(doc, sheet, shots)
        assert [done.answered, done.total] == case["progress"]
    if "canonical" in case:
        assert canonical(canonical_answers(sheet)).decode() == case["canonical"]
        assert manifest_hash(sheet) == hashlib.sha256(case["canonical"].encode()).hexdigest()


def test_there_are_enough_cases_to_mean_something() -> None:
    assert sum(len(sheets.cases(name)) for name in ("answers", *SHEET_FILES)) >= 120


def test_the_drawn_cases_are_what_the_rules_say_today() -> None:
    """A change of a rule changes this file, and the phone's tests with it."""
    assert drawn.stored() == drawn.draw()


def _listed(found: Score) -> list[Any]:
    return [found.points, found.max, list(found.vetoed)]
