"""The Riverside stage and its HTTP front; the bank of the matrix, built once for each engine."""

from pathlib import Path

import pytest

from tests.access.seen import Seen, seen_on
from tests.access.standing import Built, build
from tests.features.front import front
from tests.features.stage import stage
from tests.kit.world import ENGINES

__all__ = ["front", "stage"]


@pytest.fixture(scope="session", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The bank on each engine in turn."""
    folder = tmp_path_factory.mktemp("bank")
    if request.param == "sqlite":
        return build(f"sqlite:///{folder / 'bank.db'}", folder)
    return build(request.getfixturevalue("postgres").new_database(), folder)


@pytest.fixture(scope="session")
def seen(built: Built) -> Seen:
    """Everything that the application on it tells everybody."""
    return seen_on(built)


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The bank on SQLite alone: rights do not differ between the engines, which the tables show."""
    folder: Path = tmp_path_factory.mktemp("holes")
    return build(f"sqlite:///{folder / 'bank.db'}", folder)
