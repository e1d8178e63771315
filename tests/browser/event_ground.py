"""An event as planner, manager and staff would make it, through the API, and who is invited."""

from dataclasses import dataclass
from typing import Any

from backend.demo.stage import NAMESPACE
from backend.foundation.kernel.clock import SystemClock
from backend.foundation.kernel.ids import derived_id, new_id
from backend.foundation.organisation.calendar import business_day
from tests.bench.caller import Caller

OUTLET = derived_id(NAMESPACE, "outlet:LX02")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
PART = 100


@dataclass
class Guest:
    """Somebody on the roster."""

    id: str
    name: str
    code: str


@dataclass
class Held:
    """An event that is open, with its roster and its staff's devices."""

    id: str
    guests: list[Guest]
    planner: Caller
    colleague: Caller
    manager: Caller

    def body(self) -> dict[str, Any]:
        """The event as a phone would receive it now."""
        return next(row for row in self.planner.pull_all()["event"] if row[1] == self.id)[-1]


def today() -> str:
    return business_day(SystemClock().now()).isoformat()


def guests(count: int) -> list[Guest]:
    """Names in which searching finds few, and a slip for each."""
    return [
        Guest(
            new_id(),
            f"{SURNAMES[n % len(SURNAMES)]}{'一二三四五六七八九十'[n // 20 % 10]}{n:03}",
            f"WTL-{4000 + n}",
        )
        for n in range(count)
    ]


def planned(port: int, password: str, count: int, **values: Any) -> Held:
    """A draft of the community manager's, with so many guests on its roster."""
    planner, colleague, manager = (
        Caller(port, name, password) for name in ("outreach", "outreach2", "manager")
    )
    event = new_id()
    plan = {
        "kind": "community",
        "theme": "防诈骗讲座",
        "outlet": OUTLET,
        "line": "community",
        "place": "梧桐里社区",
        "day": today(),
        "starts": "14:00",
        "ends": "16:00",
        "staff": [planner.person, colleague.person],
        "goals": {"people": 150, "follow_ups": 10},
        "topics": ["fraud", "e_banking"],
        "materials": [{"key": "m1", "name": "防诈骗手册", "n": 200}],
        "budget": "礼品 600 元，场地免费",
    } | values
    _must(planner, "events.plan", ("event", event), plan)
    invited = guests(count)
    for start in range(0, count, PART):
        entries = [
            {"id": one.id, "kind": "guest", "name": one.name, "code": one.code, "group": "梧桐里"}
            for one in invited[start : start + PART]
        ]
        _must(
            planner,
            "events.invite",
            ("event_roster", new_id()),
            {"event": event, "entries": entries},
        )
    return Held(event, invited, planner, colleague, manager)


def approved(held: Held) -> Held:
    """Approved by a manager who looked at it."""
    _must(held.planner, "events.propose", ("event", held.id), {})
    digest = {"content_digest": held.body()["content_digest"]}
    _must(held.manager, "events.approve", ("event", held.id), digest)
    return held


def opened(held: Held) -> Held:
    """Open: from here on people can be checked in."""
    _must(held.planner, "events.open", ("event", held.id), {})
    return held


def _must(caller: Caller, op: str, rec: tuple[str, str], args: dict[str, Any]) -> None:
    [verdict] = caller.push([caller.asked(op, rec, args)])
    assert verdict["s"] in ("applied", "merged"), (op, verdict)
