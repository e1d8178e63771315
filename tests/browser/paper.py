"""What an inspector means to put into a round of one of the demo's papers."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PAPERS = Path(__file__).parents[2] / "backend/demo/templates"
_BEST = {"number": "12", "text": "大堂经理主动搀扶老人。", "pass_fail": "pass", "score": "full"}


@dataclass
class Finding:
    """What a fail becomes. With `after` it is put right on the spot."""

    text: str
    before: list[Path]
    after: list[Path] = field(default_factory=list)


@dataclass
class Step:
    """One item: its answer, its photos from files and from the page's own camera."""

    key: str
    type: str
    value: Any = None
    photos: list[Path] = field(default_factory=list)
    shots: int = 0
    finding: Finding | None = None
    is_found: bool = False


def all_good(paper: str) -> dict[str, Step]:
    """Every item of the paper with its best answer; the optional ones too."""
    steps = {}
    for item in _items(paper):
        value = _BEST.get(item["type"])
        if item["type"] in ("single", "multiple"):
            value = item["choices"][0]["text"]["zh"]
        steps[item["key"]] = Step(item["key"], item["type"], value)
    return steps


def _items(paper: str) -> list[dict[str, Any]]:
    doc = json.loads((_PAPERS / f"{paper}.json").read_text("utf-8"))["doc"]
    return [item for section in doc["sections"] for item in section["items"]]
