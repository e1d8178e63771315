"""How a case begins: from a finding that somebody raised."""

from collections.abc import Collection

import msgspec

from backend.features.rectifications.facts import Opened
from backend.features.rectifications.model import Event, ItemRef, PhotoRef, Rectification
from backend.features.rectifications.rules.dating import dated
from backend.features.rectifications.rules.decision import Decision, place
from backend.foundation.checklists.facts import FindingRaised
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.organisation.calendar import Due

# Working days that a severity leaves, when the manager names none.
DUE_WORKDAYS = {"danger": 1, "serious": 3, "major": 5, "minor": 10}


def open_case(
    id: str,
    raised: FindingRaised,
    before: tuple[PhotoRef, ...],
    after: tuple[PhotoRef, ...],
    actor: Actor,
    when: When,
    due: Due,
) -> Decision:
    """A case with a due day; or, fixed on the spot, one that is born closed and still counts."""
    fixed = raised.on_spot
    case = Rectification(
        id=id,
        finding=raised.finding,
        round=raised.origin[1],
        outlet=raised.outlet,
        line=raised.line,
        item=ItemRef(key=raised.item, no=raised.no, text=raised.item_text),
        item_key=raised.item,
        severity=raised.severity,
        text=raised.text,
        cause=raised.cause,
        measure=raised.measure,
        on_spot=fixed,
        state="closed" if fixed else "open",
        **dated(None if fixed else due),
        raised_by=actor.id,
        raised_at=when.occurred_at,
        opened_at=when.received_at,
        fixed_by=None,
        reported_at=when.judged_at if fixed else None,
        closed_at=when.received_at if fixed else None,
        before=before,
        after=after,
        events=(_first_event(actor, when, before, after, fixed),),
    )
    fact = Opened(
        **place(case),
        finding=case.finding,
        severity=case.severity,
        on_spot=fixed,
        raised_by=actor.id,
        due_at=case.due_at,
    )
    return Decision(case, (fact,))


def told_more(
    case: Rectification,
    raised: FindingRaised,
    before: tuple[PhotoRef, ...],
    after: tuple[PhotoRef, ...],
    living: Collection[str],
) -> Decision:
    """Danger is told before the round is over: what the submitted sheet knows more is added, what
    the outlet did meanwhile stays. A fix on the spot does not close a case that lives already.

    A photo that the inspector deleted is not among `living`, and nobody waits for it. What was
    decided on keeps the photos of that day."""
    decided = case.state in ("closed", "cancelled")
    case = msgspec.structs.replace(
        case,
        before=tuple(ref for ref in case.before if decided or ref.id in living),
        after=tuple(ref for ref in case.after if decided or ref.id in living),
    )
    known = {ref.id for ref in (*case.before, *case.after)}
    fuller = msgspec.structs.replace(
        case,
        text=raised.text or case.text,
        cause=raised.cause or case.cause,
        measure=case.measure or raised.measure,
        before=(*case.before, *(ref for ref in before if ref.id not in known)),
        after=(*case.after, *(ref for ref in after if ref.id not in known)),
    )
    return Decision(fuller, status="merged")


def _first_event(
    actor: Actor,
    when: When,
    before: tuple[PhotoRef, ...],
    after: tuple[PhotoRef, ...],
    fixed: bool,
) -> Event:
    return Event(
        id=when.event_id,
        type="fixed_on_spot" if fixed else "raised",
        by=actor.id,
        occurred_at=when.occurred_at,
        received_at=when.received_at,
        photos=tuple(ref.id for ref in (*before, *after)),
    )
