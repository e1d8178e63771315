"""What a round adds to the figures of a desk. Pure."""

from backend.features.inspections.model import Round
from backend.foundation.journal.tallies import Cell, Counts
from backend.foundation.kernel.clock import parse
from backend.foundation.organisation.calendar import week_of

TALLY = "rounds"  # due, handed in, of these late, of these with a score, points, of so many


def counts_of(found: Round) -> Counts | None:
    """In the week in which it is due; one that nobody planned, in the week in which it was begun.
    What was called off counts nowhere."""
    if found.state == "cancelled":
        return None
    handed = found.state == "submitted"
    score = found.score if handed else None
    numbers = (
        1,
        int(handed),
        int(handed and found.late),
        int(score is not None),
        score.points if score else 0,
        score.max if score else 0,
    )
    week = week_of(parse(found.due_at or found.made_at))
    return Counts(found.outlet, found.line, (Cell(TALLY, week, "", numbers),))
