"""A furnished house on each engine."""

from collections.abc import AsyncIterator

import pytest

from tests.foundation.identity.house import MANIFESTS, House, furnish, house_on
from tests.kit.world import Ground, opened, standing


@pytest.fixture
async def house(ground: Ground) -> AsyncIterator[House]:
    async with standing(await ground.laid("a house of people", _furnished)) as database:
        yield house_on(database)


async def _furnished(url: str) -> None:
    async with opened(url, MANIFESTS) as database:
        await furnish(database)
