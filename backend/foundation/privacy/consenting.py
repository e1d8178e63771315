"""How features keep consents: they own the command and the right to it, this owns the record.

Promises: each purpose of one notice is answered apart, never all at once; what was read stays known
(the notice's digest); a consent is seen where its parent is, and by the officer; `standing` says
what may be done at a moment, and only `given` allows anything. It holds no name and no address.

A feature calls `begin` when it makes a record, `give` from its handler (the facts go into its
outcome), `publish_under` whenever the buckets of its record change, and asks `standing` before it
does what needs a consent. When one is withdrawn the shared fact `ConsentWithdrawn` comes.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from backend.foundation.evidence.model import rec_key
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.identity import directory
from backend.foundation.journal.envelope import Context, Fact, RecKey
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.privacy import problems
from backend.foundation.privacy.commands import Giving, Sighted
from backend.foundation.privacy.facts import ConsentGiven
from backend.foundation.privacy.model import Answer, Consent, Notice, Sighting, Standing
from backend.foundation.privacy.rules import consent as rules
from backend.foundation.privacy.rules import sighting
from backend.foundation.privacy.tables import ANSWERS, CONSENTS, NOTICES


class Given(NamedTuple):
    """The consent, and what the feature puts into its outcome; nothing when it was there before."""

    consent: Consent
    facts: tuple[Fact, ...]


async def give(
    work: Work,
    asked: Giving,
    ctx: Context,
    *,
    parent: RecKey,
    outlet: str,
    line: str | None,
    buckets: Iterable[str],
    minor: bool = False,
) -> Given:
    """Stages the consent. The same one told twice is one.

    Raises `notice_unknown`, `notice_retired`, `answers_missing`, `purpose_not_covered`,
    `purpose_answered_twice`, `guardian_required`, `consent_proof_missing`, `witness_own`,
    `validity_past`, `person_unknown`, and `id_taken` for an id that another consent has."""
    notice = await notice_of(work, asked.notice)
    place = rules.Place(parent, outlet, line, tuple(sorted(buckets)), minor)
    consent = rules.consent(asked, notice, place, ctx)
    answers = rules.answers(asked)
    there = await work.load(CONSENTS, asked.id)
    if there is not None:
        await _require_same(work, there, consent, answers)
        return Given(there, ())
    await _require_shown(work, consent)
    for person in consent.staff:
        await directory.person(work, person)
    work.begin(ANSWERS, consent=consent.id)
    work.save(CONSENTS, consent)
    for answer in answers:
        work.save(ANSWERS, answer)
    work.touch("consent", consent.id)
    return Given(consent, (_given(consent, answers),))


def begin(work: Work, rec: RecKey) -> None:
    """The record is new, and nobody has agreed to anything in it: nothing to look for."""
    work.begin(CONSENTS, parent=rec_key(*rec))


async def standing(work: Work, rec: RecKey, purpose: str, at: str, device: str) -> Standing:
    """How the person of this record stood to the purpose when this device did something at this
    moment (wire form): `given`, `refused`, `withdrawn`, `expired` or `missing`. Two queries,
    whatever is asked after."""
    consents = await consents_of(work, rec)
    await work.find_many(ANSWERS, "consent", [one.id for one in consents])
    answered = {one.id: await work.find(ANSWERS, consent=one.id) for one in consents}
    return rules.standing(consents, answered, purpose, at, device)


async def consents_of(work: Work, rec: RecKey) -> list[Consent]:
    """The record's consents, staged ones included, in the order of their ids."""
    return await work.find(CONSENTS, parent=rec_key(*rec))


async def publish_under(work: Work, rec: RecKey, buckets: Iterable[str]) -> None:
    """The record is seen in these buckets from now on, and so are its consents."""
    wanted = tuple(sorted(buckets))
    for consent in await consents_of(work, rec):
        if consent.buckets != wanted:
            work.save(CONSENTS, msgspec.structs.replace(consent, buckets=wanted))
            work.touch("consent", consent.id)


async def notice_of(work: Work, id: str) -> Notice:
    """The notice with this id, also a retired one. Raises `notice_unknown`."""
    notice = await work.load(NOTICES, id)
    if notice is None:
        raise problems.notice_unknown(notice=id)
    return notice


def sight(asked: Sighted, ctx: Context, *, keep_last_four: bool) -> Sighting:
    """What is kept of an identity document that was looked at. Raises `last_four_not_kept` where
    the feature's policy keeps no character of it."""
    return sighting.sight(asked, ctx, keep_last_four=keep_last_four)


async def _require_same(
    work: Work, there: Consent, told: Consent, answers: tuple[Answer, ...]
) -> None:
    same = (there.parent, there.notice, there.by) == (told.parent, told.notice, told.by)
    kept = {one.purpose: one.given for one in await work.find(ANSWERS, consent=there.id)}
    if not same or kept != {one.purpose: one.given for one in answers}:
        raise problem.id_taken()


async def _require_shown(work: Work, consent: Consent) -> None:
    """The photo of a signature or thumbprint belongs to the consent's parent: an id alone would
    show nothing."""
    if consent.photo is None:
        return
    photo = await work.load(PHOTOS, consent.photo)
    if photo is None or photo.parent != consent.parent:
        raise problems.consent_proof_missing(what="photo")


def _given(consent: Consent, answers: tuple[Answer, ...]) -> ConsentGiven:
    return ConsentGiven(
        consent=consent.id,
        parent_kind=consent.parent_kind,
        parent_id=consent.parent_id,
        notice=consent.notice,
        principal=consent.principal,
        how=consent.how,
        given=tuple(one.purpose for one in answers if one.given),
        refused=tuple(one.purpose for one in answers if not one.given),
        valid_until=consent.valid_until,
    )
