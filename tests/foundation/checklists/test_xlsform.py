"""Forms after the published XLSForm specification: what maps becomes a draft, the rest is told."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from backend.foundation.checklists.soundness import faults
from backend.foundation.checklists.template import Choice, Condition, Words
from backend.foundation.checklists.workbook import xpath
from backend.foundation.checklists.workbook.reading import ReadPaper
from backend.foundation.checklists.workbook.spoken import Unreadable
from backend.foundation.checklists.workbook.xlsform import read_form
from backend.foundation.documents.children.xlsform import opened_form
from backend.foundation.documents.workshop import Workshop
from backend.foundation.kernel.problem import Problem
from tests.foundation.checklists.test_code_lists import listed

LISTS = {"channel": listed("A", "1")}
Rows = list[tuple[Any, ...]]
HEAD = (
    "type",
    "name",
    "label::English (en)",
    "label::中文 (zh)",
    "required",
    "relevant",
    "constraint",
)
CHOICES: Rows = [
    ("list_name", "name", "label::English (en)", "label::中文 (zh)"),
    ("state", "good", "Good", "好"),
    ("state", "bad", "Bad", "差"),
]


def form(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, choices: Rows = CHOICES) -> bytes:
    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (head, *rows):
        survey.append(row)
    for title, tab in (
        ("choices", choices),
        ("settings", [("form_title", "form_id", "version"), ("Branch visit", "visit", "3")]),
    ):
        sheet = book.create_sheet(title)
        for row in tab:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(data: bytes) -> ReadPaper:
    return read_form(opened_form(data), LISTS, date(2026, 11, 24))


def told(found: ReadPaper) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in found.problems]


TEXT = ("text", "remark", "Remark", "备注", "", "", "")
STATE = ("select_one state", "floor", "Floor", "地面", "yes", "", "")


def test_a_form_of_the_things_that_map_is_a_sound_draft_but_for_its_units() -> None:
    """Two groups, both languages, every type that a checklist knows."""
    found = read(
        form(
            ("start", "start"),
            ("begin_group", "hall", "The hall", "大堂"),
            STATE,
            ("select_multiple state", "Walls", "Walls", "墙面"),
            ("image", "photo", "A photo", "照片", "", "${floor} = 'bad'"),
            ("end_group",),
            ("begin group", "desk", "The desk", "柜台"),
            ("integer", "queue", "Waiting", "排队人数", "true()", "", ". >= 0 and . <= 50"),
            ("decimal", "heat", "Temperature", "温度", "", "", ". <= 40.5"),
            ("geopoint", "place", "Place", "位置"),
            ("dateTime", "at", "When", "时间"),
            ("end group",),
            TEXT,
        )
    )
    assert (found.problems, found.ignored) == ([], ["survey: start"])
    assert (found.code, found.edition) == ("visit", "3")
    doc = found.doc
    assert doc is not None
    assert [(one.key, one.no, one.title.zh) for one in doc.sections] == [
        ("s_hall", "1", "大堂"),
        ("s_desk", "2", "柜台"),
        ("rest2", "3", "其他"),
    ]
    floor, walls, photo = doc.sections[0].items
    assert (floor.type, floor.required, walls.type, walls.key) == (
        "single",
        True,
        "multiple",
        "walls",
    )
    assert floor.choices[1] == Choice("bad", Words("差", "Bad"), fail=False)
    assert photo.show_when == Condition(item="floor", in_=("bad",))
    queue, heat, place, at = doc.sections[1].items
    assert queue.number is not None
    assert heat.number is not None
    assert (queue.number.min, queue.number.max, queue.number.decimals) == ("0", "50", 0)
    assert (heat.number.min, heat.number.max, heat.number.decimals) == ("-999999999", "40.5", 4)
    assert (place.type, at.type, at.no) == ("location", "datetime", "2.4")
    assert {(one.where, one.field) for one in faults(doc)} == {
        ("doc", "title"),
        ("queue", "number"),
        ("heat", "number"),
    }


def test_a_question_that_chooses_from_a_file_chooses_from_the_code_list_of_that_name() -> None:
    one = ("select_one_from_file channel.csv", "how", "How", "渠道")
    several = ("select_multiple_from_file channel.csv", "all", "All", "全部")
    found = read(form(one, several))
    assert found.problems == []
    assert found.doc is not None
    how, every = found.doc.sections[0].items
    assert (how.type, every.type, how.code_list) == ("single", "multiple", "channel")
    assert [choice.key for choice in how.choices] == ["a", "c_1"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("begin_repeat", "r", "R", "重复"), TEXT, ("end_repeat",)],
            [(2, "type", "cell_question_type"), (4, "type", "cell_question_type")],
        ),
        ([("audio", "sound", "Sound", "录音")], [(2, "type", "cell_question_type")]),
        ([TEXT, ("note", "n", "Read this", "请读")], [(3, "type", "cell_question_type")]),
        (
            [TEXT, ("select_one_from_file towns.csv", "town", "Town", "城镇")],
            [(3, "type", "cell_code_list_unknown")],
        ),
        ([TEXT, ("barcode", "b", "Code", "条码")], [(3, "type", "cell_question_type")]),
        (
            [
                ("begin_group", "a", "A", "甲"),
                ("begin_group", "b", "B", "乙"),
                TEXT,
                ("end_group",),
                ("end_group",),
            ],
            [(3, "type", "cell_group_deep")],
        ),
        (
            [STATE, ("text", "why", "Why", "原因", "", "string-length(${floor}) > 2")],
            [(3, "relevant", "cell_expression")],
        ),
        (
            [("integer", "n", "N", "数", "", "", ". > 3 or . < 1")],
            [(2, "constraint", "cell_expression")],
        ),
        (
            [("text", "t", "T", "字", "", "", "regex(., '[a-z]+')")],
            [(2, "constraint", "cell_expression")],
        ),
    ],
)
def test_what_has_no_place_is_told_by_row_and_nothing_is_taken(
    rows: Rows, expected: list[tuple[int, str, str]]
) -> None:
    found = read(form(*rows))
    assert (told(found), found.doc) == (expected, None)


def test_a_calculation_beside_a_question_would_be_lost_and_is_told() -> None:
    head = ("type", "name", "label", "calculation", "default")
    found = read(form(("calculate", "sum", "", "1 + 1"), ("text", "a", "甲", "", "x"), head=head))
    assert told(found) == [(2, "type", "cell_question_type"), (3, "default", "cell_not_carried")]


def test_one_language_stands_where_it_belongs_and_others_are_named() -> None:
    head = ("type", "name", "label", "label::Français (fr)")
    found = read(form(("text", "a", "门口", "La porte"), head=head))
    assert found.doc is not None
    assert found.doc.sections[0].items[0].text == Words("门口", "")
    assert "survey: label::Français (fr)" in found.ignored


@pytest.mark.parametrize(
    "rows",
    [
        [("select_one nowhere", "a", "A", "甲")],
        [("text", "a", "A", "甲"), ("text", "a", "B", "乙")],
        [("begin_group", "g", "G", "组"), TEXT],
        [("text", "has space", "A", "甲")],
    ],
)
def test_what_is_no_form_is_refused_in_the_words_of_the_reader(rows: Rows) -> None:
    with pytest.raises(Problem) as caught:
        read(form(*rows))
    assert caught.value.code == "xlsform_unsound"
    assert caught.value.facts["said"]


def test_a_number_of_an_identity_card_in_a_label_is_told() -> None:
    found = read(form(("text", "a", "11010519491231002X", "甲")))
    assert told(found) == [(2, "label", "cell_number_in_form")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selected(${a}, 'x')", Condition(item="a", in_=("x",))),
        (
            "${a} = 'x' or (${b}='y' and selected( ${c} ,\"z\"))",
            Condition(
                any_=(
                    Condition(item="a", in_=("x",)),
                    Condition(
                        all_=(Condition(item="b", in_=("y",)), Condition(item="c", in_=("z",)))
                    ),
                )
            ),
        ),
    ],
)
def test_an_expression_reads_as_it_was_meant(text: str, expected: Condition) -> None:
    assert xpath.condition(text, str, str) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "${a}",
        "${a} != 'x'",
        "not(${a} = 'x')",
        "${a} = 3",
        "'x' = ${a}",
        "(" * 200,
        "${a} = 'x' )",
    ],
)
def test_an_expression_that_says_something_else_is_not_guessed_at(text: str) -> None:
    with pytest.raises(Unreadable):
        xpath.condition(text, str, str)


async def test_a_child_reads_it_and_another_file_hurts_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workshop = Workshop(reading_seconds=300)
    found = await workshop.read_form(form(TEXT))
    assert [row.cells["name"] for row in found.survey] == ["remark"]
    with pytest.raises(Problem) as caught:
        await workshop.read_form(b"PK\x03\x04 no zip")
    assert caught.value.code == "table_unreadable"
    monkeypatch.setattr("backend.foundation.documents.workshop.find_spec", lambda name: None)
    with pytest.raises(Problem) as caught:
        await workshop.read_form(form(TEXT))
    assert caught.value.code == "xlsform_missing"
