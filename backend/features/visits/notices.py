"""Who hears of what happens to visits, and under which words (the phone has them). No name and no
address is in any of them."""

from collections.abc import Iterable

from backend.features.visits.facts import (
    Accepted,
    AuthorisationFact,
    Cancelled,
    Declined,
    KeptAside,
    PartsForgotten,
    Postponed,
    Returned,
    Revoked,
    Scheduled,
    Submitted,
    UseRefused,
    VisitFact,
)
from backend.foundation.journal.envelope import Context, Told


def scheduled(fact: Scheduled, ctx: Context) -> Iterable[Told]:
    """The two who go, and whoever does not go any more."""
    yield from _told(fact, ctx, "visit_scheduled", fact.staff, day=fact.day, begins=fact.begins)
    left = (person for person in fact.earlier if person not in fact.staff)
    yield from _told(fact, ctx, "visit_taken_away", left, day=fact.day)


def postponed(fact: Postponed, ctx: Context) -> Iterable[Told]:
    """Whoever planned it has to find another day."""
    people = (fact.scheduled_by, fact.requested_by, *fact.staff)
    yield from _told(fact, ctx, "visit_postponed", people, reason=fact.reason, day=fact.day)


def declined(fact: Declined, ctx: Context) -> Iterable[Told]:
    """Whoever asked and planned: something else was offered, and somebody has to see to it."""
    people = (fact.requested_by, fact.scheduled_by, *fact.staff)
    told = {"reason": fact.reason, "alternative": fact.alternative}
    yield from _told(fact, ctx, "visit_declined", people, **told)


def cancelled(fact: Cancelled, ctx: Context) -> Iterable[Told]:
    """The two who need not go."""
    people = (*fact.staff, fact.requested_by)
    yield from _told(fact, ctx, "visit_cancelled", people, reason=fact.reason)


def submitted(fact: Submitted, ctx: Context) -> Iterable[Told]:
    """Whoever may decide on it."""
    yield from _told(fact, ctx, "visit_submitted", fact.reviewers)


def accepted(fact: Accepted, ctx: Context) -> Iterable[Told]:
    """The two who were there, and whoever asked for it."""
    yield from _told(fact, ctx, "visit_accepted", (*fact.staff, fact.requested_by))


def returned(fact: Returned, ctx: Context) -> Iterable[Told]:
    """The two who have to add something."""
    yield from _told(fact, ctx, "visit_returned", fact.staff, points=len(fact.points))


def kept_aside(fact: KeptAside, ctx: Context) -> Iterable[Told]:
    """Whoever has or decided the visit: what came late must not lie unread."""
    yield from _told(fact, ctx, "visit_kept_aside", fact.people, wanted=fact.wanted)


def forgotten(fact: PartsForgotten, ctx: Context) -> Iterable[Told]:
    """The two staff: what they hold of it went from their phones, and why."""
    if fact.cause != "retention":
        yield from _told(fact, ctx, "visit_forgotten", fact.staff, ended=fact.ended)


def use_refused(fact: UseRefused, ctx: Context) -> Iterable[Told]:
    """Whoever issued it: business may have been done on an authorisation that no longer held."""
    yield from _told(fact, ctx, "authorisation_use_refused", (fact.issued_by,), code=fact.code)


def revoked(fact: Revoked, ctx: Context) -> Iterable[Told]:
    """The two staff, whom the family will ask."""
    yield from _told(fact, ctx, "authorisation_revoked", fact.staff, reason=fact.reason)


def _told(
    fact: VisitFact | AuthorisationFact,
    ctx: Context,
    type_: str,
    people: Iterable[str | None],
    **params: object,
) -> Iterable[Told]:
    """One line for each person but the one who did it. It leads to the visit, which names nobody,
    so that it stays when the person does not."""
    for person in dict.fromkeys(people):
        if person is not None and person != ctx.actor.id:
            yield Told(
                person=person,
                type=type_,
                params={"outlet": fact.outlet, "line": fact.line, **params},
                rec=_leads_to(fact),
            )


def _leads_to(fact: VisitFact | AuthorisationFact) -> tuple[str, str]:
    if isinstance(fact, AuthorisationFact):
        return ("authorisation", fact.authorisation)
    return ("visit", fact.visit)
