"""Erasing or sealing parts of a visit, whoever asks for it.

A part is a record: when it is erased, what phones hold of it goes, and what comes for it later is
refused before it is read. That also goes for parts that nobody had filled yet.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend.features.visits.handlers.loading import keep, seat
from backend.features.visits.model.authorisation import Revocation
from backend.features.visits.model.parts import Answer, Person
from backend.features.visits.model.visit import Visit
from backend.features.visits.rules import authorising
from backend.features.visits.rules import forgetting as rules
from backend.features.visits.tables import ANSWERS, AUTHORISATIONS, PERSONS, VISITS
from backend.features.visits.tables.whole import ANSWER, PERSON, VISIT
from backend.foundation.database.rows import Rows
from backend.foundation.evidence import attaching, erasing
from backend.foundation.evidence.model import Photo
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.envelope import Context, Fact, RecKey
from backend.foundation.journal.manifest import LeftBehind
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.journal.when import when_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import wire
from backend.foundation.privacy import certifying, keeping
from backend.foundation.privacy.model import Cause

SEALED_WHY = "legal_hold"
_SHOWN_AS = {"photos": "answer", "signature": "signature"}  # the purpose that such photos have


class Order(msgspec.Struct, frozen=True):
    """What goes and why. `rule` is the purpose or the class by which, for the certificate."""

    aspects: tuple[str, ...]
    cause: Cause
    rule: str
    action: AtEnd
    erase_by: str | None = None


async def forget(work: Work, visit: Visit, order: Order, ctx: Context) -> tuple[Fact, ...]:
    """Erases or seals these parts, ends what rested on them, and orders the certificate: also when
    nothing of them was left."""
    gone = {one.aspect for one in visit.forgotten if one.action == "erase"}
    aspects = tuple(aspect for aspect in order.aspects if aspect not in gone)
    records = [rec for aspect in aspects if (rec := record_of(visit.id, aspect)) is not None]
    fields = 0
    for rec in records:
        fields += await _let_go(work, visit, rec, order.action)
    digests = await _photos(work, visit, aspects, order.action)
    facts = await _told(work, visit, aspects, order, ctx) if aspects else ()
    made = await certifying.order(
        work,
        (VISIT, visit.id),
        order.cause,
        records,
        digests if order.action == "erase" else (),
        ctx=ctx,
        rule=order.rule,
        fields=fields,
        action=order.action,
        erase_by=order.erase_by,
    )
    if await _is_empty(work, visit):
        await keeping.end(work, (VISIT, visit.id), ctx, made.certificate.id)
    return (*facts, *made.facts)


async def clear(work: Work, left: LeftBehind) -> None:
    """The row of a part that is erased goes, whoever erases it, and the visit is told anew."""
    if not left.ended or left.rec[0] not in (PERSON, ANSWER):
        return
    work.remove(_rows(left.rec), left.rec[1])
    visit = (VISIT, left.rec[1].partition(".")[0])
    if visit in work.touched or work.is_erased(visit):
        return
    await work.hold(*visit)
    if await work.load(VISITS, visit[1]) is not None:
        work.touch(*visit)


async def filled(work: Work, visit: Visit, aspects: Iterable[str]) -> tuple[str, ...]:
    """Those of the aspects of which something is kept."""
    photos = await attaching.photos_of(work, (VISIT, visit.id))
    shown = {photo.purpose for photo in photos}
    found = []
    for aspect in aspects:
        rec = record_of(visit.id, aspect)
        part = None if rec is None else await _part(work, rec)
        if (part is not None and rules.filled(part)) or _SHOWN_AS.get(aspect) in shown:
            found.append(aspect)
    return tuple(found)


def record_of(visit: str, aspect: str) -> RecKey | None:
    """The record that holds an aspect; signatures are photos alone."""
    if aspect == "signature":
        return None
    return (PERSON, visit) if aspect == "address" else (ANSWER, f"{visit}.{aspect}")


async def _part(work: Work, rec: RecKey) -> Person | Answer | None:
    if rec[0] == PERSON:
        return await work.load(PERSONS, rec[1])
    return await work.member(ANSWERS, rec[1], visit=rec[1].partition(".")[0])


async def _let_go(work: Work, visit: Visit, rec: RecKey, action: AtEnd) -> int:
    """How many personal fields it was."""
    part = await _part(work, rec)
    if action == "erase":
        people = (*visit.staff, *visit.earlier, visit.requested_by)
        # Not "within" the visit: it bears the same id as who is visited, so everything that was
        # refused about the visit would be taken for words about them, and blanked.
        work.erase(*rec, people=people)
        work.remove(_rows(rec), rec[1])
    elif part is not None and not part.sealed:
        work.save(_rows(rec), msgspec.structs.replace(part, sealed=True))
        work.touch(*rec)
    return 0 if part is None else rules.filled(part)


def _rows(rec: RecKey) -> Rows[Any]:
    return PERSONS if rec[0] == PERSON else ANSWERS


async def _photos(
    work: Work, visit: Visit, aspects: tuple[str, ...], action: AtEnd
) -> tuple[str, ...]:
    """Erases or seals the photos of these aspects; the digests whose bytes go."""
    wanted = {_SHOWN_AS[aspect] for aspect in aspects if aspect in _SHOWN_AS}
    there = await attaching.photos_of(work, (VISIT, visit.id))
    photos = [photo for photo in there if photo.purpose in wanted]
    if action == "seal":
        await erasing.seal(work, photos, SEALED_WHY)
        return ()
    digests = await _only_theirs(work, photos)
    await erasing.erase(work, photos)
    return digests


async def _only_theirs(work: Work, photos: list[Photo]) -> tuple[str, ...]:
    """Bytes that no other living photo has: what another one shows stays, and a certificate that
    named it would wait for ever."""
    going = {photo.id for photo in photos}
    digests = dict.fromkeys(
        digest for photo in photos for digest in (photo.sha256, photo.thumb) if digest
    )
    found = []
    for digest in digests:
        having = [
            *await work.find(PHOTOS, sha256=digest),
            *await work.find(PHOTOS, thumb=digest),
        ]
        if all(one.id in going or one.state == "erased" for one in having):
            found.append(digest)
    return tuple(found)


async def _told(
    work: Work, visit: Visit, aspects: tuple[str, ...], order: Order, ctx: Context
) -> tuple[Fact, ...]:
    when = when_of(ctx, work.derive("forgotten"))
    decision = rules.forget(visit, aspects, order.action, order.cause, ctx.actor, when)
    work.save(VISITS, decision.visit)
    work.touch(VISIT, visit.id)
    facts = decision.facts
    if decision.visit.state != visit.state:
        await seat(work, decision.visit)
        await keep(work, ctx, decision.visit)
    if visit.authorisation is not None and rules.revokes(aspects, order.cause):
        facts = (*facts, *await _revoked(work, visit.authorisation, ctx))
    return facts


async def _revoked(work: Work, id: str, ctx: Context) -> tuple[Fact, ...]:
    """What was done on it before stays valid; from now on nothing is done."""
    await work.hold("authorisation", id)
    one = await work.load(AUTHORISATIONS, id)
    assert one is not None, f"a visit names an authorisation {id} that is not there"
    if one.state != "issued":
        return ()
    at = wire(ctx.judged_at())
    ruling = authorising.ended(one, Revocation(ctx.actor.id, "consent_withdrawn", at))
    work.save(AUTHORISATIONS, ruling.authorisation)
    work.touch("authorisation", id)
    return ruling.facts


async def _is_empty(work: Work, visit: Visit) -> bool:
    """Whether nothing personal of the visit is left."""
    if await work.load(PERSONS, visit.id) is not None:
        return False
    if await work.find(ANSWERS, visit=visit.id):
        return False
    return not await attaching.photos_of(work, (VISIT, visit.id))
