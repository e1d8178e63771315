"""A template that could not be filled in, shown or scored is refused, and told where."""

import copy
from typing import Any

import msgspec
import pytest

from backend.foundation.checklists.faults import REASONS
from backend.foundation.checklists.soundness import faults, read_template
from backend.foundation.checklists.template import TemplateDoc, template_id
from backend.foundation.kernel.problem import Problem
from tests.foundation.checklists import sheets

WORDS = {"zh": "字", "en": "words"}
CHOICES = [{"key": "a", "text": WORDS, "fail": False}, {"key": "b", "text": WORDS, "fail": True}]
RANGE = {"min": "0", "max": "9", "unit": WORDS, "decimals": 0}
GOOD, BAD = CHOICES
NESTED = {"all": [{"any": [{"all": [{"item": "a", "in": ["na"]}]}]}]}
AFTER_A = {"item": "a", "in": ["answered"]}
REASON = {"code": "dust", "text": WORDS, "points": 10}
A = {"key": "a"}

UNSOUND: list[tuple[str, list[dict[str, Any]]]] = [
    ("item_duplicate", [A, A]),
    ("number_duplicate", [A, {"key": "b", "no": "1.1"}]),
    ("key_shape", [{"key": "Has Space"}]),
    ("words_missing", [{"key": "a", "text": {"zh": "字", "en": " "}}]),
    ("words_missing", [{"key": "a", "text": {"zh": "", "en": "words"}}]),
    ("words_missing", [{"key": "a", "hint": {"zh": "", "en": "words"}}]),
    ("points_type", [{"key": "a", "type": "text", "points": 5}]),
    ("points_missing", [{"key": "a", "type": "score"}]),
    ("points_total", [{"key": f"i{n}", "points": 10_000} for n in range(2)]),
    ("veto_type", [{"key": "a", "type": "photo", "veto": True}]),
    (
        "veto_never",
        [
            {
                "key": "a",
                "type": "single",
                "veto": True,
                "choices": [CHOICES[0], {**CHOICES[0], "key": "c"}],
            }
        ],
    ),
    ("deductions_type", [{"key": "a", "points": 20, "deductions": [REASON]}]),
    ("deduction_points", [{"key": "a", "type": "score", "points": 9, "deductions": [REASON]}]),
    (
        "deduction_points",
        [{"key": "a", "type": "score", "points": 9, "deductions": [{**REASON, "points": 0}]}],
    ),
    (
        "deduction_duplicate",
        [{"key": "a", "type": "score", "points": 20, "deductions": [REASON, REASON]}],
    ),
    ("choices_missing", [{"key": "a", "type": "single", "choices": CHOICES[:1]}]),
    ("choices_type", [{"key": "a", "choices": CHOICES}]),
    ("code_list_type", [{"key": "a", "code_list": "channel"}]),
    ("choice_duplicate", [{"key": "a", "type": "multiple", "choices": [*CHOICES, CHOICES[0]]}]),
    (
        "key_shape",
        [{"key": "a", "type": "single", "choices": [GOOD, {**BAD, "key": "na"}]}],
    ),
    ("number_type", [{"key": "a", "type": "number"}]),
    ("number_type", [{"key": "a", "number": RANGE}]),
    ("number_range", [{"key": "a", "type": "number", "number": {**RANGE, "min": "10"}}]),
    ("number_range", [{"key": "a", "type": "number", "number": {**RANGE, "max": "many"}}]),
    ("condition_circular", [{"key": "a", "show_when": {"item": "a", "in": ["fail"]}}]),
    ("condition_unknown", [{"key": "a", "show_when": {"item": "z", "in": ["fail"]}}]),
    ("condition_forward", [{"key": "a", "show_when": {"item": "b", "in": ["fail"]}}, {"key": "b"}]),
    (
        "condition_forward",
        [
            {"key": "a", "show_when": {"item": "b", "in": ["fail"]}},
            {"key": "b", "show_when": {"item": "a", "in": ["fail"]}},
        ],
    ),
    ("condition_token", [A, {"key": "b", "show_when": {"item": "a", "in": ["maybe"]}}]),
    ("condition_token", [A, {"key": "b", "show_when": {"item": "a", "in": []}}]),
    (
        "condition_type",
        [
            {"key": "a", "type": "text"},
            {"key": "b", "show_when": {"item": "a", "in": ["answered"]}},
        ],
    ),
    ("condition_shape", [A, {"key": "b", "show_when": {"item": "a", "in": ["fail"], "all": []}}]),
    ("condition_shape", [A, {"key": "b", "show_when": {"any": []}}]),
    ("condition_shape", [A, {"key": "b", "show_when": {"item": "a"}}]),
    (
        "condition_depth",
        [
            A,
            {"key": "b", "show_when": {"all": [{"any": [{"all": [{"item": "a", "in": ["na"]}]}]}]}},
        ],
    ),
    ("demand_empty", [{"key": "a", "demand": [{"when": ["fail"], "photos": 0, "note": False}]}]),
    ("demand_token", [{"key": "a", "demand": [{"when": ["sad"], "photos": 1, "note": False}]}]),
    ("demand_token", [{"key": "a", "demand": [{"when": [], "photos": 1, "note": False}]}]),
    ("reference_digest", [{"key": "a", "reference": ["ABC"]}]),
    ("no_items", []),
    ("too_many_items", [{"key": f"i{n}"} for n in range(401)]),
]


