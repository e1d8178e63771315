"""Figures of rounds: who handed in what was due, and with which scores. From kept sums alone."""

import msgspec

from backend.features.inspections.rules.counting import TALLY
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.reading.figures import by_outlet, over_outlets, sums, weeks_back
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Moment
from backend.foundation.organisation.calendar import week_of


class Completion(msgspec.Struct, frozen=True):
    """One outlet in one week (its Monday): rounds that were due, handed in, of these late."""

    outlet: str
    week: str
    due: int
    handed: int
    late: int


class Scores(msgspec.Struct, frozen=True):
    """One week: rounds with a score, their points and of how many, in tenths."""

    week: str
    rounds: int
    points: int
    max: int


class RoundFigures(msgspec.Struct, frozen=True):
    """From the week `since` to the week `until`, both Mondays. A cell where nothing was due, and a
    week without a score, are left out."""

    since: str
    until: str
    completion: list[Completion]
    scores: list[Scores]


async def figures(
    tx: Tx, actor: Actor, outlet: str | None, line: str | None, weeks: int, now: Moment
) -> RoundFigures:
    """The last weeks, this one included. Two queries over kept sums, whatever the number of
    rounds."""
    until = week_of(now)
    since = weeks_back(until, weeks)
    single = by_outlet(tx, actor, outlet, line)
    done = await sums(tx, single, TALLY, since, until, ("outlet", "span"), 3)
    over = over_outlets(tx, actor, outlet, line)
    scored = await sums(tx, over, TALLY, since, until, ("span",), 6)
    return RoundFigures(
        since=since,
        until=until,
        completion=[Completion(*row) for row in done if row[2]],
        scores=[Scores(week, *numbers[3:]) for week, *numbers in scored if numbers[3]],
    )
