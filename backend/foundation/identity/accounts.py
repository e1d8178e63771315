"""Accounts: add somebody, give or change a password, take every right away.

From the command line as the house itself, from the desk as an administrator or as oneself; always
the same commands through the same gate.
"""

import msgspec

from backend.foundation.identity import problems, rules, throttle
from backend.foundation.identity.commands import (
    AddPerson,
    HoldPost,
    ResetPin,
    RestorePerson,
    SetPassword,
    SuspendPerson,
)
from backend.foundation.identity.model import Person
from backend.foundation.identity.passwords import Passwords, random_password
from backend.foundation.identity.sign_in import SignIn, forgive, proven
from backend.foundation.identity.tables import CREDENTIALS, PEOPLE
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import ProblemType, not_found


class Account(msgspec.Struct, frozen=True):
    """A person and the password to be told once."""

    person_id: str
    username: str
    password: str


class OneTime(msgspec.Struct, frozen=True):
    """A one-time password to be told once; from `until` on it is worth nothing."""

    person_id: str
    username: str
    password: str
    until: str


async def add(
    journal: Journal,
    passwords: Passwords,
    *,
    username: str,
    name: str,
    password: str | None = None,
    posts: tuple[HoldPost, ...] = (),
    person_id: str | None = None,
) -> Account:
    """Adds a person who can sign in, with their posts. A password left out is made up.

    Raises the Problem of whatever was refused; what was done before it stays.
    """
    secret = _chosen(username, password)
    rec = ("person", person_id or new_id())
    await journal.command("identity.add_person", rec, AddPerson(username, name))
    for post in posts:
        await journal.command("identity.hold_post", rec, post)
    await _set(journal, passwords, rec, secret)
    return Account(rec[1], username, secret)


async def reset(
    journal: Journal, passwords: Passwords, *, username: str, password: str | None = None
) -> Account:
    """Gives a person a new password; every session they had ends."""
    person = await find(journal, username)
    secret = _chosen(username, password)
    await _set(journal, passwords, ("person", person.id), secret)
    return Account(person.id, username, secret)


async def change_own(
    journal: Journal,
    passwords: Passwords,
    old: SignIn,
    new: str,
    address: str,
    *,
    wrong: ProblemType = problems.sign_in_failed,
) -> None:
    """Puts a person's own new password in the place of the one in `old`, be it a one-time one;
    every session that they had ends. Refuses as `sign_in.proven` does, with `password_weak` and
    with `password_same`; then nothing has changed."""
    database, clock = journal.database, journal.clock
    account = await proven(database, passwords, clock, old, address, wrong=wrong)
    # Before the new one is looked at: five weak ones in a row must not make anybody wait.
    await forgive(database, clock, account)
    person = account.person
    rules.require_another(old.password, new)
    rules.require_password(person.username, new)
    asked = SetPassword(await passwords.hash(new), rules.mark_of(account.credential))
    actor = Actor(id=person.id, name=person.name, device_id=old.device.id)
    await journal.command("identity.set_password", ("person", person.id), asked, actor=actor)


async def give_one_time(
    journal: Journal, passwords: Passwords, actor: Actor, person_id: str
) -> OneTime:
    """A password for somebody who forgot theirs or never had one, told once: it opens nothing but
    the choice of their own. Every session that they had ends, and so does the wait after wrong
    tries. Refuses with `own_password` and `not_found`, and whoever is no administrator."""
    rules.require_keeper(actor)
    if person_id == actor.id:
        raise problems.own_password()
    async with journal.database.reading() as tx:
        found = await PEOPLE.load(tx, [person_id])
    if not found:
        raise not_found()
    (person,) = found
    secret = random_password()
    asked = SetPassword(await passwords.hash(secret))
    await journal.command("identity.set_password", ("person", person.id), asked, actor=actor)
    async with journal.database.unit_of_work() as tx:
        await throttle.forgive(tx, (("username", person.username),), journal.clock.now())
        (kept,) = await CREDENTIALS.load(tx, [person.id])
    return OneTime(person.id, person.username, secret, kept.one_time_until or "")


async def suspend(journal: Journal, *, username: str, reason: str) -> Person:
    """Takes every right from a person at once."""
    person = await find(journal, username)
    await journal.command("identity.suspend_person", ("person", person.id), SuspendPerson(reason))
    return person


async def restore(journal: Journal, *, username: str) -> Person:
    """Gives a suspended person their rights back."""
    person = await find(journal, username)
    await journal.command("identity.restore_person", ("person", person.id), RestorePerson())
    return person


async def reset_pin(journal: Journal, *, username: str) -> Person:
    """Takes a person's PIN away; they set a new one. Refuses with `pin_not_set`."""
    person = await find(journal, username)
    await journal.command("identity.reset_pin", ("pin", person.id), ResetPin())
    return person


async def find(journal: Journal, username: str) -> Person:
    """The person with this user name. Refuses with `person_unknown`."""
    async with journal.database.reading() as tx:
        found = await PEOPLE.find(tx, "username", username)
    if not found:
        raise problems.person_unknown(person=username)
    return found[0]


def _chosen(username: str, password: str | None) -> str:
    if password is None:
        return random_password()
    rules.require_password(username, password)
    return password


async def _set(journal: Journal, passwords: Passwords, rec: tuple[str, str], password: str) -> None:
    asked = SetPassword(await passwords.hash(password))
    await journal.command("identity.set_password", rec, asked)
