"""What a column of an XLSForm is called, and in which language it is. Pure."""

import re

from backend.foundation.checklists.template import Words

# Names of older forms, which are still about (pyxform/aliases.py has them all).
_ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "bind:relevant": "relevant",
    "bind:required": "required",
    "bind:constraint": "constraint",
    "bind:jr:constraintmsg": "constraint_message",
    "bind:jr:requiredmsg": "required_message",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
}
# The tag in brackets where there is one, else the name: French has an "en" in it as well.
_TAG = re.compile(r"\(\s*([a-z]{2,3})(?:[-_][a-z0-9]+)*\s*\)\s*$")
_ENGLISH = re.compile(r"\b(?:en|eng|english)\b|英文|英语")
_CHINESE = re.compile(r"\b(?:zh|zho|chi|cmn|chinese|mandarin)\b|中文|汉语|普通话")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def column_of(heading: str) -> str:
    """The column by its usual name; a language stays behind one colon: `label:english (en)`."""
    base, colon, rest = re.sub(r"\s*::?\s*", ":", heading.strip().lower()).partition(":")
    base = re.sub(r"\s+", "_", base)
    whole = _ALIASES.get(base, base) + colon + rest
    return _ALIASES.get(whole, whole)


def columns_of(cells: dict[str, str]) -> dict[str, str]:
    """The cells of a row by the usual names of their columns."""
    return {column_of(heading): value for heading, value in cells.items()}


def base_of(column: str) -> str:
    """The column without its language: `media:image` is media."""
    return column.partition(":")[0]


def tongue_of(heading: str) -> tuple[str, str | None]:
    """What a heading names, and its language: zh, en, empty for none named, None for others."""
    base, _, named = column_of(heading).partition(":")
    if not named:
        return base, ""
    tag = _TAG.search(named)
    language = tag[1] if tag else named.replace("_", " ")
    if _CHINESE.search(language):
        return base, "zh"
    return base, "en" if _ENGLISH.search(language) else None


def spoken_in(text: str) -> str:
    """The language of words whose column names none."""
    return "zh" if _HAN.search(text) else "en"


def said(text: str) -> Words:
    return Words(text, "") if spoken_in(text) == "zh" else Words("", text)
