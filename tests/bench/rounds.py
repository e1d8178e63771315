"""Answers and rounds as an inspector's phone makes them."""

from typing import Any

from backend.foundation.kernel import canonical
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.limits import BATCH_COMMANDS_MAX
from tests.bench.caller import Caller


def templates(rows: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """Checklist documents by their id."""
    return {row[1]: row[4]["doc"] for row in rows["template"] if not row[4]["retired_at"]}


def longest_paper(rows: dict[str, list[Any]]) -> tuple[str, dict[str, Any]]:
    """Id and document of the checklist with the most items that are answered by hand."""
    papers = templates(rows)
    id = max(papers, key=lambda one: len(answerable(papers[one])))
    return id, papers[id]


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


def publish_paper(admin: Caller, items: int) -> str:
    """A checklist of exactly so many plain items, `i_0` and on. Its id."""
    listed = [_item(f"i_{number}", f"1.{number + 1}") for number in range(items)]
    section = {"key": "s_all", "no": "1", "title": _both("逐项检查"), "items": listed}
    doc = {"title": _both("测速检查表"), "sections": [section]}
    id = canonical.digest(doc)
    args = {"code": "bench", "edition": "1", "line": "service", "rhythm": "weekly", "doc": doc}
    command = admin.asked("checklists.publish_template", ("template", id), args)
    result = admin.push([command])[0]
    assert result["s"] == "applied", result
    return id


def _item(key: str, no: str) -> dict[str, Any]:
    return {
        "key": key,
        "no": no,
        "text": _both("设施完好，标识清楚，客户能看见"),
        "hint": None,
        "type": "pass_fail",
        "points": 50,
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


def _both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def plan_rounds(manager: Caller, missing: int) -> None:
    """So many rounds assigned to two inspectors, at every outlet in turn."""
    rows = manager.pull_all()
    paper, _ = longest_paper(rows)
    people = [row[1] for row in rows["person"] if row[4]["name"] in ("林岚", "周岩")]
    outlets = [row[1] for row in rows["outlet"]]
    for start in range(0, missing, BATCH_COMMANDS_MAX):
        commands = [
            manager.asked(
                "inspections.assign",
                ("round", new_id()),
                {
                    "template": paper,
                    "outlet": outlets[number % len(outlets)],
                    "assignee": people[number % len(people)],
                    "opens_at": "2030-01-01T01:00:00.000Z",
                    "due_at": "2030-01-31T10:00:00.000Z",
                    "rhythm": "monthly",
                },
            )
            for number in range(start, min(missing, start + BATCH_COMMANDS_MAX))
        ]
        for result in manager.push(commands):
            assert result["s"] == "applied", result


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
