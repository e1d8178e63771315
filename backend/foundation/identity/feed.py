"""What phones receive of people: the name directory and who decides for whom (bucket `org`), and
each their own PIN's date. Never a credential."""

from backend.foundation.identity.model import DeputyBody, PersonBody, PinBody, PostBody
from backend.foundation.identity.tables import DEPUTIES, PEOPLE, PINS, POSTS
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work

ORG = frozenset({"org"})


async def person(work: Work, record_id: str) -> Projection | None:
    """The person and their posts as phones see them."""
    found = await work.load(PEOPLE, record_id)
    if found is None:
        return None
    posts = tuple(PostBody.of(post) for post in await work.find(POSTS, person=record_id))
    return Projection(PersonBody(found.name, found.username, posts, found.active), ORG)


async def pin(work: Work, record_id: str) -> Projection | None:
    """That the person has a PIN, for their own phones; None when they have none."""
    found = await work.load(PINS, record_id)
    if found is None:
        return None
    return Projection(PinBody(found.set_at), frozenset({f"user:{record_id}"}))


async def deputy(work: Work, record_id: str) -> Projection | None:
    """Who decides for whom: everybody may have to know whom to ask. Why is nobody's business."""
    found = await work.load(DEPUTIES, record_id)
    if found is None:
        return None
    body = DeputyBody(
        person=found.person,
        deputy=found.deputy,
        first_day=found.first_day,
        last_day=found.last_day,
        appointed_at=found.appointed_at,
        ended_at=found.ended_at,
    )
    return Projection(body, ORG)
