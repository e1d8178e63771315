"""Many seeds, on several processes: each makes a ground of its own and plays its share."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace

from tests.simulation.figures import Figures
from tests.simulation.ground import Ground, PostgresGround, SqliteGround
from tests.simulation.judged import Judged, judge_seed, line_for, shrunk, told
from tests.simulation.plan import Phones


@dataclass
class Failure:
    """A seed that broke an invariant, ready to be told."""

    seed: int
    line: str
    story: str


@dataclass
class Outcome:
    """What a share of seeds came to."""

    figures: Figures = field(default_factory=Figures)
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """Which seeds, how long, on what."""

    seeds: tuple[int, ...]
    steps: int
    engine: str
    server_url: str = ""
    phones: Phones = "both"


def ground_for(asked: Asked) -> Ground:
    """Where this process lays its databases."""
    return PostgresGround(asked.server_url) if asked.engine == "postgres" else SqliteGround()


def play(asked: Asked) -> Outcome:
    """Plays the seeds in this process; stops at the third failure, which tells enough."""
    return asyncio.run(_play(asked))


async def _play(asked: Asked) -> Outcome:
    outcome, ground = Outcome(), ground_for(asked)
    try:
        for seed in asked.seeds:
            judged = await judge_seed(seed, asked.steps, ground, asked.phones)
            outcome.figures.add(judged.figures)
            if judged.broken is not None:
                outcome.failures.append(await _failure(judged, asked, ground))
            if len(outcome.failures) == 3:
                break
    finally:
        await ground.close()
    return outcome


async def _failure(judged: Judged, asked: Asked, ground: Ground) -> Failure:
    seed = judged.plan.seed
    # Said before the search for the smallest story, which may take as long as all the seeds.
    print(f"seed {seed}: {judged.broken}", file=sys.stderr, flush=True)
    smallest = await shrunk(judged, ground)
    return Failure(seed, line_for(seed, asked.engine, asked.phones), told(smallest))


def play_all(
    asked: Asked, workers: int | None = None, heard: Callable[[int], None] = lambda done: None
) -> Outcome:
    """The same on all processors, in shares small enough to keep them busy to the end."""
    workers = workers or os.cpu_count() or 1
    total, done = Outcome(), 0
    with ProcessPoolExecutor(workers) as pool:
        for share in pool.map(play, _shares(asked, workers)):
            total.figures.add(share.figures)
            total.failures.extend(share.failures)
            done += share.figures.seeds
            heard(done)
    return total


def _shares(asked: Asked, workers: int) -> Iterator[Asked]:
    size = max(1, min(50, -(-len(asked.seeds) // (workers * 2))))
    for start in range(0, len(asked.seeds), size):
        yield replace(asked, seeds=asked.seeds[start : start + size])


def seeds_from(first: int, number: int) -> tuple[int, ...]:
    """Neighbouring seeds."""
    return tuple(range(first, first + number))


def without_hits(figures: Figures, names: Iterable[str]) -> list[str]:
    """Failpoints where no server died yet."""
    return sorted(set(names) - set(figures.failpoints))
