"""Which cells of a workbook were computed, have no value though they were, or hold an error: what
the reader of values does not tell. Pure.

The parts are looked through as text, because nothing more is asked of them than where a formula
stands; a reader of XML would have to be guarded against what it might do on the way.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

Places = frozenset[tuple[int, int]]
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# The formula is the first thing inside its cell (ECMA-376, 18.3.1.4).
_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f[\s/>]")
_VALUE_OR_END = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]|</(?:\w+:)?c>")
_TEXT = re.compile(rb"""(?:^|\s)t=["']str["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c(\s(?:[^>]*\s)?t=["']e["'][^>]*)>""")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Computed:
    """Cells of a tab, by rows and columns from 0. `unsaved` are formulas that came without a
    value, as programs write them that compute nothing; an empty text is a value."""

    formulas: Places = frozenset()
    unsaved: Places = frozenset()
    errors: Places = frozenset()


def computed_in(data: bytes) -> dict[str, Computed]:
    """By the name of the tab. The file was checked to be a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = set(parts.namelist())
        if "xl/_rels/workbook.xml.rels" not in names:
            return {}
        targets = {
            found.get("Id", ""): found.get("Target", "")
            for found in _tags(_RELATION, parts.read("xl/_rels/workbook.xml.rels"))
        }
        found: dict[str, Computed] = {}
        for tab in _tags(_SHEET, parts.read("xl/workbook.xml")):
            target = targets.get(next((tab[key] for key in tab if key.endswith(":id")), ""), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                found[tab.get("name", "")] = _computed(parts.read(part))
    return found


def _tags(tag: re.Pattern[bytes], text: bytes) -> list[dict[str, str]]:
    return [
        {
            name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
            for name, double, single in _ATTRIBUTE.findall(one)
        }
        for one in tag.findall(text)
    ]


def _computed(text: bytes) -> Computed:
    formulas = list(_FORMULA.finditer(text))
    bare = [one for one in formulas if not _has_value(text, one)]
    return Computed(_places(formulas), _places(bare), _places(_ERROR.finditer(text)))


def _has_value(text: bytes, cell: re.Match[bytes]) -> bool:
    """Whether a value comes before the end of the cell; a computed text may be an empty one."""
    if _TEXT.search(cell[1]):
        return True
    next_ = _VALUE_OR_END.search(text, cell.end())
    return next_ is not None and not next_[0].startswith(b"</")


def _places(cells: Iterable[re.Match[bytes]]) -> Places:
    found = set()
    for cell in cells:
        attributes = {
            name: double or single for name, double, single in _ATTRIBUTE.findall(cell[1])
        }
        place = _PLACE.fullmatch(attributes.get(b"r", b"").decode("ascii", "replace"))
        if place is not None:
            found.add((int(place[2]) - 1, _column(place[1])))
    return frozenset(found)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
