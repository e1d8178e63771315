"""Results: first pages of lists, searches and the dashboard, in a small bank and in a large one.

Measured is what the processors of the server and of PostgreSQL need for one call of the manager of
everything: a wall clock would measure the neighbours. `XUNFANG_BENCH_ROUNDS=10000,1000000` says how
many rounds; the last number is the large one, and what it costs is shown beside the first.
"""

import os
import statistics
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from tests.bench import history
from tests.bench.caller import Caller
from tests.bench.installation import Ground, Installation
from tests.bench.table import Figure

SIZES = tuple(int(n) for n in os.environ.get("XUNFANG_BENCH_ROUNDS", "10000,1000000").split(","))
CALLS = 20  # in a row; processors count in hundredths of a second
TURNS = 5
RATIO_MAX = 1.5
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "first page of the rounds": ("/v1/console/rounds",),
    "first page of the findings": ("/v1/console/cases",),
    "search for a word that is everywhere": (f"/v1/console/search?q={quote(history.COMMON)}",),
    "search for a rare word": (f"/v1/console/search?q={quote(history.RARE)}",),
    "dashboard": ("/v1/console/rounds/figures?weeks=8", "/v1/console/cases/figures"),
    "rounds that wait for evidence": ("/v1/console/rounds/incomplete",),
}


def figures(ground: Ground) -> Iterator[Figure]:
    """For each question: what the large bank costs, as a multiple of the small one."""
    spent = {rounds: _spent(ground, rounds) for rounds in SIZES}
    small, large = SIZES[0], SIZES[-1]
    for what in QUESTIONS:
        before, now = spent[small][what], spent[large][what]
        told = f"{before * 1000:.1f} ms with {small:,}, {now * 1000:.1f} ms with {large:,}"
        name = f"{what}, {large:,} rounds as a multiple of {small:,}"
        yield Figure(name, now / before, "", RATIO_MAX, told)


def _spent(ground: Ground, rounds: int) -> dict[str, float]:
    with ground.installation("postgres") as one:
        history.fill(one, rounds)
        manager = one.caller("admin")
        return {what: _each(one, manager, paths) for what, paths in QUESTIONS.items()}


def _each(one: Installation, manager: Caller, paths: tuple[str, ...]) -> float:
    """Seconds of both processors for one asking, the median of some turns."""
    turns = []
    for _ in range(TURNS + 1):
        before = one.cpu()
        for _ in range(CALLS):
            for path in paths:
                manager.get(path)
        turns.append(sum(one.cpu_since(before)) / CALLS)
    return statistics.median(turns[1:])  # the first one plans
