"""Erased and sealed photos over HTTP: what is refused, in which words, and who opens a seal."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.foundation.kernel.actor import Actor
from backend.house import House
from backend.worker.loop import Worker
from backend.worker.tasks import TASKS
from tests.api.photos.conftest import ON_BOTH, Browser, Callers, digest, last_seq
from tests.kit.world import Phone
from tests.media import pictures

PHOTO = pictures.jpeg()


@pytest.fixture
async def officer(house: House) -> AsyncIterator[Browser]:
    browser = Browser(house, "officer")
    yield browser
    await browser.http.aclose()


@pytest.fixture
async def photo(ana: Browser, attached: Any, house: House) -> str:
    """The id of a photo of ana's, received, looked into, accepted."""
    id = await attached(PHOTO)
    await ana.whole(PHOTO)
    await work(house)
    return id


async def work(house: House) -> None:
    worker = Worker(house, TASKS)
    while await worker.turn():
        pass


async def asked_for(house: House, callers: Callers, op: str) -> None:
    """As ana, about the album of her photo."""
    caller = callers.known["ana"]
    phone = Phone(house.journal, Actor(caller.person, "ana", (), caller.device))
    phone.seq = await last_seq(house, caller)
    async with house.database.reading() as tx:
        ((album,),) = await tx.tuples("SELECT parent_id FROM photo")
    assert (await phone.do(op, ("album", album))).s == "applied"


async def need(browser: Browser) -> dict[str, Any]:
    asked = {"req": "r", "blobs": [[digest(PHOTO), len(PHOTO), "image/jpeg"]]}
    return (await browser.http.post("/v1/blobs/need", json=asked)).json()


@ON_BOTH
async def test_erased_bytes_are_neither_shown_nor_asked_for_nor_taken(ana, photo, house, callers):
    await asked_for(house, callers, "album.erase")
    for done in (False, True):
        shown = await ana.http.get(f"/v1/blobs/{digest(PHOTO)}")
        assert (shown.status_code, shown.json()["code"]) == (404, "not_found")
        said = await need(ana)
        assert (said["have"], said["need"]) == ([], [])
        assert said["refused"] == [[digest(PHOTO), "blob_erased"]]
        refused = await ana.create(PHOTO, PHOTO)
        assert (refused.status_code, refused.json()["code"]) == (410, "blob_erased")
        if not done:
            await work(house)
    assert [one.key async for one in house.store.list() if digest(PHOTO) in one.key] == []


@ON_BOTH
async def test_an_upload_that_was_running_is_refused_at_its_end(ana, photo, house, callers):
    """Begun by somebody whom the photo was asked of, before it was erased."""
    house.receiving.expected.ask(
        callers.known["ana"].person, callers.known["ana"].device, [digest(PHOTO)]
    )
    half = len(PHOTO) // 2
    begun = await ana.create(PHOTO, PHOTO[:half])
    assert begun.status_code == 201
    url = begun.headers["Location"]
    await asked_for(house, callers, "album.erase")
    ended = await ana.patch(url, half, PHOTO[half:])
    assert (ended.status_code, ended.json()["code"]) == (410, "blob_erased")
    assert (await ana.http.head(url)).status_code == 404
    await work(house)
    house.clock.pass_(seconds=3600)
    await work(house)
    assert [one.key async for one in house.store.list() if digest(PHOTO) in one.key] == []


@ON_BOTH
async def test_a_new_photo_of_erased_bytes_arrives_after_a_moment(
    ana, photo, attached, house, callers
):
    await asked_for(house, callers, "album.erase")
    again = await attached(PHOTO)
    assert (await need(ana))["need"] == [digest(PHOTO)]
    early = await ana.create(PHOTO, PHOTO)
    assert (early.status_code, early.json()["code"]) == (503, "blob_erasing")
    assert early.headers["Retry-After"] == "2"
    await work(house)
    ((_, url, offset),) = (await need(ana))["partial"]
    assert offset == len(PHOTO)
    first = await ana.http.head(url)
    assert first.status_code == 503
    assert (await ana.http.head(url)).status_code == 200
    await work(house)
    assert (await ana.http.get(f"/v1/blobs/{digest(PHOTO)}")).content == PHOTO
    async with house.database.reading() as tx:
        ((state,),) = await tx.tuples("SELECT state FROM photo WHERE id = ?", again)
    assert state == "accepted"


async def test_a_sealed_photo_is_served_to_nobody_not_even_its_author(
    ana, stranger, photo, house, callers
):
    await asked_for(house, callers, "album.seal")
    for path in ("", "?size=320"):
        shown = await ana.http.get(f"/v1/blobs/{digest(PHOTO)}{path}")
        assert (shown.status_code, shown.json()["code"]) == (403, "photo_sealed")
        hidden = await stranger.http.get(f"/v1/blobs/{digest(PHOTO)}{path}")
        assert hidden.status_code == 404
    assert (await need(ana))["have"] == [digest(PHOTO)]


@ON_BOTH
async def test_the_officer_opens_it_with_a_reason_that_stays(ana, officer, photo, house, callers):
    url, why = f"/v1/photos/{photo}/open", {"reason": "a complaint"}
    assert (await officer.http.post(url, json=why)).json()["code"] == "bad_transition"
    await asked_for(house, callers, "album.seal")
    assert (await ana.http.post(url, json=why)).json()["code"] == "forbidden"
    for asked in ({}, {"reason": ""}, {"reason": "x", "more": 1}):
        assert (await officer.http.post(url, json=asked)).status_code >= 400
    assert (await officer.http.post("/v1/photos/x/open", json=why)).status_code == 404
    assert await opened(house) == 0
    shown = await officer.http.post(url, json=why)
    assert (shown.status_code, shown.content) == (200, PHOTO)
    assert shown.headers["Cache-Control"] == "no-store"
    assert await opened(house) == 1


async def opened(house: House) -> int:
    sql = "SELECT count(*) FROM fact WHERE type = 'evidence.SealedOpened'"
    async with house.database.reading() as tx:
        return (await tx.tuples(sql))[0][0]
