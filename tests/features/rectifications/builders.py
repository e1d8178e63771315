"""A case of the Riverside outlet and the people around it, for rules without a database."""

from typing import Any

import msgspec

from backend.features.rectifications.model import (
    ItemRef,
    PhotoRef,
    Rectification,
    content_digest,
)
from backend.features.rectifications.rules.decision import Decision
from backend.foundation.evidence.commands import Capture
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import derived_id

ROOT = "0198c0de-0000-7000-8000-000000000000"
RIVERSIDE = derived_id(ROOT, "outlet riverside")
HILLTOP = derived_id(ROOT, "outlet hilltop")
OPERATIONS = derived_id(ROOT, "unit operations")
DUE = "2026-05-08T10:00:00.000Z"


def person(name: str, *grants: Grant) -> Actor:
    """Somebody with the given grants, always the same id for the same name."""
    return Actor(id=derived_id(ROOT, name), name=name, grants=grants, device_id=f"{name}-phone")


LI_NA = person("Li Na", Grant("inspector", None, "service"))
WANG_FANG = person("Wang Fang", Grant("outlet_head", RIVERSIDE, None))
TELLER = person("Xiao Chen", Grant("outlet_staff", RIVERSIDE, None))
CHEN_JIE = person("Chen Jie", Grant("manager", None, "service"))
ZHAO_MIN = person("Zhao Min", Grant("manager", None, "service"))
SECRETARY = person("Sun Yue", Grant("secretariat", None, None))
ENGINEER = person("Guo Qiang", Grant("outlet_staff", HILLTOP, "operations"))
STRANGER = person("Qian Hao", Grant("manager", HILLTOP, "retail"))


def photo(name: str, by: Actor = WANG_FANG, picture: str | None = None) -> PhotoRef:
    """A photo; two of the same `picture` have the same digest."""
    return PhotoRef(id=derived_id(ROOT, name), sha256=sha(picture or name), by=by.id)


def sha(picture: str) -> str:
    """A digest that stands for a picture."""
    return (derived_id(ROOT, picture).replace("-", "") * 2)[:64]


def capture(name: str, picture: str | None = None) -> Capture:
    """The phone's record of a photo just taken."""
    return Capture(
        id=derived_id(ROOT, name),
        sha256=sha(picture or name),
        thumb=sha(f"thumb {picture or name}"),
        size=300_000,
        type="image/jpeg",
        width=4000,
        height=3000,
        source="camera",
        taken_at="2026-05-06T02:00:00.000Z",
    )


def case(**values: Any) -> Rectification:
    """An accepted case of a missing wheelchair ramp sign, with one before photo."""
    usual: dict[str, Any] = {
        "id": derived_id(ROOT, "case"),
        "finding": derived_id(ROOT, "finding"),
        "round": derived_id(ROOT, "round"),
        "outlet": RIVERSIDE,
        "line": "service",
        "item": ItemRef(key="i_ramp", no="3.6", text={"zh": "坡道", "en": "Ramp"}),
        "item_key": "i_ramp",
        "severity": "major",
        "text": "The ramp is blocked by boxes",
        "state": "accepted",
        "owner": WANG_FANG.id,
        "due_at": DUE,
        "raised_by": LI_NA.id,
        "raised_at": "2026-05-04T02:00:00.000Z",
        "opened_at": "2026-05-04T02:00:00.000Z",
        "before": (photo("before", LI_NA),),
    }
    return Rectification(**(usual | values))


def at(moment: str = "2026-05-06T02:00:00.000Z", received: str = "", event: str = "") -> When:
    """The times of a command; received when it was made unless said otherwise."""
    arrived = received or moment
    name = event or f"event {moment}"
    return When(moment, arrived, min(moment, arrived), derived_id(ROOT, name))


def reported(**values: Any) -> Rectification:
    """The same case with a reported fix."""
    from_then = {
        "state": "reported",
        "fixed_by": WANG_FANG.id,
        "after": (photo("after"),),
    }
    return case(**(from_then | values))


def seen(one: Rectification) -> str:
    """The digest of what a manager looked at."""
    return content_digest(one)


def with_values(one: Rectification, **values: Any) -> Rectification:
    """The case with other values."""
    return msgspec.structs.replace(one, **values)


def last_event(decision: Decision) -> str:
    """What the newest event of the decided case is called."""
    return decision.case.events[-1].type
