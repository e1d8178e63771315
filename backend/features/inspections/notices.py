"""Who hears of what happens to a round, and under which words (the phone has them)."""

from collections.abc import Iterable

from backend.features.inspections.facts import (
    Amended,
    Assigned,
    Cancelled,
    ContributedLate,
    Reassigned,
    Submitted,
)
from backend.foundation.journal.envelope import Context, Told


def assigned(fact: Assigned, ctx: Context) -> Iterable[Told]:
    """The person who has to go."""
    yield _told(fact.assignee, "round_assigned", fact, due_at=fact.due_at)


def reassigned(fact: Reassigned, ctx: Context) -> Iterable[Told]:
    """Both people: one gets work, the other one reads what happens to work done meanwhile."""
    yield _told(fact.assignee, "round_assigned", fact, due_at=None)
    yield _told(fact.earlier, "round_given_away", fact, to=fact.assignee)


def cancelled(fact: Cancelled, ctx: Context) -> Iterable[Told]:
    """The person who need not go."""
    yield _told(fact.assignee, "round_cancelled", fact)


def submitted(fact: Submitted, ctx: Context) -> Iterable[Told]:
    """Whoever gave the round, unless they did it themselves."""
    if fact.assigned_by != fact.by:
        yield _told(fact.assigned_by, "round_submitted", fact, findings=fact.findings)


def amended(fact: Amended, ctx: Context) -> Iterable[Told]:
    """The inspector, when somebody else corrects the record of their round."""
    if fact.assignee != fact.by:
        yield _told(fact.assignee, "round_amended", fact, item=fact.item)


def contributed_late(fact: ContributedLate, ctx: Context) -> Iterable[Told]:
    """The present assignee and the manager see whose work came in."""
    for person in dict.fromkeys((fact.assignee, fact.assigned_by)):
        if person != fact.by:
            yield _told(person, "round_contribution", fact, by=fact.by)


def _told(person: str, type_: str, fact: object, **params: object) -> Told:
    round_: str = fact.round  # type: ignore[attr-defined]
    return Told(
        person=person,
        type=type_,
        params={"outlet": fact.outlet, "line": fact.line, **params},  # type: ignore[attr-defined]
        rec=("round", round_),
    )
