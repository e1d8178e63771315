"""A checklist goes into a workbook and comes back the same; what cannot be read is told by cell."""

import hashlib
import io
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.foundation.checklists.soundness import faults
from backend.foundation.checklists.template import (
    Choice,
    Clause,
    Condition,
    Deduction,
    Demand,
    Item,
    Number,
    Section,
    TemplateDoc,
    Words,
)
from backend.foundation.checklists.workbook import clauses, spoken
from backend.foundation.checklists.workbook.reading import ReadPaper, read_paper
from backend.foundation.checklists.workbook.sheets import SHEETS
from backend.foundation.checklists.workbook.writing import tabs_of
from backend.foundation.documents.children.binder import bind
from backend.foundation.documents.children.reading import opened
from backend.foundation.documents.children.tabs import opened_tabs
from backend.foundation.documents.orders import BinderOrder, Tongue
from backend.foundation.kernel.problem import Problem
from tests.foundation.checklists import sheets
from tests.foundation.checklists.test_code_lists import A, asking, listed

HEAD = {"code": "SQ", "edition": "2027.1", "line": "service", "rhythm": "monthly"}
MADE_AT = 1_800_000_000
TODAY = date(2026, 11, 24)
LISTS = {"channel": listed("A", "1")}

_line = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")) | st.just(" "),
    min_size=1,
    max_size=12,
).map(lambda text: unicodedata.normalize("NFC", " ".join(text.split(" "))).strip())
_text = (
    st.lists(_line, min_size=1, max_size=3)
    .map("\n".join)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(bool)
)
_words = st.builds(Words, _text, _text)
_tenths = st.integers(0, 10_000)
_key = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_conditions = st.recursive(
    st.builds(
        lambda item, taken: Condition(item=item, in_=tuple(taken)),
        _key.filter(lambda key: key not in ("all", "any")),
        st.lists(
            st.sampled_from(["pass", "fail", "na", "answered", "dust"]), min_size=1, max_size=3
        ),
    ),
    lambda parts: st.builds(
        lambda every, inside: (
            Condition(all_=tuple(inside)) if every else Condition(any_=tuple(inside))
        ),
        st.booleans(),
        st.lists(parts, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
_clause = st.builds(
    Clause,
    standard=_line.filter(bool),
    no=_line.filter(bool),
    kind=st.sampled_from(["hard", "soft"]),
    edition=st.none() | _key,
    text=st.none() | _words,
    points=st.none() | _tenths,
)
_digest = st.integers(0, 99).map(lambda n: hashlib.sha256(str(n).encode()).hexdigest())


def _unique(values: Any, by: Callable[[Any], str], most: int) -> Any:
    return st.lists(values, max_size=most, unique_by=by).map(tuple)


def _chosen(item: Item) -> Item:
    """An item that names a list and has no choices gets the list's, and does not come back so."""
    return item if item.choices else msgspec.structs.replace(item, code_list=None)


@st.composite
def documents(draw: Any) -> TemplateDoc:
    """Any checklist that can be written down, sound or not; keys and numbers are its own."""
    keys = draw(st.lists(_key, min_size=1, max_size=6, unique=True))
    items = [
        draw(
            st.builds(
                Item,
                key=st.just(key),
                no=st.just(f"{place}.{place}"),
                text=_words,
                hint=st.none() | _words,
                type=st.sampled_from(["pass_fail", "score", "number", "single", "photo"]),
                points=_tenths,
                veto=st.booleans(),
                required=st.booleans(),
                deductions=_unique(
                    st.builds(Deduction, _key, _words, _tenths), lambda one: one.code, 2
                ),
                choices=_unique(
                    st.builds(Choice, _key, _words, st.booleans()), lambda one: one.key, 2
                ),
                number=st.none()
                | st.builds(Number, st.just("0"), st.just("9.50"), _words, st.integers(0, 4)),
                show_when=st.none() | _conditions,
                demand=st.lists(
                    st.builds(
                        Demand,
                        st.lists(_key, min_size=1, max_size=2).map(tuple),
                        st.integers(0, 20),
                        st.booleans(),
                    ),
                    max_size=2,
                ).map(tuple),
                reference=st.lists(_digest, max_size=2).map(tuple),
                clause=st.none() | _clause,
                camera_only=st.booleans(),
                code_list=st.none() | st.just("channel"),
            ).map(_chosen)
        )
        for place, key in enumerate(keys, start=1)
    ]
    cut = draw(st.integers(0, len(items)))
    parts = [(f"p{n}", tuple(part)) for n, part in enumerate((items[:cut], items[cut:]))]
    return TemplateDoc(
        title=draw(_words),
        sections=tuple(Section(key, key[1:], draw(_words), part) for key, part in parts),
        persons=draw(st.booleans()),
        assessment=draw(st.none() | st.just("PIA-2026-03")),
    )


def written(doc: TemplateDoc | None, tongue: Tongue = "zh") -> bytes:
    """The workbook's bytes, by the child's own code."""
    order = BinderOrder(tuple(tabs_of(HEAD, doc, tongue)), "检查表", tongue, MADE_AT)
    body = msgspec.msgpack.encode(order)
    made = io.BytesIO()
    bind(io.BytesIO(len(body).to_bytes(4, "big") + body + bytes(4)), made)
    return made.getvalue()


def read(data: bytes) -> ReadPaper:
    return read_paper(opened_tabs(data, SHEETS), LISTS, TODAY)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(doc=documents(), tongue=st.sampled_from(["zh", "en"]))
def test_what_was_written_comes_back_the_same(doc: TemplateDoc, tongue: Tongue) -> None:
    found = read(written(doc, tongue))
    assert found.problems == []
    assert (found.doc, found.ignored) == (doc, [])
    assert (found.code, found.edition, found.line, found.rhythm) == tuple(HEAD.values())


@given(condition=_conditions, tongue=st.sampled_from(["zh", "en"]))
def test_a_condition_reads_as_it_was_written(condition: Condition, tongue: str) -> None:
    text = spoken.condition_text(condition, tongue)
    assert spoken.condition(text, lambda name: name) == condition


@pytest.mark.parametrize(
    "text",
    ["", "=", "a", "a =", "a = b)", "all(a = b", "all()", "a b = c = d", "(" * 400, "all(" * 99],
)
def test_what_is_no_condition_is_not_guessed_at(text: str) -> None:
    with pytest.raises(spoken.Unreadable):
        spoken.condition(text, lambda name: name)


@pytest.mark.parametrize("text", ["a", "-1", "1000.1", "0.25", "NaN", "Infinity", "1e9"])
def test_what_are_no_points_is_told(text: str) -> None:
    with pytest.raises(spoken.Unreadable):
        spoken.tenths(text)


def edited(change: Callable[[Any], None]) -> bytes:
    """A workbook as a secretary hands it in, after something was done to it."""
    book = openpyxl.load_workbook(io.BytesIO(written(PLAIN)))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


SHORT = [
    {"key": "door", "points": 40},
    {
        "key": "floor",
        "type": "score",
        "points": 20,
        "deductions": [{"code": "dust", "text": {"zh": "灰", "en": "dust"}, "points": 5}],
        "show_when": {"item": "door", "in": ["pass"]},
        "demand": [{"when": ["fail"], "photos": 1, "note": True}],
    },
]
PLAIN = msgspec.convert(sheets.plain_template(SHORT), TemplateDoc)


def place_of(book: Any, tab: str, heading: str, row: int) -> Any:
    sheet = book[tab]
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    return sheet.cell(row=row, column=column)


def test_a_secretary_fills_in_the_least_and_the_editor_tells_the_rest() -> None:
    """No keys, no English, numbers as Excel keeps them, items named by number."""

    def fill(book: Any) -> None:
        book["检查表"].append([None, None, None, None, "每日巡查"])
        book["模块"].append([None, 1, "大堂"])
        for no, text, kind in ((1.1, "门口无障碍", None), (1.2, "便民箱", "评分")):
            book["检查项"].append([1, no, text, None, kind, 2.5])
        place_of(book, "检查项", "显示条件", 3).value = "1.1＝合格、不合格"
        book["选项与扣分"].append([1.2, "扣分原因", "缺药品", None, 0.5])
        book["佐证要求"].append(["1.1", "不合格", 1, "是"])

    book = openpyxl.load_workbook(io.BytesIO(written(None)))
    fill(book)
    made = io.BytesIO()
    book.save(made)
    found = read(made.getvalue())
    assert found.problems == []
    assert found.doc is not None
    first, second = found.doc.sections[0].items
    assert (first.key, first.no, first.points, first.type) == ("i_1_1", "1.1", 25, "pass_fail")
    assert first.demand == (Demand(("fail",), 1, note=True),)
    assert second.show_when == Condition(item="i_1_1", in_=("pass", "fail"))
    assert second.deductions == (Deduction("d1", Words("缺药品", ""), 5),)
    assert {fault.code for fault in faults(found.doc)} == {"words_missing"}


@pytest.mark.parametrize(
    ("tab", "heading", "row", "value", "told"),
    [
        ("检查项", "模块", 2, "9", ("检查项", 2, "section", "cell_not_in_tab")),
        ("检查项", "类型", 2, "画图", ("检查项", 2, "type", "cell_not_choice")),
        ("检查项", "分值", 3, "很多", ("检查项", 3, "points", "cell_not_points")),
        ("检查项", "显示条件", 3, "door 合格", ("检查项", 3, "show_when", "cell_not_condition")),
        ("检查项", "中文", 3, None, ("检查项", 3, "text_zh", "cell_empty")),
        ("检查项", "标识", 3, "door", ("检查项", 3, "key", "cell_key_doubled")),
        ("检查项", "序号", 3, "1.1", ("检查项", 3, "no", "cell_key_doubled")),
        ("检查项", "分值", 2, "=1+1", ("检查项", 2, "points", "cell_formula")),
        ("选项与扣分", "检查项", 2, "roof", ("选项与扣分", 2, "item", "cell_not_in_tab")),
        ("佐证要求", "照片张数", 2, 99, ("佐证要求", 2, "photos", "cell_out_of_range")),
        (
            "检查项",
            "中文",
            2,
            "11010519491231002X",
            ("检查项", 2, "text_zh", "cell_personal_number"),
        ),
    ],
)
def test_a_bad_cell_is_told_by_tab_row_and_column(
    tab: str, heading: str, row: int, value: Any, told: tuple[str, int, str, str]
) -> None:
    def spoil(book: Any) -> None:
        place_of(book, tab, heading, row).value = value

    found = read(edited(spoil))
    assert found.doc is None
    assert told in [(one.tab, one.row, one.column, one.code) for one in found.problems]


def test_an_item_that_names_a_code_list_gets_its_choices_or_keeps_its_own() -> None:
    """By key or by name; a name that nobody has is told, and choices that are there stay."""

    def named(name: str) -> Callable[[Any], None]:
        def fill(book: Any) -> None:
            place_of(book, "检查项", "选项代码表", 2).value = name
            place_of(book, "检查项", "类型", 2).value = "单选"

        return fill

    for name in ("channel", "渠道", " Channel "):
        doc = read(edited(named(name))).doc
        assert doc is not None
        item = doc.sections[0].items[0]
        assert (item.code_list, [one.key for one in item.choices]) == ("channel", ["a", "c_1"])
    (told,) = read(edited(named("towns"))).problems
    assert (told.row, told.column, told.code) == (2, "code_list", "cell_code_list_unknown")
    older = msgspec.convert(asking(A), TemplateDoc)
    assert read(written(older)).doc == older


def test_merged_cells_and_a_second_checklist_are_told() -> None:
    def spoil(book: Any) -> None:
        book["检查项"].merge_cells("A2:A3")
        book["检查表"].append(["B", "1", "service", "每日", "另一张"])

    codes = {(one.tab, one.code) for one in read(edited(spoil)).problems}
    assert codes == {("检查项", "cell_merged"), ("检查表", "cell_second_checklist")}


def _without_tab(book: Any) -> None:
    del book["模块"]


def _without_heading(book: Any) -> None:
    place_of(book, "检查项", "中文", 1).value = "别的"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(_without_tab, "tab_missing"), (_without_heading, "heading_missing")],
)
def test_a_workbook_of_another_shape_is_refused_as_a_whole(spoil: Any, code: str) -> None:
    with pytest.raises(Problem) as caught:
        read(edited(spoil))
    assert caught.value.code == code


def test_a_text_table_cannot_hold_five_tabs() -> None:
    with pytest.raises(Problem) as caught:
        read("检查项,序号\n门,1\n".encode())
    assert caught.value.code == "tabs_only_in_workbooks"


def test_clauses_of_a_standard_are_read_row_by_row() -> None:
    rows = ("3.1,硬件,有坡道,A ramp,2.5", "3.2,,微笑,Smile,many", "3.1,,双,Twice,")
    table = "\n".join(("条款号,类别,中文,英文,分值", *rows))
    found = clauses.read(opened(table.encode(), clauses.CLAUSES))
    assert [(one.no, one.kind, one.points) for one in found.clauses] == [("3.1", "hard", 25)]
    assert [(one.row, one.column, one.code) for one in found.problems] == [
        (3, "points", "cell_not_points"),
        (4, "no", "cell_doubled"),
    ]
