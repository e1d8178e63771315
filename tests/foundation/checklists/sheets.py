"""Reads the case files: short items are filled up with `blank`, short answers become registers."""

import copy
import json
from pathlib import Path
from typing import Any

import msgspec

from backend.foundation.checklists.sheet import MAIN, Answer, Finding, Sheet, Shot
from backend.foundation.checklists.template import Item, TemplateDoc

CASES = Path(__file__).parent / "cases"
_SHORT = json.loads((CASES / "templates.json").read_text("utf-8"))
_WORDS = {"zh": "检查表", "en": "Checklist"}
_AT = "2026-05-04T09:12:33.120Z"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))["cases"]


def item(short: dict[str, Any], position: int = 1) -> Item:
    """A whole item out of its short form."""
    return msgspec.convert(_whole(short, position), Item)


def template(name: str) -> TemplateDoc:
    """A template of templates.json."""
    return msgspec.convert(plain_template(_SHORT["templates"][name]), TemplateDoc)


def plain_template(short_items: list[dict[str, Any]]) -> dict[str, Any]:
    """The document as plain JSON: sections in order of first mention."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for position, short in enumerate(short_items, start=1):
        sections.setdefault(short.get("section", "all"), []).append(_whole(short, position))
    return {
        "title": dict(_WORDS),
        "sections": [
            {"key": key, "no": str(number), "title": dict(_WORDS), "items": items}
            for number, (key, items) in enumerate(sections.items(), start=1)
        ],
    }


def sheet(case: dict[str, Any]) -> Sheet:
    """The sheet that a case describes."""
    return Sheet(
        template="t",
        answers={key: _answer(value) for key, value in case["answers"].items()},
        findings={key: _finding(value) for key, value in case.get("findings", {}).items()},
        signature=case.get("signature"),
    )


def shots(case: dict[str, Any]) -> list[Shot]:
    """The photos of a case: item, finding, purpose, digest, source."""
    return [Shot(*fields) for fields in case.get("shots", [])]


def unrolled(value: Any) -> Any:
    """`{"$repeat": ["字", 3]}` stands for 字字字, so that long texts stay readable."""
    if isinstance(value, dict) and "$repeat" in value:
        text, times = value["$repeat"]
        return text * times
    return value


def _whole(short: dict[str, Any], position: int) -> dict[str, Any]:
    given = {key: value for key, value in short.items() if key != "section"}
    # Each its own: a test that changes a word must not change it for all others.
    return {**copy.deepcopy(_SHORT["blank"]), "no": f"1.{position}", **given}


def _answer(short: Any) -> Answer:
    is_long = isinstance(short, dict) and "value" in short
    value, note = (short["value"], short["note"]) if is_long else (short, "")
    return Answer(slot=MAIN, value=value, note=note, by="p", at=_AT, rev=1)


def _finding(short: dict[str, Any]) -> Finding:
    whole = {"cause": "", "measure": "", "on_spot": False, "by": "p", "at": _AT, **short}
    return msgspec.convert(whole, Finding)
