"""What every test may count on: async tests run on asyncio, servers on request."""

import gc

import pytest

# They wait longest, for thin lines and for processes that die. Begun last, they would be waited for
# at the end of a run by processes that have nothing to do any more.
BEGUN_FIRST = (
    "tests/browser/test_main_job.py",
    "tests/browser/test_screens.py",
    "tests/restore/test_restore.py",
    "tests/simulation/test_worlds.py",
)

pytest_plugins = ["tests.kit.fixtures", "tests.kit.world"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


def pytest_collection_finish() -> None:
    """What five thousand tests are made of stays to the end: the collector of garbage need not
    walk through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)  # after pytest has put together what shares a fixture
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, whole: what is handed out is a file, and small ones fill the end."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[int, ...]:
    first = [item.nodeid.startswith(path) for path in BEGUN_FIRST]
    if any(first):
        return (0, first.index(True))
    for turn, mark in enumerate(("browser", "slow"), start=1):
        if item.get_closest_marker(mark):
            return (turn,)
    return (3,)
