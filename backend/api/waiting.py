"""Who still has to sync: the devices of the people one looks after, with what they still hold."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, get

from backend.api.given import GivenHouse
from backend.foundation.database.transaction import Tx
from backend.foundation.identity import devices
from backend.foundation.identity.access import Signed, read_network
from backend.foundation.identity.devices import KnownDevice
from backend.foundation.identity.grants import Network, grants_of
from backend.foundation.identity.model import Person, Post
from backend.foundation.identity.tables import PEOPLE, POSTS
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.actor import Actor
from backend.foundation.organisation.calendar import business_day

WATCHERS = frozenset({"manager", "line_lead", "secretariat", "security", "outlet_head"})
EVERYWHERE = frozenset({"admin", "dpo"})


class Named(msgspec.Struct, frozen=True):
    """A person by id and name."""

    id: str
    name: str


class Waiting(msgspec.Struct, frozen=True):
    """One person's device, and what it said it still holds."""

    person: Named
    device: KnownDevice


class WaitingAnswer(msgspec.Struct, frozen=True):
    """Devices of the people one looks after: those with unsent work first, then the longest
    silent. `more` when there are others beyond the limit."""

    waiting: list[Waiting]
    more: bool


@get("/v1/console/devices", operation_id="WaitingDevices")
async def waiting_devices(request: Request[Any, Signed, Any], house: GivenHouse) -> WaitingAnswer:
    """Shows whose devices have not handed over everything, and since when they are silent."""
    actor = request.auth.actor
    if not actor.may(WATCHERS | EVERYWHERE):
        raise problem.forbidden(needs="manager")
    now = house.clock.now()
    async with house.database.reading() as tx:
        contacts = await devices.of_everybody(tx, now)
        everybody = {person.id: person for person in await PEOPLE.where(tx, "1 = 1 ORDER BY id")}
        people = await _looked_after(tx, actor, everybody, business_day(now))
    rows = [
        Waiting(Named(person, people[person].name), device)
        for person, device in contacts
        if person in people
    ]
    rows.sort(key=_urgency)
    return WaitingAnswer(rows[: limits.PAGE_ROWS_MAX], len(rows) > limits.PAGE_ROWS_MAX)


async def _looked_after(
    tx: Tx, actor: Actor, everybody: dict[str, Person], today: date
) -> dict[str, Person]:
    """People whose posts lie where the actor watches; everybody for administrators."""
    if actor.may(EVERYWHERE):
        return everybody
    network = await read_network(tx)
    posts: dict[str, list[Post]] = {}
    for held in await POSTS.where(tx, "1 = 1 ORDER BY id"):
        posts.setdefault(held.person, []).append(held)
    return {
        id: person
        for id, person in everybody.items()
        if _watches(actor, posts.get(id, []), today, network)
    }


def _watches(actor: Actor, posts: list[Post], today: date, network: Network) -> bool:
    watched = [grant for grant in actor.grants if grant.role in WATCHERS]
    return any(
        (mine.outlet is None or mine.outlet == theirs.outlet)
        and (mine.line is None or theirs.line is None or mine.line == theirs.line)
        for theirs in grants_of(posts, today, network)
        for mine in watched
    )


def _urgency(row: Waiting) -> tuple[bool, str]:
    unsent = row.device.unsent
    return not (unsent.commands or unsent.photos), row.device.last_contact_at


ROUTES = (waiting_devices,)
