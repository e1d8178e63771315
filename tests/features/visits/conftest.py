"""A visit that can be asked for, on each engine in turn."""

import pytest

from tests.features.stage import Stage
from tests.features.visits.builders import Home


@pytest.fixture
async def home(stage: Stage) -> Home:
    made = Home(stage)
    await made.publish()
    return made