@pytest.mark.parametrize(("code", "short"), UNSOUND, ids=[code for code, _ in UNSOUND])
def test_an_unsound_template_is_refused(code: str, short: list[dict[str, Any]]) -> None:
    plain = sheets.plain_template(short)
    assert code in {fault.code for fault in faults(msgspec.convert(plain, TemplateDoc))}
    with pytest.raises(Problem) as caught:
        read_template(plain)
    assert caught.value.code == "template_invalid"
    assert REASONS[caught.value.facts["faults"][0][1]][1] in caught.value.detail_zh


def test_sections_are_judged_too() -> None:
    plain = sheets.plain_template([A, {"key": "b", "section": "two"}])
    plain["sections"][1]["key"] = "all"
    plain["sections"].append({"key": "Nine", "no": "3", "title": {"zh": "", "en": ""}, "items": []})
    found = {fault.code for fault in faults(msgspec.convert(plain, TemplateDoc))}
    assert found == {"section_duplicate", "key_shape", "words_missing", "section_empty"}


def test_every_fault_has_words_and_every_words_a_fault() -> None:
    told = {code for code, _ in UNSOUND} | {"section_duplicate", "section_empty"}
    assert told == set(REASONS)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("text",), {"zh": "字"}),
        (("type",), "guess"),
        (("points",), -1),
        (("points",), 1.5),
        (("colour",), "red"),
        (("demand",), [{"when": ["fail"], "photos": 21, "note": False}]),
    ],
)
def test_a_document_of_another_shape_is_refused(path: tuple[str], value: Any) -> None:
    plain = sheets.plain_template([A])
    plain["sections"][0]["items"][0][path[0]] = value
    with pytest.raises(Problem) as caught:
        read_template(plain)
    assert caught.value.code == "args_invalid"


def test_nothing_may_be_left_out_so_the_id_has_one_spelling() -> None:
    plain = sheets.plain_template([A])
    for field in list(plain["sections"][0]["items"][0]):
        less = copy.deepcopy(plain)
        del less["sections"][0]["items"][0][field]
        with pytest.raises(Problem):
            read_template(less)


def test_one_changed_word_is_another_version() -> None:
    plain = sheets.plain_template([A])
    before = template_id(read_template(plain))
    assert template_id(read_template(copy.deepcopy(plain))) == before
    plain["sections"][0]["items"][0]["text"]["en"] = "Another item"
    assert template_id(read_template(plain)) != before
