"""Which cells of a workbook were computed: what the reader of values does not tell. Pure.

The parts are looked through as text, because nothing more is asked of them than where a formula
stands; a reader of XML would have to be guarded against what it might do on the way.
"""

import html
import io
import re
import zipfile

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# The formula is the first thing inside its cell (ECMA-376, 18.3.1.4).
_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def formulas_in(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """By the name of the tab, rows and columns from 0. The file was checked to be a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = set(parts.namelist())
        if "xl/_rels/workbook.xml.rels" not in names:
            return {}
        targets = {
            found.get("Id", ""): found.get("Target", "")
            for found in _tags(_RELATION, parts.read("xl/_rels/workbook.xml.rels"))
        }
        found: dict[str, frozenset[tuple[int, int]]] = {}
        for tab in _tags(_SHEET, parts.read("xl/workbook.xml")):
            target = targets.get(next((tab[key] for key in tab if key.endswith(":id")), ""), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                found[tab.get("name", "")] = _places(parts.read(part))
    return found


def _tags(tag: re.Pattern[bytes], text: bytes) -> list[dict[str, str]]:
    return [
        {
            name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
            for name, double, single in _ATTRIBUTE.findall(one)
        }
        for one in tag.findall(text)
    ]


def _places(text: bytes) -> frozenset[tuple[int, int]]:
    found = set()
    for inside in _FORMULA.findall(text):
        attributes = {name: double or single for name, double, single in _ATTRIBUTE.findall(inside)}
        place = _PLACE.fullmatch(attributes.get(b"r", b"").decode("ascii", "replace"))
        if place is not None:
            found.add((int(place[2]) - 1, _column(place[1])))
    return frozenset(found)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
