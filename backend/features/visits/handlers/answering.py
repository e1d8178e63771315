"""What is recorded of the customer, each only under what they agreed to."""

from backend.features.visits.commands.visiting import (
    NoteAgent,
    NoteRecording,
    Observe,
    RecordIntention,
    Sight,
    TakeConsent,
)
from backend.features.visits.handlers import forgetting
from backend.features.visits.handlers.loading import agreed, part_of, settle, times, visit_of
from backend.features.visits.model.codes import PURPOSES, Aspect
from backend.features.visits.model.parts import Answer
from backend.features.visits.model.visit import Visit
from backend.features.visits.rules import answering as rules
from backend.features.visits.rules.decision import Decision, bucket_of, standing, step
from backend.features.visits.tables.whole import VISIT
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import forbidden
from backend.foundation.privacy import consenting, keeping


async def consent(work: Work, asked: TakeConsent, ctx: Context) -> Outcome:
    """What was refused is not kept: not from before either."""
    visit = await visit_of(work, ctx)
    if not standing(visit, ctx.actor).once:
        raise forbidden(move="consent")
    given = await consenting.give(
        work,
        asked.consent,
        ctx,
        parent=(VISIT, visit.id),
        outlet=visit.outlet,
        line=visit.line,
        buckets=(bucket_of(visit.id),),
        minor=asked.minor,
    )
    if not given.facts:
        return Outcome(status="merged")
    asked_of = step(visit, "consented", ctx.actor, times(work, ctx))
    outcome = await settle(work, ctx, visit, Decision(asked_of, given.facts))
    refused = {answer.purpose for answer in asked.consent.answers if not answer.given}
    more = await _without(work, ctx, asked_of, refused)
    return Outcome((*outcome.facts, *more))


async def sight(work: Work, asked: Sight, ctx: Context) -> Outcome:
    visit, answer = await _part(work, ctx, "identity")
    # The kind of document and whether it was theirs is enough: no character of it is kept.
    seen = consenting.sight(asked.document, ctx, keep_last_four=False)
    decision = rules.sight(visit, answer, asked, seen, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def note_agent(work: Work, asked: NoteAgent, ctx: Context) -> Outcome:
    visit, answer = await _part(work, ctx, "identity")
    decision = rules.note_agent(visit, answer, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def observe(work: Work, asked: Observe, ctx: Context) -> Outcome:
    visit, answer = await _part(work, ctx, "condition")
    decision = rules.observe(visit, answer, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def record_intention(work: Work, asked: RecordIntention, ctx: Context) -> Outcome:
    visit, answer = await _part(work, ctx, "intention")
    decision = rules.record_intention(visit, answer, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def note_recording(work: Work, asked: NoteRecording, ctx: Context) -> Outcome:
    visit, answer = await _part(work, ctx, "recording")
    decision = rules.note_recording(visit, answer, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def _part(work: Work, ctx: Context, aspect: Aspect) -> tuple[Visit, Answer]:
    visit, answer = await part_of(work, ctx, aspect)
    rules.require_agreed(await agreed(work, ctx, visit, aspect), aspect)
    return visit, answer


async def _without(work: Work, ctx: Context, visit: Visit, refused: set[str]) -> tuple[Fact, ...]:
    """Whatever was kept before under a purpose that is refused now goes."""
    named = [aspect for aspect in PURPOSES if rules.purpose_of(aspect) in refused]
    aspects = await forgetting.filled(work, visit, named)
    if not aspects:
        return ()
    held = await keeping.is_held(work, (VISIT, visit.id))
    rule = ":".join(rules.purpose_of(aspect) for aspect in aspects)
    order = forgetting.Order(aspects, "request", rule, "seal" if held else "erase")
    return await forgetting.forget(work, visit, order, ctx)
