"""Reads that neighbours need in a unit of work: a person, and what they may do somewhere."""

from datetime import date

from backend.foundation.identity import problems
from backend.foundation.identity.grants import Network, grants_of
from backend.foundation.identity.model import Person
from backend.foundation.identity.tables import PEOPLE, POSTS
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import Actor
from backend.foundation.organisation import directory as organisation
from backend.foundation.organisation.model import Unit


async def person(work: Work, person_id: str) -> Person:
    """The person. Refuses with `person_unknown`."""
    found = await work.load(PEOPLE, person_id)
    if found is None:
        raise problems.person_unknown(person=person_id)
    return found


async def actor_at(work: Work, person_id: str, outlet_id: str, line: str, today: date) -> Actor:
    """Another person with the rights they have at this outlet in this line on this day, so that
    a rule can ask `may`. Rights elsewhere are not in it. Refuses unknown people and outlets."""
    found = await person(work, person_id)
    outlet = await organisation.outlet(work, outlet_id)
    held = await work.find(POSTS, person=person_id) if found.active else []
    posts = [post for post in held if post.line in (None, line)]
    units: dict[str, Unit] = {}
    for unit_id in {outlet.unit, *(post.unit for post in posts)}:
        units |= {unit.id: unit for unit in await organisation.lineage(work, unit_id)}
    network = Network(units=units, outlets={outlet.id: outlet}, lines=(line,))
    return Actor(id=found.id, name=found.name, grants=grants_of(posts, today, network))
