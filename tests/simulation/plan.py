"""What will happen in a world: a list of events that a seed draws and that can be thinned out."""

from dataclasses import dataclass
from random import Random
from typing import Any

from backend.foundation.journal.failpoints import NAMES
from tests.simulation.chance import chance
from tests.simulation.clocks import YEARS_2_MS
from tests.simulation.people import PEOPLE

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
        told = " ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.at_ms / 1000:9.1f} s  #{self.number} {self.kind} phone {self.device} {told}"


@dataclass(frozen=True)
class Carried:
    """A device at the start: who uses it and how wrong its clock is."""

    users: tuple[str, ...]
    offset_ms: int
    drift_ppm: int


@dataclass(frozen=True)
class Plan:
    """Everything that a run follows from."""

    seed: int
    devices: tuple[Carried, ...]
    trouble: float
    page_rows: int
    events: tuple[Event, ...]

    def without(self, numbers: set[int]) -> "Plan":
        """The same plan with these events dropped."""
        kept = tuple(event for event in self.events if event.number not in numbers)
        return Plan(self.seed, self.devices, self.trouble, self.page_rows, kept)


def plan_for(seed: int, steps: int) -> Plan:
    """The plan of this seed."""
    rng = chance(seed, "plan")
    devices = tuple(_carried(rng) for _ in range(rng.randint(2, 6)))
    events = _events(rng, steps, len(devices))
    trouble = rng.choice((0.0, 0.1, 0.25, 0.5))
    return Plan(seed, devices, trouble, rng.choice((5, 40, 500)), tuple(events))


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
    at_ms, events = 0, []
    for number, kind in enumerate(kinds):
        at_ms += rng.choice((20, 200, 2_000, 20_000, 120_000))
        device = rng.randrange(devices)
        events.append(Event(number, at_ms, kind, device, _facts(kind, rng)))
    return events


def _facts(kind: str, rng: Random) -> dict[str, Any]:
    if kind == "kill_server":
        return {"failpoint": rng.choice(NAMES), "count": rng.randint(1, 2)}
    if kind == "kill_phone":
        return {"lose": rng.choice((0, 1, 2, 5, 50))}
    if kind == "clock_jump":
        return {"by_ms": rng.choice((-1, 1)) * rng.choice((1000, 3_600_000, YEARS_2_MS))}
    if kind in ("suspend_person", "restore_person", "leave_post", "hold_post"):
        return {"person": rng.choice(PEOPLE)}
    if kind == "import":
        return {"rows": rng.choice((3, 20, 60))}
    if kind == "store_fails":
        return {"reason": rng.choice(("QuotaExceededError", "connection lost"))}
    return {}
