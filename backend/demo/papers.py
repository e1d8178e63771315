"""The demo's papers: organisation, checklists, pictures. Read from files, never written."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent
TEMPLATES = ("service_quality", "self_service", "security_daily")
NOTICES = ("home_visit", "event")

_BLANK_ITEM: dict[str, Any] = {
    "hint": None,
    "type": "pass_fail",
    "points": 0,
    "veto": False,
    "required": True,
    "deductions": [],
    "choices": [],
    "number": None,
    "show_when": None,
    "demand": [],
    "reference": [],
    "clause": None,
    "camera_only": False,
}


class Paper(msgspec.Struct, frozen=True):
    """A checklist ready to be published: `doc` whole, reference pictures by digest."""

    code: str
    edition: str
    line: str
    rhythm: str
    doc: dict[str, Any]
    pictures: tuple[str, ...]


@cache
def read(file: Path) -> Any:
    """One JSON file, ours or a feature's."""
    return json.loads(file.read_text("utf-8"))


def organisation() -> Any:
    """The branch: units, lines, outlets, people and their posts."""
    return read(FOLDER / "organisation.json")


def notice(name: str) -> Any:
    """What a person is told before something of theirs is recorded, as a whole document."""
    return read(FOLDER / "notices" / f"{name}.json")


@cache
def picture(name: str) -> bytes:
    """One drawn picture by its name without ending."""
    return (FOLDER / "photos" / f"{name}.jpg").read_bytes()


def marked(data: bytes, words: str) -> bytes:
    """The same JPEG with a comment after its first marker: another photo of the same thing.

    Two rounds never share a file; a picture used twice would rightly look like a reused photo.
    """
    comment = words.encode("utf-8")
    segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
    return data[:2] + segment + data[2:]


def paper(name: str) -> Paper:
    """A checklist with its short items filled up and its pictures named by digest."""
    short = read(FOLDER / "templates" / f"{name}.json")
    pictures: dict[str, None] = {}
    sections = [
        {**section, "items": [_item(item, pictures) for item in section["items"]]}
        for section in short["doc"]["sections"]
    ]
    return Paper(
        code=short["code"],
        edition=short["edition"],
        line=short["line"],
        rhythm=short["rhythm"],
        doc={**short["doc"], "sections": sections},
        pictures=tuple(pictures),
    )


def _item(short: dict[str, Any], pictures: dict[str, None]) -> dict[str, Any]:
    item = {**_BLANK_ITEM, **short}
    item["hint"] = short.get("hint")
    names = [name.removesuffix(".jpg") for name in item["reference"]]
    pictures.update(dict.fromkeys(names))
    item["reference"] = [hashlib.sha256(picture(name)).hexdigest() for name in names]
    return item
