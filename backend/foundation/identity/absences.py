"""For whom a person decides while they are away: read with the person's rights."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity.deputy_rules import is_deputised
from backend.foundation.identity.grants import Network, grants_of
from backend.foundation.identity.model import Deputyship, Person, Post
from backend.foundation.identity.tables import DEPUTIES, PEOPLE, POSTS
from backend.foundation.kernel.actor import Grant, StandIn
from backend.foundation.kernel.clock import Moment, parse
from backend.foundation.organisation.calendar import day_start


async def stands_in_of(
    tx: Tx, person_id: str, today: date, network: Network
) -> tuple[StandIn, ...]:
    """Everybody for whom this person decides, did or will, with the rights that they have today;
    nobody who is suspended. One query for most people, three for a deputy."""
    deputyships = await DEPUTIES.find(tx, "deputy", person_id)
    if not deputyships:
        return ()
    ids = sorted({one.person for one in deputyships})
    people = {one.id: one for one in await PEOPLE.load(tx, ids) if one.active}
    clause, args = among(tx, "person", ids)
    posts = await POSTS.where(tx, f"{clause} ORDER BY id", *args)
    return tuple(
        _stand_in(one, people[one.person], posts, today, network)
        for one in sorted(deputyships, key=lambda one: (one.first_day, one.id))
        if one.person in people
    )


def lent(absent: Iterable[StandIn], now: Moment) -> tuple[Grant, ...]:
    """The grants that show a deputy the desks of those who are away now."""
    return tuple(
        msgspec.structs.replace(grant, for_person=one.person)
        for one in absent
        if one.covers(now)
        for grant in one.grants
    )


def _stand_in(
    one: Deputyship, person: Person, posts: list[Post], today: date, network: Network
) -> StandIn:
    held = [post for post in posts if post.person == person.id and is_deputised(post)]
    since = max(day_start(date.fromisoformat(one.first_day)), parse(one.appointed_at))
    until = day_start(date.fromisoformat(one.last_day) + timedelta(days=1))
    if one.ended_at is not None:
        until = min(until, parse(one.ended_at))
    return StandIn(
        person=person.id,
        name=person.name,
        since=since,
        until=until,
        first_day=one.first_day,
        last_day=one.last_day,
        grants=grants_of(held, today, network),
    )
