"""A visit read whole, and its parts one by one, as handlers and feeds need them."""

from backend.features.visits.model.codes import ASPECTS, Aspect
from backend.features.visits.model.content import Whole
from backend.features.visits.model.parts import Answer, answer_id
from backend.features.visits.model.visit import Visit
from backend.features.visits.tables import ANSWERS, PERSONS
from backend.foundation.evidence import attaching
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.work import Work
from backend.foundation.privacy import consenting
from backend.foundation.privacy.tables import ANSWERS as CONSENT_ANSWERS

VISIT, PERSON, ANSWER = "visit", "visit_person", "visit_answer"


async def answer_of(work: Work, visit: str, aspect: Aspect) -> Answer:
    """The part, filled or not."""
    id = answer_id(visit, aspect)
    found = await work.member(ANSWERS, id, visit=visit)
    return found or Answer(id=id, visit=visit, aspect=aspect)


async def whole_of(work: Work, visit: Visit) -> Whole:
    """The visit with its parts, its photos' digests and how the consents stand. What is sealed is
    no part of it."""
    person = await work.load(PERSONS, visit.id)
    found = {one.aspect: one for one in await work.find(ANSWERS, visit=visit.id)}
    photos = await attaching.photos_of(work, (VISIT, visit.id))
    return Whole(
        visit=visit,
        person=None if person is None or person.sealed else person,
        answers={one: found[one] for one in ASPECTS if one in found and not found[one].sealed},
        shots=tuple(sorted(photo.sha256 for photo in photos if photo.state != "sealed")),
        consents=await _consents(work, visit),
    )


async def _consents(work: Work, visit: Visit) -> tuple[tuple[str, str, str], ...]:
    rec: RecKey = (VISIT, visit.id)
    told: list[tuple[str, str, str]] = []
    consents = await consenting.consents_of(work, rec)
    await work.find_many(CONSENT_ANSWERS, "consent", [one.id for one in consents])
    for consent in consents:
        for one in await work.find(CONSENT_ANSWERS, consent=consent.id):
            state = "given" if one.given else "refused"
            told.append((consent.id, one.purpose, "withdrawn" if one.withdrawn_at else state))
    return tuple(sorted(told))
