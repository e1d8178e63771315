"""A furnished house on each engine."""

from collections.abc import AsyncIterator

import pytest

from tests.foundation.identity.house import MANIFESTS, House, furnish
from tests.kit.world import opened


@pytest.fixture
async def house(engine_url: str) -> AsyncIterator[House]:
    async with opened(engine_url, MANIFESTS) as database:
        yield await furnish(database)
