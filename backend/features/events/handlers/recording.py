"""Photos and the result."""

from backend.features.events import commands
from backend.features.events.handlers.loading import (
    KIND,
    event_of,
    last_day,
    settle,
    staffed,
    times,
)
from backend.features.events.model import Event
from backend.features.events.rules import recording as rules
from backend.features.events.rules.decision import buckets_of
from backend.features.events.rules.keeping import PHOTOS_KEPT
from backend.foundation.evidence import attaching, erasing
from backend.foundation.evidence.model import rec_key
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import wire
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy import keeping
from backend.foundation.privacy.rules.consent import standing
from backend.foundation.privacy.tables import ANSWERS, CONSENTS


async def attach(work: Work, asked: commands.Attach, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    agreed = await _agreed(work, event, asked.consent, ctx)
    decision = rules.attach(event, asked, agreed, ctx.actor)
    if decision.event is not event:
        await attaching.attach(
            work,
            asked.photo,
            ctx,
            parent=(KIND, event.id),
            buckets=buckets_of(event),
            purpose="answer",
        )
        await keeping.keep(
            work,
            (KIND, event.id),
            PHOTOS_KEPT,
            last_day(event),
            outlet=event.outlet,
            line=event.line,
        )
    return settle(work, event, decision)


async def detach(work: Work, asked: commands.Detach, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    decision = rules.detach(event, asked, ctx.actor)
    photo = await work.load(PHOTOS, asked.photo)
    outcome = settle(work, event, decision)
    if photo is not None:
        # Erased and not only taken away: somebody who did not want to be on it is on it nowhere.
        await erasing.erase(work, [photo])
    return outcome


async def conclude(work: Work, asked: commands.Conclude, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    return settle(work, event, rules.conclude(event, asked, ctx.actor, times(work, ctx)))


async def accept_result(work: Work, asked: commands.AcceptResult, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    decision = rules.accept_result(event, asked, ctx.actor, times(work, ctx))
    if event.photos:
        await keeping.keep(
            work,
            ctx.rec,
            PHOTOS_KEPT,
            business_day(ctx.now),
            outlet=event.outlet,
            line=event.line,
        )
    return settle(work, event, decision)


async def _agreed(work: Work, event: Event, consent: str | None, ctx: Context) -> frozenset[str]:
    """The purposes to which this consent, given at this event, says yes at that moment."""
    found = None if consent is None else await work.load(CONSENTS, consent)
    if found is None or found.parent != rec_key(KIND, event.id):
        return frozenset()
    answers, at = await work.find(ANSWERS, consent=found.id), wire(ctx.judged_at())
    stands = {
        one.purpose: standing([found], {found.id: answers}, one.purpose, at, ctx.device_id)
        for one in answers
    }
    return frozenset(purpose for purpose, one in stands.items() if one.holds)
