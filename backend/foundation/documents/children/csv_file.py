"""Text tables. Nothing in the file says how it is written, so what reads best is right. Pure.

Excel in China saves CSV as GB 18030 with commas, "Unicode text" as UTF-16 with tabs, others UTF-8.
Some GB 18030 is valid UTF-8 by chance and reads as other characters, so the encoding is chosen by
what it makes of the headings, and so is the separator.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from backend.foundation.documents.cells import Cell
from backend.foundation.documents.children.grid import HEAD_ROWS, Grid, head_of
from backend.foundation.documents.problems import table_unreadable
from backend.foundation.documents.sheet import Sheet

_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_GUESSES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_SEPARATORS = (",", "\t", ";", "，", "|")


def csv_grid(data: bytes, sheet: Sheet) -> Grid:
    """The table. Raises Problem when no encoding fits or the quotes do not close."""
    readings = [(text, mark) for text in _texts(data) for mark in _SEPARATORS]
    if not readings:
        raise table_unreadable()
    text, separator = max(readings, key=lambda reading: _hits(*reading, sheet))
    try:
        return Grid(list(_rows(text, separator)))
    except csv.Error:
        raise table_unreadable() from None


def _texts(data: bytes) -> list[str]:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    found = []
    for encoding in (marked,) if marked else _GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A NUL in text is the sign of a wrong guess, or of a file that is no text at all.
        if "\0" not in text:
            found.append(text)
    return found


def _hits(text: str, separator: str, sheet: Sheet) -> int:
    try:
        first = list(islice(_rows(text, separator), HEAD_ROWS))
    except csv.Error:
        return -1
    return head_of(first, sheet).hits


def _rows(text: str, separator: str) -> Iterator[Sequence[Cell]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
