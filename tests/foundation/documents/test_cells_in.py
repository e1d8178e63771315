"""Cells as people write them: days, telephone and whole numbers."""

from datetime import date, datetime, time
from typing import Any

import pytest

from tests.foundation.documents.files import read, rows_of, told, workbook


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2027, 2, 20), "2027-02-20"),
        (datetime(2027, 2, 20), "2027-02-20"),
        (datetime(2027, 2, 20, 18, 30), "2027-02-20"),
        ("2027-2-20", "2027-02-20"),
        ("2027/02/20", "2027-02-20"),
        ("2027.2.20", "2027-02-20"),
        ("2027年2月20日", "2027-02-20"),
        ("２０２７年２月２０日", "2027-02-20"),
        ("2027-02-20 00:00:00", "2027-02-20"),
        (20270220, "2027-02-20"),
    ],
)
def test_a_day_is_understood(cell: Any, day: str):
    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        form = book.add_format({"num_format": "yyyy/m/d"})
        tab.write_row(0, 0, ("姓名", "日期"))
        tab.write(1, 0, "王芳")
        if isinstance(cell, date):
            tab.write_datetime(1, 1, cell, form)
        else:
            tab.write(1, 1, cell)

    assert (read(workbook(fill))).rows[0].values["on"] == day


@pytest.mark.parametrize(
    "cell", ["2/3/2027", "27-02-20", "2027-02-30", "2027-13-01", "1899-01-01", 46290, "明天"]
)
def test_a_day_that_could_be_another_one_is_refused(cell: Any):
    found = read(rows_of(("王芳", cell), headings=("姓名", "日期")))
    assert told(found) == [(2, "on", "cell_not_date")]


def test_a_time_of_day_is_no_date():
    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, ("姓名", "日期"))
        tab.write(1, 0, "王芳")
        tab.write_datetime(1, 1, time(8, 30), book.add_format({"num_format": "h:mm"}))

    assert told(read(workbook(fill))) == [(2, "on", "cell_not_date")]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (13800138000, "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("010-62345678", "010-62345678"),
        ("(0571) 8765 4321", "0571-87654321"),
        ("057187654321", "0571-87654321"),
        ("+86 10 62345678", "010-62345678"),
        (1062345678, "010-62345678"),
        ("010-62345678-801", "010-62345678"),
        ("400-810-1234", "4008101234"),
        ("95588", "95588"),
    ],
)
def test_a_phone_number_is_understood(cell: Any, phone: str):
    found = read(rows_of(("王芳", cell), headings=("姓名", "电话")))
    assert found.problems == []
    assert found.rows[0].values["phone"] == phone


@pytest.mark.parametrize(
    "cell", ["1380013800", "138001380000", "12800138000", "张三", "+1 212 555"]
)
def test_what_is_no_phone_number_is_refused(cell: Any):
    found = read(rows_of(("王芳", cell), headings=("姓名", "电话")))
    assert told(found) == [(2, "phone", "cell_not_phone")]


@pytest.mark.parametrize(
    ("cell", "number"), [("３", 3), ("12.0", 12), ("+5", 5), (50, 50), ("0", 0)]
)
def test_a_whole_number_is_understood(cell: Any, number: int):
    found = read(rows_of(("王芳", cell), headings=("姓名", "人数")))
    assert found.rows[0].values["guests"] == number


@pytest.mark.parametrize("cell", ["1.5", 1.5, "1,2", "5人", True, "٣x"])
def test_what_is_no_whole_number_is_refused(cell: Any):
    found = read(rows_of(("王芳", cell), headings=("姓名", "人数")))
    assert told(found) == [(2, "guests", "cell_not_integer")]
