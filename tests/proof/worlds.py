"""Seeded worlds of phones, people, faults and restores against the real server."""

import time
from collections import Counter
from collections.abc import Iterator

from tests.kit.services.postgres import running_postgres
from tests.proof.sizes import Sizes
from tests.proof.table import Row
from tests.simulation.report import failures_text
from tests.simulation.run import Asked, Outcome, play_all, seeds_from


def proofs(sizes: Sizes) -> Iterator[Row]:
    """One row per engine."""
    seeds = seeds_from(1, sizes.seeds)
    yield _played("simulation, SQLite", Asked(seeds, sizes.steps, "sqlite"))
    with running_postgres() as postgres:
        seeds = seeds_from(1, sizes.postgres_seeds)
        asked = Asked(seeds, sizes.steps, "postgres", postgres.url("postgres"))
        yield _played("simulation, PostgreSQL", asked)


def _played(what: str, asked: Asked) -> Row:
    began = time.monotonic()
    outcome = play_all(asked)
    figures = outcome.figures
    killed = Counter({f"server killed {name}": n for name, n in figures.failpoints.items()})
    return Row(
        what,
        runs=figures.seeds,
        steps=figures.steps,
        faults=figures.faults.total() + killed.total(),
        acknowledged=figures.counts["commands acknowledged"],
        lost=_breaches(outcome, 1, 2),
        doubled=_breaches(outcome, 3),
        violations=len(outcome.failures),
        seconds=time.monotonic() - began,
        by_kind=figures.faults + killed,
        story=failures_text(outcome),
    )


def _breaches(outcome: Outcome, *invariants: int) -> int:
    marks = tuple(f"invariant {number}:" for number in invariants)
    return sum(failure.story.startswith(marks) for failure in outcome.failures)
