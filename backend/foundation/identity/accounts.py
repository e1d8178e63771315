"""Accounts from the command line: add somebody, give a new password, take every right away.

The same commands as an administrator's, through the same gate, carried out as the house itself.
"""

import msgspec

from backend.foundation.identity import problems, rules
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
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import new_id


class Account(msgspec.Struct, frozen=True):
    """A person and the password to be told once."""

    person_id: str
    username: str
    password: str


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
    journal: Journal, passwords: Passwords, actor: Actor, username: str, password: str
) -> None:
    """Gives oneself a new password. Refuses a weak one; every earlier session ends."""
    rules.require_password(username, password)
    asked = SetPassword(await passwords.hash(password))
    await journal.command("identity.set_password", ("person", actor.id), asked, actor=actor)


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
