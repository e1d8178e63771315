"""A few restores on each engine; `make restores N=20` does the rest."""

import pytest

from tests.restore.drill import drill


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "times"), [("sqlite", 2), ("postgres", 1)])
def test_restores_lose_nothing_and_bring_nothing_back(engine: str, times: int) -> None:
    """Backups whole and killed, a server lost while it worked, a place as empty as on day one."""
    series = drill(engine, times)
    print(series.text())
    assert series.runs == times
    assert series.is_clean, series.text()
    assert series.sums.acknowledged > 50
    assert series.photos > 0
    assert series.erased > 0
