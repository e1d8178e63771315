"""Attendance: what one check-in costs, in batches of 25, of an event with 200 people on its roster.

Two phones of the staff send in turn; thirty people are seen by both. Each event is a new one, and
its planning, roster and opening are not counted.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.bench.caller import Caller
from tests.bench.installation import ENGINES, Ground, Installation
from tests.bench.table import Figure

PEOPLE, BOTH, BATCH, EVENTS = 200, 30, 25, 4
SERVER_MS_MAX = 0.5
REPORT_SECONDS_MAX = 0.5


def figures(ground: Ground) -> Iterator[Figure]:
    """Per engine: the server, and on PostgreSQL the database; then the report of one page."""
    for engine, name in ENGINES:
        with ground.installation(engine) as one:
            server, database = _spent(one)
        head = f"check-in of {PEOPLE} people on two phones, one in batches of {BATCH}, {name}: CPU"
        yield Figure(f"{head} of the server", server, "ms", SERVER_MS_MAX)
        if engine == "postgres":
            yield Figure(f"{head} of PostgreSQL", database, "ms")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.paperwork", "event"],
        capture_output=True,
        text=True,
        check=True,
    )
    paper = json.loads(done.stdout)
    beside = f"{paper['peak_mb']:.0f} MB for its moment"
    yield Figure("report of an event, 6 photos", paper["cpu_s"], "s", REPORT_SECONDS_MAX, beside)


def _spent(one: Installation) -> tuple[float, float]:
    """Milliseconds per check-in of the server and of the database: medians of the events."""
    head, manager = one.caller("outlet"), one.caller("manager")
    phones = [head, one.caller("malin")]
    outlet = _outlet_of(head)
    spent = [_event(one, head, manager, phones, outlet) for _ in range(EVENTS + 1)]
    server, database = zip(*spent[1:], strict=True)  # the first pays for what is loaded once
    return statistics.median(server), statistics.median(database)


def _event(
    one: Installation, head: Caller, manager: Caller, phones: list[Caller], outlet: str
) -> tuple[float, float]:
    event, guests = _opened(head, manager, [phone.person for phone in phones], outlet)
    half = (PEOPLE + BOTH) // 2
    seen = [_seen(phones[0], event, guests[:half]), _seen(phones[1], event, guests[-half:])]
    before = one.cpu()
    for start in range(0, half, BATCH):
        for phone, commands in zip(phones, seen, strict=True):
            _push(phone, commands[start : start + BATCH])
    server, database = one.cpu_since(before)
    rows = head.pull_all()["event"]
    counts = next(row[4]["counts"] for row in rows if row[1] == event)
    assert (counts["persons"], counts["sightings"]) == (PEOPLE, PEOPLE + BOTH), counts
    return server * 1000 / (PEOPLE + BOTH), database * 1000 / (PEOPLE + BOTH)


def _opened(
    head: Caller, manager: Caller, staff: list[str], outlet: str
) -> tuple[str, list[dict[str, Any]]]:
    """An event that has begun, and who is on its roster."""
    event = new_id()
    rec = ("event", event)
    asked = {
        "kind": "community",
        "theme": "元宵灯谜会",
        "outlet": outlet,
        "line": "retail",
        "place": "社区广场",
        "day": "2027-02-20",
        "starts": "14:00",
        "ends": "17:00",
        "staff": staff,
    }
    guests = [{"id": new_id(), "name": f"来宾{n}", "code": f"G{n:03}"} for n in range(PEOPLE)]
    parts = [guests[start : start + 100] for start in range(0, PEOPLE, 100)]
    _push(head, [head.asked("events.plan", rec, asked), head.asked("events.propose", rec, {})])
    rows = head.pull_all()["event"]
    digest = next(row[4]["content_digest"] for row in rows if row[1] == event)
    _push(manager, [manager.asked("events.approve", rec, {"content_digest": digest})])
    for part in parts:
        args = {"event": event, "entries": part}
        _push(head, [head.asked("events.invite", ("event_roster", new_id()), args)])
    _push(head, [head.asked("events.open", rec, {})])
    return event, guests


def _seen(phone: Caller, event: str, guests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """These people by their cards and by the list in turn."""
    asked = []
    for number, guest in enumerate(guests):
        how = {"how": "code", "code": guest["code"]}
        if number % 2:
            how = {"how": "roster", "entry": guest["id"]}
        rec = ("check_in", new_id())
        asked.append(phone.asked("events.check_in", rec, {"event": event} | how))
    return asked


def _push(phone: Caller, commands: list[dict[str, Any]]) -> None:
    for result in phone.push(commands):
        assert result["s"] == "applied", result


def _outlet_of(head: Caller) -> str:
    """The outlet that the demo's head answers for."""
    rows = head.pull_all()["outlet"]
    return next(row[1] for row in rows if row[4]["code"] == "LX02")
