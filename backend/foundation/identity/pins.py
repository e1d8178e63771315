"""PINs: how a person signs in on a colleague's phone, where their own is not at hand.

Promises: a PIN that counts was given by somebody who knew it, for this one command about this one
record; the server keeps none, nor the sealed text that brought it (kernel/sealed_text). Guesses
through the server are counted by who sends them. Against: a sealed PIN used again elsewhere, a
database stolen without the house's key (the hash is made over what that key makes of the digits),
six digits tried one after the other.
It does not handle: a changed app on the colleague's phone. Whoever types a PIN there has told it.
"""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.foundation.identity import directory, pin_rules, problems, throttle
from backend.foundation.identity.model import Pin, PinCheck
from backend.foundation.identity.tables import PEOPLE, PINS
from backend.foundation.journal.envelope import Context
from backend.foundation.journal.house_key import HouseKey
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.kernel.ids import new_salt
from backend.foundation.kernel.problem import Problem

# Less than a password's: it is computed while the batch holds its locks, and ten bits of every PIN
# lie on phones anyway. What protects a stolen table is the house's key.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


async def verify(work: Work, person_id: str, sealed: str, ctx: Context) -> None:
    """Returns when the sealed PIN is this person's and was given for this very command. Refuses
    with `person_unknown`, `pin_suspended`, `pin_unreadable`, `pin_elsewhere`, `pin_not_set`,
    `pin_locked` or `pin_wrong`. Five wrong ones of one sender are free. Costs some 30 ms."""
    person = await directory.person(work, person_id)
    if not person.active:
        raise problems.pin_suspended(person=person.name)
    pin = await opened(work, person_id, sealed, ctx)
    kept = await work.load(PINS, person_id)
    if kept is None:
        raise problems.pin_not_set(person=person.name)
    # Counted in this very transaction: a refusal is a verdict, which is committed like any other.
    keys: tuple[throttle.Key, ...] = (("pin", f"{ctx.actor.id}:{person_id}"),)
    await throttle.count_try(
        work.tx, keys, ctx.now, refusal=problems.pin_locked, person=person.name
    )
    if not await _fits(key_of(work), kept, pin, ctx.now):
        raise problems.pin_wrong(person=person.name)
    await throttle.forgive(work.tx, keys, ctx.now)


async def check_of(work: Work, person_id: str) -> PinCheck | None:
    """What a colleague's phone may hold of a person's PIN, for the records that they share. None
    while the person has none or is suspended. To be published again after `facts.PinSet` and
    `facts.PinReset`."""
    kept = await work.load(PINS, person_id)
    person = await work.load(PEOPLE, person_id)
    if kept is None or person is None or not person.active:
        return None
    return PinCheck(salt=kept.salt, iterations=kept.iterations, check=kept.check_bits)


async def opened(work: Work, person_id: str, sealed: str, ctx: Context) -> str:
    """The six digits sealed for this person, record and command. Refuses everything else."""
    try:
        plain = key_of(work).opened(sealed)
    except ValueError:
        raise problems.pin_unreadable() from None
    found = pin_rules.read(plain, person_id, ctx.rec, ctx.command_id)
    if isinstance(found, Problem):
        raise found
    return found


async def made(key: HouseKey, person_id: str, pin: str, before: Pin | None, now: Moment) -> Pin:
    """The new PIN as it is kept; the one before counts on for a week."""
    salt = new_salt()
    bits = await asyncio.to_thread(pin_rules.check_bits, pin, salt, pin_rules.ITERATIONS)
    return Pin(
        id=person_id,
        pin_hash=await asyncio.to_thread(_HASHER.hash, _keyed(key, person_id, pin)),
        salt=salt,
        iterations=pin_rules.ITERATIONS,
        check_bits=bits,
        set_at=wire(now),
        before_hash=before.pin_hash if before else None,
        before_until=wire(now + pin_rules.BEFORE_DAYS) if before else None,
    )


def key_of(work: Work) -> HouseKey:
    """The key of the house. Without one nothing that is sealed can be asked of it."""
    if work.key is None:
        raise AssertionError("this journal was given no key")
    return work.key


async def _fits(key: HouseKey, kept: Pin, pin: str, now: Moment) -> bool:
    hashes = [kept.pin_hash]
    if kept.before_hash is not None and wire(now) < (kept.before_until or ""):
        hashes.append(kept.before_hash)
    text = _keyed(key, kept.id, pin)
    return any([await asyncio.to_thread(_matches, one, text) for one in hashes])


def _matches(pin_hash: str, text: bytes) -> bool:
    try:
        return _HASHER.verify(pin_hash, text)
    except (VerificationError, InvalidHashError):
        return False


def _keyed(key: HouseKey, person_id: str, pin: str) -> bytes:
    return key.keyed(f"pin|{person_id}|{pin}".encode())
