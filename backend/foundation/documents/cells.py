"""From what stands in a cell to a value, or to what is wrong with it. Pure.

A cell is what a spreadsheet keeps: text, a number (always a float), yes or no, a date, a time.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from backend.foundation.documents import problems
from backend.foundation.documents.sheet import (
    Choice,
    Code,
    Day,
    Field,
    Integer,
    Phone,
    Text,
    Value,
)
from backend.foundation.kernel import personal_numbers

Cell = str | int | float | bool | date | datetime | time | timedelta | None

EXACT_MAX = 10**15  # Excel keeps fifteen digits
YEARS = range(1900, 2101)
_SHOWN_MAX = 40
_REST = re.compile(r"[\s\ufeff\u200b-\u200f\u2060-\u206f\x00-\x1f]+")
_DATE = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?: 0?0:00(?::00)?)?")
_DATE_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_INTEGER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?")
_CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._/-]*[0-9A-Za-z])?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?([2-8]\d{6,7})(?:(?:-|转)\d{1,6})?")
_HAN, _NO_HAN = re.compile(r".*[\u4e00-\u9fff].*"), re.compile(r"[^\u4e00-\u9fff]+")
_SERVICE = re.compile(r"[48]00\d{7}|9[56]\d{3,6}")


def value_of(field: Field, cell: Cell) -> Value:
    """The value of a cell for this field, None when it is empty.

    Raises Problem: one of the cell's kinds, still without row and column.
    """
    text = shown(cell)
    if not text:
        if field.required:
            raise problems.cell_empty()
        return None
    if isinstance(cell, float | int) and abs(cell) >= EXACT_MAX:
        raise problems.cell_digits_lost()
    if personal_numbers.find(text):
        raise problems.cell_personal_number()
    return _PARSERS[type(field.kind)](field.kind, cell, text)


def shown(cell: Cell) -> str:
    """The cell as its reader would type it: trimmed, no control characters, 12 and not 12.0."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", _REST.sub(" ", cell)).strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def plain(text: str) -> str:
    """For comparing: full-width and half-width are one, case does not matter, no spaces."""
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "")


def _text(kind: Text, cell: Cell, text: str) -> str:
    if kind.lines and isinstance(cell, str):
        text = "\n".join(_line(line) for line in cell.splitlines()).strip()
    return _within(text, kind.length_max)


def _line(line: str) -> str:
    # Spaces between words stay as they were typed; what cannot be seen goes.
    kept = "".join(c if c.isspace() or not _REST.fullmatch(c) else "" for c in line)
    return unicodedata.normalize("NFC", kept).rstrip()


def _code(kind: Code, _: Cell, text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text)
    if not _CODE.fullmatch(narrow):
        raise problems.cell_not_code(value=_shortly(text))
    return _within(narrow, kind.length_max)


def _day(_: Day, cell: Cell, text: str) -> str:
    if isinstance(cell, datetime | date):
        found = cell.date() if isinstance(cell, datetime) else cell
    else:
        found = _written_day(unicodedata.normalize("NFKC", text))
    if found is None or found.year not in YEARS:
        raise problems.cell_not_date(value=_shortly(text))
    return found.isoformat()


def _written_day(text: str) -> date | None:
    match = _DATE.fullmatch(text) or _DATE_BARE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _phone(_: Phone, __: Cell, text: str) -> str:
    narrow = re.sub(r"[\s().]", "", unicodedata.normalize("NFKC", text))
    narrow = re.sub(r"^(?:\+|00)86-?", "", narrow)
    bare = narrow.replace("-", "")
    if _MOBILE.fullmatch(bare) or _SERVICE.fullmatch(bare):
        return bare
    # Without its leading zero, a number abroad in +86 10 … style or a cell that Excel holds as a
    # number: an area code never begins with 1 followed by 3 to 9, so this cannot be a mobile.
    match = _LANDLINE.fullmatch(narrow) or _LANDLINE.fullmatch("0" + narrow)
    if match is None:
        raise problems.cell_not_phone(value=_shortly(text))
    return f"{match.group(1)}-{match.group(2)}"


def _integer(kind: Integer, _: Cell, text: str) -> int:
    narrow = unicodedata.normalize("NFKC", text)
    if not _INTEGER.fullmatch(narrow):
        raise problems.cell_not_integer(value=_shortly(text))
    number = int(narrow.replace(",", "").partition(".")[0])
    if not kind.least <= number <= kind.most:
        raise problems.cell_out_of_range(value=_shortly(text), least=kind.least, most=kind.most)
    return number


def _choice(kind: Choice, _: Cell, text: str) -> str:
    for value, words in kind.words.items():
        if plain(text) in (plain(word) for word in (value, *words)):
            return value
    raise problems.cell_not_choice(
        value=_shortly(text), choices=_first(kind, _HAN), choices_en=_first(kind, _NO_HAN)
    )


def _first(kind: Choice, tongue: re.Pattern[str]) -> str:
    """What may be written, each by its first word of this tongue."""
    return " / ".join(
        next((word for word in words if tongue.fullmatch(word)), words[0] if words else value)
        for value, words in kind.words.items()
    )


_PARSERS: dict[type, Callable[[Any, Cell, str], Value]] = {
    Text: _text,
    Code: _code,
    Day: _day,
    Phone: _phone,
    Integer: _integer,
    Choice: _choice,
}


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise problems.cell_too_long(length=len(text), limit=limit)
    return text


def _shortly(text: str) -> str:
    return text if len(text) <= _SHOWN_MAX else text[: _SHOWN_MAX - 1] + "…"
