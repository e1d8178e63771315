"""Tables that people bring: every row is taken or every problem of it is told."""

import re
from typing import Any

import pytest

from backend.foundation.documents.sheet import CellProblem, Field, Row, Sheet, Value
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import Problem
from tests.foundation.documents.files import (
    HEADINGS,
    ROSTER,
    SHEET_PART,
    read,
    replaced,
    rows_of,
    told,
    workbook,
)

NOTHING: dict[str, Value] = {"code": None, "phone": None, "on": None, "guests": None, "kind": None}


def refused(data: bytes, sheet: Sheet = ROSTER) -> Problem:
    with pytest.raises(Problem) as found:
        read(data, sheet)
    assert "…" not in found.value.detail + found.value.detail_zh
    return found.value


FULL = ("王芳", "A-001", "138 0013 8000", "2027-02-20", 3, "客户")
VALUES: dict[str, Value] = {
    "name": "王芳",
    "code": "A-001",
    "phone": "13800138000",
    "on": "2027-02-20",
    "guests": 3,
    "kind": "guest",
}


def test_a_workbook_gives_rows_with_the_numbers_that_excel_shows():
    found = read(rows_of(FULL, (), ("李强",)))
    assert found.rows == [Row(2, VALUES), Row(4, NOTHING | {"name": "李强"})]
    assert (found.problems, found.ignored, found.tab) == ([], [], "名单")


TEXT = "姓名,编号,手机号,日期,人数,身份\r\n王芳,A-001,138 0013 8000,2027-02-20,3,客户\r\n"


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_table_is_read_however_it_was_saved(encoding: str, separator: str):
    found = read(TEXT.replace(",", separator).encode(encoding))
    assert found.rows == [Row(2, VALUES)]


def test_text_in_gb18030_that_is_also_valid_utf_8_is_read_by_its_headings():
    """Two letters of another alphabet, which the heading is not."""
    sheet = Sheet((Field("ticket", "签票", "Ticket", required=True),))
    assert "签票".encode("gb18030").decode("utf-8") == "ǩƱ"
    found = read("签票\r\n签票\r\n".encode("gb18030"), sheet)
    assert found.rows == [Row(2, {"ticket": "签票"})]


def test_a_line_break_inside_quotes_is_no_row_of_its_own():
    found = read('姓名,备注\n"王\n芳","a,b"\n李强,\n'.encode())
    assert [(row.number, row.values["name"]) for row in found.rows] == [(2, "王 芳"), (3, "李强")]
    assert found.ignored == ["备注"]


@pytest.mark.parametrize(
    "heading",
    ["姓名", " 姓 名 ", "姓名*", "姓名（必填）", "姓名：", "NAME", "name (required)", "Ｎａｍｅ"],
)
def test_a_heading_is_known_however_it_is_dressed(heading: str):
    found = read(rows_of(("王芳",), headings=(heading,)))
    assert found.rows[0].values["name"] == "王芳"


def test_headings_may_stand_below_a_title_and_in_any_order():
    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.merge_range("A1:D1", "2027 元宵活动名单")
        tab.write_row(2, 1, ("联系电话", "备注", "姓名"))
        tab.write_row(3, 1, (13800138000, "x", "王芳"))

    found = read(workbook(fill))
    assert found.rows == [Row(4, NOTHING | {"name": "王芳", "phone": "13800138000"})]
    assert found.ignored == ["备注"]


def test_each_bad_cell_is_told_with_its_row_its_column_and_what_stands_there():
    found = read(
        rows_of(
            ("", "A 1", "12345", "20.2.2027", "三", "访客"),
            ("长" * 21, "", "", "", 51, ""),
            FULL,
        )
    )
    assert told(found) == [
        (2, "name", "cell_empty"),
        (2, "code", "cell_not_code"),
        (2, "phone", "cell_not_phone"),
        (2, "on", "cell_not_date"),
        (2, "guests", "cell_not_integer"),
        (2, "kind", "cell_not_choice"),
        (3, "name", "cell_too_long"),
        (3, "guests", "cell_out_of_range"),
    ]
    assert [row.number for row in found.rows] == [4]
    assert found.problems[3].facts == {"row": 2, "column": "日期", "value": "20.2.2027"}
    assert found.problems[5].facts["choices"] == "员工 / 客户"
    assert found.problems[5].facts["choices_en"] == "Staff / 客户"
    assert found.problems[6].facts == {"row": 3, "column": "姓名", "length": 21, "limit": 20}


def test_a_column_that_is_named_otherwise_is_told_by_that_name():
    found = read(rows_of(("王芳", "x"), headings=("Name", "联系电话")))
    assert found.problems == [
        CellProblem(2, "phone", "cell_not_phone", {"row": 2, "column": "联系电话", "value": "x"})
    ]


def test_a_number_of_an_identity_card_is_refused_and_not_repeated():
    found = read(rows_of(("王芳 11010119900307803X",), ("李强", "11010119900307803X")))
    assert told(found) == [
        (2, "name", "cell_personal_number"),
        (3, "code", "cell_personal_number"),
    ]
    assert "1101" not in str(found)


def test_a_number_that_lost_its_digits_in_excel_is_not_taken():
    """Excel kept 6222020200112230000 of a code that ended otherwise."""
    found = read(rows_of(("王芳", 1234567890123456789), ("李强", 999999999999999)))
    assert told(found) == [(2, "code", "cell_digits_lost")]
    assert found.rows[0].values["code"] == "999999999999999"


