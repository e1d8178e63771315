"""Tables that leave the house: columns, cells, and the lines of a CSV file. Pure.

A cell that a spreadsheet would take for a formula stays text (CWE-1236). In a workbook that needs
nothing but a typed cell. In CSV there are no types, so a tab goes before such a text, inside the
quotes: Excel and LibreOffice show the text unchanged and compute nothing, and our own import takes
the tab away again. An apostrophe, which others use, is shown to the reader. The same tab keeps
0012 and long numbers from being read as numbers, which would lose digits without a word.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

import msgspec

from backend.foundation.documents.links import record_url
from backend.foundation.kernel.clock import ZONE

Kind = Literal["text", "integer", "number", "date", "moment", "link"]
Wired = str | int | float | None | list[str]

_BOM = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the code page of the machine
_STARTS = frozenset("=+-@\t\r\n")
_DIGITS = re.compile(r"0\d+|\d{12,}")
_LINES_AT_ONCE = 200


class Column(msgspec.Struct, frozen=True):
    """One column: its headings, the kind of its cells, its width in characters.

    Cells by kind: text str; integer int; number int or float; date a date or ISO text; moment an
    aware datetime, shown in China's time; link a Link, `opens` being the console's path before
    the id ("/findings"). None is an empty cell everywhere.
    """

    zh: str
    en: str
    kind: Kind = "text"
    width: int = 16
    opens: str = ""

    def heading(self, tongue: str) -> str:
        return self.zh if tongue == "zh" else self.en


class Link(NamedTuple):
    """A record of the console, and the words that stand for it."""

    id: str
    text: str


def wired(columns: Sequence[Column], row: Sequence[Any], origin: str = "") -> list[Wired]:
    """The row in values that every writer understands: dates as ISO text, links as [URL, text].

    Raises TypeError or ValueError for a cell that its column cannot hold: a mistake of ours.
    """
    if len(row) != len(columns):
        raise ValueError(f"{len(row)} cells for {len(columns)} columns")
    return [_wired(column, cell, origin) for column, cell in zip(columns, row, strict=True)]


def _wired(column: Column, cell: Any, origin: str) -> Wired:
    if cell is None:
        return None
    if column.kind == "moment" and isinstance(cell, datetime):
        if cell.tzinfo is None:
            raise ValueError(f"{column.en}: a moment needs a time zone")
        return cell.astimezone(ZONE).replace(tzinfo=None).isoformat(" ", "seconds")
    if column.kind == "date" and not isinstance(cell, datetime):
        return date.fromisoformat(str(cell)).isoformat()
    if column.kind == "link" and isinstance(cell, Link):
        return [record_url(origin, column.opens, cell.id), clean(cell.text)]
    if column.kind == "text" and isinstance(cell, str):
        return clean(cell)
    if type(cell) is int and column.kind in ("integer", "number"):
        return cell
    if type(cell) is float and column.kind == "number":
        return cell
    raise TypeError(f"{column.en} holds a {column.kind}, not {type(cell).__name__}")


def clean(text: str) -> str:
    """The text without what no spreadsheet can hold: half characters (lone surrogates)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def looks_like_formula(text: str) -> bool:
    """Whether some spreadsheet would compute this text, or a reader in a hurry might make it so.

    Full-width signs count, because Excel in a Chinese setting narrows them; so does what stands
    behind spaces and characters without width, because importers trim.
    """
    if text[:1] in _STARTS:
        return bool(text)
    for character in text:
        if character.isspace() or unicodedata.category(character) in ("Cf", "Cc"):
            continue
        return unicodedata.normalize("NFKC", character)[:1] in _STARTS
    return False


def csv_lines(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, tongue: str, origin: str = ""
) -> Iterator[bytes]:
    """The table as CSV in UTF-8 with a byte-order mark, in portions of whole lines.

    Texts are quoted, numbers are bare. A link fills two columns, its words and its address.
    Raises what `wired` raises.
    """
    portion: list[Sequence[Any]] = []
    yield csv_head(columns, tongue=tongue)
    for row in rows:
        portion.append(row)
        if len(portion) == _LINES_AT_ONCE:
            yield csv_rows(columns, portion, origin=origin)
            portion.clear()
    if portion:
        yield csv_rows(columns, portion, origin=origin)


def csv_head(columns: Sequence[Column], *, tongue: str) -> bytes:
    """How the file begins: the byte-order mark and the line of headings."""
    return _BOM + _lines([list(_headings(columns, tongue))])


def csv_rows(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, origin: str = ""
) -> bytes:
    """These rows as lines. Raises what `wired` raises."""
    return _lines(list(_flat(columns, wired(columns, row, origin))) for row in rows)


def _lines(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _headings(columns: Sequence[Column], tongue: str) -> Iterator[str]:
    for column in columns:
        heading = column.heading(tongue)
        yield _guarded(heading)
        if column.kind == "link":
            yield _guarded(f"{heading}（链接）" if tongue == "zh" else f"{heading} (link)")


def _flat(columns: Sequence[Column], row: list[Wired]) -> Iterator[str | int | float]:
    for column, cell in zip(columns, row, strict=True):
        if column.kind == "link":
            url, words = cell if isinstance(cell, list) else ("", "")
            yield _guarded(words)
            yield url
        elif isinstance(cell, str):
            yield _guarded(cell) if column.kind == "text" else cell
        else:
            assert not isinstance(cell, list)
            yield "" if cell is None else cell


def _guarded(text: str) -> str:
    return f"\t{text}" if looks_like_formula(text) or _DIGITS.fullmatch(text) else text
