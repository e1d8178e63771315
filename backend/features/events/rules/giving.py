"""What is counted without knowing anybody: tallies, things handed out, stock, questions."""

from typing import Literal, NamedTuple

import msgspec

from backend.features.events import commands, problems
from backend.features.events.facts import (
    Asked,
    HandedOut,
    Restocked,
    StockCounted,
    Tallied,
)
from backend.features.events.model import Counted, Event, Question, Stock, Sum
from backend.features.events.model.people import Moved, Movement
from backend.features.events.rules.decision import Decision, is_late, place
from backend.features.events.states import OVER
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import parse
from backend.foundation.kernel.problem import too_large
from backend.foundation.organisation.calendar import business_day

SUMS_MAX = 2000  # counters by devices; more is a mistake of somebody's phone
QUESTIONS_MAX = 300


class Stepped(NamedTuple):
    """What was decided, and the line for whoever reconciles a month."""

    decision: Decision
    movement: Movement


class Hand(NamedTuple):
    """Who did it, with which device, when, and the id of what is written of it."""

    actor: Actor
    device: str
    when: When
    id: str


def tally(event: Event, asked: commands.Tally, hand: Hand) -> Stepped:
    """So many more, or fewer. Late ones stand apart, and both apart from the distinct persons."""
    late = is_late(event)
    after = _summed(event, "tally", asked.counter, asked.n, hand.device, late)
    fact = Tallied(**place(event), counter=asked.counter, n=asked.n, late=late)
    moved = _movement(event, "tally", asked.counter, asked.n, hand, late)
    return Stepped(Decision(after, (fact,)), moved)


def hand_out(event: Event, asked: commands.HandOut, hand: Hand) -> Stepped:
    """Handed out, or taken back by the phone that handed it out. More than there is can be handed
    out: two phones without signal cannot know, and what was given is given."""
    late = is_late(event)
    stock = stock_of(event, asked.material)
    after = _summed(event, "hand_out", asked.material, asked.n, hand.device, late)
    if late:
        stock = msgspec.structs.replace(stock, handed_late=stock.handed_late + asked.n)
    else:
        stock = msgspec.structs.replace(stock, handed=stock.handed + asked.n)
    fact = HandedOut(**place(event), material=asked.material, n=asked.n, late=late)
    moved = _movement(event, "hand_out", asked.material, asked.n, hand, late)
    return Stepped(Decision(with_stock(after, stock), (fact,)), moved)


def restock(event: Event, asked: commands.Restock, hand: Hand) -> Stepped:
    """More came, or some went elsewhere, until the event is over."""
    _require_going(event)
    stock = stock_of(event, asked.material)
    stock = msgspec.structs.replace(stock, restocked=stock.restocked + asked.n)
    fact = Restocked(**place(event), material=asked.material, n=asked.n, note=asked.note)
    moved = _movement(event, "restock", asked.material, asked.n, hand, late=False, note=asked.note)
    return Stepped(Decision(with_stock(event, stock), (fact,)), moved)


def count_stock(event: Event, asked: commands.CountStock, hand: Hand) -> Stepped:
    """What was counted stands beside what the books say; neither is changed to fit the other."""
    if event.state != "closed":
        _require_going(event)
    stock = stock_of(event, asked.material)
    counted = Counted(
        n=asked.counted, expected=stock.left, by=hand.actor.id, at=hand.when.judged_at
    )
    fact = StockCounted(
        **place(event), material=asked.material, counted=asked.counted, expected=stock.left
    )
    moved = _movement(event, "count", asked.material, asked.counted, hand, late=False)
    after = with_stock(event, msgspec.structs.replace(stock, counted=counted))
    return Stepped(Decision(after, (fact,)), moved)


def ask(event: Event, asked: commands.Ask, actor: Actor, when: When) -> Decision:
    """A question that somebody asked. The same one told twice is one."""
    if any(one.id == asked.id for one in event.questions):
        return Decision(event, status="merged")
    is_late(event)  # refuses before the beginning; a late question is still worth an answer
    if len(event.questions) >= QUESTIONS_MAX:
        raise too_large(what="questions", limit=QUESTIONS_MAX)
    new = Question(id=asked.id, text=asked.text, topic=asked.topic, by=actor.id, at=when.judged_at)
    after = msgspec.structs.replace(event, questions=(*event.questions, new))
    return Decision(after, (Asked(**place(event), question=asked.id, text=asked.text),))


def stock_of(event: Event, material: str) -> Stock:
    """The material of the plan. Raises `material_unknown`."""
    for stock in event.stock:
        if stock.key == material:
            return stock
    raise problems.material_unknown()


def with_stock(event: Event, stock: Stock) -> Event:
    """The event with this material as it is now."""
    return msgspec.structs.replace(
        event, stock=tuple(stock if one.key == stock.key else one for one in event.stock)
    )


def _summed(
    event: Event, what: Literal["tally", "hand_out"], key: str, n: int, device: str, late: bool
) -> Event:
    """The sums with one more step of this device, which takes back only what it counted."""
    here = next(
        (one for one in event.sums if (one.what, one.key, one.device) == (what, key, device)),
        None,
    )
    others = tuple(one for one in event.sums if one is not here)
    mine = here or Sum(what=what, key=key, device=device)
    if mine.n + mine.late + n < 0:
        raise problems.below_zero(left=mine.n + mine.late)
    if here is None and len(event.sums) >= SUMS_MAX:
        raise too_large(what="counters", limit=SUMS_MAX)
    if late:
        mine = msgspec.structs.replace(mine, late=mine.late + n)
    else:
        mine = msgspec.structs.replace(mine, n=mine.n + n)
    return msgspec.structs.replace(event, sums=(*others, mine))


def _movement(
    event: Event, what: Moved, key: str, n: int, hand: Hand, late: bool, note: str = ""
) -> Movement:
    day = business_day(parse(hand.when.judged_at))
    return Movement(
        id=hand.id,
        event=event.id,
        what=what,
        key=key,
        n=n,
        by=hand.actor.id,
        device=hand.device,
        day=day.isoformat(),
        at=hand.when.judged_at,
        late=late,
        note=note,
    )


def _require_going(event: Event) -> None:
    if event.state in OVER:
        raise problems.event_over(state=event.state)
