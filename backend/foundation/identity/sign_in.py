"""Signing in: count the try, check the password outside any transaction, open a session."""

from typing import Annotated

import msgspec

from backend.foundation.database.engine import Database
from backend.foundation.database.transaction import Tx
from backend.foundation.identity import devices, problems, sessions, throttle
from backend.foundation.identity.model import Credential, DeviceState, Person
from backend.foundation.identity.passwords import Passwords
from backend.foundation.identity.rules import PASSWORD_MOST
from backend.foundation.identity.tables import CREDENTIALS, PEOPLE
from backend.foundation.identity.throttle import Key
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import Clock, Moment, wire
from backend.foundation.kernel.problem import ProblemType

_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"  # PostgreSQL keeps no zero byte, and no name needs one
DeviceId = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{8,64}$")]


class SigningDevice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The device that signs in; its id is made on the device and kept there."""

    id: DeviceId
    name: Annotated[str, msgspec.Meta(max_length=limits.NAME_MAX, pattern=_PRINTABLE)] = ""


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A user name, a password and the device. `delegate_upload` lets the next person who signs in
    on this device hand over what this one left unsent. `new_password` takes the place of the one
    given; after a one-time password it is needed."""

    username: Annotated[
        str, msgspec.Meta(min_length=1, max_length=limits.NAME_MAX, pattern=_PRINTABLE)
    ]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=PASSWORD_MOST)]
    device: SigningDevice
    delegate_upload: bool = True
    new_password: Annotated[str, msgspec.Meta(min_length=1, max_length=PASSWORD_MOST)] | None = None


class Opened(msgspec.Struct, frozen=True):
    """A session that has begun. The token is told once and kept nowhere."""

    token: str
    person: Person
    device_id: str
    device_state: DeviceState
    expires_at: Moment


class Proven(msgspec.Struct, frozen=True):
    """Somebody who gave the password that counts, and what the try was counted under."""

    person: Person
    credential: Credential
    keys: tuple[Key, ...]


async def sign_in(
    db: Database, passwords: Passwords, clock: Clock, asked: SignIn, address: str
) -> Opened:
    """A session for the person. Refuses as `proven` does, and a one-time password with
    `password_one_time`: it is exchanged before it opens anything."""
    account = await proven(db, passwords, clock, asked, address)
    credential = account.credential
    if credential.one_time_until is not None:
        await forgive(db, clock, account)
        raise problems.password_one_time(until=credential.one_time_until)
    fresh = await _fresh_hash(passwords, credential, asked.password)
    async with db.unit_of_work() as tx:
        await _require_unchanged(tx, credential, fresh)
        return await _open(tx, account, asked, clock.now())


async def proven(
    db: Database,
    passwords: Passwords,
    clock: Clock,
    asked: SignIn,
    address: str,
    *,
    wrong: ProblemType = problems.sign_in_failed,
) -> Proven:
    """Whoever gave the right password. Refuses with `too_many_tries`, `sign_in_busy`, with `wrong`,
    or, once the password was right, `person_suspended` or `password_lapsed`. The try stays counted
    until it is forgiven."""
    async with db.unit_of_work() as tx:
        person, credential = await _found(tx, asked.username.strip().lower())
        keys = await _keys(tx, asked, person, address)
        await throttle.count_try(tx, keys, clock.now())
    held = credential.password_hash if credential else None
    fits = await passwords.matches(held, asked.password)
    if not fits or person is None or credential is None:
        raise wrong()
    if not person.active:
        raise problems.person_suspended()
    until = credential.one_time_until
    if until is not None and until <= wire(clock.now()):
        raise problems.password_lapsed(until=until)
    return Proven(person, credential, keys)


async def forgive(db: Database, clock: Clock, account: Proven) -> None:
    """The right password was given: its try and the wrong ones before it no longer count."""
    async with db.unit_of_work() as tx:
        await throttle.forgive(tx, account.keys, clock.now())


async def _found(tx: Tx, username: str) -> tuple[Person | None, Credential | None]:
    people = await PEOPLE.find(tx, "username", username)
    if not people:
        return None, None
    credentials = await CREDENTIALS.load(tx, [people[0].id])
    return people[0], credentials[0] if credentials else None


async def _keys(tx: Tx, asked: SignIn, person: Person | None, address: str) -> tuple[Key, ...]:
    """What this try counts under. A device of the person's own counts apart from strangers'."""
    own: Key = ("username", asked.username.strip().lower())
    if person is not None and await devices.is_known(tx, asked.device.id, person.id):
        own = ("device", f"{asked.device.id}:{person.id}")
    return (own, ("address", address))


async def _fresh_hash(passwords: Passwords, credential: Credential, password: str) -> str | None:
    """A hash at today's cost when the stored one was made at another, else None."""
    if not passwords.is_outdated(credential.password_hash):
        return None
    return await passwords.hash(password)


async def _require_unchanged(tx: Tx, credential: Credential, fresh: str | None) -> None:
    # Between the check and here the password may have been reset; the old one must not open a
    # session that is younger than the new one.
    if await CREDENTIALS.load(tx, [credential.id]) != [credential]:
        raise problems.sign_in_failed()
    if fresh is not None:
        await CREDENTIALS.upsert(tx, [msgspec.structs.replace(credential, password_hash=fresh)])


async def _open(tx: Tx, account: Proven, asked: SignIn, now: Moment) -> Opened:
    person, device = account.person, asked.device
    await throttle.forgive(tx, account.keys, now)
    state = await devices.register(tx, device.id, device.name, now)
    await devices.allow_upload(tx, device.id, person.id, now, delegated=asked.delegate_upload)
    token, expires = await sessions.begin(tx, person.id, device.id, now)
    return Opened(token, person, device.id, state, expires)
