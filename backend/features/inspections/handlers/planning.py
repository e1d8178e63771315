"""Who gets which round."""

from datetime import date

import msgspec

from backend.features.inspections.commands import Assign, Cancel, Open, Reassign, Start
from backend.features.inspections.facts import Opened
from backend.features.inspections.handlers.loading import (
    named,
    require_new,
    round_of,
    settle,
    times,
    writable,
)
from backend.features.inspections.rules import planning as rules
from backend.features.inspections.rules.decision import Decision, begun, bucket_of, place
from backend.foundation.checklists import problems as checklists
from backend.foundation.checklists.answering import template_for
from backend.foundation.identity import directory as people
from backend.foundation.identity.grants import is_held
from backend.foundation.identity.tables import POSTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.problems import not_assigned
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import Moment
from backend.foundation.kernel.problem import forbidden
from backend.foundation.organisation import directory as organisation
from backend.foundation.organisation.calendar import business_day


async def assign(work: Work, asked: Assign, ctx: Context) -> Outcome:
    id = named(ctx)
    paper = await paper_of(work, ctx, asked.template, ctx.now)
    candidate = await candidate_at(work, ctx, asked.assignee, asked.outlet, paper.line)
    decision = rules.assign(id, asked, paper, candidate, ctx.actor, times(work, ctx))
    await require_new(work, id)
    await _require_open(work, ctx, asked.outlet, paper.line)
    if paper.retired:
        raise checklists.template_retired()
    work.admit(bucket_of(id), asked.assignee)
    work.touch("sheet", id)
    return settle(work, None, decision)


async def start(work: Work, asked: Start, ctx: Context) -> Outcome:
    id = named(ctx)
    # Begun before the last day was over counts as such, however late the phone calls home.
    paper = await paper_of(work, ctx, asked.template, ctx.judged_at())
    candidate = await _oneself(work, ctx, asked.outlet)
    decision = rules.start(id, asked.outlet, paper, candidate, ctx.actor, times(work, ctx))
    await require_new(work, id)
    await _require_open(work, ctx, asked.outlet, paper.line)
    work.admit(bucket_of(id), ctx.actor.id)
    work.touch("sheet", id)
    return settle(work, None, decision)


async def reassign(work: Work, asked: Reassign, ctx: Context) -> Outcome:
    round_ = await round_of(work, ctx)
    candidate = await candidate_at(work, ctx, asked.assignee, round_.outlet, round_.line)
    decision = rules.reassign(round_, asked, candidate, ctx.actor)
    if decision.round is not round_:
        await work.expel(bucket_of(round_.id), round_.assignee)
        work.admit(bucket_of(round_.id), asked.assignee)
    return settle(work, round_, decision)


async def cancel(work: Work, asked: Cancel, ctx: Context) -> Outcome:
    round_ = await round_of(work, ctx)
    return settle(work, round_, rules.cancel(round_, asked, ctx.actor))


async def open_(work: Work, asked: Open, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    if how == "earlier":
        raise not_assigned(round=round_.id)
    opened = begun(round_, ctx.actor, times(work, ctx))
    if opened is round_:
        return Outcome(status="merged")
    fact = Opened(**place(round_), by=ctx.actor.id)
    return settle(work, round_, Decision(opened, (fact,)))


async def paper_of(work: Work, ctx: Context, template_id: str, at: Moment) -> rules.Paper:
    """The checklist version as planning sees it at that moment. Refuses with `template_unknown`
    whoever has no post in its line, and with `forbidden`, whatever it names, whoever has none."""
    if not ctx.actor.grants:
        raise forbidden(move="plan")
    template = await template_for(work, template_id, ctx.actor)
    return rules.Paper(
        id=template.id,
        title=msgspec.to_builtins(template.title),
        line=template.line,
        rhythm=template.rhythm,
        retired=template.is_retired(at),
    )


async def candidate_at(
    work: Work, ctx: Context, person: str, outlet: str, line: str
) -> rules.Candidate:
    """The person with their rights here today and the outlets they work in. Strangers: refused."""
    today = business_day(ctx.now)
    await organisation.outlet(work, outlet)
    actor = await people.actor_at(work, person, outlet, line, today)
    return rules.Candidate(
        id=actor.id,
        name=actor.name,
        grants=actor.grants,
        outlets=await _outlets_of(work, person, today),
    )


async def _require_open(work: Work, ctx: Context, outlet: str, line: str) -> None:
    """Nothing new begins where the place or the line is closed; what began before and came late
    is taken."""
    then = business_day(ctx.judged_at())
    await organisation.open_outlet(work, outlet, then)
    await organisation.open_line(work, line, then)


async def _oneself(work: Work, ctx: Context, outlet: str) -> rules.Candidate:
    """Who acts, as a candidate: their rights are known already."""
    await organisation.outlet(work, outlet)
    return rules.Candidate(
        id=ctx.actor.id,
        name=ctx.actor.name,
        grants=ctx.actor.grants,
        outlets=await _outlets_of(work, ctx.actor.id, business_day(ctx.now)),
    )


async def _outlets_of(work: Work, person: str, today: date) -> frozenset[str]:
    posts = await work.find(POSTS, person=person)
    return frozenset(post.outlet for post in posts if post.outlet and is_held(post, today))
