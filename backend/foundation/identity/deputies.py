"""Letting somebody decide for a person who is away, and ending it."""

from backend.foundation.identity import deputy_rules as rules
from backend.foundation.identity import directory
from backend.foundation.identity.commands import AppointDeputy, EndDeputy
from backend.foundation.identity.facts import DeputyAppointed, DeputyEnded
from backend.foundation.identity.tables import DEPUTIES, POSTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.records import record_key
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.organisation.calendar import business_day

KIND = "deputy"


async def appoint(work: Work, asked: AppointDeputy, ctx: Context) -> Outcome:
    rules.require_appointer(ctx.actor, asked.person)
    id = _own(ctx)
    if await work.load(DEPUTIES, id) is not None:
        raise problem.id_taken()
    pair = (asked.person, asked.deputy)
    # Two that are appointed at once for one person would both find the days free.
    await work.tx.lock(record_key("person", one) for one in sorted(pair))
    person, deputy = [await directory.person(work, one) for one in pair]
    known = [
        *await work.find(DEPUTIES, person=person.id),
        *await work.find(DEPUTIES, person=deputy.id),
        *await work.find(DEPUTIES, deputy=person.id),
    ]
    # Ordered without signal it counts from then, so the day is the one on which it was ordered.
    judged = ctx.judged_at()
    posts = await work.find(POSTS, person=person.id)
    made = rules.appoint(
        id, asked, (person, deputy), posts, known, ctx.actor, judged, business_day(judged)
    )
    work.save(DEPUTIES, made)
    work.touch(KIND, id)
    fact = DeputyAppointed(
        person=made.person,
        deputy=made.deputy,
        first_day=made.first_day,
        last_day=made.last_day,
        reason=made.reason,
    )
    return Outcome((fact,))


async def end(work: Work, _asked: EndDeputy, ctx: Context) -> Outcome:
    one = await work.load(DEPUTIES, _own(ctx))
    if one is None:
        raise problem.not_found()
    ended = rules.end(one, ctx.actor, ctx.now)
    work.save(DEPUTIES, ended)
    work.touch(KIND, ended.id)
    fact = DeputyEnded(person=ended.person, deputy=ended.deputy, last_day=ended.last_day)
    return Outcome((fact,))


def _own(ctx: Context) -> str:
    """The id of the deputyship. Refuses a record of another kind."""
    if ctx.rec[0] != KIND:
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a {KIND}")
    return ctx.rec[1]
