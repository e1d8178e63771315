"""One visit: asked for by the outlet, planned by its head, made by two, reviewed by the line lead.

How far it goes says `until`; what is not told takes the usual course.
"""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from backend.demo import papers
from backend.demo.stage import Asked, Beat, Stage
from backend.features.visits.demo import recording
from backend.foundation.kernel.clock import Moment, wire

LINE = "community"
ASKS, PLANS, REVIEWS = "malin", "outlet", "pengyu"
OUTLET = "LX02"
STAFF = ("outreach", "outreach2")
PICTURES = Path(__file__).parent / "pictures"
COURSE = ("requested", "scheduled", "made", "reviewed", "used")

Told = dict[str, Any]


def steps(stage: Stage, told: Told) -> list[Beat]:
    """The visit's beats, up to where its story ends."""
    far = COURSE.index(told["until"])
    on = stage.moment(told["d"], told["begins"])
    asked = stage.moment(told["d"] - 2, "15:10")
    planned = stage.moment(told["d"] - 1, "09:20")
    course: list[Beat] = [
        (asked, lambda: _request(stage, told, asked)),
        (planned, lambda: _schedule(stage, told, planned)),
        (on, lambda: _make(stage, told, on)),
    ]
    acts = course[: far + 1]
    if far >= COURSE.index("reviewed"):
        at = stage.moment(told["d"] + 1, "10:05")
        acts.append((at, lambda: _review(stage, told, at)))
    if far >= COURSE.index("used"):
        day = stage.moment(told["d"] + 2, "11:30")
        acts.append((day, lambda: _use(stage, told, day)))
    if "withdrawn" in told:
        then = stage.moment(told["withdrawn"], "14:00")
        acts.append((then, lambda: _withdraw(stage, told, then)))
    return acts


async def capture(stage: Stage, name: str, label: str, at: Moment) -> dict[str, Any]:
    """One of this feature's own pictures, taken by the first of the two."""
    data = papers.marked((PICTURES / f"{name}.jpg").read_bytes(), label)
    await stage.bring(STAFF[0], data, at)
    return {
        "id": stage.id("photo", label),
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "type": "image/jpeg",
        "source": "drawn" if name == "signature" else "camera",
        "taken_at": wire(at),
        "width": 960,
        "height": 720,
    }


async def _request(stage: Stage, told: Told, at: Moment) -> None:
    person = {**told["person"]}
    for name in ("name", "address"):
        person[name] = stage.words(person[name])
    if "agent" in person:
        person["agent"] = {**person["agent"], "name": stage.words(person["agent"]["name"])}
    args = {
        "kind": told["kind"],
        "outlet": stage.id("outlet", OUTLET),
        "line": LINE,
        "asked_by": told["asked_by"],
        "channel": told["channel"],
        "business": told["business"],
        "why": told["why"],
        "person": person,
    }
    await stage.ask(
        ASKS, "visits.request", _rec(stage, told, "visit_person"), args | _when(stage, told), at
    )


async def _schedule(stage: Stage, told: Told, at: Moment) -> None:
    staff = [stage.id("person", name) for name in STAFF]
    args = _when(stage, told) | {"staff": staff}
    await stage.ask(PLANS, "visits.schedule", _rec(stage, told), args, at)


async def _make(stage: Stage, told: Told, at: Moment) -> None:
    """Both sign in; then what the kind of the visit demands, minute by minute."""
    visit = _rec(stage, told)
    for name in STAFF:
        await stage.ask(name, "visits.sign_in", visit, {}, at)
    asked = await recording.of_kind(stage, told, visit, at, capture)
    if "refusal" in told:
        asked.append(("visits.decline", visit, told["refusal"], at + timedelta(minutes=20)))
    else:
        asked.append(("visits.submit", visit, {}, at + timedelta(minutes=40)))
    remarks: list[Asked] = [
        (
            "visits.remark",
            _rec(stage, told, "visit_person"),
            {"about": one["about"], "text": stage.words(one["text"])},
            at + timedelta(minutes=15),
        )
        for one in told.get("remarks", ())
    ]
    await stage.ask_all(STAFF[0], [*asked[:-1], *remarks, asked[-1]])


async def _review(stage: Stage, told: Told, at: Moment) -> None:
    await stage.look()  # nobody decides on photos that have not arrived whole
    visit = _rec(stage, told)
    seen = (await stage.published(*visit))["content_digest"]
    await stage.ask(REVIEWS, "visits.accept", visit, {"content_digest": seen}, at)


async def _use(stage: Stage, told: Told, at: Moment) -> None:
    issued = (await stage.published(*_rec(stage, told)))["authorisation"]
    args = {"business": told["business"], "reference": f"LX02-{told['name']}"}
    await stage.ask(ASKS, "visits.use", ("authorisation", issued), args, at)


async def _withdraw(stage: Stage, told: Told, at: Moment) -> None:
    rec = ("consent", stage.id("consent", told["name"]))
    args = {"channel": "phone", "asked_by": "person"}
    await stage.ask("dpo", "privacy.withdraw", rec, args, at)


def _rec(stage: Stage, told: Told, kind: str = "visit") -> tuple[str, str]:
    return kind, stage.id("visit", told["name"])


def _when(stage: Stage, told: Told) -> dict[str, str]:
    day = stage.workday(told["d"]).isoformat()
    return {"day": day, "begins": told["begins"], "ends": told["ends"]}
