"""Whoever writes a checklist sees everything that is lacking, in the field where it is."""

import copy
from datetime import date
from typing import Any

import msgspec
import pytest

from backend.foundation.checklists.citing import cited
from backend.foundation.checklists.commands import EditionClause, KeepDraft
from backend.foundation.checklists.judging import Known, judge
from backend.foundation.checklists.model import Edition
from backend.foundation.checklists.template import Words
from backend.foundation.kernel.canonical import digest
from tests.foundation.checklists import sheets

CLAUSE = EditionClause("3.1", "hard", Words("有坡道", "There is a ramp"), 20)
STANDARD = Edition(
    id="e1",
    code="NET",
    title=Words("网点标准", "Outlet standard"),
    edition="2026",
    line="service",
    effective_from="2026-01-01",
    effective_to=None,
    clauses=(CLAUSE,),
    published_by="p",
    published_at="2026-01-01T00:00:00.000Z",
)
QUOTED = msgspec.to_builtins(cited(STANDARD, CLAUSE))
LINES, TODAY = frozenset({"service"}), date(2026, 11, 24)
KNOWN = Known(LINES, {"2025": "0" * 64}, {"e1": STANDARD}, frozenset(), {}, TODAY)
PLAIN = sheets.plain_template([{"key": "door", "points": 40, "clause": QUOTED}])
GOOD = KeepDraft(code="SQ", edition="2026", line="service", rhythm="daily", doc=PLAIN)


def told(draft: KeepDraft, known: Known = KNOWN) -> list[tuple[str, str, str]]:
    return [(one.where, one.field, one.code) for one in judge(draft, known).faults]


def changed(path: tuple[Any, ...], value: Any, plain: dict[str, Any] = PLAIN) -> KeepDraft:
    doc = copy.deepcopy(plain)
    at: Any = doc
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return msgspec.structs.replace(GOOD, doc=doc)


def test_a_sound_draft_has_its_id_and_nothing_to_put_right() -> None:
    judged = judge(GOOD, KNOWN)
    assert (judged.faults, judged.id) == ([], digest(PLAIN))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("code", " ", "code_missing"),
        ("edition", "", "edition_missing"),
        ("edition", "2025", "template_edition_taken"),
        ("line", "security", "line_missing"),
        ("rhythm", "hourly", "rhythm_missing"),
    ],
)
def test_the_head_is_judged(field: str, value: str, code: str) -> None:
    plain = sheets.plain_template([{"key": "door", "points": 40}])
    draft = msgspec.structs.replace(GOOD, doc=plain, **{field: value})
    assert told(draft) == [("head", field, code)]


ITEM = ("sections", 0, "items", 0)


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ((*ITEM, "text", "en"), "", ("door", "text", "words_missing")),
        ((*ITEM, "hint"), {"zh": "", "en": "x"}, ("door", "hint", "words_missing")),
        ((*ITEM, "no"), "", ("door", "no", "shape")),
        ((*ITEM, "points"), -1, ("door", "points", "shape")),
        ((*ITEM, "choices"), [{"key": ""}], ("door", "choices", "shape")),
        (("sections", 0, "title", "zh"), " ", ("all", "title", "words_missing")),
        (("sections", 0, "no"), "", ("all", "no", "shape")),
        (("title", "zh"), "", ("doc", "title", "words_missing")),
        (("title",), 3, ("doc", "title", "shape")),
        (("persons",), True, ("doc", "assessment", "assessment_missing")),
        ((*ITEM, "reference"), ["ab" * 32], ("door", "reference", "reference_missing")),
        ((*ITEM, "clause"), QUOTED | {"no": "9.9"}, ("door", "clause", "clause_unknown")),
        ((*ITEM, "clause"), QUOTED | {"edition": "e2"}, ("door", "clause", "clause_unknown")),
        ((*ITEM, "clause"), QUOTED | {"points": 30}, ("door", "clause", "clause_differs")),
    ],
)
def test_each_fault_names_its_place(path: tuple[Any, ...], value: Any, found: Any) -> None:
    assert told(changed(path, value)) == [found]


def test_a_standard_of_another_line_is_not_there() -> None:
    elsewhere = msgspec.structs.replace(STANDARD, line="security")
    known = msgspec.structs.replace(KNOWN, standards={"e1": elsewhere})
    assert told(GOOD, known) == [("door", "clause", "clause_unknown")]


def test_a_version_that_is_there_already_says_so() -> None:
    known = msgspec.structs.replace(KNOWN, editions={"2024": digest(PLAIN)})
    assert told(GOOD, known) == [("doc", "sections", "template_exists")]


def test_an_empty_draft_has_no_form_yet() -> None:
    judged = judge(KeepDraft(), KNOWN)
    assert judged.id is None
    assert judged.faults[-1].code == "shape"
