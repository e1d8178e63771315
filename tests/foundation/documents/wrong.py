"""Files that went wrong in the hands of whoever brings them: the same ways for every import."""

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import openpyxl

from backend.foundation.documents.children.reading import opened
from backend.foundation.documents.children.tabs import opened_tabs
from backend.foundation.documents.children.xlsform import opened_form
from backend.foundation.documents.orders import FormRead
from backend.foundation.documents.sheet import Imported, Sheet
from backend.foundation.documents.workshop import Workshop
from tests.foundation.documents import files
from tests.foundation.documents.files import SHEET_PART, rows_of

MANY = 50_000
Wrong = dict[str, tuple[bytes, str]]


class Listed(NamedTuple):
    """A list: its headings, and a row that is right, the n-th."""

    headings: tuple[str, ...]
    row: Callable[[int], Sequence[Any]]


class AtOnce(Workshop):
    """Opens files in this very process: what the child is for is tested where it is."""

    async def read(self, data: bytes, sheet: Sheet) -> Imported:
        return opened(data, sheet)

    async def read_tabs(self, data: bytes, sheets: Sequence[Sheet]) -> list[Imported]:
        return opened_tabs(data, tuple(sheets))

    async def read_form(self, data: bytes) -> FormRead:
        return opened_form(data)


@cache
def workbooks() -> Wrong:
    """Workbooks that nobody takes, whatever was to stand in them, with the code of the refusal."""
    return {
        "a zip bomb": (files.zip_bomb(), "table_too_costly"),
        "a zip bomb whose directory lies": (files.lying_zip_bomb(), "table_unreadable"),
        "hundreds of parts": (files.with_many_parts(), "table_too_costly"),
        "macros": (files.with_macros(), "table_has_macros"),
        "the format of 1997": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table_locked"),
        "a damaged part": (files.with_a_damaged_part(), "table_unreadable"),
        "a spreadsheet of another kind": (b"PK\x03\x04" + bytes(60), "table_unreadable"),
        "six megabytes": (bytes(6 << 20), "table_too_large"),
    }


def lists(one: Listed) -> Wrong:
    """Lists of another shape, and of the workbooks those that are costly or large."""
    row, headings = one.row(1), one.headings
    lines = "\n".join([",".join(headings), *[",".join(map(str, row))] * MANY])
    costly = ("a zip bomb", "macros", "six megabytes")
    return {name: workbooks()[name] for name in costly} | {
        "other columns": (rows_of(("x", "y"), headings=("别的", "备注")), "heading_missing"),
        "a column twice": (
            rows_of((*row, row[0]), headings=(*headings, headings[0])),
            "heading_doubled",
        ),
        "no rows": (rows_of(headings=headings), "table_empty"),
        "nothing": (b"", "table_unreadable"),
        "50,000 rows": (lengthened(rows_of(row, headings=headings), row), "table_too_long"),
        "50,000 lines": (lines.encode("gb18030"), "table_too_long"),
    }


def lengthened(data: bytes, row: Sequence[Any], part: str = SHEET_PART) -> bytes:
    """The workbook with this row fifty thousand times more."""
    cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
    more = "".join(f'<row r="{n}">{cells}</row>' for n in range(1000, 1000 + MANY)).encode()
    return files.replaced(
        data, part, lambda body: body.replace(b"</sheetData>", more + b"</sheetData>", 1)
    )


# What is wrong with `spoilt`, row by row; row 6 and all that follow are right.
SPOILT = [
    (2, "cell_merged"),
    (3, "cell_merged"),
    (4, "cell_formula"),
    (5, "cell_error"),
]


def spoilt(one: Listed) -> bytes:
    """Merged in the last column, a formula without a value, an error, and a row that is right."""
    book = openpyxl.Workbook()
    tab = book.active
    assert tab is not None
    tab.append(one.headings)
    for n in range(1, 6):
        tab.append([str(cell) for cell in one.row(n)])
    last = "ABCDEFGH"[len(one.headings) - 1]
    tab.merge_cells(f"{last}2:{last}3")
    tab[f"{last}4"] = "=1+1"
    tab[f"{last}5"] = "#N/A"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def reads_whole(detail: str, detail_zh: str) -> bool:
    """Sentences in both tongues, with every fact in its place."""
    if any(mark in detail + detail_zh for mark in "…{}"):
        return False
    return detail != detail_zh and any("\u4e00" <= letter <= "\u9fff" for letter in detail_zh)
