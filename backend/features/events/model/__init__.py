"""An event and what belongs to it, as rules think of them and as they lie in the tables."""

from typing import Literal

import msgspec

from backend.features.events.commands import (
    EventKind,
    Festival,
    Goals,
    People,
    Point,
)
from backend.foundation.kernel import canonical

State = Literal["draft", "proposed", "approved", "open", "closed", "reported", "cancelled"]
ResultState = Literal["handed_in", "returned", "accepted"]


class Counted(msgspec.Struct, frozen=True):
    """What was left of a material when somebody counted, and what the books said."""

    n: int
    expected: int
    by: str
    at: str


class Stock(msgspec.Struct, frozen=True):
    """A material: planned (`n`), brought since (`restocked`), handed out, and handed out by phones
    that were late. What is left may fall below zero: two phones without signal cannot know."""

    key: str
    name: str
    n: int
    restocked: int = 0
    handed: int = 0
    handed_late: int = 0
    counted: Counted | None = None

    @property
    def left(self) -> int:
        """What the books say is left."""
        return self.n + self.restocked - self.handed - self.handed_late


class Sum(msgspec.Struct, frozen=True):
    """What one device has counted or handed out under one key."""

    what: Literal["tally", "hand_out"]
    key: str
    device: str
    n: int = 0
    late: int = 0


class Counts(msgspec.Struct, frozen=True):
    """Who was there. `persons` are distinct: guests (`walk_ins` among them) and staff; `sightings`
    are the check-ins behind them; `late` came after the closing and `voided` were taken back, and
    neither is in any other figure."""

    persons: int = 0
    guests: int = 0
    staff: int = 0
    walk_ins: int = 0
    sightings: int = 0
    late: int = 0
    voided: int = 0


class Judged(msgspec.Struct, frozen=True):
    """Two sightings that somebody looked at side by side. Of one pair the last one counts."""

    a: str
    b: str
    same: bool
    by: str
    at: str


class Picture(msgspec.Struct, frozen=True):
    """A photo of the event: who can be recognised, how many boxes cover somebody, whose consent."""

    id: str
    sha256: str
    by: str
    people: People
    boxes: int = 0
    consent: str | None = None


class Question(msgspec.Struct, frozen=True):
    """What a visitor asked."""

    id: str
    text: str
    topic: str
    by: str
    at: str


class Result(msgspec.Struct, frozen=True):
    """What was handed in afterwards."""

    by: str
    at: str
    cost: str
    lessons: str
    topics: tuple[str, ...]
    photos: tuple[str, ...]
    state: ResultState = "handed_in"


class Contacts(msgspec.Struct, frozen=True):
    """How many wanted to be contacted, and what became of it. No name is behind these."""

    asked: int = 0
    reached: int = 0
    not_reached: int = 0
    not_wanted: int = 0
    ended: int = 0  # withdrawn, or not done in time


class Act(msgspec.Struct, frozen=True):
    """One thing somebody did with the event, with both times. `for_person` is whom they stood in
    for."""

    id: str
    type: str
    by: str
    occurred_at: str
    received_at: str
    note: str = ""
    points: tuple[Point, ...] = ()
    for_person: str | None = None


class Event(msgspec.Struct, frozen=True):
    """One event. `starts_at` and `ends_at` are the moments of its (first) day."""

    id: str
    kind: EventKind
    theme: str
    outlet: str
    line: str
    place: str
    day: str
    until_day: str | None
    starts: str
    ends: str
    starts_at: str
    ends_at: str
    festival: Festival | None
    goals: Goals
    topics: tuple[str, ...]
    stock: tuple[Stock, ...]
    budget: str
    minor_safe: bool
    staff: tuple[str, ...]
    planned_by: str
    made_at: str
    state: State = "draft"
    approver: str | None = None
    approved_by: str | None = None
    opened_at: str | None = None
    closed_at: str | None = None
    reason: str = ""
    counts: Counts = Counts()
    sums: tuple[Sum, ...] = ()
    judged: tuple[Judged, ...] = ()
    photos: tuple[Picture, ...] = ()
    questions: tuple[Question, ...] = ()
    contacts: Contacts = Contacts()
    result: Result | None = None
    acts: tuple[Act, ...] = ()


def content_digest(event: Event) -> str:
    """SHA-256 of what a manager decides on: the plan, and after the event what was handed in."""
    told = {name: getattr(event, name) for name in _PLAN}
    told["stock"] = [[one.key, one.name, one.n] for one in event.stock]
    if event.result is not None:
        told["result"] = msgspec.structs.replace(event.result, state="handed_in")
        told["counts"] = event.counts
        told["photos"] = [photo.sha256 for photo in event.photos]
    return canonical.digest(msgspec.to_builtins(told))


_PLAN = (
    "id",
    "kind",
    "theme",
    "outlet",
    "line",
    "place",
    "day",
    "until_day",
    "starts",
    "ends",
    "festival",
    "goals",
    "topics",
    "budget",
    "minor_safe",
    "staff",
)
