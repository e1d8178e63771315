"""Devices: what they are called, whether they may still receive, and what they said they hold.

Written directly, not through the journal: nothing here is a record that phones receive, and a
contact is noted on every call home.
"""

from datetime import timedelta

import msgspec

from backend.foundation.database.transaction import Row, Tx
from backend.foundation.identity.model import DeviceState
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import Moment, parse, wire

UPLOAD_LIFE = timedelta(seconds=limits.SESSION_LIFE_SECONDS)


class Unsent(msgspec.Struct, frozen=True):
    """What a device announces that it has not handed over yet."""

    commands: int = 0
    photos: int = 0
    bytes: int = 0
    oldest_at: str | None = None


class Contact(msgspec.Struct, frozen=True):
    """One call home: the announcement and how safely the phone keeps its data."""

    unsent: Unsent = Unsent()
    build: int = 0
    persisted: bool = False
    installed: bool = False
    free_bytes: int = 0


class KnownDevice(msgspec.Struct, frozen=True):
    """A device of a person, as that person's list and the console show it."""

    id: str
    name: str
    state: DeviceState
    first_seen_at: str
    last_contact_at: str
    unsent: Unsent
    build: int
    persisted: bool
    installed: bool
    signed_in: bool


class ManagedDevice(msgspec.Struct, frozen=True):
    """A device as administrators see it: who changed its state, when and why, and whether it said
    that it erased itself as ordered, with how much unsent. None: nobody did, it has not."""

    device: KnownDevice
    free_bytes: int
    state_reason: str | None
    state_by: str | None
    state_at: str | None
    erased_at: str | None
    erased_unsent: int | None


async def register(tx: Tx, device_id: str, name: str, now: Moment) -> DeviceState:
    """Notes a device at its sign-in, under its present name if it says one. Its state stays."""
    await tx.run(
        "INSERT INTO device (id, name, state, first_seen_at) VALUES (?, ?, 'active', ?) "
        "ON CONFLICT (id) DO UPDATE SET name = CASE WHEN excluded.name = '' THEN device.name "
        "ELSE excluded.name END",
        device_id,
        name,
        wire(now),
    )
    rows = await tx.tuples("SELECT state FROM device WHERE id = ?", device_id)
    return rows[0][0]


async def allow_upload(
    tx: Tx, device_id: str, person_id: str, now: Moment, *, delegated: bool
) -> None:
    """Notes that this person works on this device. `delegated` lets whoever signs in there later
    hand over what this person left behind, for as long as a session lasts."""
    until = wire(now + UPLOAD_LIFE) if delegated else None
    await tx.run(
        "INSERT INTO device_contact (id, device, person, last_contact_at, unsent_commands, "
        "unsent_photos, unsent_bytes, oldest_at, build, persisted, installed, free_bytes, "
        "upload_until) VALUES (?, ?, ?, ?, 0, 0, 0, NULL, 0, ?, ?, 0, ?) "
        "ON CONFLICT (id) DO UPDATE SET last_contact_at = excluded.last_contact_at, "
        "upload_until = excluded.upload_until",
        _contact_id(device_id, person_id),
        device_id,
        person_id,
        wire(now),
        False,
        False,
        until,
    )


async def note_contact(
    tx: Tx, device_id: str, person_id: str, contact: Contact, now: Moment
) -> None:
    """Keeps the latest call home. A device that never signed in with this person is not noted."""
    await tx.run(
        "UPDATE device_contact SET last_contact_at = ?, unsent_commands = ?, unsent_photos = ?, "
        "unsent_bytes = ?, oldest_at = ?, build = ?, persisted = ?, installed = ?, "
        "free_bytes = ? WHERE id = ?",
        wire(now),
        _count(contact.unsent.commands),
        _count(contact.unsent.photos),
        _count(contact.unsent.bytes),
        _moment(contact.unsent.oldest_at),
        _count(contact.build),
        contact.persisted,
        contact.installed,
        _count(contact.free_bytes),
        _contact_id(device_id, person_id),
    )


