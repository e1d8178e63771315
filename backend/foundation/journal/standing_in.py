"""Whose rights a command is decided with: one's own, or those of somebody absent.

Promises: what a person may do by their own posts they do in their own name, also while they stand
in for others. Only what is refused for want of a post is tried again, for each absent person whose
deputy they were when they decided (`judged_at`: work of the window may arrive after it). It has to
be allowed twice, to the deputy with both people's posts and to the absent person as if they did it
themselves, so that no rule of two people is got round: neither approves what either of them made.
Who stood in for somebody and does no longer is told so, whether the record is there or not.

It does not handle: what a record gives to people by name (a case that is theirs). That is handed
over, not stood in for.
"""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.manifest import Handler
from backend.foundation.journal.problems import deputy_over, parent_rejected
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import Actor, StandIn
from backend.foundation.kernel.clock import Moment
from backend.foundation.kernel.problem import Conflict, Problem, forbidden, not_found

# Who stood in longer ago is told of the missing post: what they sent has nothing to do with it.
TOLD_FOR = timedelta(days=30)


def candidates(context: Context) -> Iterable[Context]:
    """The command as its sender alone, then as whoever they stood in for at the time of it."""
    if not context.actor.stands_in:
        yield context
        return
    alone = context.actor.alone()
    yield msgspec.structs.replace(context, actor=alone)
    judged = context.judged_at()
    for absent in context.actor.stands_in:
        if absent.covers(judged):
            yield msgspec.structs.replace(context, actor=alone.standing_in(absent))


async def decided(work: Work, handler: Handler, asked: msgspec.Struct, context: Context) -> Outcome:
    """What the handler makes of the command. `context` is one of the candidates."""
    for_person = context.actor.for_person
    if for_person is None:
        return await handler(work, asked, context)
    absent = next(one for one in context.actor.stands_in if one.person == for_person)
    refusal = await _as_absent(work, handler, asked, context, absent)
    # The deputy's own refusal comes first, and their own try leaves its note with the record.
    outcome = await handler(work, asked, context)
    if isinstance(refusal, Conflict):
        raise refusal.kind.conflict(**refusal.facts)
    if refusal is not None:
        raise refusal
    return outcome


def is_worth_another(refusal: Problem) -> bool:
    """Whether somebody with another post could have been told otherwise."""
    return refusal.kind.by_post and not isinstance(refusal, Conflict)


def told(refusals: list[Problem]) -> Problem:
    """Of the refusals that a person got alone and for others the one that says most: a rule says
    more than a missing post."""
    telling = [one for one in refusals if one.kind not in (forbidden, not_found)]
    return telling[0] if telling else refusals[-1]


def out_of_days(refusal: Problem, context: Context | None) -> Problem:
    """The refusal, or the one that names the days, for whoever stood in lately or soon will and did
    not at that moment."""
    lacks = refusal.kind in (forbidden, not_found)
    # What was refused for the days is no parent that was refused: it is there, for somebody else.
    again = refusal.kind == parent_rejected and refusal.facts["code"] == deputy_over.code
    if context is None or not (lacks or again):
        return refusal
    judged = context.judged_at()
    lately = [one for one in context.actor.stands_in if _is_near(one, context.now)]
    if not lately or any(one.covers(judged) for one in context.actor.stands_in):
        return refusal
    latest = max(lately, key=lambda one: (one.until, one.person))
    days = {"first_day": latest.first_day, "last_day": latest.last_day}
    return deputy_over(person=latest.name, **days)


async def _as_absent(
    work: Work, handler: Handler, asked: msgspec.Struct, context: Context, absent: StandIn
) -> Problem | None:
    """Why the absent person would be refused the same, or None. Nothing of it stays."""
    mark = work.mark()
    actor = Actor(absent.person, absent.name, absent.grants, context.device_id)
    try:
        await handler(work, asked, msgspec.structs.replace(context, actor=actor))
    except Problem as refusal:
        return refusal
    finally:
        work.undo(mark)
    return None


def _is_near(absent: StandIn, now: Moment) -> bool:
    return absent.since - TOLD_FOR < now < absent.until + TOLD_FOR
