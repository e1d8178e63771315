"""One function per command: load, let the rules decide, write, say what happened."""

from typing import Any

from backend.foundation.exports.problems import list_unknown
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import args_invalid
from backend.foundation.saved_views import facts, rules
from backend.foundation.saved_views.commands import Add, Change, Move, Prefer, Remove
from backend.foundation.saved_views.model import SavedViews
from backend.foundation.saved_views.tables import SAVED_VIEWS

KIND = "saved_views"


async def add(work: Work, asked: Add, ctx: Context) -> Outcome:
    before = await _own(work, ctx)
    _require_known(work, asked.list, asked.query)
    return _kept(work, before, rules.add(before, asked), facts.Added(asked.list))


async def change(work: Work, asked: Change, ctx: Context) -> Outcome:
    before = await _own(work, ctx)
    after = rules.change(before, asked)
    for view in after.views:
        if view.id == asked.view and asked.query is not None:
            _require_known(work, view.list, view.query)
    return _kept(work, before, after, facts.Changed(asked.view))


async def move(work: Work, asked: Move, ctx: Context) -> Outcome:
    before = await _own(work, ctx)
    return _kept(work, before, rules.move(before, asked))


async def prefer(work: Work, asked: Prefer, ctx: Context) -> Outcome:
    before = await _own(work, ctx)
    return _kept(work, before, rules.prefer(before, asked))


async def remove(work: Work, asked: Remove, ctx: Context) -> Outcome:
    before = await _own(work, ctx)
    return _kept(work, before, rules.remove(before, asked), facts.Removed(asked.view))


async def _own(work: Work, ctx: Context) -> SavedViews:
    kind, person = ctx.rec
    if kind != KIND:
        raise args_invalid(field="rec", reason=f"{ctx.op} is about a person's {KIND}")
    rules.require_own(ctx.actor, person)
    return await work.load(SAVED_VIEWS, person) or SavedViews(person)


def _require_known(work: Work, list: str, query: dict[str, Any]) -> None:
    """Refuses a list that is not of this house, and what that list cannot be narrowed by. Not which
    outlet or person is named: whether they can be seen changes, and is asked at every opening."""
    if list not in work.listings:
        raise list_unknown(list=list)
    work.listings[list].wanted(query)


def _kept(work: Work, before: SavedViews, after: SavedViews, *told: Fact) -> Outcome:
    if after == before:
        return Outcome()
    if after.views:
        work.save(SAVED_VIEWS, after)
    else:
        work.remove(SAVED_VIEWS, after.id)  # nothing of their words is left with us
    work.touch(KIND, after.id)
    return Outcome(told)
