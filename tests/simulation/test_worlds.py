"""Worlds from seeds hold every invariant; the same seed plays the same way."""

from collections.abc import AsyncIterator

import pytest

from backend.foundation.journal.failpoints import NAMES
from tests.kit.services.postgres import Postgres
from tests.simulation.ground import SqliteGround
from tests.simulation.judged import judge, judge_seed, told
from tests.simulation.plan import plan_for
from tests.simulation.report import failures_text, figures_text
from tests.simulation.run import Asked, Outcome, play, seeds_from

STEPS = 200


@pytest.fixture
async def ground() -> AsyncIterator[SqliteGround]:
    laid = SqliteGround()
    yield laid
    await laid.close()


def clean(outcome: Outcome, engine: str) -> None:
    assert not outcome.failures, failures_text(outcome)
    print(figures_text(outcome, engine, 0))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1, 101, 10))
def test_a_hundred_seeds_hold_every_invariant(first: int) -> None:
    """Ten at a time, so that processes can share them."""
    clean(play(Asked(seeds_from(first, 10), STEPS, "sqlite")), "sqlite")


@pytest.mark.slow
def test_seeds_hold_on_postgres_too(postgres: Postgres) -> None:
    url = postgres.url("postgres")
    clean(play(Asked(seeds_from(1, 8), STEPS, "postgres", url)), "postgres")


def test_a_few_seeds_meet_every_failpoint() -> None:
    outcome = play(Asked(seeds_from(1000, 6), STEPS, "sqlite"))
    clean(outcome, "sqlite")
    assert set(outcome.figures.failpoints) == set(NAMES)


async def test_the_same_seed_plays_the_same_way(ground: SqliteGround) -> None:
    first = await judge_seed(7, STEPS, ground)
    again = await judge_seed(7, STEPS, ground)
    assert first.timeless == again.timeless
    assert first.figures == again.figures


@pytest.mark.parametrize("seed", [11, 12, 13])
async def test_other_clocks_give_the_same_state(ground: SqliteGround, seed: int) -> None:
    """12: phones two years off, jumping and drifting, against phones that are right."""
    plan = plan_for(seed, STEPS)
    lying = await judge(plan, ground)
    honest = await judge(plan, ground, clocks_lie=False)
    assert lying.broken is None, told(lying)
    assert lying.timeless == honest.timeless
