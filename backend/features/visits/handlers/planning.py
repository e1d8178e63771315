"""Asking for visits, giving them to people, putting them off, calling them off."""

from backend.features.visits.commands.planning import (
    Cancel,
    Decline,
    Postpone,
    Reorder,
    Request,
    Schedule,
)
from backend.features.visits.handlers.loading import settle, times, visit_of
from backend.features.visits.rules import planning as rules
from backend.features.visits.tables import ANSWERS, ROUTES, VISITS
from backend.features.visits.tables.whole import PERSON, VISIT
from backend.foundation.evidence import attaching
from backend.foundation.identity import directory as people
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.ids import is_id
from backend.foundation.kernel.problem import args_invalid, id_taken, not_found
from backend.foundation.organisation import directory as organisation
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy import consenting


async def request(work: Work, asked: Request, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    if kind != PERSON:
        raise not_found()
    if not is_id(id):
        raise args_invalid(field="rec", reason="a UUID in lower case is needed")
    await work.hold(VISIT, id)
    then = business_day(ctx.judged_at())
    await organisation.open_outlet(work, asked.outlet, then)
    await organisation.open_line(work, asked.line, then)
    decision = rules.request(id, asked, ctx.actor, times(work, ctx))
    if await work.load(VISITS, id) is not None:
        raise id_taken()  # after who may: a stranger would learn that there is such a visit
    work.begin(ANSWERS, visit=id)
    attaching.begin(work, (VISIT, id))
    consenting.begin(work, (VISIT, id))
    return await settle(work, ctx, None, decision)


async def schedule(work: Work, asked: Schedule, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    today = business_day(ctx.now)
    first, second = asked.staff
    candidates = (
        await people.actor_at(work, first, visit.outlet, visit.line, today),
        await people.actor_at(work, second, visit.outlet, visit.line, today),
    )
    decision = rules.schedule(visit, asked, ctx.actor, times(work, ctx), candidates)
    return await settle(work, ctx, visit, decision)


async def postpone(work: Work, asked: Postpone, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    decision = rules.postpone(visit, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def decline(work: Work, asked: Decline, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    decision = rules.decline(visit, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def cancel(work: Work, asked: Cancel, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    return await settle(work, ctx, visit, rules.cancel(visit, asked, ctx.actor, times(work, ctx)))


async def reorder(work: Work, asked: Reorder, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    if kind != "visit_route":
        raise not_found()
    route, fact = rules.reorder(id, asked, ctx.actor)
    work.save(ROUTES, route)
    work.touch(kind, id)
    return Outcome((fact,))
