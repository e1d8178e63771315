"""Handing in, accepting, sending back; and the authorisation that comes of it."""

from backend.features.visits.commands.deciding import Accept, Return, Revoke, Use
from backend.features.visits.commands.visiting import Submit
from backend.features.visits.facts import Issued
from backend.features.visits.handlers.loading import agreed, settle, times, visit_of
from backend.features.visits.model.authorisation import Authorisation
from backend.features.visits.model.visit import Visit
from backend.features.visits.rules import authorising, reviewing, submitting
from backend.features.visits.states import REVIEWERS
from backend.features.visits.tables import AUTHORISATIONS
from backend.features.visits.tables.whole import whole_of
from backend.foundation.evidence import attaching
from backend.foundation.identity import directory as people
from backend.foundation.identity.grants import is_held
from backend.foundation.identity.tables import POSTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import not_found
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy.model import Standing as Agreed

AUTHORISATION = "authorisation"
REVIEWERS_MAX = 20  # whose phones get what is personal; more would be a circular


async def submit(work: Work, _asked: Submit, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    whole = await whole_of(work, visit)
    reviewers = await _reviewers(work, ctx, visit)
    stands = await _agreed(work, ctx, visit)
    when = times(work, ctx)
    decision = submitting.submit(whole, ctx.actor, when, stands, reviewers)
    return await settle(work, ctx, visit, decision, reviewers=reviewers)


async def accept(work: Work, asked: Accept, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    whole = await whole_of(work, visit)
    evidence = await attaching.completeness(work, ("visit", visit.id))
    stands = await _agreed(work, ctx, visit)
    id = work.derive(AUTHORISATION)
    today = business_day(ctx.judged_at())
    when = times(work, ctx)
    decision = reviewing.accept(
        whole, asked, ctx.actor, when, evidence, stands, id, today.isoformat()
    )
    outcome = await settle(work, ctx, visit, decision)
    if decision.status == "merged" or decision.visit.authorisation is None:
        return outcome
    issued = reviewing.issue(decision.visit, reviewing.number_of(today, id), when)
    work.save(AUTHORISATIONS, issued)
    work.touch(AUTHORISATION, id)
    return Outcome((*outcome.facts, _issued(issued)))


async def send_back(work: Work, asked: Return, ctx: Context) -> Outcome:
    visit = await visit_of(work, ctx)
    whole = await whole_of(work, visit)
    decision = reviewing.send_back(whole, asked, ctx.actor, times(work, ctx))
    return await settle(work, ctx, visit, decision)


async def use(work: Work, asked: Use, ctx: Context) -> Outcome:
    one = await _authorisation(work, ctx)
    today = business_day(ctx.judged_at()).isoformat()
    return _settled(work, one, authorising.use(one, asked, ctx.actor, times(work, ctx), today))


async def revoke(work: Work, asked: Revoke, ctx: Context) -> Outcome:
    one = await _authorisation(work, ctx)
    return _settled(work, one, authorising.revoke(one, asked, ctx.actor, times(work, ctx)))


async def _agreed(work: Work, ctx: Context, visit: Visit) -> dict[str, Agreed]:
    if visit.kind != "verification":
        return {}
    return {one: await agreed(work, ctx, visit, one) for one in submitting.REQUIRED}


async def _reviewers(work: Work, ctx: Context, visit: Visit) -> tuple[str, ...]:
    """Who may decide on the visit today, without the two who were there."""
    today = business_day(ctx.now)
    found: dict[str, None] = {}
    for role in sorted(REVIEWERS):
        for post in await work.find(POSTS, role=role):
            covers = post.outlet in (None, visit.outlet) and post.line in (None, visit.line)
            if covers and is_held(post, today) and post.person not in visit.staff:
                found[post.person] = None
    able = []
    for person in found:
        actor = await people.actor_at(work, person, visit.outlet, visit.line, today)
        if actor.may(REVIEWERS, visit.outlet, visit.line):
            able.append(person)
    return tuple(able[:REVIEWERS_MAX])


async def _authorisation(work: Work, ctx: Context) -> Authorisation:
    kind, id = ctx.rec
    one = await work.load(AUTHORISATIONS, id) if kind == AUTHORISATION else None
    if one is None:
        raise not_found()
    authorising.require_sight(one, ctx.actor)
    return one


def _settled(work: Work, before: Authorisation, ruling: authorising.Ruling) -> Outcome:
    if ruling.refused is not None:

        async def keep(work: Work) -> Outcome:
            return _written(work, before, ruling)

        number, until = before.number, before.until
        raise ruling.refused.conflict(keep=keep, number=number, until=until)
    return _written(work, before, ruling)


def _written(work: Work, before: Authorisation, ruling: authorising.Ruling) -> Outcome:
    if ruling.authorisation is not before:
        work.save(AUTHORISATIONS, ruling.authorisation)
        work.touch(AUTHORISATION, before.id)
    status = "merged" if ruling.status == "merged" else "applied"
    return Outcome(ruling.facts, status=status)


def _issued(one: Authorisation) -> Issued:
    return Issued(
        authorisation=one.id,
        visit=one.visit,
        outlet=one.outlet,
        line=one.line,
        number=one.number,
        business=one.business,
        scope=one.scope,
        until=one.until,
    )
