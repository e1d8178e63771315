"""The course of a visit, in codes: nothing here is personal to the customer."""

from typing import Literal

import msgspec

from backend.features.visits.model.codes import (
    Alternative,
    Business,
    Cancelling,
    Delaying,
    Forgettable,
    Party,
    Point,
    Refusing,
    Scope,
    Topic,
    VisitKind,
)
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.privacy.model import Cause


class Presence(msgspec.Struct, frozen=True):
    """One of the two staff was there: by their own phone, or by their PIN on the other's. `at` is
    the phone's time corrected by its clock sample."""

    person: str
    how: Literal["own_device", "pin"]
    at: str
    occurred_at: str
    received_at: str


class Authority(msgspec.Struct, frozen=True):
    """What the customer wants somebody else to be able to do for them."""

    business: tuple[Business, ...]
    scope: Scope
    until: str


class Guidance(msgspec.Struct, frozen=True):
    """What was taught, from a list: there is no place for a password here."""

    topics: tuple[Topic, ...]
    minutes: int


class HandOver(msgspec.Struct, frozen=True):
    """A sealed bag or a receipt went from one holder to the next."""

    id: str
    what: Literal["sealed_bag", "receipt"]
    number: str
    giver: str
    taker: str
    at: str
    by: str


class Delay(msgspec.Struct, frozen=True):
    """A visit did not take place as planned, and what was offered instead."""

    by: Party
    reason: Delaying
    alternative: Alternative
    day: str | None
    person: str
    at: str


class Refusal(msgspec.Struct, frozen=True):
    """The customer or the staff did not want to go on, and what was offered instead."""

    by: Party
    reason: Refusing
    alternative: Alternative
    person: str
    at: str


class Cancel(msgspec.Struct, frozen=True):
    """The visit was called off before anybody went."""

    reason: Cancelling
    person: str
    at: str


class Return(msgspec.Struct, frozen=True):
    """A reviewer wants more, and where. The words are a remark."""

    by: str
    at: str
    points: tuple[Point, ...]


class Event(msgspec.Struct, frozen=True):
    """One thing somebody did. Of what was only kept beside the visit, `type` is `kept`.
    `for_person` is whom they stood in for."""

    id: str
    type: str
    by: str
    occurred_at: str
    received_at: str
    what: str | None = None
    for_person: str | None = None


class Forgotten(msgspec.Struct, frozen=True):
    """A part that is erased, or sealed, and why."""

    aspect: Forgettable
    action: AtEnd
    cause: Cause
    at: str


class Visit(msgspec.Struct, frozen=True):
    """One visit: its course, in codes. Days and hours are local."""

    id: str
    kind: VisitKind
    outlet: str
    line: str
    asked_by: str
    channel: str
    business: Business
    day: str
    begins: str
    ends: str
    state: str
    requested_by: str
    requested_at: str
    staff: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()  # who had it before: what they send late is kept
    scheduled_by: str | None = None
    presences: tuple[Presence, ...] = ()
    authority: Authority | None = None
    guidance: Guidance | None = None
    hand_overs: tuple[HandOver, ...] = ()
    delays: tuple[Delay, ...] = ()
    refusal: Refusal | None = None
    cancelled: Cancel | None = None
    submitted_by: str | None = None
    submitted_at: str | None = None
    reviewed_by: str | None = None
    decided_at: str | None = None
    returns: tuple[Return, ...] = ()
    events: tuple[Event, ...] = ()
    forgotten: tuple[Forgotten, ...] = ()
    authorisation: str | None = None


class Route(msgspec.Struct, frozen=True):
    """The order in which somebody goes to their visits of a day. Its id is `<person>.<day>`."""

    id: str
    person: str
    day: str
    order: tuple[str, ...]
