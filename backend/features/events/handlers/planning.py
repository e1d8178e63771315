"""Plans, and who works at an event."""

from backend.features.events import commands
from backend.features.events.handlers.loading import (
    KIND,
    event_of,
    last_day,
    settle,
    times,
)
from backend.features.events.rules import planning as rules
from backend.features.events.rules.decision import bucket_of, members_of
from backend.features.events.rules.keeping import ATTENDANCE_KEPT
from backend.features.events.states import WORKERS
from backend.features.events.tables import EVENTS
from backend.foundation.evidence import attaching
from backend.foundation.identity import directory as people
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import id_taken, not_found
from backend.foundation.organisation import directory as organisation
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy import consenting, keeping


async def plan(work: Work, asked: commands.Plan, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    if kind != KIND:
        raise not_found()
    await organisation.open_outlet(work, asked.outlet, business_day(ctx.judged_at()))
    decision = rules.plan(id, asked, ctx.actor, times(work, ctx))
    if await work.load(EVENTS, id) is not None:
        raise id_taken()  # after who may: a stranger would learn that there is such an event
    await _require_fit(work, ctx, asked)
    attaching.begin(work, ctx.rec)
    consenting.begin(work, ctx.rec)
    for person in sorted(members_of(decision.event)):
        work.admit(bucket_of(id), person)
    return settle(work, None, decision)


async def revise(work: Work, asked: commands.Revise, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    decision = rules.revise(event, asked, ctx.actor, times(work, ctx))
    await _require_fit(work, ctx, asked)
    await _move_staff(work, event.id, members_of(event), members_of(decision.event))
    return settle(work, event, decision)


async def propose(work: Work, asked: commands.Propose, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    decision = rules.propose(event, asked, ctx.actor, times(work, ctx))
    if asked.approver is not None:
        # Whoever is named is told of the event: nobody whom it is none of the business of.
        today = business_day(ctx.now)
        named = await people.actor_at(work, asked.approver, event.outlet, event.line, today)
        rules.require_approver(named, event.outlet, event.line)
    return settle(work, event, decision)


async def approve(work: Work, asked: commands.Approve, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    return settle(work, event, rules.approve(event, asked, ctx.actor, times(work, ctx)))


async def send_back(work: Work, asked: commands.Return, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    return settle(work, event, rules.send_back(event, asked, ctx.actor, times(work, ctx)))


async def cancel(work: Work, asked: commands.Cancel, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    decision = rules.cancel(event, asked, ctx.actor, times(work, ctx))
    if decision.event is not event:
        await keeping.keep(
            work,
            ctx.rec,
            ATTENDANCE_KEPT,
            min(last_day(event), business_day(ctx.now)),
            outlet=event.outlet,
            line=event.line,
        )
    return settle(work, event, decision)


async def assign_staff(work: Work, asked: commands.AssignStaff, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    decision = rules.assign_staff(event, asked, ctx.actor, times(work, ctx))
    await _require_people(work, ctx, asked.staff, event.outlet, event.line)
    await _move_staff(work, event.id, members_of(event), members_of(decision.event))
    return settle(work, event, decision)


async def _require_fit(work: Work, ctx: Context, asked: commands.Plan) -> None:
    await _require_people(work, ctx, asked.staff, asked.outlet, asked.line)


async def _require_people(
    work: Work, ctx: Context, staff: tuple[str, ...], outlet: str, line: str
) -> None:
    today = business_day(ctx.now)
    actors = [await people.actor_at(work, one, outlet, line, today) for one in staff]
    rules.require_fit(actors, outlet, line, WORKERS)


async def _move_staff(work: Work, id: str, before: frozenset[str], after: frozenset[str]) -> None:
    for person in sorted(before - after):
        await work.expel(bucket_of(id), person)
    for person in sorted(after - before):
        work.admit(bucket_of(id), person)
