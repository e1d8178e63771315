"""What every handler does around its decision.

A visit and its parts are one thing: whoever names a part holds the visit before anything of it is
read, so that two commands about two parts never decide on what the other one changes.
"""

from collections.abc import Awaitable, Callable

from backend.features.visits import problems
from backend.features.visits.model.codes import Aspect
from backend.features.visits.model.parts import Answer, Person
from backend.features.visits.model.retention import CONTACT, RECORD
from backend.features.visits.model.visit import Visit
from backend.features.visits.rules.answering import purpose_of
from backend.features.visits.rules.decision import Decision, bucket_of, require_sight, seats
from backend.features.visits.tables import ANSWERS, PERSONS, VISITS
from backend.features.visits.tables.whole import ANSWER, PERSON, VISIT, answer_of
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.when import When, when_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import not_found
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy import consenting, keeping
from backend.foundation.privacy.model import Standing as Agreed

Also = Callable[[Work], Awaitable[None]]


async def visit_of(work: Work, ctx: Context) -> Visit:
    """The visit that the command names. For whoever may not see it there is none."""
    return await _seen(work, ctx, ctx.rec[1] if ctx.rec[0] == VISIT else None)


async def person_of(work: Work, ctx: Context) -> tuple[Visit, Person]:
    """The visit and who is visited. Refuses `consent_withdrawn` where that is sealed."""
    visit = await _seen(work, ctx, ctx.rec[1] if ctx.rec[0] == PERSON else None)
    person = await work.load(PERSONS, visit.id)
    if person is None:
        raise not_found()
    if person.sealed:
        raise problems.consent_withdrawn(purpose=purpose_of("address"))
    return visit, person


async def part_of(work: Work, ctx: Context, aspect: Aspect) -> tuple[Visit, Answer]:
    """The visit and its part for one purpose, which this command may be the first to fill. Refuses
    what the customer did not agree to at the time it was recorded."""
    kind, id = ctx.rec
    visit_id, _, named = id.partition(".")
    visit = await _seen(work, ctx, visit_id if (kind, named) == (ANSWER, aspect) else None)
    return visit, await answer_of(work, visit.id, aspect)


async def agreed(work: Work, ctx: Context, visit: Visit, aspect: str) -> Agreed:
    """How the customer stands to keeping this aspect, at the time of the command."""
    at, rec = times(work, ctx).judged_at, (VISIT, visit.id)
    return await consenting.standing(work, rec, purpose_of(aspect), at, ctx.device_id)


def times(work: Work, ctx: Context) -> When:
    """The times of the command, with the id its event will have."""
    return when_of(ctx, work.derive("event"))


async def settle(
    work: Work,
    ctx: Context,
    before: Visit | None,
    decision: Decision,
    *,
    also: Also | None = None,
    reviewers: tuple[str, ...] = (),
) -> Outcome:
    """Writes what was decided. For a conflict only what came is kept. `also` writes what belongs to
    it (a photo), in either case; `reviewers` get the personal parts of a visit handed in."""

    async def write(work: Work) -> Outcome:
        return await _write(work, ctx, before, decision, also, reviewers)

    if decision.refused is not None:
        state = decision.visit.state
        raise decision.refused.conflict(keep=write, state=state)
    return await write(work)


async def seat(work: Work, visit: Visit, reviewers: tuple[str, ...] = ()) -> None:
    """Only these phones hold the personal parts from now on."""
    bucket = bucket_of(visit.id)
    wanted = seats(visit, reviewers)
    there = set(await work.members(bucket))
    for person in sorted(wanted - there):
        work.admit(bucket, person)
    for person in sorted(there - wanted):
        await work.expel(bucket, person)


async def republish(work: Work, visit: str) -> None:
    """Who is visited goes out again, and with it what the two staff know of each other's PIN."""
    if await work.load(PERSONS, visit) is not None:
        work.touch(PERSON, visit)


async def keep(work: Work, ctx: Context, visit: Visit) -> None:
    """From today the days are counted for which the parts are kept."""
    since = business_day(ctx.now)
    for klass in (CONTACT, RECORD):
        await keeping.keep(
            work, (VISIT, visit.id), klass, since, outlet=visit.outlet, line=visit.line
        )


async def _seen(work: Work, ctx: Context, visit_id: str | None) -> Visit:
    if visit_id is None:
        raise not_found()
    await work.hold(VISIT, visit_id)
    visit = await work.load(VISITS, visit_id)
    if visit is None:
        raise not_found()
    require_sight(visit, ctx.actor)
    return visit


async def _write(
    work: Work,
    ctx: Context,
    before: Visit | None,
    decision: Decision,
    also: Also | None,
    reviewers: tuple[str, ...],
) -> Outcome:
    visit = decision.visit
    if decision.person is not None:
        work.save(PERSONS, decision.person)
        work.touch(PERSON, decision.person.id)
    if decision.answer is not None:
        work.save(ANSWERS, decision.answer)
        work.touch(ANSWER, decision.answer.id)
    if visit is not before:
        work.save(VISITS, visit)
    if decision.status != "merged":
        work.touch(VISIT, visit.id)
    if before is None or (before.state, before.staff) != (visit.state, visit.staff):
        await seat(work, visit, reviewers)
        await republish(work, visit.id)
    if before is None or (before.decided_at is None and visit.decided_at is not None):
        await keep(work, ctx, visit)
    if also is not None:
        await also(work)
    status = "merged" if decision.status == "merged" else "applied"
    return Outcome(decision.facts, status=status)
