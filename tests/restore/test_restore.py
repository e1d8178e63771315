"""One restore on each engine; `make restores N=20` does the rest."""

import pytest

from tests.restore.drill import drill


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_restore_loses_nothing_and_brings_nothing_back(engine: str) -> None:
    """Backups whole and killed, a server lost while it worked, a place as empty as on day one."""
    series = drill(engine, 1)
    print(series.text())
    assert series.runs == 1
    assert series.is_clean, series.text()
    assert series.sums.acknowledged > 50
    assert series.photos > 0
    assert series.erased > 0
