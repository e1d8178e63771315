"""Closing and reopening. What is in use is never deleted: from a day on nothing new begins there.

A day to come may be chosen whatever is under way, because it may be over by then. From today on,
or looking back, nothing may be: it would be work at a place that nobody looks at any more.
"""

from datetime import date

import msgspec

from backend.foundation.journal.envelope import Context, Fact, Outcome, RecKey
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.organisation import facts, problems, rules
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.codes.commands import CloseCodeList, ReopenCodeList
from backend.foundation.organisation.commands import (
    CloseLine,
    CloseOutlet,
    CloseUnit,
    ReopenLine,
    ReopenOutlet,
    ReopenUnit,
)
from backend.foundation.organisation.tables import CODE_LISTS, LINES, OUTLETS, UNITS

SHELVES = {"unit": UNITS, "outlet": OUTLETS, "line": LINES, "code_list": CODE_LISTS}
BUSY = frozenset({"outlet", "line"})  # what took its codes from a list has them


async def close_unit(work: Work, asked: CloseUnit, ctx: Context) -> Outcome:
    on = rules.closing_day(asked.on)
    return await _close(work, ctx, "unit", on, facts.UnitClosed(unit=ctx.rec[1], on=asked.on))


async def close_outlet(work: Work, asked: CloseOutlet, ctx: Context) -> Outcome:
    on = rules.closing_day(asked.on)
    return await _close(work, ctx, "outlet", on, facts.OutletClosed(outlet=ctx.rec[1], on=asked.on))


async def close_line(work: Work, asked: CloseLine, ctx: Context) -> Outcome:
    on = rules.closing_day(asked.on)
    return await _close(work, ctx, "line", on, facts.LineClosed(line=ctx.rec[1], on=asked.on))


async def close_code_list(work: Work, asked: CloseCodeList, ctx: Context) -> Outcome:
    on = rules.closing_day(asked.on)
    fact = facts.CodeListClosed(code_list=ctx.rec[1], on=asked.on)
    return await _close(work, ctx, "code_list", on, fact)


async def reopen_unit(work: Work, asked: ReopenUnit, ctx: Context) -> Outcome:
    return await _set(work, ctx, "unit", None, facts.UnitReopened(unit=ctx.rec[1]))


async def reopen_outlet(work: Work, asked: ReopenOutlet, ctx: Context) -> Outcome:
    return await _set(work, ctx, "outlet", None, facts.OutletReopened(outlet=ctx.rec[1]))


async def reopen_line(work: Work, asked: ReopenLine, ctx: Context) -> Outcome:
    return await _set(work, ctx, "line", None, facts.LineReopened(line=ctx.rec[1]))


async def reopen_code_list(work: Work, asked: ReopenCodeList, ctx: Context) -> Outcome:
    fact = facts.CodeListReopened(code_list=ctx.rec[1])
    return await _set(work, ctx, "code_list", None, fact)


async def _close(work: Work, ctx: Context, kind: str, on: date, fact: Fact) -> Outcome:
    rules.require_keeper(ctx.actor)
    if ctx.rec[0] == kind and on <= business_day(ctx.now):
        if kind == "unit":
            await _require_empty(work, ctx.rec[1], on)
        elif kind in BUSY:
            await _require_quiet(work, ctx.rec)
    return await _set(work, ctx, kind, on, fact)


async def _set(work: Work, ctx: Context, kind: str, on: date | None, fact: Fact) -> Outcome:
    """Writes the day, None for open. Merged where it is so already."""
    rules.require_keeper(ctx.actor)
    if ctx.rec[0] != kind:
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a {kind}")
    rows = SHELVES[kind]
    found = await work.load(rows, ctx.rec[1])
    if found is None:
        raise problem.not_found()
    day = None if on is None else on.isoformat()
    if found.closed_on == day:
        return Outcome(status="merged")
    work.save(rows, msgspec.structs.replace(found, closed_on=day))
    work.touch(kind, found.id)
    return Outcome(facts=(fact,))


async def _require_quiet(work: Work, place: RecKey) -> None:
    """Refuses while something is under way at the outlet or in the line."""
    kind, id = place
    counted = [(one, await one.count(work.tx, kind, id)) for one in work.under_way]
    left = [(one, n) for one, n in counted if n]
    if left:
        raise problems.still_open_work(
            what_en=", ".join(one.words_en(n) for one, n in left),
            what_zh="、".join(f"{n} {one.zh}" for one, n in left),
        )


async def _require_empty(work: Work, unit_id: str, on: date) -> None:
    """Refuses while units or outlets below it stay open."""
    units = [one for one in await work.find(UNITS, parent=unit_id) if not rules.is_closed(one, on)]
    outlets = await work.find(OUTLETS, unit=unit_id)
    left = [one for one in outlets if not rules.is_closed(one, on)]
    if units or left:
        raise problems.unit_not_empty(units=len(units), outlets=len(left))
