"""An evening with a report of a full page, as the bench measures it."""

from pathlib import Path
from typing import Any

from backend.features.events.commands import Goals
from backend.features.events.model import (
    Contacts,
    Counts,
    Event,
    Picture,
    Question,
    Result,
    Stock,
    Sum,
)
from backend.features.events.views import report

TEMPLATE = report.TEMPLATE
NAMES = ("floor_dry", "lamps_lit", "ramp_clear", "shelf_full", "cables_tidy", "corridor_clear")
FOLDER = Path(__file__).parents[3] / "backend/demo/photos"
WORDS = "来客最关心养老金代领和转账安全，第二张签到台要离门口近一些。"


def photos() -> dict[str, bytes]:
    """Six small photographs by the digests under which the report knows them."""
    return {name: (FOLDER / f"{name}.jpg").read_bytes() for name in NAMES}


def evening(**values: Any) -> Event:
    """Riddles under lanterns, held and concluded."""
    usual: dict[str, Any] = {
        "id": "0192f0c1-0000-7000-8000-000000000001",
        "kind": "festival",
        "theme": "元宵灯谜会",
        "outlet": "riverside",
        "line": "retail",
        "place": "营业厅",
        "day": "2027-02-20",
        "until_day": None,
        "starts": "14:00",
        "ends": "17:00",
        "starts_at": "2027-02-20T06:00:00.000Z",
        "ends_at": "2027-02-20T09:00:00.000Z",
        "festival": None,
        "goals": Goals(people=150, follow_ups=10),
        "topics": ("fraud", "pension"),
        "stock": tuple(Stock(f"m{n}", f"灯笼 {n}", 50, handed=n) for n in range(6)),
        "budget": "1200 元",
        "minor_safe": True,
        "staff": ("wang_fang", "xiao_chen"),
        "planned_by": "wang_fang",
        "made_at": "2027-01-20T06:00:00.000Z",
        "state": "closed",
        "approved_by": "chen_jie",
        "counts": Counts(persons=195, guests=190, staff=5, walk_ins=40, sightings=230, late=3),
        "sums": (Sum("tally", "visitors", "a", 31), Sum("tally", "children", "b", 12)),
        "photos": tuple(Picture(name, name, "wang_fang", "nobody") for name in NAMES),
        "questions": tuple(
            Question(str(n), WORDS, "fraud", "wang_fang", "2027-02-20T07:00:00.000Z")
            for n in range(5)
        ),
        "contacts": Contacts(asked=8, reached=3),
        "result": Result(
            by="wang_fang",
            at="2027-02-20T10:00:00.000Z",
            cost="820 元",
            lessons=WORDS * 8,
            topics=("fraud", "pension"),
            photos=NAMES,
        ),
    }
    return Event(**usual | values)


def told() -> dict[str, Any]:
    """What its report says."""
    names = {"wang_fang": "王芳", "xiao_chen": "小陈", "chen_jie": "陈洁"}
    return report.told(evening(), names, "滨江支行", "https://bank.example", "zh")
