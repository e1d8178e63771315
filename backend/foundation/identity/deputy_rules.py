"""Decisions about deputies, on values alone."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from backend.foundation.identity import deputy_problems as problems
from backend.foundation.identity.commands import AppointDeputy
from backend.foundation.identity.grants import DEPUTISED_ROLES
from backend.foundation.identity.model import Deputyship, Person, Post
from backend.foundation.identity.rules import KEEPERS
from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Moment, wire

DAYS_MAX = 92  # a quarter; whoever is away longer gives the post to somebody


def require_appointer(actor: Actor, person_id: str) -> None:
    """Refuses everybody but administrators and the absent person."""
    if actor.id != person_id and not actor.may(KEEPERS):
        raise problem.forbidden(needs="admin")


def appoint(
    id: str,
    asked: AppointDeputy,
    people: tuple[Person, Person],
    posts: Iterable[Post],
    known: Iterable[Deputyship],
    actor: Actor,
    now: Moment,
    today: date,
) -> Deputyship:
    """The deputyship. `people` are the absent person and the deputy, `posts` those of the absent
    person, `known` all that either of them is part of. Refuses days in the past or too many, a
    second deputy on one day, a deputy who is away, and a deputy of a deputy."""
    person, deputy = people
    if person.id == deputy.id:
        raise problems.own_deputy()
    for one in people:
        if not one.active:
            raise problems.deputy_suspended(person=one.name)
    first, last = _days(asked, today)
    made = Deputyship(
        id, person.id, deputy.id, first, last, asked.reason, actor.id, appointed_at=wire(now)
    )
    _require_post(person, posts, made)
    for other in known:
        if _overlap(made, other):
            _require_apart(made, other, person, deputy)
    return made


def end(one: Deputyship, actor: Actor, now: Moment) -> Deputyship:
    """Ended now: by an administrator, the absent person or the deputy. Refuses one that is over."""
    if actor.id not in (one.person, one.deputy) and not actor.may(KEEPERS):
        raise problem.forbidden(needs="admin")
    if one.ended_at is not None:
        raise problem.bad_transition(state="ended", move="end")
    return msgspec.structs.replace(one, ended_by=actor.id, ended_at=wire(now))


def is_deputised(post: Post) -> bool:
    """Whether a deputy stands in for this post."""
    return post.role in DEPUTISED_ROLES


def _days(asked: AppointDeputy, today: date) -> tuple[str, str]:
    try:
        first, last = date.fromisoformat(asked.first_day), date.fromisoformat(asked.last_day)
    except ValueError:
        raise problem.args_invalid(field="first_day, last_day", reason="not a day") from None
    if not today <= first <= last < first + timedelta(days=DAYS_MAX):
        days = {"first_day": asked.first_day, "last_day": asked.last_day}
        raise problems.deputy_days(**days, today=today.isoformat(), days=DAYS_MAX)
    return first.isoformat(), last.isoformat()


def _require_post(person: Person, posts: Iterable[Post], made: Deputyship) -> None:
    for post in posts:
        ends = post.held_to or made.last_day
        if is_deputised(post) and post.held_from <= made.last_day and ends >= made.first_day:
            return
    raise problems.deputy_needless(person=person.name)


def _overlap(one: Deputyship, other: Deputyship) -> bool:
    if other.ended_at is not None:
        return False
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _require_apart(made: Deputyship, other: Deputyship, person: Person, deputy: Person) -> None:
    days = {"first_day": other.first_day, "last_day": other.last_day}
    if other.person == made.person:
        raise problems.deputy_overlaps(person=person.name, **days)
    if other.person == made.deputy:
        raise problems.deputy_away(person=deputy.name, **days)
    if other.deputy == made.person:
        raise problems.deputy_of_deputy(person=person.name, **days)
