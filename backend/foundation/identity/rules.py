"""Decisions about people and posts, on values alone. Each returns the new record or refuses."""

import re
from datetime import date

import msgspec

from backend.foundation.identity import problems
from backend.foundation.identity.commands import ChangePerson, HoldPost, SuspendPerson
from backend.foundation.identity.model import Person, Post
from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor
from backend.foundation.organisation.model import Outlet

KEEPERS = frozenset({"admin", SYSTEM_ROLE})
AT_OUTLET = frozenset({"outlet_head", "outlet_staff"})
IN_LINE = frozenset({"line_lead", "security"})
UNBOUND = frozenset({"admin", "dpo"})
PASSWORD_LEAST = 8
PASSWORD_MOST = 200  # Argon2 reads any length; a megabyte of password is an attack

_HASH = re.compile(
    r"\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{16,64}\$[A-Za-z0-9+/]{32,96}"
)
# Above: one sign-in would hold the server's memory. Below: a stolen table is guessed in hours.
_MEMORY_KIB = range(8 * 1024, 256 * 1024 + 1)
_PASSES = range(1, 11)
_LANES = range(1, 9)


def require_keeper(actor: Actor) -> None:
    """Refuses everybody but administrators."""
    if not actor.may(KEEPERS):
        raise problem.forbidden(needs="admin")


def change_person(person: Person, asked: ChangePerson) -> Person:
    """The corrected person; None leaves a field as it is."""
    return msgspec.structs.replace(
        person, username=asked.username or person.username, name=asked.name or person.name
    )


def hold_post(person: Person, asked: HoldPost, outlet: Outlet | None, today: date) -> Post:
    """The post as it will be held. Refuses a scope that the role does not have."""
    _require_scope(asked)
    if outlet is not None and outlet.kind == "self_service" and asked.role == "outlet_staff":
        raise problems.no_staff_here(outlet=outlet.name.zh)
    first = _day(asked.held_from or today.isoformat(), "held_from")
    if asked.held_to is not None:
        _require_order(first, _day(asked.held_to, "held_to"))
    return Post(
        id=asked.post,
        person=person.id,
        role=asked.role,
        unit=asked.unit,
        outlet=asked.outlet,
        line=asked.line,
        title=asked.title,
        held_from=first,
        held_to=asked.held_to,
    )


def leave_post(post: Post, last_day: str | None) -> Post | None:
    """The post with its last day. None when it ends at once: the day in hand no longer counts."""
    if last_day is None:
        return None
    _require_order(post.held_from, _day(last_day, "last_day"))
    return msgspec.structs.replace(post, held_to=last_day)


def suspend(person: Person, asked: SuspendPerson, actor: Actor) -> Person:
    """The person without rights. Refuses one's own account, or nobody could undo it."""
    if person.id == actor.id:
        raise problems.own_account()
    if not person.active:
        raise problem.bad_transition(state="suspended", move="suspend")
    return msgspec.structs.replace(person, active=False)


def restore(person: Person) -> Person:
    """The person with the rights of their posts."""
    if person.active:
        raise problem.bad_transition(state="active", move="restore")
    return msgspec.structs.replace(person, active=True)


def require_password(username: str, password: str) -> None:
    """Refuses a password that is too short, too long, or the user name itself."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST or password.lower() == username:
        raise problems.password_weak(least=PASSWORD_LEAST, most=PASSWORD_MOST)


def require_hash(text: str) -> None:
    """Refuses whatever is not an Argon2id hash of bearable cost."""
    found = _HASH.fullmatch(text)
    if found is None:
        raise problems.password_form()
    memory, passes, lanes = (int(part) for part in found.groups())
    if memory not in _MEMORY_KIB or passes not in _PASSES or lanes not in _LANES:
        raise problems.password_form()


def _require_scope(asked: HoldPost) -> None:
    if asked.unit is not None and asked.outlet is not None:
        raise problems.post_scope(role=asked.role, needs="unit | outlet")
    if asked.role in AT_OUTLET and asked.outlet is None:
        raise problems.post_scope(role=asked.role, needs="outlet")
    if asked.role in IN_LINE and asked.line is None:
        raise problems.post_scope(role=asked.role, needs="line")
    if asked.role in UNBOUND and (asked.unit or asked.outlet or asked.line):
        raise problems.post_scope(role=asked.role, needs="-")


def _require_order(first_day: str, last_day: str) -> None:
    if last_day < first_day:
        raise problems.post_dates(first_day=first_day, last_day=last_day)


def _day(text: str, field: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise problem.args_invalid(field=field, reason=f"{text} is not a date") from None
