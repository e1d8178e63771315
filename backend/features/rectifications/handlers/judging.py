"""Decisions on a case, and more time."""

from datetime import date

from backend.features.rectifications.commands import (
    Approve,
    Cancel,
    Extend,
    RefuseExtension,
    Reopen,
    Return,
)
from backend.features.rectifications.handlers.loading import (
    case_of,
    due_in,
    due_on,
    settle,
    times,
)
from backend.features.rectifications.handlers.photos import awaited
from backend.features.rectifications.rules import extending, judging
from backend.features.rectifications.rules.opening import DUE_WORKDAYS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import args_invalid
from backend.foundation.organisation.calendar import business_day


async def approve(work: Work, asked: Approve, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    missing = await awaited(work, case)
    decision = judging.approve(case, asked, ctx.actor, times(work, ctx), missing)
    return await settle(work, case, decision)


async def send_back(work: Work, asked: Return, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    return await settle(work, case, judging.send_back(case, asked, ctx.actor, times(work, ctx)))


async def reopen(work: Work, asked: Reopen, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    due = await due_in(work, ctx, DUE_WORKDAYS[case.severity], case.outlet)
    decision = judging.reopen(case, asked, ctx.actor, times(work, ctx), due)
    return await settle(work, case, decision)


async def cancel(work: Work, asked: Cancel, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    return await settle(work, case, judging.cancel(case, asked, ctx.actor, times(work, ctx)))


async def extend(work: Work, asked: Extend, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    due = await due_on(work, _day(asked.due_on), case.outlet)
    today = business_day(ctx.now)
    decision = extending.extend(case, asked, ctx.actor, times(work, ctx), due, today)
    return await settle(work, case, decision)


async def refuse_extension(work: Work, asked: RefuseExtension, ctx: Context) -> Outcome:
    case = await case_of(work, ctx)
    decision = extending.refuse_extension(case, asked, ctx.actor, times(work, ctx))
    return await settle(work, case, decision)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise args_invalid(field="due_on", reason="not a day") from None
