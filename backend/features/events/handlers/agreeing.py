"""Consents given at an event, and the contacts that rest on them."""

import msgspec

from backend.features.events import commands
from backend.features.events.facts import ConsentNoted
from backend.features.events.handlers.loading import (
    FOLLOW_UP,
    KIND,
    publish,
    settle,
    staffed,
    staffed_at,
    times,
)
from backend.features.events.model import Event
from backend.features.events.model.people import Agreed
from backend.features.events.problems import entry_unknown
from backend.features.events.rules import recording as rules
from backend.features.events.rules.decision import buckets_of, place
from backend.features.events.rules.keeping import CONTACT_KEPT
from backend.features.events.tables import CONSENTS, ENTRIES, FOLLOW_UPS
from backend.foundation.evidence import attaching
from backend.foundation.evidence.commands import Capture
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import id_taken, not_found
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy import certifying, consenting, keeping
from backend.foundation.privacy.commands import Giving


async def consent(work: Work, asked: commands.Consent, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    facts = await _given(
        work, event, asked.consent, asked.proof, ctx, minor=asked.minor, entry=asked.entry
    )
    return Outcome(facts, status="applied" if facts else "merged")


async def follow_up(work: Work, asked: commands.FollowUp, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    if kind != FOLLOW_UP:
        raise not_found()
    event = await staffed_at(work, ctx, asked.event)
    if await work.load(FOLLOW_UPS, id) is not None:
        raise id_taken()
    made, decision = rules.follow_up(id, event, asked, ctx.actor, times(work, ctx))
    given = await _given(
        work, event, asked.consent, asked.proof, ctx, minor=asked.minor, entry=asked.entry
    )
    work.save(FOLLOW_UPS, made)
    work.touch(FOLLOW_UP, id)
    await keeping.keep(
        work,
        ctx.rec,
        CONTACT_KEPT,
        business_day(ctx.judged_at()),
        outlet=event.outlet,
        line=event.line,
    )
    publish(work, decision.event)
    return Outcome((*given, *decision.facts))


async def done(work: Work, asked: commands.DoneFollowUp, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    made = await work.load(FOLLOW_UPS, id) if kind == FOLLOW_UP else None
    if made is None or made.sealed:
        raise not_found()
    event = await staffed_at(work, ctx, made.event)
    decision = rules.done(event, made, asked)
    if await keeping.is_held(work, ctx.rec):
        work.save(FOLLOW_UPS, msgspec.structs.replace(made, done=True, sealed=True))
        work.touch(FOLLOW_UP, id)
        return settle(work, event, decision)
    work.remove(FOLLOW_UPS, id)
    work.erase(FOLLOW_UP, id)
    ordered = await certifying.order(
        work, ctx.rec, "retention", [ctx.rec], (), ctx=ctx, rule=CONTACT_KEPT.code, fields=3
    )
    outcome = settle(work, event, decision)
    return Outcome((*outcome.facts, *ordered.facts))


async def _given(
    work: Work,
    event: Event,
    asked: Giving,
    proof: Capture | None,
    ctx: Context,
    *,
    minor: bool,
    entry: str | None,
) -> tuple[Fact, ...]:
    """The consent with its proof. It hangs on the event, which stays when what it allowed goes."""
    if entry is not None:
        line = await work.load(ENTRIES, entry)
        if line is None or line.event != event.id:
            raise entry_unknown()
    rec = (KIND, event.id)
    if proof is not None:
        await attaching.attach(
            work,
            proof,
            ctx,
            parent=rec,
            buckets=buckets_of(event),
            purpose="signature",
            item=asked.id,
        )
    given = await consenting.give(
        work,
        asked,
        ctx,
        parent=rec,
        outlet=event.outlet,
        line=event.line,
        buckets=buckets_of(event),
        minor=minor,
    )
    if not given.facts:
        return ()
    work.save(CONSENTS, Agreed(id=asked.id, event=event.id, entry=entry))
    noted = ConsentNoted(**place(event), consent=asked.id, minor=minor)
    return (*given.facts, noted)
