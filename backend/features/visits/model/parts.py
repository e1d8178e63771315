"""What a visit holds of the customer: one record for each purpose, so that each can go alone."""

from typing import Any, Literal

import msgspec

from backend.features.visits.model.codes import AddressAs, Aspect, Clear, Relationship, Why
from backend.foundation.evidence.commands import Geo
from backend.foundation.privacy.model import Sighting


class Agent(msgspec.Struct, frozen=True):
    """Who is to act for the customer, as told when the visit was asked for."""

    name: str
    relationship: Relationship
    phone: str | None = None


class Remark(msgspec.Struct, frozen=True):
    """Words of a member of staff, and what they are about."""

    id: str
    about: str
    text: str
    by: str
    at: str


class SignedAt(msgspec.Struct, frozen=True):
    """Where a member of staff signed in: at the customer's home."""

    person: str
    geo: Geo


class Person(msgspec.Struct, frozen=True):
    """Who is visited, and where. Its id is the visit's."""

    id: str
    name: str
    address_as: AddressAs
    address: str
    why: Why
    phone: str | None = None
    agent: Agent | None = None
    remarks: tuple[Remark, ...] = ()
    places: tuple[SignedAt, ...] = ()
    sealed: bool = False


class Seen(msgspec.Struct, frozen=True):
    """A document that was looked at, and whose it is. Never its number."""

    of: Literal["principal", "agent"]
    document: Sighting


class AgentSeen(msgspec.Struct, frozen=True):
    """Whether the person who is to act was there, and how they are related."""

    present: bool
    relationship: Relationship
    by: str
    at: str


class Observed(msgspec.Struct, frozen=True):
    """What the staff saw. Not whether the person is capable: a doubt is for a supervisor."""

    responds_to_name: Clear
    states_purpose: Clear
    doubt: bool
    note: str
    by: str
    at: str


class Intention(msgspec.Struct, frozen=True):
    """What the customer said they want, in their words."""

    words: str
    by: str
    at: str


class Recording(msgspec.Struct, frozen=True):
    """The number under which the bank's own recorder has the confirmation."""

    recorder: str
    number: str
    by: str
    at: str


class Late(msgspec.Struct, frozen=True):
    """Something for this part that came after the visit had moved on."""

    id: str
    what: str
    by: str
    occurred_at: str
    received_at: str
    values: dict[str, Any]


class Answer(msgspec.Struct, frozen=True):
    """What was recorded for one purpose; its id is `<visit>.<aspect>`. Each of the two staff looks
    and hears for themselves: neither overwrites the other."""

    id: str
    visit: str
    aspect: Aspect
    sightings: tuple[Seen, ...] = ()
    agent: AgentSeen | None = None
    observed: tuple[Observed, ...] = ()
    intention: tuple[Intention, ...] = ()
    recording: Recording | None = None
    photos: tuple[str, ...] = ()
    late: tuple[Late, ...] = ()
    sealed: bool = False


def answer_id(visit: str, aspect: Aspect) -> str:
    """The id of the part that one purpose has."""
    return f"{visit}.{aspect}"
