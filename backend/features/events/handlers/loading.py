"""What every handler does before and after its decision. Loaded once per batch, whoever asks."""

from datetime import date

from backend.features.events.model import Event
from backend.features.events.rules.decision import (
    Decision,
    Membership,
    bucket_of,
    require_sight,
    require_staff,
)
from backend.features.events.tables import EVENTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.when import When, when_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import not_found

KIND = "event"
CHECK_IN = "check_in"
ROSTER = "event_roster"
FOLLOW_UP = "event_follow_up"
KEY = "event_key"


async def event_of(work: Work, ctx: Context) -> Event:
    """The event this command is about, for whoever may see it."""
    kind, id = ctx.rec
    if kind != KIND:
        raise not_found()
    event = await _loaded(work, id)
    require_sight(event, ctx.actor, await membership(work, ctx, event))
    return event


async def staffed(work: Work, ctx: Context) -> Event:
    """The same, for whoever works at it, or did and could not know that it ended."""
    event = await event_of(work, ctx)
    require_staff(event, ctx.actor, ctx.saw, await membership(work, ctx, event))
    return event


async def staffed_at(work: Work, ctx: Context, id: str) -> Event:
    """The event that something of this command belongs to, held like one that it names."""
    await work.hold(KIND, id)
    event = await _loaded(work, id)
    require_staff(event, ctx.actor, ctx.saw, await membership(work, ctx, event))
    return event


async def membership(work: Work, ctx: Context, event: Event) -> Membership:
    """Whether this person ever worked there. Nearly always they do, which needs no query."""
    if ctx.actor.id in event.staff:
        return Membership(ever=True)
    found = await work.membership(bucket_of(event.id), ctx.actor.id)
    if found is None:
        return Membership()
    return Membership(ever=True, until_ver=found.until_ver)


def times(work: Work, ctx: Context) -> When:
    """The times of the command, with the id its entry will have."""
    return when_of(ctx, work.derive("event"))


def settle(work: Work, before: Event | None, decision: Decision) -> Outcome:
    """Writes what was decided about the event."""
    if decision.event is not before:
        publish(work, decision.event)
    return Outcome(decision.facts, status=decision.status)


def publish(work: Work, event: Event) -> None:
    """Stages the event; it is written and published once, at the end of the batch."""
    work.save(EVENTS, event)
    work.touch(KIND, event.id)


def last_day(event: Event) -> date:
    """The day from which what is kept of people counts down."""
    return date.fromisoformat(event.until_day or event.day)


async def _loaded(work: Work, id: str) -> Event:
    event = await work.load(EVENTS, id)
    if event is None:
        raise not_found()
    return event
