"""Opening, checking in, taking back, closing."""

import contextlib
from collections.abc import Sequence

import msgspec

from backend.features.events import commands
from backend.features.events.handlers.loading import (
    CHECK_IN,
    KEY,
    KIND,
    event_of,
    last_day,
    publish,
    settle,
    staffed,
    staffed_at,
    times,
)
from backend.features.events.model import Counts, Event
from backend.features.events.model.people import CheckIn, EventKey, Invited
from backend.features.events.problems import entry_unknown
from backend.features.events.rules import holding as rules
from backend.features.events.rules.counting import (
    is_joined,
    key_of,
    with_new,
)
from backend.features.events.rules.inviting import code_key
from backend.features.events.rules.keeping import ATTENDANCE_KEPT
from backend.features.events.tables import CHECK_INS, ENTRIES, EVENTS, KEYS
from backend.foundation.identity import directory as people
from backend.foundation.journal.envelope import Context, Envelope, Outcome
from backend.foundation.journal.records import record_key
from backend.foundation.journal.work import Work
from backend.foundation.kernel.ids import new_secret
from backend.foundation.kernel.problem import Problem, id_taken, not_found
from backend.foundation.privacy import keeping


async def open_(work: Work, asked: commands.Open, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    decision = rules.open_(event, ctx.actor, times(work, ctx))
    if decision.event is not event:
        work.save(KEYS, EventKey(id=event.id, key=new_secret()))
        work.touch(KEY, event.id)
    return settle(work, event, decision)


async def close(work: Work, asked: commands.Close, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    decision = rules.close(event, ctx.actor, times(work, ctx))
    if decision.event is not event:
        # Not only taken away: phones that worked here before hear of it too, and nothing of it is
        # left in what they sent. After a reopening there is no new one.
        work.remove(KEYS, event.id)
        work.erase(KEY, event.id)
        await keeping.keep(
            work,
            ctx.rec,
            ATTENDANCE_KEPT,
            last_day(event),
            outlet=event.outlet,
            line=event.line,
        )
    return settle(work, event, decision)


async def reopen(work: Work, asked: commands.Reopen, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    sightings = await work.find(CHECK_INS, event=event.id)
    told = rules.reopen(event, asked, sightings, ctx.actor, times(work, ctx))
    return _write(work, told)


async def check_in(work: Work, asked: commands.CheckIn, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    if kind != CHECK_IN:
        raise not_found()
    event = await staffed_at(work, ctx, asked.event)
    if await work.load(CHECK_INS, id) is not None:
        raise id_taken()
    entry = await _entry(work, asked)
    if asked.person is not None:
        await people.person(work, asked.person)
    seen = rules.check_in(id, event, asked, entry, ctx.actor, times(work, ctx), ctx.device_id)
    counts = await _counted(work, event, seen.check_in)
    work.save(CHECK_INS, seen.check_in)
    work.touch(CHECK_IN, id)
    publish(work, msgspec.structs.replace(event, counts=counts))
    return Outcome(seen.facts)


async def void(work: Work, asked: commands.Void, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    named = await work.load_many(CHECK_INS, asked.check_ins)
    sightings = await work.find(CHECK_INS, event=event.id)
    return _write(work, rules.void(event, asked, named, sightings, ctx.actor, times(work, ctx)))


async def judge_duplicate(work: Work, asked: commands.JudgeDuplicate, ctx: Context) -> Outcome:
    event = await event_of(work, ctx)
    sightings = await work.find(CHECK_INS, event=event.id)
    told = rules.judge_duplicate(event, asked, sightings, ctx.actor, times(work, ctx))
    return _write(work, told)


async def arrivals(work: Work, envelopes: Sequence[Envelope]) -> None:
    """For a batch of check-ins: their events, whom they name, and who was seen before."""
    asked: dict[str, commands.CheckIn] = {}
    for envelope in envelopes:
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            args = msgspec.json.decode(envelope.args, type=commands.CheckIn)
            asked[envelope.rec[1]] = args
    events = dict.fromkeys(one.event for one in asked.values())
    await work.tx.lock(record_key(KIND, event) for event in events)
    await work.load_many(EVENTS, events)
    await work.load_many(CHECK_INS, asked)
    await work.load_many(ENTRIES, [one.entry for one in asked.values() if one.entry])
    codes = [key for one in asked.values() if (key := code_key(one.event, one.code))]
    await work.find_many(ENTRIES, "code_key", codes)
    await work.find_many(CHECK_INS, "key", await _keys(work, asked))


async def _keys(work: Work, asked: dict[str, commands.CheckIn]) -> list[str]:
    keys = []
    for id, one in asked.items():
        with contextlib.suppress(Problem):
            keys.append(key_of(id, one, await _entry(work, one)))
    return keys


async def _entry(work: Work, asked: commands.CheckIn) -> Invited | None:
    """The line of the roster, whoever has the code now. Of somebody taken off it the line is still
    there; what no roster ever had is refused."""
    if asked.entry is not None:
        entry = await work.load(ENTRIES, asked.entry)
        if entry is None or entry.event != asked.event:
            raise entry_unknown()
        return entry
    key = code_key(asked.event, asked.code)
    if key is None:
        return None
    found = [one for one in await work.find(ENTRIES, code_key=key) if not one.removed]
    return found[0] if found else None


async def _counted(work: Work, event: Event, new: CheckIn) -> Counts:
    judged = await work.load_many(
        CHECK_INS, [id for one in event.judged if one.same for id in (one.a, one.b)]
    )
    if is_joined(new.key, event.judged, {one.id: one.key for one in judged}):
        sightings = await work.find(CHECK_INS, event=event.id)
        return rules.recounted(event, sightings, [new]).counts
    return with_new(event.counts, new, await work.find(CHECK_INS, key=new.key))


def _write(work: Work, told: rules.Recounted) -> Outcome:
    if told.merged:
        return Outcome(status="merged")
    for one in told.changed:
        work.save(CHECK_INS, one)
        work.touch(CHECK_IN, one.id)
    publish(work, told.event)
    return Outcome(told.facts)
