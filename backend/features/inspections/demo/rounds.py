"""Rounds: planned by the office, walked by inspectors, some of them still under way."""

from datetime import timedelta
from typing import Any

import msgspec

from backend.demo.stage import Asked, Beat, Stage
from backend.features.inspections.demo import filling
from backend.foundation.checklists.sheet import Sheet, manifest_hash
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.organisation.calendar import closing, day_start

Rec = tuple[str, str]


def past(stage: Stage, told: dict[str, Any]) -> list[Beat]:
    """A round of some weeks ago: planned the day before, done, handed in."""
    start = stage.moment(told["d"], told["t"])
    planned = stage.moment(told["d"] - 1, "16:00")
    day = stage.workday(told["d"])
    window = (day_start(day), closing(day))
    return [
        (planned, lambda: _plan(stage, told, window, planned)),
        (start, lambda: _walk(stage, told, start, told["minutes"])),
        (
            start + timedelta(minutes=told["minutes"]),
            lambda: _submit(stage, told, start + timedelta(minutes=told["minutes"])),
        ),
    ]


def present(stage: Stage, told: dict[str, Any]) -> list[Beat]:
    """A round of today or of the next days; an open one was begun a while ago."""
    due_in = told.get("due", 0)
    # A due hour that has already struck would make the demo begin with everything late.
    tonight = max(closing(stage.today), stage.now + timedelta(hours=3))
    due = tonight if due_in == 0 else closing(stage.workday(due_in))
    opens = day_start(stage.workday(min(0, due_in)))
    planned = stage.moment(min(0, due_in) - 1, "16:30")
    beats: list[Beat] = [(planned, lambda: _plan(stage, told, (opens, due), planned))]
    if told["state"] == "open":
        begun = stage.now - timedelta(minutes=told["ago"])
        minutes = told["ago"] - 5
        beats.append((begun, lambda: _walk(stage, told, begun, minutes, told["answered"])))
    return beats


async def _plan(
    stage: Stage, told: dict[str, Any], window: tuple[Moment, Moment], at: Moment
) -> None:
    id, _ = filling.template(told["template"])
    asked = {
        "template": id,
        "outlet": stage.id("outlet", told["outlet"]),
        "assignee": stage.id("person", told["by"]),
        "opens_at": wire(window[0]),
        "due_at": wire(window[1]),
        "rhythm": told["rhythm"],
    }
    await stage.ask(told["planned_by"], "inspections.assign", _rec(stage, told), asked, at)


async def _walk(
    stage: Stage, told: dict[str, Any], start: Moment, minutes: int, limit: int | None = None
) -> None:
    """From the door through the paper; answers are spread over the minutes."""
    rec = _rec(stage, told)
    _, doc = filling.template(told["template"])
    given = list(filling.answers(stage, doc, told["answers"]).items())[:limit]
    step = timedelta(minutes=minutes) / (len(given) + 2)
    notes = told.get("notes", {})
    asked: list[Asked] = [("inspections.open", rec, {}, start)]
    for number, (item, value) in enumerate(given, start=1):
        args = {"item": item, "value": value}
        if item in notes:
            args["note"] = stage.words(notes[item])
        asked.append(("inspections.set_answer", rec, args, start + step * number))
    if "praise" in told:
        args = {"item": "i_best", "value": stage.words(told["praise"])}
        asked.append(("inspections.set_answer", rec, args, start + step * (len(given) + 1)))
    end = start + timedelta(minutes=minutes) - timedelta(seconds=90)
    asked += await _findings(stage, told, rec, end)
    for item, picture in told.get("photos", {}).items():
        label, arrives = f"{told['id']}:{item}", item not in told.get("awaited", ())
        photo = await stage.capture(told["by"], picture, label, end, arrives=arrives)
        args = {"photo": photo, "item": item, "purpose": "answer"}
        asked.append(("inspections.attach", rec, args, end))
    await stage.ask_all(told["by"], asked)


async def _findings(stage: Stage, told: dict[str, Any], rec: Rec, at: Moment) -> list[Asked]:
    asked: list[Asked] = []
    for finding in told.get("findings", ()):
        id = stage.id("finding", finding["id"])
        args = {
            "finding": id,
            "item": finding["item"],
            "severity": finding["severity"],
            "on_spot": finding.get("on_spot", False),
        }
        for field in ("text", "cause", "measure"):
            if field in finding:
                args[field] = stage.words(finding[field])
        asked.append(("inspections.record_finding", rec, args, at))
        for purpose in ("before", "after"):
            for picture in finding.get(purpose, ()):
                label = f"{finding['id']}:{purpose}:{picture}"
                photo = await stage.capture(told["by"], picture, label, at)
                shown = {"photo": photo, "item": finding["item"], "finding": id}
                args = {**shown, "purpose": purpose}
                asked.append(("inspections.attach", rec, args, at))
    return asked


async def _submit(stage: Stage, told: dict[str, Any], at: Moment) -> None:
    rec = _rec(stage, told)
    sheet = msgspec.convert(await stage.published("sheet", rec[1]), Sheet)
    photos = [
        photo for photo in (await stage.bodies("photo")).values() if tuple(photo["parent"]) == rec
    ]
    manifest = {
        "answers": len(sheet.answers),
        "hash": manifest_hash(sheet),
        "blobs": sorted({(photo["sha256"], photo["size"]) for photo in photos}),
    }
    await stage.ask(told["by"], "inspections.submit", rec, {"manifest": manifest}, at)


def _rec(stage: Stage, told: dict[str, Any]) -> Rec:
    return ("round", stage.id("round", told["id"]))
