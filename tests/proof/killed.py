"""Real servers killed by signal 9, and what phones were told compared with what is there."""

import time
from collections import Counter
from collections.abc import Iterator

from tests.kills.run import kill_series
from tests.proof.sizes import Sizes
from tests.proof.table import Row


def proofs(sizes: Sizes) -> Iterator[Row]:
    """One row per engine."""
    for engine, name in (("sqlite", "SQLite"), ("postgres", "PostgreSQL")):
        began = time.monotonic()
        series = kill_series(engine, sizes.kills)
        sums = series.sums
        yield Row(
            f"kill -9, {name}",
            runs=sums.kills,
            faults=sums.kills,
            acknowledged=sums.acknowledged,
            lost=sums.lost,
            doubled=sums.doubled,
            violations=sums.changed + sums.broken_chain + sums.double_versions,
            seconds=time.monotonic() - began,
            by_kind=Counter({f"kill -9 {place}": n for place, n in series.places.items()}),
            story=series.text(),
        )
