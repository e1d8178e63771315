"""Asking for a visit, giving it to two people, putting it off, refusing it, calling it off."""

from typing import Annotated, Literal

import msgspec

from backend.features.visits.model.codes import (
    AddressAs,
    Alternative,
    Business,
    Cancelling,
    Delaying,
    Party,
    Refusing,
    Relationship,
    VisitKind,
    Why,
)
from backend.foundation.kernel.asked import Asked, Day, Id, Reason
from backend.foundation.kernel.limits import NAME_MAX
from backend.foundation.organisation.model import Code, RecordId

Hour = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_MAX)]
Phone = Annotated[str, msgspec.Meta(pattern="^[0-9+ -]{5,20}$")]
ROUTE_MAX = 40  # visits that one person can walk in a day


class AgentTold(Asked, frozen=True):
    """Who is to act for the customer."""

    name: Name
    relationship: Relationship
    phone: Phone | None = None


class PersonTold(Asked, frozen=True):
    """Who is to be visited, and where."""

    name: Name
    address_as: AddressAs
    address: Reason
    phone: Phone | None = None
    agent: AgentTold | None = None


class Request(Asked, frozen=True):
    """Somebody asks for a visit, and says who is to be visited and why they cannot come."""

    kind: VisitKind
    outlet: RecordId
    line: Code
    asked_by: Literal["customer", "relative", "outlet"]
    channel: Literal["branch", "phone", "letter", "online"]
    business: Business
    why: Why
    day: Day
    begins: Hour
    ends: Hour
    person: PersonTold


class Schedule(Asked, frozen=True):
    """Two members of staff get the visit, with its day and hours."""

    day: Day
    begins: Hour
    ends: Hour
    staff: tuple[Id, Id]


class Reorder(Asked, frozen=True):
    """Somebody puts their visits of a day in the order in which they will go."""

    order: Annotated[tuple[Id, ...], msgspec.Meta(max_length=ROUTE_MAX)]


class Postpone(Asked, frozen=True):
    """The visit does not take place as planned: by whom, why, and what was offered instead."""

    by: Party
    reason: Delaying
    alternative: Alternative
    day: Day | None = None


class Decline(Asked, frozen=True):
    """The customer or the staff do not go on: why, and what was offered instead."""

    by: Party
    reason: Refusing
    alternative: Alternative


class Cancel(Asked, frozen=True):
    """The visit is called off before anybody went."""

    reason: Cancelling
