"""What every test may count on: async tests run on asyncio, servers on request."""

import pytest

pytest_plugins = ["tests.kit.fixtures", "tests.kit.world"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
