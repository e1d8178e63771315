"""A one-page report with four photos, as a feature would write it; tests and the bench share it."""

from pathlib import Path
from typing import Any

from backend.foundation.documents.links import record_url
from tests.kit.clock import MORNING

TEMPLATE = "tests.foundation.documents:report.typ"
PHOTOS = Path("backend/demo/photos")
NAMES = ("floor_dry", "lamps_lit", "ramp_clear", "shelf_full")


def photos() -> dict[str, bytes]:
    """Four small photographs by name."""
    folder = Path(__file__).parents[3] / PHOTOS
    return {name: (folder / f"{name}.jpg").read_bytes() for name in NAMES}


def data(**other: Any) -> dict[str, Any]:
    """An evening of lanterns at a branch, with anything replaced."""
    return {
        "title": "元宵灯谜会",
        "subtitle": "2027-02-20 · 城东支行营业厅",
        "outlet": "城东支行营业厅",
        "guests": 200,
        "url": record_url("https://bank.example", "/events", "0192f0c1"),
        "topics": [
            {"name": "防范电信网络诈骗", "people": 120},
            {"name": "人民币防伪", "people": 80},
        ],
        "text": "来客最关心养老金代领。",
        "photos": [{"name": name, "words": f"照片 {name}"} for name in NAMES],
    } | other


MADE_AT = MORNING
