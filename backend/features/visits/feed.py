"""What phones receive of visits, and who receives it: the course of a visit at the outlet's desk,
what is personal on the phones of the two staff and of whoever reviews (see rules.decision)."""

from typing import Any

import msgspec

from backend.features.visits.model.content import content_digest
from backend.features.visits.model.parts import Answer, Person
from backend.features.visits.model.visit import Visit
from backend.features.visits.rules.decision import bucket_of, buckets_of
from backend.features.visits.tables import ANSWERS, AUTHORISATIONS, PERSONS, ROUTES, VISITS
from backend.features.visits.tables.whole import whole_of
from backend.foundation.database.transaction import Tx
from backend.foundation.evidence import attaching
from backend.foundation.identity import pins
from backend.foundation.identity.model import PinCheck
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work
from backend.foundation.organisation.model import RESTRICTED_LINES

_OWN = frozenset({"id", "earlier"})
_BLANK: dict[str, Any] = {
    "sightings": [],
    "agent": None,
    "observed": [],
    "intention": [],
    "recording": None,
    "photos": [],
    "late": [],
}


async def seats(tx: Tx, person: str) -> list[str]:
    """The buckets of visits that wait for this person's decision: whoever stands in for them has to
    see what it is about. Not those of visits that are their own."""
    rows = await tx.tuples(
        "SELECT m.bucket, v.staff FROM bucket_member m "
        "JOIN visit v ON m.bucket = 'visit:' || v.id AND v.state = 'submitted' "
        "WHERE m.person_id = ? AND m.until_ver IS NULL",
        person,
    )
    return [bucket for bucket, staff in rows if person not in msgspec.json.decode(staff)]


async def visit(work: Work, id: str) -> Projection | None:
    """The course of the visit. `content_digest` is what accept and return must name."""
    found = await work.load(VISITS, id)
    if found is None:
        return None
    plain = msgspec.structs.asdict(found)
    body = {name: value for name, value in plain.items() if name not in _OWN}
    evidence = await attaching.completeness(work, ("visit", id))
    body["evidence"] = msgspec.structs.asdict(evidence)
    body["complete"] = evidence.complete
    body["content_digest"] = content_digest(await whole_of(work, found))
    return Projection(body, buckets_of(found))


async def visit_person(work: Work, id: str) -> Projection | None:
    """Who is visited and where. Of what is sealed only that it is."""
    found = await work.load(PERSONS, id)
    of = await work.load(VISITS, id)
    if found is None or of is None:
        return None
    place = {"visit": id, "outlet": of.outlet, "line": of.line, "pins": await _pins(work, of)}
    return Projection(place | _person(found), frozenset({bucket_of(id)}))


async def visit_answer(work: Work, id: str) -> Projection | None:
    """What was recorded for one purpose."""
    visit_id = id.partition(".")[0]
    found = await work.member(ANSWERS, id, visit=visit_id)
    of = await work.load(VISITS, visit_id)
    if found is None or of is None:
        return None
    place = {"visit": visit_id, "outlet": of.outlet, "line": of.line, "aspect": found.aspect}
    return Projection(place | _answer(found), frozenset({bucket_of(visit_id)}))


async def authorisation(work: Work, id: str) -> Projection | None:
    """For whoever works at the outlet: it names nobody, and is looked up by its number. One of a
    restricted line stays at its desk."""
    found = await work.load(AUTHORISATIONS, id)
    if found is None:
        return None
    plain = msgspec.structs.asdict(found)
    body = {name: value for name, value in plain.items() if name not in ("id", "staff")}
    named = {f"user:{person}" for person in found.staff}
    places = {f"desk:{found.outlet}:{found.line}"}
    if found.line not in RESTRICTED_LINES:
        places.add(f"outlet:{found.outlet}")
    return Projection(body, frozenset(places | named))


async def visit_route(work: Work, id: str) -> Projection | None:
    """For the person who walks it."""
    found = await work.load(ROUTES, id)
    if found is None:
        return None
    body = {"person": found.person, "day": found.day, "order": found.order}
    return Projection(body, frozenset({f"user:{found.person}"}))


async def _pins(work: Work, of: Visit) -> dict[str, PinCheck]:
    """By what each of the two phones tells a slip of the finger when the other one types a PIN. Not
    on a reviewer's."""
    if of.state not in ("scheduled", "under_way", "returned"):
        return {}
    checks = {person: await pins.check_of(work, person) for person in of.staff}
    return {person: check for person, check in checks.items() if check is not None}


def _person(found: Person) -> dict[str, Any]:
    plain = msgspec.structs.asdict(found)
    if found.sealed:
        blank = {"name": "", "address": "", "why": None, "phone": None, "agent": None}
        plain |= blank | {"remarks": [], "places": []}
    return {name: value for name, value in plain.items() if name != "id"}


def _answer(found: Answer) -> dict[str, Any]:
    told = _BLANK if found.sealed else {name: getattr(found, name) for name in _BLANK}
    return told | {"sealed": found.sealed}
