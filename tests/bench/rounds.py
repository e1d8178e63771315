"""Answers and rounds as an inspector's phone makes them."""

from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.bench.caller import Caller


def templates(rows: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """Checklist documents by their id."""
    return {row[1]: row[4]["doc"] for row in rows["template"] if not row[4]["retired_at"]}


def items_of(doc: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for section in doc["sections"] for item in section["items"]]


def value_for(item: dict[str, Any]) -> Any:
    """An answer that is good and raises no demand."""
    match item["type"]:
        case "pass_fail":
            return "pass"
        case "score":
            return {"points": item["points"], "reasons": []}
        case "number":
            return (item["number"] or {}).get("min") or "0"
        case "single":
            return next(one["key"] for one in item["choices"] if not one["fail"])
        case "multiple":
            return [next(one["key"] for one in item["choices"] if not one["fail"])]
        case "text":
            return "整洁"
        case "datetime":
            return "2026-11-24T01:00:00.000Z"
        case "location":
            return {
                "lat": 39_904_200,
                "lon": 116_407_400,
                "acc": 12,
                "at": "2026-11-24T01:00:00.000Z",
            }
    return None


def answerable(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """Items with an answer of their own: photos and signatures answer by being there."""
    hidden = ("photo", "signature")
    return [item for item in items_of(doc) if item["type"] not in hidden]


def start_round(caller: Caller, template: str, outlet: str) -> str:
    """An unscheduled round of this person. Its id."""
    id = new_id()
    args = {"template": template, "outlet": outlet}
    result = caller.push([caller.asked("inspections.start", ("round", id), args)])[0]
    assert result["s"] == "applied", result
    return id


def answers(caller: Caller, round_: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One command per item."""
    return [
        caller.asked(
            "inspections.set_answer",
            ("round", round_),
            {"item": item["key"], "value": value_for(item), "note": ""},
        )
        for item in items
    ]
