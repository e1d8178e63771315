"""What is told of people at an event, each in a record of its own; and steps of its counters."""

from typing import Literal

import msgspec

from backend.features.events.commands import AgeBand, EntryKind, How

Moved = Literal["tally", "hand_out", "restock", "count"]


class Void(msgspec.Struct, frozen=True):
    """A sighting that was taken back. A late one waits, as a late sighting does."""

    by: str
    at: str
    reason: str
    late: bool = False


class CheckIn(msgspec.Struct, frozen=True):
    """One sighting. `key` says of whom: two sightings with one key are one person."""

    id: str
    event: str
    key: str
    how: How
    entry: str | None
    code: str | None
    person: str | None
    age_band: AgeBand | None
    interests: tuple[str, ...]
    by: str
    device: str
    at: str
    occurred_at: str
    received_at: str
    late: bool = False
    void: Void | None = None

    @property
    def counts(self) -> bool:
        """Whether this sighting makes somebody present."""
        return not self.late and (self.void is None or self.void.late)


class Roster(msgspec.Struct, frozen=True):
    """A part of an event's roster."""

    id: str
    event: str


class Invited(msgspec.Struct, frozen=True):
    """One line of a roster. `code_key` names event and code; of a removed one no name is left."""

    id: str
    event: str
    roster: str
    kind: EntryKind
    name: str
    code: str | None
    code_key: str | None
    group: str
    person: str | None
    removed: bool = False


class FollowUp(msgspec.Struct, frozen=True):
    """Where somebody is reached who agreed to it."""

    id: str
    event: str
    consent: str
    name: str
    phone: str
    topic: str
    note: str
    check_in: str | None
    entry: str | None
    by: str
    at: str
    done: bool = False
    sealed: bool = False


class EventKey(msgspec.Struct, frozen=True):
    """The key under which telephone numbers are hashed at this event, while it is open."""

    id: str
    key: str


class Agreed(msgspec.Struct, frozen=True):
    """A consent given at an event, and whom it concerns on the roster."""

    id: str
    event: str
    entry: str | None


class Movement(msgspec.Struct, frozen=True):
    """One step of a tally or of a stock, for whoever reconciles a month."""

    id: str
    event: str
    what: Moved
    key: str
    n: int
    by: str
    device: str
    day: str
    at: str
    late: bool
    note: str
