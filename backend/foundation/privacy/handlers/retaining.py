"""Holds, their release, and the end of the time that something is kept."""

from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import SYSTEM_ROLE
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy import consenting, keeping
from backend.foundation.privacy.commands import Expire, HoldRecord, ReleaseHold
from backend.foundation.privacy.facts import HoldReleased, RecordHeld, RetentionEnded
from backend.foundation.privacy.handlers.withdrawing import withdrawn
from backend.foundation.privacy.model import Hold
from backend.foundation.privacy.rules import consent as consent_rules
from backend.foundation.privacy.rules import keeping as rules
from backend.foundation.privacy.rules.publishing import require_officer
from backend.foundation.privacy.tables import ANSWERS, HOLDS, KEPT


async def hold(work: Work, asked: HoldRecord, ctx: Context) -> Outcome:
    """From now on nothing of the record is erased; several holds may lie on it."""
    _require_kind(ctx)
    made = rules.hold(asked, ctx)
    await work.hold(*asked.parent)
    if await work.load(HOLDS, made.id) is not None:
        raise problem.id_taken()
    if await work.published(*asked.parent) is None:
        raise problem.not_found()
    work.save(HOLDS, made)
    work.touch("hold", made.id)
    fact = RecordHeld(hold=made.id, parent_kind=made.kind, parent_id=made.rec_id, why=made.why)
    return Outcome((fact,), rec=asked.parent)


async def release(work: Work, asked: ReleaseHold, ctx: Context) -> Outcome:
    """When no other hold is left, what was sealed by a withdrawal is erased after all; what is due
    by its class is found by the worker."""
    _require_kind(ctx)
    require_officer(ctx.actor, "release")
    there = await _held(work, ctx.rec[1])
    made = rules.release(there, asked, ctx)
    work.save(HOLDS, made)
    work.touch("hold", made.id)
    parent = (made.kind, made.rec_id)
    facts: list[Fact] = [HoldReleased(made.id, made.kind, made.rec_id, made.released_why or "")]
    if not await keeping.is_held(work, parent):
        facts += await _erased_after_all(work, made, ctx)
    return Outcome(tuple(facts), rec=parent)


async def expire(work: Work, asked: Expire, ctx: Context) -> Outcome:
    """Ends what is due, once. Whatever changed since the worker looked is decided here: a hold, a
    later day, an end that was already told."""
    if not ctx.actor.may(SYSTEM_ROLE):
        raise problem.forbidden(move="expire")
    row = await work.member(KEPT, rules.kept_id(ctx.rec, asked.klass), rec=":".join(ctx.rec))
    if row is None or not rules.is_due(row, business_day(ctx.now)):
        return Outcome()
    if await keeping.is_held(work, ctx.rec):
        return Outcome()
    work.save(KEPT, rules.ended(row, ctx))
    return Outcome((RetentionEnded(row.kind, row.rec_id, row.klass, row.action),))


async def _held(work: Work, id: str) -> Hold:
    # Past the unit of work, as everywhere: the record is held before anything of it is read.
    rows = await work.tx.tuples("SELECT kind, rec_id FROM privacy_hold WHERE id = ?", id)
    if rows:
        await work.hold(*rows[0])
    there = await work.load(HOLDS, id)
    if there is None:
        raise problem.not_found()
    return there


async def _erased_after_all(work: Work, hold: Hold, ctx: Context) -> list[Fact]:
    facts: list[Fact] = []
    for consent in await consenting.consents_of(work, (hold.kind, hold.rec_id)):
        answered = await work.find(ANSWERS, consent=consent.id)
        changed = consent_rules.unsealed(answered, ctx.now)
        for answer in changed:
            work.save(ANSWERS, answer)
        if changed:
            work.touch("consent", consent.id)
            facts.append(withdrawn(consent, changed))
    return facts


def _require_kind(ctx: Context) -> None:
    if ctx.rec[0] != "hold":
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a hold")
