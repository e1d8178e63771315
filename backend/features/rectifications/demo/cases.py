"""Cases: what the outlets did about the findings, and what the managers said to it."""

from typing import Any

from backend.demo.stage import Beat, Stage
from backend.foundation.kernel.clock import Moment

_WORDED = ("reason", "note", "measure")
_DECISIONS = frozenset({"approve", "return"})


def steps(stage: Stage, finding: str, told: list[dict[str, Any]]) -> list[Beat]:
    """The steps of the case of one finding, in time."""
    return [_beat(stage, finding, number, step) for number, step in enumerate(told)]


def _beat(stage: Stage, finding: str, number: int, step: dict[str, Any]) -> Beat:
    at = stage.moment(step["d"], step["t"])
    return at, lambda: _take(stage, finding, number, step, at)


async def _take(stage: Stage, finding: str, number: int, step: dict[str, Any], at: Moment) -> None:
    if step["do"] in _DECISIONS:
        await stage.look()  # nobody decides on photos that have not arrived whole
    id, case = await _case(stage, stage.id("finding", finding))
    args: dict[str, Any] = {key: stage.words(step[key]) for key in _WORDED if key in step}
    if "owner" in step:
        args["owner"] = stage.id("person", step["owner"])
        args["due_workdays"] = step["due_workdays"]
    if "to_unit" in step:
        args["to_unit"] = stage.id("unit", step["to_unit"])
    for key in ("until", "due_on"):
        if key in step:
            args[key] = stage.workday(step[key]).isoformat()
    if "points" in step:
        args["points"] = [_point(stage, case, point) for point in step["points"]]
    if step["do"] in _DECISIONS:
        args["content_digest"] = case["content_digest"]
    if step["do"] == "attach":
        label = f"{finding}:{number}:{step['picture']}"
        args["photo"] = await stage.capture(step["by"], step["picture"], label, at)
        args["purpose"] = "after"
    await stage.ask(step["by"], f"rectifications.{step['do']}", ("rectification", id), args, at)


def _point(stage: Stage, case: dict[str, Any], point: dict[str, Any]) -> dict[str, str]:
    about = case["after"][-1] if point["about"] == "photo" else point["about"]
    if isinstance(about, dict):
        about = about["id"]
    return {"about": about, "comment": stage.words(point["comment"])}


async def _case(stage: Stage, finding: str) -> tuple[str, dict[str, Any]]:
    for id, body in (await stage.bodies("rectification")).items():
        if body["finding"] == finding:
            return id, body
    raise LookupError(f"no case of finding {finding}")
