"""What follows for visits when a consent is taken back, or the time of something has come."""

from backend.features.visits.handlers.forgetting import Order, forget
from backend.features.visits.handlers.loading import republish
from backend.features.visits.model.codes import PURPOSES
from backend.features.visits.model.retention import GOES_WITH
from backend.features.visits.rules.answering import purpose_of
from backend.features.visits.tables import VISITS
from backend.features.visits.tables.whole import VISIT
from backend.foundation.identity.facts import PinReset, PinSet
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.members import MEMBERS
from backend.foundation.journal.work import Work
from backend.foundation.privacy import consenting
from backend.foundation.privacy.facts import ConsentWithdrawn, RetentionEnded
from backend.foundation.privacy.tables import ANSWERS as CONSENT_ANSWERS


async def forget_withdrawn(work: Work, fact: ConsentWithdrawn, ctx: Context) -> Outcome:
    """What was kept under the purposes goes. With the last of them goes everything: the signature,
    and what somebody tried to record under a purpose that was never agreed to."""
    aspects = tuple(one for one in PURPOSES if purpose_of(one) in fact.purposes)
    rec = (fact.parent_kind, fact.parent_id)
    if fact.parent_kind == VISIT and not await _stands(work, fact.parent_id):
        aspects = (*PURPOSES, "signature")
    order = Order(aspects, "withdrawal", ":".join(fact.purposes), fact.action, fact.erase_by)
    return await _forget(work, rec, order, ctx)


async def forget_ended(work: Work, fact: RetentionEnded, ctx: Context) -> Outcome:
    """What is kept for this long goes."""
    aspects = GOES_WITH.get(fact.klass, ())
    order = Order(aspects, "retention", fact.klass, fact.action)
    return await _forget(work, (fact.parent_kind, fact.parent_id), order, ctx)


async def publish_pin(work: Work, fact: PinSet | PinReset, ctx: Context) -> Outcome:
    """The phones of visits that this person has with somebody learn of the new PIN."""
    for seat in await work.find(MEMBERS, person_id=fact.person):
        name, _, id = seat.bucket.partition(":")
        if name == VISIT and seat.until_ver is None:
            await work.hold(VISIT, id)
            await republish(work, id)
    return Outcome()


async def _forget(work: Work, rec: tuple[str, str], order: Order, ctx: Context) -> Outcome:
    kind, id = rec
    if kind != VISIT:
        return Outcome()
    await work.hold(VISIT, id)
    visit = await work.load(VISITS, id)
    if visit is None:
        return Outcome()
    return Outcome(await forget(work, visit, order, ctx), rec=rec)


async def _stands(work: Work, visit: str) -> bool:
    """Whether anything that was agreed to is not taken back."""
    for consent in await consenting.consents_of(work, (VISIT, visit)):
        for one in await work.find(CONSENT_ANSWERS, consent=consent.id):
            if one.given and one.withdrawn_at is None:
                return True
    return False