async def exists(tx: Tx, device_id: str) -> bool:
    """Whether anybody has signed in on this device."""
    return bool(await tx.tuples("SELECT 1 FROM device WHERE id = ?", device_id))


async def state_of(tx: Tx, device_id: str) -> DeviceState | None:
    """What the device may still do, or None for one that nobody has signed in on."""
    rows = await tx.tuples("SELECT state FROM device WHERE id = ?", device_id)
    return rows[0][0] if rows else None


async def is_known(tx: Tx, device_id: str, person_id: str) -> bool:
    """Whether this person has signed in on this device before."""
    contact = _contact_id(device_id, person_id)
    return bool(await tx.tuples("SELECT 1 FROM device_contact WHERE id = ?", contact))


async def upload_is_delegated(tx: Tx, device_id: str, person_id: str, now: Moment) -> bool:
    """Whether another person signed in on this device may hand over this person's work."""
    rows = await tx.tuples(
        "SELECT upload_until FROM device_contact WHERE id = ?", _contact_id(device_id, person_id)
    )
    return bool(rows) and rows[0][0] is not None and rows[0][0] > wire(now)


async def forget_upload(tx: Tx, device_id: str, person_id: str) -> None:
    """Nobody else may hand over this person's work from this device any more."""
    await tx.run(
        "UPDATE device_contact SET upload_until = NULL WHERE id = ?",
        _contact_id(device_id, person_id),
    )


async def of_person(tx: Tx, person_id: str, now: Moment) -> list[KnownDevice]:
    """The devices a person has worked on, latest contact first. One query."""
    return [_known(row) for row in await _contacts(tx, "WHERE c.person = ?", person_id, now=now)]


async def managed(tx: Tx, person_id: str, now: Moment) -> list[ManagedDevice]:
    """The devices a person has worked on, for administrators, latest contact first."""
    return [_managed(row) for row in await _contacts(tx, "WHERE c.person = ?", person_id, now=now)]


async def of_everybody(tx: Tx, now: Moment) -> list[tuple[str, KnownDevice]]:
    """(person, device) for every contact, latest first. One query."""
    return [(row["person"], _known(row)) for row in await _contacts(tx, "", now=now)]


async def _contacts(tx: Tx, where: str, *args: str, now: Moment) -> list[Row]:
    return await tx.fetch(
        "SELECT c.*, d.name, d.state, d.first_seen_at, d.state_reason, d.state_by, d.state_at, "
        "d.erased_at, d.erased_unsent, EXISTS (SELECT 1 FROM session s "
        "WHERE s.device = c.device AND s.person = c.person AND s.expires_at > ?) AS signed_in "
        f"FROM device_contact c JOIN device d ON d.id = c.device {where} "
        "ORDER BY c.last_contact_at DESC, c.id",
        wire(now),
        *args,
    )


def _managed(row: Row) -> ManagedDevice:
    return ManagedDevice(
        device=_known(row),
        free_bytes=row["free_bytes"],
        state_reason=row["state_reason"],
        state_by=row["state_by"],
        state_at=row["state_at"],
        erased_at=row["erased_at"],
        erased_unsent=row["erased_unsent"],
    )


def _known(row: Row) -> KnownDevice:
    return KnownDevice(
        id=row["device"],
        name=row["name"],
        state=row["state"],
        first_seen_at=row["first_seen_at"],
        last_contact_at=row["last_contact_at"],
        unsent=Unsent(
            commands=row["unsent_commands"],
            photos=row["unsent_photos"],
            bytes=row["unsent_bytes"],
            oldest_at=row["oldest_at"],
        ),
        build=row["build"],
        persisted=bool(row["persisted"]),
        installed=bool(row["installed"]),
        signed_in=bool(row["signed_in"]),
    )


def _count(number: int) -> int:
    # Whatever a phone announces must not be able to fail the call that carries its clock sample.
    return max(0, min(number, 2**53 - 1))


def _moment(text: str | None) -> str | None:
    try:
        return wire(parse(text)) if text else None
    except ValueError:
        return None


def _contact_id(device_id: str, person_id: str) -> str:
    return f"{device_id}:{person_id}"
