"""Bytes that the phone was just told to send are taken without a look-up, once."""

import os
from typing import Any

import pytest

from backend.foundation.evidence import expected
from backend.foundation.evidence.expected import Expected
from tests.api.photos.conftest import Browser, digest
from tests.kit.clock import FakeClock

PHOTO = os.urandom(30_000)


def told(data: bytes) -> dict[str, Any]:
    return {"req": "r", "blobs": [[digest(data), len(data), "image/jpeg"]]}


async def asked_for(browser: Browser, data: bytes) -> bool:
    answer = (await browser.http.post("/v1/blobs/need", json=told(data))).json()
    return answer["need"] == [digest(data)]


async def arrivals(browser: Browser) -> list[tuple[str, str]]:
    async with browser.house.database.reading() as tx:
        return [tuple(row) for row in await tx.tuples("SELECT id, at FROM blob_bringer")]


@pytest.fixture
def looks(house, monkeypatch) -> list[None]:
    """Grows by one with every look into the database outside a transaction."""
    looking, made = house.database.looking, []

    def counted():
        made.append(None)
        return looking()

    monkeypatch.setattr(house.database, "looking", counted)
    return made


async def test_it_is_looked_up_once_by_the_question_and_again_for_a_repeat(ana, looks):
    assert await asked_for(ana, PHOTO)
    await ana.whole(PHOTO)
    assert len(looks) == 1
    first = await arrivals(ana)
    ana.house.clock.pass_(seconds=5)
    await ana.whole(PHOTO)
    assert len(looks) == 2
    assert await arrivals(ana) == first, "a repeat must change nothing"


async def test_bytes_that_came_in_pieces_are_looked_up_when_they_come_again(ana, looks):
    """The question was asked twice, and only one of the answers led to a creation."""
    assert await asked_for(ana, PHOTO)
    url = (await ana.create(PHOTO)).headers["Location"]
    assert (await ana.http.post("/v1/blobs/need", json=told(PHOTO))).json()["partial"]
    await ana.patch(url, 0, PHOTO)
    first = await arrivals(ana)
    ana.house.clock.pass_(seconds=5)
    await ana.whole(PHOTO)
    assert await arrivals(ana) == first, "a repeat must change nothing"


async def test_what_was_asked_of_one_phone_says_nothing_of_another(ana, stranger, looks):
    assert await asked_for(ana, PHOTO)
    await stranger.whole(PHOTO)
    assert len(looks) == 2


async def test_it_is_forgotten_after_a_minute(ana, looks):
    assert await asked_for(ana, PHOTO)
    ana.house.clock.pass_(seconds=61)
    await ana.whole(PHOTO)
    assert len(looks) == 2


def test_the_longest_ago_is_forgotten_first(monkeypatch):
    monkeypatch.setattr(expected, "HELD_MAX", 2)
    memory = Expected(FakeClock())
    memory.ask("ana", "phone", ["one", "two"])
    memory.ask("ana", "phone", ["one", "three"])
    assert [memory.take("ana", "phone", name) for name in ("one", "two", "three")] == [
        True,
        False,
        True,
    ]
