"""Real servers backed up, lost and restored under phones that keep working."""

import time
from collections import Counter
from collections.abc import Iterator

from tests.proof.sizes import Sizes
from tests.proof.table import Row
from tests.restore.drill import drill


def proofs(sizes: Sizes) -> Iterator[Row]:
    """One row per engine."""
    names = {"sqlite": "SQLite and a folder", "postgres": "PostgreSQL and radosgw"}
    for engine, name in names.items():
        began = time.monotonic()
        series = drill(engine, sizes.restores)
        sums = series.sums
        yield Row(
            f"restore drill, {name}",
            runs=series.runs,
            faults=series.runs,
            acknowledged=sums.acknowledged + series.photos,
            lost=sums.lost + series.lost_photos,
            doubled=sums.doubled,
            violations=sums.changed + sums.broken_chain + sums.double_versions + series.came_back,
            seconds=time.monotonic() - began,
            by_kind=Counter({f"restore drill: {what}": n for what, n in series.places.items()}),
            story=series.text(),
        )
