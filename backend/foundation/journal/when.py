"""The times of one command, as rules get them."""

import msgspec

from backend.foundation.journal.envelope import Context
from backend.foundation.kernel.clock import wire


class When(msgspec.Struct, frozen=True):
    """Both times of a command, the one that lateness is judged by, and the event's id.

    `judged_at` is the phone's time corrected by the clock sample, never after the arrival; with
    a clock that cannot be trusted it is the arrival. Nobody is late because a signal was.
    """

    occurred_at: str
    received_at: str
    judged_at: str
    event_id: str


def when_of(ctx: Context, event_id: str) -> When:
    """The times of the command; `event_id` is the id that its entry in a record's history has."""
    return When(
        occurred_at=wire(ctx.occurred_at),
        received_at=wire(ctx.now),
        judged_at=wire(ctx.judged_at()),
        event_id=event_id,
    )
