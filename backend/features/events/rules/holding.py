"""Holding an event: opening, checking in, taking back, closing. Order is the server's alone."""

from collections.abc import Iterable, Sequence

import msgspec

from backend.features.events import commands, problems
from backend.features.events.facts import (
    CameLate,
    CheckedIn,
    Closed,
    DuplicateJudged,
    Opened,
    Reopened,
    Voided,
)
from backend.features.events.model import Event, Judged
from backend.features.events.model.people import CheckIn, Invited, Void
from backend.features.events.rules.counting import count, key_of, latest
from backend.features.events.rules.decision import Decision, is_late, members_of, place, step
from backend.features.events.rules.planning import require_planner
from backend.features.events.states import HELD, MACHINE
from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import bad_transition, too_large

JUDGED_MAX = 2000  # pairs that people looked at; an event with more has no roster at all


class Seen(msgspec.Struct, frozen=True):
    """A sighting as it is kept, the event after it, and what happened."""

    check_in: CheckIn
    event: Event
    facts: tuple[Fact, ...]


class Recounted(msgspec.Struct, frozen=True):
    """The event after a change of its sightings, and those that changed."""

    event: Event
    changed: tuple[CheckIn, ...] = ()
    facts: tuple[Fact, ...] = ()
    merged: bool = False


def open_(event: Event, actor: Actor, when: When) -> Decision:
    """Begun. Two phones that open the same event open it once."""
    if event.state == "open":
        return Decision(event, status="merged")
    state = _moved(event, "open", actor)
    after = step(event, "opened", actor, when, state=state, opened_at=when.received_at)
    return Decision(after, (Opened(**place(event), by=actor.id),))


def close(event: Event, actor: Actor, when: When) -> Decision:
    """Frozen: what is carried out after this counts no more."""
    if event.state == "closed":
        return Decision(event, status="merged")
    state = _moved(event, "close", actor)
    after = step(event, "closed", actor, when, state=state, closed_at=when.received_at)
    told = event.counts
    fact = Closed(
        **place(event),
        by=actor.id,
        persons=told.persons,
        sightings=told.sightings,
        voided=told.voided,
    )
    return Decision(after, (fact,))


def reopen(
    event: Event, asked: commands.Reopen, sightings: Sequence[CheckIn], actor: Actor, when: When
) -> Recounted:
    """Open again, so that what came late counts: sightings, voids, tallies, things handed out."""
    require_planner(event, actor, "reopen")
    state = _moved(event, "reopen", actor)
    changed = tuple(_in_time(one) for one in sightings if one != _in_time(one))
    after = step(
        event,
        "reopened",
        actor,
        when,
        note=asked.reason,
        state=state,
        closed_at=None,
        result=None,
        sums=tuple(msgspec.structs.replace(one, n=one.n + one.late, late=0) for one in event.sums),
        stock=tuple(
            msgspec.structs.replace(one, handed=one.handed + one.handed_late, handed_late=0)
            for one in event.stock
        ),
    )
    after = recounted(after, sightings, changed)
    late = event.counts.late
    fact = Reopened(**place(event), by=actor.id, late=late, reason=asked.reason)
    return Recounted(after, changed, (fact,))


def check_in(
    id: str,
    event: Event,
    asked: commands.CheckIn,
    entry: Invited | None,
    actor: Actor,
    when: When,
    device: str,
) -> Seen:
    """One sighting. The event's figures are brought up to date by whoever knows its neighbours."""
    late = is_late(event)
    key = key_of(id, asked, entry)
    walk_in = asked.walk_in
    made = CheckIn(
        id=id,
        event=event.id,
        key=key,
        how=asked.how,
        entry=None if entry is None else entry.id,
        code=asked.code if entry is None else None,
        person=asked.person or (None if entry is None else entry.person),
        age_band=None if walk_in is None else walk_in.age_band,
        interests=() if walk_in is None else tuple(dict.fromkeys(walk_in.interests)),
        by=actor.id,
        device=device,
        at=when.judged_at,
        occurred_at=when.occurred_at,
        received_at=when.received_at,
        late=late,
    )
    facts: tuple[Fact, ...] = (CheckedIn(**place(event), check_in=id, how=asked.how, late=late),)
    if late and event.counts.late == 0:
        closed_by = [act.by for act in event.acts if act.type in ("closed", "cancelled")]
        people = {"planned_by": event.planned_by, "closed_by": closed_by[-1], "by": actor.id}
        facts = (*facts, CameLate(**place(event), **people))
    return Seen(made, event, facts)


def void(
    event: Event,
    asked: commands.Void,
    named: Sequence[CheckIn],
    sightings: Sequence[CheckIn],
    actor: Actor,
    when: When,
) -> Recounted:
    """Takes back the sightings that were seen, and no other one of the same people."""
    late = is_late(event)
    if len(named) < len(set(asked.check_ins)) or any(one.event != event.id for one in named):
        raise problems.check_in_unknown()
    void = Void(by=actor.id, at=when.received_at, reason=asked.reason, late=late)
    changed = tuple(msgspec.structs.replace(one, void=void) for one in named if one.void is None)
    if not changed:
        return Recounted(event, merged=True)
    ids = tuple(one.id for one in changed)
    fact = Voided(**place(event), check_ins=ids, late=late, by=actor.id, reason=asked.reason)
    return Recounted(recounted(event, sightings, changed), changed, (fact,))


def judge_duplicate(
    event: Event,
    asked: commands.JudgeDuplicate,
    sightings: Sequence[CheckIn],
    actor: Actor,
    when: When,
) -> Recounted:
    """One person or two, until the report is accepted. Of one pair the last judgement counts. For
    whoever can look at both: its staff, and whoever plans there."""
    if actor.id not in members_of(event):
        require_planner(event, actor, "judge_duplicate")
    if event.state not in HELD:
        raise bad_transition(state=event.state, move="judge_duplicate")
    if asked.a == asked.b:
        raise problems.same_sighting()
    known = {one.id for one in sightings}
    if not {asked.a, asked.b} <= known:
        raise problems.check_in_unknown()
    pair = (min(asked.a, asked.b), max(asked.a, asked.b))
    before = latest(event.judged)
    if pair in before and before[pair].same == asked.same:
        return Recounted(event, merged=True)
    if len(event.judged) >= JUDGED_MAX:
        raise too_large(what="judged", limit=JUDGED_MAX)
    new = Judged(a=pair[0], b=pair[1], same=asked.same, by=actor.id, at=when.received_at)
    after = msgspec.structs.replace(event, judged=(*event.judged, new))
    fact = DuplicateJudged(**place(event), a=new.a, b=new.b, same=new.same, by=actor.id)
    return Recounted(recounted(after, sightings), (), (fact,))


def recounted(event: Event, sightings: Iterable[CheckIn], changed: Iterable[CheckIn] = ()) -> Event:
    """The event with every figure counted anew; `changed` stand in for what they were."""
    now = {one.id: one for one in (*sightings, *changed)}
    return msgspec.structs.replace(event, counts=count(now.values(), event.judged))


def _in_time(one: CheckIn) -> CheckIn:
    void = one.void
    if void is not None and void.late:
        void = msgspec.structs.replace(void, late=False)
    return msgspec.structs.replace(one, late=False, void=void)


def _moved(event: Event, move: str, actor: Actor) -> str:
    if event.state in ("reported", "cancelled"):
        raise problems.event_over(state=event.state)
    return MACHINE.require(move, event.state, actor, outlet=event.outlet, line=event.line)
