"""Who hears of what happens to a case, and under which words (the phone has them)."""

from collections.abc import Iterable

from backend.features.rectifications.facts import (
    Approved,
    Assigned,
    Cancelled,
    CaseFact,
    DueRecounted,
    Extended,
    ExtensionRefused,
    HandedOver,
    HandOverDeclined,
    KeptAside,
    Opened,
    Reopened,
    Reported,
    Returned,
    TakenOver,
)
from backend.foundation.journal.envelope import Context, Told


def opened(fact: Opened, ctx: Context) -> Iterable[Told]:
    """Nobody by name: whoever gets the case hears of that. A group outside may be told."""
    return ()


def assigned(fact: Assigned, ctx: Context) -> Iterable[Told]:
    """The new owner, with the day."""
    yield from _told(fact, ctx, "case_assigned", (fact.owner,), due_at=fact.due_at)


def reported(fact: Reported, ctx: Context) -> Iterable[Told]:
    """Whoever raised the finding sees that it is put right."""
    yield from _told(fact, ctx, "case_reported", (fact.raised_by,), late=fact.late)


def approved(fact: Approved, ctx: Context) -> Iterable[Told]:
    """The owner and whoever raised the finding."""
    yield from _told(fact, ctx, "case_approved", (fact.owner, fact.raised_by))


def returned(fact: Returned, ctx: Context) -> Iterable[Told]:
    """The owner, with the number of remarks."""
    yield from _told(fact, ctx, "case_returned", (fact.owner,), points=fact.points)


def extended(fact: Extended, ctx: Context) -> Iterable[Told]:
    """The owner, with the new day."""
    yield from _told(fact, ctx, "case_extended", (fact.owner,), due_at=fact.due_at)


def extension_refused(fact: ExtensionRefused, ctx: Context) -> Iterable[Told]:
    """The owner, who has to be done by the day that stands."""
    yield from _told(fact, ctx, "case_extension_refused", (fact.owner,))


def due_recounted(fact: DueRecounted, ctx: Context) -> Iterable[Told]:
    """The owner, with the day that the official calendar makes of it."""
    yield from _told(fact, ctx, "case_due_recounted", (fact.owner,), due_at=fact.due_at)


def reopened(fact: Reopened, ctx: Context) -> Iterable[Told]:
    """Whoever had it last."""
    yield from _told(fact, ctx, "case_reopened", (fact.owner,))


def cancelled(fact: Cancelled, ctx: Context) -> Iterable[Told]:
    """The owner, who may stop, and whoever raised it."""
    yield from _told(fact, ctx, "case_cancelled", (fact.owner, fact.raised_by))


def handed_over(fact: HandedOver, ctx: Context) -> Iterable[Told]:
    """The people asked to take it."""
    yield from _told(fact, ctx, "case_offered", fact.people)


def taken_over(fact: TakenOver, ctx: Context) -> Iterable[Told]:
    """The sender, who is rid of it only now."""
    yield from _told(fact, ctx, "case_taken_over", (fact.sender,))


def hand_over_declined(fact: HandOverDeclined, ctx: Context) -> Iterable[Told]:
    """The sender, who still has it."""
    yield from _told(fact, ctx, "case_over_declined", (fact.sender,))


def kept_aside(fact: KeptAside, ctx: Context) -> Iterable[Told]:
    """Whoever decided meanwhile: "done" after "cancelled" must not lie unread."""
    yield from _told(fact, ctx, "case_kept_aside", (fact.decided_by,), wanted=fact.wanted)


def _told(
    fact: CaseFact, ctx: Context, type_: str, people: tuple[str | None, ...], **params: object
) -> Iterable[Told]:
    """One line for each person but the one who did it."""
    for person in dict.fromkeys(people):
        if person is not None and person != ctx.actor.id:
            yield Told(
                person=person,
                type=type_,
                params={"outlet": fact.outlet, "line": fact.line, **params},
                rec=("rectification", fact.case),
            )
