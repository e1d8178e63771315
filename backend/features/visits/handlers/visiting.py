"""What the two staff do on the spot."""

from backend.features.visits.commands.visiting import (
    Attach,
    Authorise,
    Detach,
    GiveOver,
    Guide,
    Locate,
    MakeRemark,
    Sign,
    SignIn,
)
from backend.features.visits.handlers.loading import (
    agreed,
    part_of,
    person_of,
    settle,
    times,
    visit_of,
)
from backend.features.visits.rules import visiting as rules
from backend.features.visits.rules.answering import require_agreed
from backend.features.visits.rules.decision import bucket_of
from backend.features.visits.tables.whole import VISIT
from backend.foundation.evidence import attaching, erasing
from backend.foundation.evidence.commands import Capture
from backend.foundation.evidence.model import Purpose
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.identity import pins
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import args_invalid
from backend.foundation.organisation.calendar import business_day


async def sign_in(work: Work, asked: SignIn, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    person = await _whoever_signs(work, asked, ctx)
    return await settle(work, ctx, visit, rules.sign_in(visit, person, ctx.actor, times(work, ctx)))


async def locate(work: Work, asked: Locate, ctx: Context) -> Outcome:
    visit, person = await person_of(work, ctx)
    return await settle(work, ctx, visit, rules.locate(visit, person, asked, ctx.actor))


async def remark(work: Work, asked: MakeRemark, ctx: Context) -> Outcome:
    visit, person = await person_of(work, ctx)
    decision = rules.remark(visit, person, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def sign(work: Work, asked: Sign, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    decision = rules.sign(visit, asked, ctx.actor, times(work, ctx))

    async def record(work: Work) -> None:
        await _show(work, visit.id, asked.photo, ctx, "signature")

    return await settle(work, ctx, visit, decision, also=record)


async def attach(work: Work, asked: Attach, ctx: Context) -> Outcome:
    visit, answer = await part_of(work, ctx, "photos")
    require_agreed(await agreed(work, ctx, visit, "photos"), "photos")
    decision = rules.attach(visit, answer, asked, ctx.actor, times(work, ctx))

    async def record(work: Work) -> None:
        await _show(work, visit.id, asked.photo, ctx, "answer")

    return await settle(work, ctx, visit, decision, also=record)


async def detach(work: Work, asked: Detach, ctx: Context) -> Outcome:
    """Of a home nothing is kept that nobody shows: its bytes go too."""
    visit, answer = await part_of(work, ctx, "photos")
    photo = await work.load(PHOTOS, asked.photo)
    decision = rules.detach(visit, answer, asked, photo, ctx.actor, times(work, ctx))
    if photo is not None:
        await erasing.erase(work, [photo])
    return await settle(work, ctx, visit, decision)


async def authorise(work: Work, asked: Authorise, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    today = business_day(ctx.judged_at()).isoformat()
    decision = rules.authorise(visit, asked, ctx.actor, times(work, ctx), today)
    return await settle(work, ctx, visit, decision)


async def guide(work: Work, asked: Guide, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    return await settle(work, ctx, visit, rules.guide(visit, asked, ctx.actor, times(work, ctx)))


async def hand_over(work: Work, asked: GiveOver, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    decision = rules.hand_over(visit, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def _whoever_signs(work: Work, asked: SignIn, ctx: Context) -> str:
    """The actor; or the colleague, whose PIN says that they are there too."""
    if asked.person is None or asked.person == ctx.actor.id:
        return ctx.actor.id
    if asked.pin is None:
        raise args_invalid(field="pin", reason="a colleague signs in here by PIN")
    await pins.verify(work, asked.person, asked.pin, ctx)
    return asked.person


async def _show(work: Work, visit: str, photo: Capture, ctx: Context, purpose: Purpose) -> None:
    buckets = (bucket_of(visit),)
    await attaching.attach(
        work, photo, ctx, parent=(VISIT, visit), buckets=buckets, purpose=purpose
    )
