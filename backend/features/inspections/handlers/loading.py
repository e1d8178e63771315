"""What every handler does before and after its decision. Loaded once per batch, whoever asks."""

from typing import Literal

from backend.features.inspections.model import Round
from backend.features.inspections.rules.decision import (
    Decision,
    Membership,
    Standing,
    begun,
    bucket_of,
    contributed,
    require_living,
    require_sight,
    standing,
)
from backend.features.inspections.tables import ROUNDS
from backend.features.inspections.tables.sheets import begin
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.when import When, when_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import id_taken, not_found

KIND = "round"


async def round_of(work: Work, ctx: Context) -> Round:
    """The round this command is about, for whoever may see it."""
    round_ = await _loaded(work, ctx)
    require_sight(round_, ctx.actor, await _member(work, ctx, round_))
    return round_


async def writable(work: Work, ctx: Context) -> tuple[Round, Standing]:
    """The round, still open to changes, and in which standing this person may make them."""
    round_, how = await held(work, ctx)
    require_living(round_)
    return round_, how


async def held(work: Work, ctx: Context) -> tuple[Round, Standing]:
    """The round in any state, and in which standing this person has or had it."""
    round_ = await _loaded(work, ctx)
    # The assignee is asked first and without a query: that is nearly every command there is.
    member = Membership()
    if ctx.actor.id != round_.assignee:
        member = await _member(work, ctx, round_)
    return round_, standing(round_, ctx.actor, ctx.saw, member)


def named(ctx: Context) -> str:
    """The id that a round to be made will have."""
    kind, id = ctx.rec
    if kind != KIND:
        raise not_found()
    return id


async def require_new(work: Work, id: str) -> None:
    """Refuses an id that is taken, whoever's it is. Asked after who may: to a stranger it would
    tell that there is such a round."""
    if await work.load(ROUNDS, id) is not None:
        raise id_taken()
    begin(work, id)


def times(work: Work, ctx: Context) -> When:
    """The times of the command, with the id its entry will have."""
    return when_of(ctx, work.derive("event"))


def settle(work: Work, before: Round | None, decision: Decision) -> Outcome:
    """Writes what was decided about the round."""
    if decision.round is not before:
        work.save(ROUNDS, decision.round)
        work.touch(KIND, decision.round.id)
    return Outcome(decision.facts, status=decision.status)


def changed(
    work: Work,
    round_: Round,
    how: Standing,
    ctx: Context,
    item: str | None,
    facts: tuple[Fact, ...],
    status: Literal["applied", "merged"] = "applied",
) -> Outcome:
    """Publishes the sheet and, for its progress, the round. The first change opens the round;
    what an earlier assignee sends is noted beside it and told once."""
    if how == "earlier":
        noted, told = contributed(round_, ctx.actor, times(work, ctx), item)
        work.save(ROUNDS, noted)
        facts, status = (*facts, *told), "merged"
    elif round_.state == "assigned":
        work.save(ROUNDS, begun(round_, ctx.actor, times(work, ctx)))
    work.touch("sheet", round_.id)
    work.touch(KIND, round_.id)
    return Outcome(facts, status=status)


async def _loaded(work: Work, ctx: Context) -> Round:
    kind, id = ctx.rec
    if kind == "sheet":
        await work.hold(
            KIND, id
        )  # the journal holds what the command names, and this is one record
    round_ = await work.load(ROUNDS, id) if kind in (KIND, "sheet") else None
    if round_ is None:
        raise not_found()
    return round_


async def _member(work: Work, ctx: Context, round_: Round) -> Membership:
    found = await work.membership(bucket_of(round_.id), ctx.actor.id)
    if found is None:
        return Membership()
    return Membership(ever=True, until_ver=found.until_ver)
