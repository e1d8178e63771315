"""Who still has to sync: devices with unsent work, and what is missing from which record."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, get

from backend.api.given import GivenHouse
from backend.foundation.database.transaction import Tx
from backend.foundation.evidence.model import Photo
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.identity import devices
from backend.foundation.identity.access import Signed, read_network
from backend.foundation.identity.devices import KnownDevice
from backend.foundation.identity.grants import Network, grants_of
from backend.foundation.identity.model import Person, Post
from backend.foundation.identity.tables import PEOPLE, POSTS
from backend.foundation.journal.records import RECORDS
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.actor import Actor
from backend.foundation.organisation.calendar import business_day

WATCHERS = frozenset({"manager", "line_lead", "secretariat", "security", "outlet_head"})
EVERYWHERE = frozenset({"admin", "dpo"})
# States in which a record has been handed in, so that a missing photo is missed by somebody.
HANDED_IN = frozenset({"submitted", "reported"})


class Named(msgspec.Struct, frozen=True):
    """A person or a device by id and name."""

    id: str
    name: str


class Waiting(msgspec.Struct, frozen=True):
    """One person's device, and what it said it still holds."""

    person: Named
    device: KnownDevice


class Missing(msgspec.Struct, frozen=True):
    """A photo that has not come, and who holds it on which device."""

    sha256: str
    purpose: str
    size: int
    person: Named
    device: Named


class Incomplete(msgspec.Struct, frozen=True):
    """A record that was handed in without all of its photos."""

    rec: tuple[str, str]
    title: Any
    outlet: str | None
    line: str | None
    missing: list[Missing]


class WaitingAnswer(msgspec.Struct, frozen=True):
    """Devices of the people one looks after: those with unsent work first, then the longest
    silent; and the records that wait for photos. `more` when there are others beyond the limit."""

    waiting: list[Waiting]
    incomplete: list[Incomplete]
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
        awaited = await PHOTOS.where(
            tx, "state = 'awaited' ORDER BY parent, id LIMIT ?", limits.PAGE_ROWS_MAX
        )
        bodies = await _bodies(tx, awaited)
    rows = [
        Waiting(Named(person, people[person].name), device)
        for person, device in contacts
        if person in people
    ]
    rows.sort(key=_urgency)
    names = {device.id: device.name for _, device in contacts}
    return WaitingAnswer(
        waiting=rows[: limits.PAGE_ROWS_MAX],
        incomplete=_incomplete(actor, awaited, bodies, everybody, names),
        more=len(rows) > limits.PAGE_ROWS_MAX or len(awaited) == limits.PAGE_ROWS_MAX,
    )


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


async def _bodies(tx: Tx, photos: list[Photo]) -> dict[str, dict[str, Any]]:
    """What phones see of the records these photos belong to, by record key. One query."""
    records = await RECORDS.load(tx, {photo.parent for photo in photos}) if photos else []
    return {record.id: msgspec.json.decode(record.body) or {} for record in records}


def _incomplete(
    actor: Actor,
    photos: list[Photo],
    bodies: dict[str, dict[str, Any]],
    people: dict[str, Person],
    device_names: dict[str, str],
) -> list[Incomplete]:
    found: dict[str, Incomplete] = {}
    for photo in photos:
        body = bodies.get(photo.parent, {})
        if body.get("state") not in HANDED_IN or not _sees(actor, body):
            continue
        record = found.setdefault(
            photo.parent,
            Incomplete(
                rec=(photo.parent_kind, photo.parent_id),
                title=body.get("title"),
                outlet=body.get("outlet"),
                line=body.get("line"),
                missing=[],
            ),
        )
        record.missing.append(
            Missing(
                sha256=photo.sha256,
                purpose=photo.purpose,
                size=photo.size,
                person=Named(photo.by, people[photo.by].name if photo.by in people else ""),
                device=Named(photo.device, device_names.get(photo.device, "")),
            )
        )
    return list(found.values())


def _sees(actor: Actor, body: dict[str, Any]) -> bool:
    return actor.may(EVERYWHERE) or actor.may(WATCHERS, body.get("outlet"), body.get("line"))


ROUTES = (waiting_devices,)
