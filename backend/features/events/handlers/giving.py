"""Tallies, materials, questions."""

from backend.features.events import commands
from backend.features.events.handlers.loading import settle, staffed, times
from backend.features.events.model import Event
from backend.features.events.rules import giving as rules
from backend.features.events.tables import MOVEMENTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work


async def tally(work: Work, asked: commands.Tally, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    return _stepped(work, event, rules.tally(event, asked, _hand(work, ctx)))


async def hand_out(work: Work, asked: commands.HandOut, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    return _stepped(work, event, rules.hand_out(event, asked, _hand(work, ctx)))


async def restock(work: Work, asked: commands.Restock, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    return _stepped(work, event, rules.restock(event, asked, _hand(work, ctx)))


async def count_stock(work: Work, asked: commands.CountStock, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    return _stepped(work, event, rules.count_stock(event, asked, _hand(work, ctx)))


async def ask(work: Work, asked: commands.Ask, ctx: Context) -> Outcome:
    event = await staffed(work, ctx)
    return settle(work, event, rules.ask(event, asked, ctx.actor, times(work, ctx)))


def _hand(work: Work, ctx: Context) -> rules.Hand:
    return rules.Hand(ctx.actor, ctx.device_id, times(work, ctx), work.derive("movement"))


def _stepped(work: Work, event: Event, stepped: rules.Stepped) -> Outcome:
    work.save(MOVEMENTS, stepped.movement)
    return settle(work, event, stepped.decision)
