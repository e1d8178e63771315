"""Writes one workbook: `python -m backend.foundation.documents.children.workbook`.

Row by row in constant memory. Every cell is written as what it is, never guessed at: a text that
begins with = stays that text, also after somebody edits the cell (`quote_prefix`).
"""

from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from backend.foundation.documents.children.serving import portion, portions, serve
from backend.foundation.documents.orders import BookOrder, Rows
from backend.foundation.documents.tables import Wired, looks_like_formula
from backend.foundation.kernel import limits

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 300
ANSWER_BYTES = 512 << 20
LINKS_MAX = 65_530  # Excel's own; beyond it the words stand without an address
_TAB_NAME_MAX = 31
_BANNED_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_book(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order and its rows, one workbook."""
    order = msgspec.msgpack.decode(portion(asked), type=BookOrder)
    book = new_book(answer, order.title, order.made_at)
    writer = Writer(book, order)
    decoder = msgspec.msgpack.Decoder(Rows)
    for body in portions(asked):
        for row in decoder.decode(body):
            writer.write(row)
    writer.finish()
    book.close()


def new_book(answer: BinaryIO, title: str, made_at: int) -> xlsxwriter.Workbook:
    """An empty workbook that guesses at nothing."""
    book = xlsxwriter.Workbook(
        answer,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title, "created": datetime.fromtimestamp(made_at, UTC)})
    return book


class Writer:
    """One tab of a workbook, written downwards."""

    def __init__(self, book: xlsxwriter.Workbook, order: BookOrder) -> None:
        self._columns = order.columns
        self._row = 0
        self._links = 0
        self._tab: Worksheet = book.add_worksheet(_tab_name(order.title))
        self._quoted = book.add_format({"quote_prefix": True})
        self._link = book.add_format({"font_color": "#0B57D0", "underline": 1})
        self._dates: dict[str, Format] = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for place, column in enumerate(order.columns):
            self._tab.set_column(place, place, column.width)
            self._tab.write_string(0, place, column.heading(order.tongue), heading)
        self._tab.freeze_panes(1, 0)

    def write(self, row: list[Wired]) -> None:
        self._row += 1
        for place, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
            if cell is not None:
                self._cell(place, column.kind, cell)

    def finish(self) -> None:
        self._tab.autofilter(0, 0, self._row, max(len(self._columns) - 1, 0))

    def _cell(self, place: int, kind: str, cell: Any) -> None:
        if kind == "link":
            self._linked(place, *cell)
        elif kind == "text":
            self._text(place, cell)
        elif kind in self._dates:
            at = datetime.fromisoformat(cell)
            # Excel counts from 1900; what lies before has no number there.
            if at.year < 1900:
                self._text(place, cell)
            else:
                self._tab.write_datetime(self._row, place, at, self._dates[kind])
        else:
            self._tab.write_number(self._row, place, cell)

    def _text(self, place: int, text: str) -> None:
        if len(text) > limits.EXPORT_TEXT_MAX:
            text = text[: limits.EXPORT_TEXT_MAX - 1] + "…"
        form = self._quoted if looks_like_formula(text) else None
        self._tab.write_string(self._row, place, text, form)

    def _linked(self, place: int, url: str, text: str) -> None:
        self._links += 1
        if self._links > LINKS_MAX:
            self._text(place, text)
        else:
            self._tab.write_url(self._row, place, url, self._link, text[: limits.EXPORT_TEXT_MAX])


def _tab_name(title: str) -> str:
    name = title.translate(_BANNED_IN_NAMES).strip("' ")[:_TAB_NAME_MAX].strip("' ")
    # Excel keeps this one name for itself.
    return name if name and name.casefold() != "history" else "Sheet1"


if __name__ == "__main__":
    serve(write_book, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, answer_bytes=ANSWER_BYTES)
