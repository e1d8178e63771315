"""The live stream: who hears what, and what ends it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.api.sync import poke
from backend.api.sync.poke import Stream
from backend.foundation.identity import sessions
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import Problem
from tests.api.conftest import Api
from tests.foundation.identity.house import PHONE


class Heard:
    """One phone's stream, asked for its next event."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.events: Any = stream.events()

    async def next(self) -> Any:
        return await asyncio.wait_for(anext(self.events), 20)

    async def ended(self) -> bool:
        try:
            while True:
                await self.next()
        except StopAsyncIteration:
            return True


@pytest.fixture
async def listening(api: Api, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Api]:
    monkeypatch.setattr(poke, "BEAT_SECONDS", 0.05)
    await api.installation.news.open()
    yield api
    await api.installation.news.close()


async def stream_of(api: Api, username: str) -> Heard:
    token = await api.token(username)
    stream = Stream(api.installation, await api.installation.access.of_token(token), token)
    await stream.look()
    heard = Heard(stream)
    assert (await heard.next()).data == "0"
    return heard


async def until_news(heard: Heard) -> Any:
    while (event := await heard.next()).comment == "beat":
        pass
    return event


async def test_whoever_receives_the_bucket_hears_the_version_and_nothing_else(listening: Api):
    await listening.house.person("ana", role="inspector", outlet="lake", line="service")
    heard = await stream_of(listening, "ana")
    bucket = min(heard.stream.buckets)
    listening.installation.news.tell(5, ("desk:elsewhere:retail",), (), "tablet")
    listening.installation.news.tell(7, (bucket,), (), "tablet")
    event = await until_news(heard)
    assert (event.data, event.event) == ("7", None)
    await heard.events.aclose()
    assert listening.installation.streams == 0


async def test_what_moved_elsewhere_or_by_the_phone_itself_is_no_news(listening: Api):
    await listening.house.person("ana", role="inspector", outlet="lake", line="service")
    heard = await stream_of(listening, "ana")
    listening.installation.news.tell(5, ("desk:elsewhere:retail",), (), "tablet")
    await asyncio.sleep(0.2)
    listening.installation.news.tell(6, heard.stream.buckets, (), PHONE)
    for _ in range(8):
        assert (await heard.next()).comment == "beat"
    await heard.events.aclose()


async def test_a_stopped_phone_is_refused_and_its_open_stream_ends(listening: Api):
    await listening.house.person("ana", role="inspector", outlet="lake", line="service")
    heard = await stream_of(listening, "ana")
    await listening.house.stop(PHONE, "suspended")
    assert await heard.ended()
    with pytest.raises(Problem) as refused:
        await heard.stream.look()
    assert refused.value.code == "device_stopped"


async def test_signed_out_the_stream_ends(listening: Api):
    await listening.house.person("ana", role="inspector", outlet="lake", line="service")
    heard = await stream_of(listening, "ana")
    async with listening.house.database.unit_of_work() as tx:
        await sessions.end(tx, heard.stream.signed.session_id)
    await listening.installation.access.settled()
    assert await heard.ended()


async def test_a_server_that_goes_says_when_to_come_back(listening: Api):
    await listening.house.person("ana", role="inspector", outlet="lake", line="service")
    heard = await stream_of(listening, "ana")
    listening.installation.leaving.set()
    event = await until_news(heard)
    assert event.event == "leave"
    assert int(event.data) == event.retry
    assert 1000 <= event.retry <= 3000
    assert await heard.ended()


async def test_when_too_many_listen_the_rest_are_told_to_ask(
    listening: Api, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "STREAMS_MAX", 0)
    await listening.house.person("ana")
    answer = await listening.call("GET", "/v1/sync/poke", await listening.token("ana"))
    assert (answer.status_code, answer.json()["code"]) == (503, "streams_full")
    assert answer.headers["retry-after"] == "60"


async def test_nobody_hears_without_a_session(listening: Api):
    answer = await listening.call("GET", "/v1/sync/poke")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_unknown")
