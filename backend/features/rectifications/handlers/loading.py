"""What every handler does around its decision."""

from collections.abc import Awaitable, Callable
from datetime import date

from backend.features.rectifications.model import Rectification
from backend.features.rectifications.rules.decision import Decision, buckets_of, require_sight
from backend.features.rectifications.tables import CASES
from backend.foundation.evidence import attaching
from backend.foundation.identity.grants import is_held
from backend.foundation.identity.tables import PEOPLE, POSTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.when import When, when_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import not_found
from backend.foundation.organisation import directory
from backend.foundation.organisation.calendar import Due, business_day

KIND = "rectification"
ASKED_MAX = 20  # more would be a circular, and a case on every phone of the branch


async def case_of(work: Work, ctx: Context, units: frozenset[str] = frozenset()) -> Rectification:
    """The case this command is about. For whoever may not see it there is none."""
    kind, id = ctx.rec
    case = await work.load(CASES, id) if kind == KIND else None
    if case is None:
        raise not_found()
    require_sight(case, ctx.actor, units)
    return case


def times(work: Work, ctx: Context) -> When:
    """The times of the command, with the id its event will have."""
    return when_of(ctx, work.derive("event"))


async def settle(
    work: Work,
    before: Rectification,
    decision: Decision,
    also: Callable[[Work], Awaitable[None]] | None = None,
) -> Outcome:
    """Writes what was decided. For a conflict only what came is kept, as an event of the case.

    `also` writes what belongs to it (a photo's record), in either case.
    """
    if decision.refused is not None:

        async def keep(work: Work) -> Outcome:
            return await _write(work, before, decision, also)

        raise decision.refused.conflict(keep=keep, state=before.state)
    return await _write(work, before, decision, also)


async def _write(
    work: Work,
    before: Rectification,
    decision: Decision,
    also: Callable[[Work], Awaitable[None]] | None,
) -> Outcome:
    if decision.case is not before:
        work.save(CASES, decision.case)
        work.touch(KIND, decision.case.id)
        buckets = buckets_of(decision.case)
        if buckets != buckets_of(before):
            await attaching.publish_under(work, (KIND, before.id), buckets)
    if also is not None:
        await also(work)
    status = "merged" if decision.status == "merged" else "applied"
    return Outcome(decision.facts, status=status)


async def due_in(work: Work, ctx: Context, workdays: int, outlet: str) -> Due:
    """The deadline so many working days of this outlet from the day the server heard of it."""
    today = business_day(ctx.now)
    calendar = await directory.calendar(work, today)
    return calendar.due_after(today, workdays, await directory.outlet(work, outlet))


async def due_on(work: Work, on: date, outlet: str) -> Due:
    """The deadline on a day that a person chose, with what the calendar says of it."""
    calendar = await directory.calendar(work, on)
    return calendar.due_on(on, await directory.outlet(work, outlet))


async def people_in(work: Work, ctx: Context, unit: str) -> tuple[str, ...]:
    """Who holds a post in this department today; the first twenty are asked, the rest may come."""
    today = business_day(ctx.now)
    posts = await work.find(POSTS, unit=unit)
    held = dict.fromkeys(post.person for post in posts if is_held(post, today))
    people = await work.load_many(PEOPLE, held)
    return tuple(person.id for person in people if person.active)[:ASKED_MAX]


async def units_of(work: Work, ctx: Context) -> frozenset[str]:
    """The departments in which this person holds a post today."""
    today = business_day(ctx.now)
    posts = await work.find(POSTS, person=ctx.actor.id)
    return frozenset(post.unit for post in posts if post.unit and is_held(post, today))
