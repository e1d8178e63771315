"""The roster, part by part."""

from collections.abc import Sequence

from backend.features.events import commands
from backend.features.events.handlers.loading import (
    KIND,
    ROSTER,
    last_day,
    membership,
    publish,
)
from backend.features.events.model import Event
from backend.features.events.model.people import Invited, Roster
from backend.features.events.rules import inviting as rules
from backend.features.events.rules.counting import CODE
from backend.features.events.rules.decision import require_sight
from backend.features.events.rules.holding import recounted
from backend.features.events.rules.keeping import ATTENDANCE_KEPT
from backend.features.events.rules.planning import require_planner
from backend.features.events.tables import CHECK_INS, ENTRIES, EVENTS, ROSTERS
from backend.foundation.identity import directory as people
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import id_taken, not_found
from backend.foundation.privacy import keeping


async def invite(work: Work, asked: commands.Invite, ctx: Context) -> Outcome:
    event = await _planned(work, ctx, asked.event)
    roster = await work.load(ROSTERS, ctx.rec[1])
    if roster is None:
        roster = Roster(id=ctx.rec[1], event=event.id)
        work.begin(ENTRIES, roster=roster.id)
    elif roster.event != event.id:
        raise id_taken()
    await _require_known(work, asked.entries)
    new, decision = rules.invite(
        event,
        roster.id,
        asked.entries,
        await work.find(ENTRIES, roster=roster.id),
        await work.load_many(ENTRIES, [one.id for one in asked.entries]),
        await _coded(work, event, asked.entries),
    )
    if new:
        work.save(ROSTERS, roster)
        await _write(work, ctx, event, roster, new)
    return Outcome(decision.facts, status=decision.status)


async def uninvite(work: Work, asked: commands.Uninvite, ctx: Context) -> Outcome:
    roster = await work.load(ROSTERS, ctx.rec[1]) if ctx.rec[0] == ROSTER else None
    if roster is None:
        raise not_found()
    event = await _planned(work, ctx, roster.event)
    here = await work.find(ENTRIES, roster=roster.id)
    gone, decision = rules.uninvite(event, roster.id, asked, here)
    for entry in gone:
        work.save(ENTRIES, entry)
    if gone:
        work.touch(ROSTER, roster.id)
    return Outcome(decision.facts, status=decision.status)


async def _planned(work: Work, ctx: Context, id: str) -> Event:
    """The event of the roster, held: codes are unique over all its parts. For its staff, who add
    somebody at the door, and for whoever plans there."""
    await work.hold(KIND, id)
    event = await work.load(EVENTS, id)
    if event is None or ctx.rec[0] != ROSTER:
        raise not_found()
    require_sight(event, ctx.actor, await membership(work, ctx, event))
    if ctx.actor.id not in event.staff:
        require_planner(event, ctx.actor, "invite")
    return event


async def _require_known(work: Work, entries: Sequence[commands.Entry]) -> None:
    for entry in entries:
        if entry.person is not None:
            await people.person(work, entry.person)


async def _coded(work: Work, event: Event, entries: Sequence[commands.Entry]) -> list[Invited]:
    keys = [key for one in entries if (key := rules.code_key(event.id, one.code))]
    await work.find_many(ENTRIES, "code_key", keys)
    return [one for key in keys for one in await work.find(ENTRIES, code_key=key)]


async def _write(
    work: Work, ctx: Context, event: Event, roster: Roster, new: Sequence[Invited]
) -> None:
    for entry in new:
        work.save(ENTRIES, entry)
    work.touch(ROSTER, roster.id)
    await keeping.keep(
        work,
        (KIND, event.id),
        ATTENDANCE_KEPT,
        last_day(event),
        outlet=event.outlet,
        line=event.line,
    )
    await _recognise(work, event, new)


async def _recognise(work: Work, event: Event, new: Sequence[Invited]) -> None:
    """Whoever was seen by a code that is on the roster only now."""
    keys = [f"{CODE}{event.id}:{one.code}" for one in new if one.code is not None]
    await work.find_many(CHECK_INS, "key", keys)
    seen = [one for key in keys for one in await work.find(CHECK_INS, key=key)]
    changed = rules.recognised(seen, new)
    if not changed:
        return
    for one in changed:
        work.save(CHECK_INS, one)
        work.touch("check_in", one.id)
    publish(work, recounted(event, await work.find(CHECK_INS, event=event.id)))
