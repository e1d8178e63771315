"""Who has the case."""

from datetime import date

from backend.features.rectifications import problems
from backend.features.rectifications.commands import (
    Accept,
    Assign,
    Decline,
    DeclineOver,
    HandOver,
    TakeOver,
)
from backend.features.rectifications.handlers.loading import (
    case_of,
    due_in,
    people_in,
    settle,
    times,
    units_of,
)
from backend.features.rectifications.model import Rectification
from backend.features.rectifications.rules import ownership as rules
from backend.features.rectifications.states import ALL_ROLES
from backend.foundation.identity import directory as people
from backend.foundation.identity.problems import person_unknown
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.organisation import directory as organisation
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.model import RESTRICTED_LINES


async def assign(work: Work, asked: Assign, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    today = business_day(ctx.now)
    owner = await people.actor_at(work, asked.owner, case.outlet, case.line, today)
    due = None
    if asked.due_workdays is not None:
        due = await due_in(work, ctx, asked.due_workdays, case.outlet)
    decision = rules.assign(case, asked, ctx.actor, times(work, ctx), due)
    if not owner.grants and not (await people.person(work, asked.owner)).active:
        raise person_unknown(person=asked.owner)
    if not owner.may(ALL_ROLES, case.outlet, case.line):
        raise problems.owner_out_of_scope(person=owner.name)
    return await settle(work, case, decision)


async def accept(work: Work, asked: Accept, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    return await settle(work, case, rules.accept(case, ctx.actor, times(work, ctx)))


async def decline(work: Work, asked: Decline, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    return await settle(work, case, rules.decline(case, asked, ctx.actor, times(work, ctx)))


async def hand_over(work: Work, asked: HandOver, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    await organisation.unit(work, asked.to_unit)
    if asked.to_person is None:
        offered = await people_in(work, ctx, asked.to_unit)
    elif (await people.person(work, asked.to_person)).active:
        offered = (asked.to_person,)
    else:
        raise person_unknown(person=asked.to_person)
    if case.line in RESTRICTED_LINES:
        offered = await _of_the_line(work, case, offered, business_day(ctx.now))
    decision = rules.hand_over(case, asked, ctx.actor, times(work, ctx), offered)
    return await settle(work, case, decision)


async def _of_the_line(
    work: Work, case: Rectification, offered: tuple[str, ...], today: date
) -> tuple[str, ...]:
    """Those whose post leads to this restricted line: an offer shows the case to whoever is asked.
    Refuses an offer to nobody."""
    able = []
    for person in offered:
        actor = await people.actor_at(work, person, case.outlet, case.line, today)
        if actor.may(ALL_ROLES, case.outlet, case.line):
            able.append(person)
    if not able:
        raise problems.handover_restricted()
    return tuple(able)


async def take_over(work: Work, asked: TakeOver, ctx: Context) -> Outcome:
    units = await units_of(work, ctx)
    case = await case_of(work, ctx, units)
    return await settle(work, case, rules.take_over(case, ctx.actor, times(work, ctx), units))


async def decline_over(work: Work, asked: DeclineOver, ctx: Context) -> Outcome:
    units = await units_of(work, ctx)
    case = await case_of(work, ctx, units)
    decision = rules.decline_over(case, asked, ctx.actor, times(work, ctx), units)
    return await settle(work, case, decision)
