"""Plans: made by the outlet, approved by the office, with a roster."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from backend.demo.stage import Asked, Beat, Stage
from backend.foundation.kernel.clock import Moment

BY, HELPER, OFFICE = "outlet", "malin", "manager"
OUTLET = "LX02"
Rec = tuple[str, str]


class People(NamedTuple):
    """Of whom names are made."""

    surnames: list[str]
    given: list[str]
    groups: list[dict[str, str]]


def approved(stage: Stage, told: dict[str, Any], day: date, people: People) -> list[Beat]:
    """Planned, proposed and approved some days before; then the roster is filled."""
    first = _before(stage, told, 7)
    second, third = first + timedelta(hours=20), first + timedelta(hours=26)
    asked = plan_of(stage, told) | {"day": day.isoformat()}
    return [
        (first, lambda: stage.ask_all(BY, _proposed(stage, told, asked, first))),
        (second, lambda: _approve(stage, told, second)),
        (third, lambda: stage.ask(BY, *_invited(stage, told, people), third)),
    ]


def proposed(stage: Stage, told: dict[str, Any]) -> list[Beat]:
    """A plan that waits for the office; its day follows from the lunar calendar."""
    at = stage.moment(-1, "15:20")
    festival = {"code": told["festival"], "year": stage.today.year + 1}
    asked = plan_of(stage, told) | {"festival": festival}
    return [(at, lambda: stage.ask_all(BY, _proposed(stage, told, asked, at)))]


def drafted(stage: Stage, told: dict[str, Any]) -> list[Beat]:
    """A plan that is still being thought about."""
    at = stage.moment(-1, "16:10")
    asked = plan_of(stage, told) | {"day": stage.workday(told["d"]).isoformat()}
    return [(at, lambda: stage.ask(BY, "events.plan", rec_of(stage, told), asked, at))]


def rec_of(stage: Stage, told: dict[str, Any]) -> Rec:
    return "event", stage.id("event", told["id"])


def guest_id(stage: Stage, told: dict[str, Any], number: int) -> str:
    """A line of the roster."""
    return stage.id("guest", f"{told['id']}:{number}")


def plan_of(stage: Stage, told: dict[str, Any]) -> dict[str, Any]:
    """The plan but for its day."""
    materials = [one | {"name": stage.words(one["name"])} for one in told["materials"]]
    return {
        "kind": told["kind"],
        "theme": stage.words(told["theme"]),
        "outlet": stage.id("outlet", OUTLET),
        "line": told["line"],
        "place": stage.words(told["place"]),
        "starts": told["starts"],
        "ends": told["ends"],
        "staff": [stage.id("person", BY), stage.id("person", HELPER)],
        "goals": told["goals"],
        "topics": told["topics"],
        "materials": materials,
        "budget": stage.words(told.get("budget", "")),
        "minor_safe": told.get("minor_safe", False),
    }


def _before(stage: Stage, told: dict[str, Any], days: int) -> Moment:
    return stage.moment(told.get("d", 0) - days, "10:40")


def _proposed(stage: Stage, told: dict[str, Any], plan: dict[str, Any], at: Moment) -> list[Asked]:
    rec = rec_of(stage, told)
    ask = {"approver": stage.id("person", OFFICE)}
    return [("events.plan", rec, plan, at), ("events.propose", rec, ask, at)]


async def _approve(stage: Stage, told: dict[str, Any], at: Moment) -> None:
    rec = rec_of(stage, told)
    digest = (await stage.published(*rec))["content_digest"]
    await stage.ask(OFFICE, "events.approve", rec, {"content_digest": digest}, at)


def _invited(stage: Stage, told: dict[str, Any], people: People) -> tuple[str, Rec, dict[str, Any]]:
    surnames, given, groups = people
    entries = [
        {
            "id": guest_id(stage, told, n),
            "kind": "guest",
            "name": surnames[n % len(surnames)] + given[(n * 7 + n // 10) % len(given)],
            "code": f"{told['id'][0].upper()}{n + 1:03}",
            "group": stage.words(groups[n % len(groups)]),
        }
        for n in range(told["guests"])
    ]
    rec = ("event_roster", stage.id("roster", told["id"]))
    return "events.invite", rec, {"event": rec_of(stage, told)[1], "entries": entries}
