"""Decisions about people and posts, on values alone. Each returns the new record or refuses."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from backend.foundation.identity import problems
from backend.foundation.identity.commands import (
    ChangePerson,
    ConfirmErased,
    HoldPost,
    SetDeviceState,
    SuspendPerson,
)
from backend.foundation.identity.model import Credential, Device, Person, Post
from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.organisation.model import Outlet

KEEPERS = frozenset({"admin", SYSTEM_ROLE})
AT_OUTLET = frozenset({"outlet_head", "outlet_staff"})
IN_LINE = frozenset({"line_lead", "security"})
UNBOUND = frozenset({"admin", "dpo"})
ORDERED_TO_ERASE = frozenset({"wipe_after_push", "wipe_now"})
PASSWORD_LEAST = 8
PASSWORD_MOST = 200  # Argon2 reads any length; a megabyte of password is an attack
ONE_TIME_LIFE = timedelta(days=7)  # somebody back from a week's leave; a lost slip dies by itself

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


def hold_post(
    person: Person, asked: HoldPost, outlet: Outlet | None, held: Iterable[Post], today: date
) -> Post:
    """The post as it will be held. Refuses a scope that the role does not have, and the same post
    twice on one day."""
    _require_scope(asked)
    if outlet is not None and outlet.kind == "self_service" and asked.role == "outlet_staff":
        raise problems.no_staff_here(outlet=outlet.name.zh)
    first = _day(asked.held_from or today.isoformat(), "held_from")
    if asked.held_to is not None:
        _require_order(first, _day(asked.held_to, "held_to"))
    post = Post(
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
    for other in held:
        if is_same_post(post, other) and overlap(post, other):
            raise problems.post_overlaps(first_day=other.held_from, last_day=other.held_to or "…")
    return post


def is_same_post(one: Post, other: Post) -> bool:
    """Whether two posts are the same role in the same place, whatever their days."""
    return _scope(one) == _scope(other)


def overlap(one: Post, other: Post) -> bool:
    """Whether there is a day on which both are held."""
    last = "9999-12-31"
    return one.held_from <= (other.held_to or last) and other.held_from <= (one.held_to or last)


def leave_post(post: Post, last_day: str | None, actor: Actor) -> Post | None:
    """The post with its last day. None when it ends at once: the day in hand no longer counts.
    Refuses one's own administration, or a branch could lock itself out."""
    if post.role == "admin" and post.person == actor.id:
        raise problems.own_post()
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


def require_receiver(person: Person, to: Person | None) -> None:
    """Refuses somebody who does not exist, is suspended, or has the work already."""
    if to is None:
        raise problems.person_unknown(person="?")
    if not to.active or to.id == person.id:
        raise problems.receiver_unfit(person=to.name)


def order(
    device: Device, asked: SetDeviceState, actor: Actor, device_id: str, now: Moment
) -> Device:
    """The device with its new state. Refuses the one that the order comes from: whoever stops it
    could not take that back."""
    require_other_device(device, device_id)
    return msgspec.structs.replace(
        device,
        state=asked.state,
        state_reason=asked.reason,
        state_by=actor.id,
        state_at=wire(now),
        erased_at=None,
        erased_unsent=None,
    )


def require_other_device(device: Device, device_id: str) -> None:
    """Refuses the device that the order comes from."""
    if device.id == device_id:
        raise problems.own_device()


def erased(device: Device, asked: ConfirmErased, device_id: str, now: Moment) -> Device:
    """The device that did as it was told. Refuses a report of another one or without order."""
    if device.id != device_id:
        raise problem.forbidden(needs="the device")
    if device.state not in ORDERED_TO_ERASE:
        raise problems.not_ordered(state=device.state)
    return msgspec.structs.replace(device, erased_at=wire(now), erased_unsent=asked.unsent)


def require_password(username: str, password: str) -> None:
    """Refuses a password that is too short, too long, or the user name itself."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST or password.lower() == username:
        raise problems.password_weak(least=PASSWORD_LEAST, most=PASSWORD_MOST)


def require_another(old: str, new: str) -> None:
    """Refuses the old password as the new one."""
    if old == new:
        raise problems.password_same()


def mark_of(credential: Credential) -> str:
    """What a password is named by where another takes its place: tells nothing of the hash."""
    return hashlib.sha256(credential.password_hash.encode()).hexdigest()


def require_replaced(before: Credential | None, replaces: str | None) -> None:
    """Refuses a change of one's own password by somebody who did not give the one that counts."""
    if before is None or replaces != mark_of(before):
        raise problems.password_old_wrong()


def one_time_until(actor: Actor, person: Person, now: Moment) -> str | None:
    """Until when a password that somebody else set may be exchanged. None: it is the person's own,
    or the house itself set it for good."""
    if actor.id == person.id or actor.may(SYSTEM_ROLE):
        return None
    return wire(now + ONE_TIME_LIFE)


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


def _scope(post: Post) -> tuple[str | None, ...]:
    return (post.role, post.unit, post.outlet, post.line)


def _require_order(first_day: str, last_day: str) -> None:
    if last_day < first_day:
        raise problems.post_dates(first_day=first_day, last_day=last_day)


def _day(text: str, field: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise problem.args_invalid(field=field, reason=f"{text} is not a date") from None
