"""Ten kills on each engine; `make kills N=200` does the rest."""

import pytest

from backend.foundation.journal.failpoints import NAMES
from tests.kills.run import _places, kill_series


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_ten_kills_lose_nothing_and_double_nothing(engine: str) -> None:
    """Every failpoint once and a few at random, with four phones that resend until answered."""
    series = kill_series(engine, 10)
    print(series.text())
    assert series.sums.kills == 10
    assert series.sums.is_clean, series.text()
    assert series.sums.acknowledged > 100
    assert set(NAMES) <= set(series.places)


def test_the_plan_of_kills_meets_every_failpoint() -> None:
    assert set(NAMES) <= {place.partition(":")[0] for place in _places(10, 1)}