def test_a_doubled_code_names_the_row_it_was_first_in():
    found = read(rows_of(("王芳", "A-1"), ("李强", "Ａ-1"), ("赵敏",), ("孙丽",)))
    assert told(found) == [(3, "code", "cell_doubled")]
    assert found.problems[0].facts["first"] == 2
    assert [row.number for row in found.rows] == [2, 4, 5]


def test_merged_cells_are_refused_row_by_row():
    """Only the first of them holds the value: the others would come in without."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, HEADINGS)
        for number, name in enumerate(("王芳", "李强", "赵敏"), start=1):
            tab.write(number, 0, name)
        tab.merge_range("E3:E4", 5)

    found = read(workbook(fill))
    assert told(found) == [(3, "guests", "cell_merged"), (4, "guests", "cell_merged")]
    assert found.problems[0].facts["until"] == 4
    assert [row.number for row in found.rows] == [2]


def test_of_a_formula_the_saved_value_is_taken():
    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, HEADINGS)
        tab.write_formula(1, 0, '="王"&"芳"', None, "王芳")
        tab.write_formula(1, 4, "=1+1", None, 7)
        tab.write_string(2, 0, "=1+1")

    found = read(workbook(fill))
    assert [(row.values["name"], row.values["guests"]) for row in found.rows] == [
        ("王芳", 7),
        ("=1+1", None),
    ]


def test_an_error_of_the_spreadsheet_is_told_computed_or_typed():
    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, HEADINGS)
        tab.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        tab.write(1, 4, 3)
        tab.write(2, 0, "李强")
        tab.write_formula(2, 5, "=NA()", None, "#N/A")

    assert told(read(workbook(fill))) == [(2, "name", "cell_error"), (3, "kind", "cell_error")]


def without_values(part: bytes) -> bytes:
    return re.sub(rb"</f><v>0</v>", b"</f>", part)


def test_a_formula_that_was_never_computed_is_told_also_below_everything_that_was_typed():
    """A program that wrote the file computed nothing: what Excel would show is not in it."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, HEADINGS)
        tab.write(1, 0, "王芳")
        tab.write_formula(1, 3, "=TODAY()")
        tab.write_formula(5, 0, "=A2")
        tab.write_formula(7, 9, "=A2")  # in a column that nobody asked for

    found = read(replaced(workbook(fill), SHEET_PART, without_values))
    assert told(found) == [(2, "on", "cell_formula"), (6, "name", "cell_formula")]
    assert found.rows == []


def test_a_formula_that_came_to_nothing_is_an_empty_cell():
    """As of a sheet that is prepared for more rows than there are: =IF(A3="","",…)."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, HEADINGS)
        tab.write(1, 0, "王芳")
        for row in range(1, 40):
            tab.write_formula(row, 5, '=IF(B2="","","员工")', None, "")

    def as_excel_does(part: bytes) -> bytes:
        return re.sub(rb'<c (r="F[0-9]+")><f>', rb'<c \1 t="str"><f>', part)

    found = read(replaced(workbook(fill), SHEET_PART, as_excel_does))
    assert (found.problems, [row.number for row in found.rows]) == ([], [2])


def test_a_hidden_tab_is_passed_over_and_the_first_visible_one_is_read():
    def fill(book: Any) -> None:
        hidden = book.add_worksheet("去年")
        hidden.write_row(0, 0, HEADINGS)
        hidden.write(1, 0, "旧人")
        hidden.hide()
        shown = book.add_worksheet("今年")
        shown.write_row(0, 0, HEADINGS)
        shown.write(1, 0, "王芳")
        shown.activate()
        shown.set_first_sheet()

    found = read(workbook(fill))
    assert (found.tab, [row.values["name"] for row in found.rows]) == ("今年", ["王芳"])


def test_formatted_rows_without_end_are_no_rows():
    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        form = book.add_format({"bold": True})
        tab.write_row(0, 0, HEADINGS)
        tab.write(1, 0, "王芳")
        for number in range(2, 3000):
            tab.write_blank(number, 0, None, form)
        tab.write_blank(1_048_575, 5, None, form)

    assert len((read(workbook(fill))).rows) == 1


def test_missing_headings_are_all_named():
    problem = refused(rows_of(("x",), headings=("备注",)))
    assert problem.code == "heading_missing"
    assert problem.facts == {"columns_zh": "姓名", "columns_en": "Name"}


def test_two_columns_of_one_meaning_are_refused():
    problem = refused(rows_of(("王芳",), headings=("姓名", "电话", "手机号")))
    assert problem.code == "heading_doubled"
    assert (problem.facts["first"], problem.facts["second"]) == ("电话", "手机号")


def test_headings_without_rows_are_told():
    assert (refused(rows_of(("", " ")))).code == "table_empty"


def test_the_last_row_that_is_allowed_is_taken_and_the_next_refuses_the_file():
    rows = [(f"来客{number}",) for number in range(ROSTER.rows_max)]
    assert len((read(rows_of(*rows))).rows) == 100
    problem = refused(rows_of(*rows, ("多一个",)))
    assert (problem.code, problem.facts) == ("table_too_long", {"limit": 100})


def test_more_problems_than_can_be_shown_are_cut_and_it_is_said():
    sheet = Sheet(ROSTER.fields, rows_max=limits.TABLE_ROWS_MAX)
    count = limits.TABLE_PROBLEMS_MAX
    found = read(rows_of(*(("", f"A{n}") for n in range(count))), sheet)
    assert (len(found.problems), found.is_cut) == (count, False)
    found = read(rows_of(*(("", f"A{n}") for n in range(count + 1))), sheet)
    assert (len(found.problems), found.is_cut) == (count, True)
