"""The due day of a case: set with how it was counted, and counted anew when a calendar comes in."""

from datetime import date
from typing import Any

import msgspec

from backend.features.rectifications.facts import DueRecounted
from backend.features.rectifications.model import Rectification
from backend.features.rectifications.rules.decision import Decision, place
from backend.features.rectifications.states import LIVING
from backend.foundation.kernel.clock import wire
from backend.foundation.organisation.calendar import Calendar, Due, waits_for
from backend.foundation.organisation.model import Outlet


def dated(due: Due | None) -> dict[str, Any]:
    """The fields of a case that this deadline sets; none without one."""
    if due is None:
        return {}
    return {
        "due_at": wire(due.due_at),
        "due_steps": due.steps,
        "due_waits_for": waits_for(due.steps),
    }


def recount(case: Rectification, calendar: Calendar, outlet: Outlet, now: str) -> Decision:
    """The same number of working days from the same day, by the calendar as it is now.

    No event: a decision under way is about what was seen, and a date is none of that. Nobody
    becomes late by a list that came late: a day that would be past stays what it was.
    """
    if case.state not in LIVING | {"reported"}:
        return Decision(msgspec.structs.replace(case, due_waits_for=None))
    first, last = case.due_steps[0], case.due_steps[-1]
    due = calendar.due_after(date.fromisoformat(first.day), last.nth, outlet)
    fresh = dated(due)
    if fresh["due_at"] == case.due_at:
        return Decision(msgspec.structs.replace(case, **fresh))
    if fresh["due_at"] <= now or case.due_at is None:
        return Decision(msgspec.structs.replace(case, due_waits_for=None))
    moved = msgspec.structs.replace(case, **fresh)
    fact = DueRecounted(**place(case), owner=case.owner, due_at=fresh["due_at"], before=case.due_at)
    return Decision(moved, (fact,))
