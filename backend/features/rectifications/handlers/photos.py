"""Photos of the fix, and the report that rests on them."""

from backend.features.rectifications.commands import (
    Attach,
    Detach,
    Report,
    RequestExtension,
)
from backend.features.rectifications.handlers.loading import KIND, case_of, settle, times
from backend.features.rectifications.model import Rectification
from backend.features.rectifications.rules import fixing as rules
from backend.features.rectifications.rules.decision import buckets_of
from backend.foundation.evidence import attaching
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work

ARRIVED = frozenset({"accepted", "waived"})


async def attach(work: Work, asked: Attach, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    decision = rules.attach(case, asked, ctx.actor, times(work, ctx))
    if decision.status == "merged":
        return await settle(work, case, decision)

    async def record(work: Work) -> None:
        await attaching.attach(
            work,
            asked.photo,
            ctx,
            parent=(KIND, case.id),
            buckets=buckets_of(decision.case),
            purpose="after",
        )

    return await settle(work, case, decision, also=record)


async def detach(work: Work, asked: Detach, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    decision = rules.detach(case, asked, ctx.actor)
    photo = await work.load(PHOTOS, asked.photo)
    if photo is not None:
        await attaching.detach(work, photo)
    return await settle(work, case, decision)


async def report(work: Work, asked: Report, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    states = await states_of(work, case)
    decision = rules.report(case, asked, ctx.actor, times(work, ctx), states)
    return await settle(work, case, decision)


async def request_extension(work: Work, asked: RequestExtension, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    decision = rules.request_extension(case, asked, ctx.actor, times(work, ctx))
    return await settle(work, case, decision)


async def states_of(work: Work, case: Rectification) -> dict[str, str]:
    """How far each photo of the fix is: awaited, stored, accepted, refused or waived."""
    return dict(await attaching.photo_states(work, [ref.id for ref in case.after]))


async def awaited(work: Work, case: Rectification) -> int:
    """Photos of the fix that have not arrived whole. A refused one is not waited for, but when
    nothing else shows the fix, it is."""
    states = await states_of(work, case)
    told = [states.get(ref.id, "awaited") for ref in case.after]
    coming = sum(state in ("awaited", "stored") for state in told)
    shown = any(state in ARRIVED for state in told)
    return coming or (0 if shown else 1)
