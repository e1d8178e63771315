"""What will happen in a world: a list of events that a seed draws and that can be thinned out."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal

from tests.simulation.chance import chance
from tests.simulation.clocks import YEARS_2_MS
from tests.simulation.people import NAMES, PEOPLE
from tests.simulation.server import FAILPOINTS

# Weighted like a day in the field with bad luck: most of it is writing and trying to send.
_WEIGHTS = {
    "edit": 46,
    "drain": 26,
    "twin_drains": 2,
    "kill_phone": 4,
    "kill_server": 4,
    "restart_server": 1,
    "clock_jump": 2,
    "offline": 1,
    "online": 4,
    "switch_user": 2,
    "suspend_person": 1,
    "restore_person": 1,
    "suspend_device": 1,
    "resume_device": 1,
    "leave_post": 1,
    "hold_post": 1,
    "import": 1,
    "back_up": 1,
    "store_fails": 2,
    "sign_out": 1,
    "look": 4,
    "photo": 9,
    "second_tab": 2,
    "close_tab": 1,
    "freeze": 2,
    "rot": 1,
    "room": 1,
    "review": 4,
}


@dataclass(frozen=True)
class Event:
    """One planned event. Its own number names its chances, so that others may be dropped."""

    number: int
    at_ms: int
    kind: str
    device: int
    facts: dict[str, Any]

    def __str__(self) -> str:
        facts = {key: NAMES.get(str(value), value) for key, value in self.facts.items()}
        told = " ".join(f"{key}={value}" for key, value in facts.items())
        return f"{self.at_ms / 1000:9.1f} s  #{self.number} {self.kind} phone {self.device} {told}"


# Longer than an upload may lie unfinished, and than a phone keeps what is safely backed up.
HOLIDAY_MS = 15 * 24 * 3600 * 1000

Runs = Literal["light", "engine"]
Phones = Literal["light", "engine", "both"]


@dataclass(frozen=True)
class Carried:
    """A device at the start: who uses it, how wrong its clock is, which phone it runs."""

    users: tuple[str, ...]
    offset_ms: int
    drift_ppm: int
    runs: Runs = "light"


@dataclass(frozen=True)
class Plan:
    """Everything that a run follows from."""

    seed: int
    devices: tuple[Carried, ...]
    trouble: float
    page_rows: int
    events: tuple[Event, ...]

    @property
    def phones(self) -> Phones:
        """Which kind of phone plays, or both."""
        runs = {one.runs for one in self.devices}
        return "both" if len(runs) > 1 else "engine" if "engine" in runs else "light"

    def without(self, numbers: set[int]) -> "Plan":
        """The same plan with these events dropped."""
        kept = tuple(event for event in self.events if event.number not in numbers)
        return replace(self, events=kept)


def plan_for(seed: int, steps: int, phones: Phones = "light") -> Plan:
    """The plan of this seed. The kind of phone changes nothing else in it. `both`: the product's
    engine on one phone at least, and on all of them in every fourth world."""
    rng = chance(seed, "plan")
    devices = [_carried(rng) for _ in range(rng.randint(2, 6))]
    events = _events(rng, steps, len(devices))
    trouble = rng.choice((0.0, 0.1, 0.25, 0.5))
    page_rows = rng.choice((5, 40, 500))
    carried = tuple(
        replace(one, runs=run)
        for one, run in zip(devices, _runs(seed, phones, len(devices)), strict=True)
    )
    return Plan(seed, carried, trouble, page_rows, tuple(events))


def _runs(seed: int, phones: Phones, count: int) -> list[Runs]:
    if phones != "both":
        return [phones] * count
    rng = chance(seed, "phones")
    engines = count if rng.random() < 0.25 else 1
    chosen = set(rng.sample(range(count), engines))
    return ["engine" if number in chosen else "light" for number in range(count)]


def _carried(rng: Random) -> Carried:
    users = tuple(rng.sample(PEOPLE, rng.choice((1, 1, 1, 2))))
    offset = rng.choice((0, rng.randint(-5000, 5000), rng.randint(-YEARS_2_MS, YEARS_2_MS)))
    return Carried(users, offset, rng.choice((0, 50, -20_000, 20_000)))


def _events(rng: Random, steps: int, devices: int) -> list[Event]:
    kinds = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=steps)
    if rng.random() < 0.25:
        # A lost disk is rare and changes everything: at most one, in the second half.
        kinds[rng.randrange(steps // 4, steps // 2)] = "back_up"
        kinds[rng.randrange(steps // 2, steps)] = "restore_server"
    if rng.random() < 0.15:
        kinds[rng.randrange(steps)] = "evict"
    if rng.random() < 0.15:
        kinds[rng.randrange(steps // 3, steps)] = "holiday"
    at_ms, events = 0, []
    for number, kind in enumerate(kinds):
        at_ms += rng.choice((20, 200, 2_000, 20_000, 120_000))
        device = rng.randrange(devices)
        events.append(Event(number, at_ms, kind, device, _facts(kind, rng)))
        at_ms += HOLIDAY_MS if kind == "holiday" else 0
    return events


def _facts(kind: str, rng: Random) -> dict[str, Any]:
    match kind:
        case "kill_server":
            return {"failpoint": rng.choice(FAILPOINTS), "count": rng.randint(1, 2)}
        case "kill_phone":
            return {"lose": rng.choice((0, 1, 2, 5, 50)), "fuse": rng.choice((0, 0, *range(1, 9)))}
        case "clock_jump":
            by_ms = rng.choice((-1, 1)) * rng.choice((1000, 3_600_000, YEARS_2_MS))
            return {"by_ms": by_ms, "stops": rng.random() < 0.1}
        case "suspend_person" | "restore_person" | "leave_post" | "hold_post":
            return {"person": rng.choice(PEOPLE)}
        case "review":
            return {"accepts": rng.random() < 0.7}
        case "import":
            return {"rows": rng.choice((3, 20, 60))}
        case "store_fails":
            reason = rng.choice(("QuotaExceededError", "UnknownError"))
            return {"reason": reason, "times": rng.choice((1, 1, 2, 6)), "after": rng.randint(0, 4)}
        case "restore_server":
            return {"objects": rng.random() < 0.5}
        case "evict":
            return {"open": rng.random() < 0.5}
        case "second_tab":
            return {"stuck_lock": rng.random() < 0.3}
        case "freeze":
            return {"for_ms": rng.choice((20_000, 90_000, 600_000))}
        case "room":
            return {"free": rng.choice((20e6, 100e6, 400e6, 8e9))}
    return {}
