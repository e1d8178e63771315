"""Who hears of what happens to an event, and under which words (the phone has them)."""

from collections.abc import Iterable

from backend.features.events.facts import (
    Approved,
    CameLate,
    Cancelled,
    Concluded,
    EventFact,
    Proposed,
    ResultAccepted,
    Returned,
    StaffAssigned,
)
from backend.foundation.journal.envelope import Context, Told


def proposed(fact: Proposed, ctx: Context) -> Iterable[Told]:
    """The manager who was asked."""
    yield from _told(fact, ctx, "event_proposed", (fact.approver,))


def approved(fact: Approved, ctx: Context) -> Iterable[Told]:
    """Whoever planned it, and everybody who will work there."""
    yield from _told(fact, ctx, "event_approved", (fact.planned_by, *fact.staff))


def returned(fact: Returned, ctx: Context) -> Iterable[Told]:
    """Whoever has to look at it again, with the number of remarks."""
    type_ = "event_result_returned" if fact.result else "event_returned"
    yield from _told(fact, ctx, type_, (fact.to,), points=fact.points)


def cancelled(fact: Cancelled, ctx: Context) -> Iterable[Told]:
    """Everybody who need not go."""
    yield from _told(fact, ctx, "event_cancelled", fact.people)


def staff_assigned(fact: StaffAssigned, ctx: Context) -> Iterable[Told]:
    """Who works there now, and who does not any more."""
    yield from _told(fact, ctx, "event_staff_came", fact.came)
    yield from _told(fact, ctx, "event_staff_left", fact.left)


def came_late(fact: CameLate, ctx: Context) -> Iterable[Told]:
    """Whoever planned or closed it: there is something to look at, and perhaps to reopen for."""
    yield from _told(fact, ctx, "event_came_late", (fact.planned_by, fact.closed_by))


def concluded(fact: Concluded, ctx: Context) -> Iterable[Told]:
    """The manager who approved the plan."""
    yield from _told(fact, ctx, "event_concluded", (fact.approved_by,), persons=fact.persons)


def result_accepted(fact: ResultAccepted, ctx: Context) -> Iterable[Told]:
    """Whoever handed it in."""
    yield from _told(fact, ctx, "event_reported", (fact.handed_in_by,))


def _told(
    fact: EventFact, ctx: Context, type_: str, people: tuple[str | None, ...], **params: object
) -> Iterable[Told]:
    """One line for each person but the one who did it."""
    for person in dict.fromkeys(people):
        if person is not None and person != ctx.actor.id:
            yield Told(
                person=person,
                type=type_,
                params={"outlet": fact.outlet, "line": fact.line, **params},
                rec=("event", fact.event),
            )
