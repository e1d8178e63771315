from collections.abc import AsyncIterator

import pytest

from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import new_id
from tests.kit.toy.feature import MANIFEST
from tests.kit.world import Phone, journal_on, opened


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    async with opened(engine_url, (MANIFEST,)) as database:
        yield journal_on(database, MANIFEST)


@pytest.fixture
def phone(journal: Journal) -> Phone:
    return Phone(journal, Actor(id=new_id(), name="林岚"))


@pytest.fixture
def other(journal: Journal) -> Phone:
    return Phone(journal, Actor(id=new_id(), name="何敏"))
