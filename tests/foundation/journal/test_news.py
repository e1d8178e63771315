"""What moved is told to whoever may receive it, in every process, and a lost line is told too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from backend.foundation.database.bell import PostgresBell, bell_for
from backend.foundation.journal.news import Moved, News
from tests.kit.clock import FakeClock
from tests.kit.services.postgres import Postgres


def moved(*buckets: str, by: str = "", people: tuple[str, ...] = (), **more: Any) -> Moved:
    return Moved(7, 1000, frozenset(buckets), frozenset(people), by, **more)


@pytest.mark.parametrize(
    ("what", "concerned"),
    [
        (moved("round:1"), True),
        (moved("round:2"), False),
        (moved("round:2", people=("ana",)), True),
        (moved("round:2", people=("bo",)), False),
        (moved("round:1", by="phone"), False),
        (moved("round:1", by="tablet"), True),
        (moved(all=True), True),
        (moved(all=True, by="phone"), True),
    ],
)
def test_whoever_receives_it_on_another_device_is_concerned(what: Moved, concerned: bool):
    assert what.concerns("ana", "phone", frozenset({"round:1", "org"})) is concerned


def test_two_changes_are_one_that_tells_both_and_names_a_device_only_if_it_made_both():
    both = moved("a", by="x", people=("ana",)) | moved("b", by="y")
    assert both == Moved(7, 1000, frozenset("ab"), frozenset({"ana"}), "")
    assert (moved("a", by="x") | moved("b", by="x")).by == "x"
    assert (moved("a") | moved(all=True)).all


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[tuple[News, "asyncio.Queue[Moved]"]]:
    """One process of a house, and what it hears."""
    news = News(bell_for(url), FakeClock())
    heard: asyncio.Queue[Moved] = asyncio.Queue()
    await news.open()
    try:
        with news.heard_by(heard.put_nowait):
            yield news, heard
    finally:
        await news.close()


async def heard_by(queue: "asyncio.Queue[Moved]", seconds: float = 10) -> Moved:
    return await asyncio.wait_for(queue.get(), seconds)


async def test_a_burst_of_commits_is_one_ring_that_everybody_hears(engine_url: str):
    async with listening(engine_url) as (news, heard):
        for number in range(20):
            news.tell(number, (f"round:{number}",), (), "phone")
        told = await heard_by(heard)
        assert (told.head, len(told.buckets), told.by) == (19, 20, "phone")
        assert heard.empty()


async def test_what_one_process_commits_another_hears(postgres_url: str):
    async with listening(postgres_url) as (one, own), listening(postgres_url) as (_, other):
        one.tell(5, ("round:1",), ("ana",), "phone")
        assert await heard_by(own) == await heard_by(other)


async def test_more_than_fits_is_told_as_everything(postgres_url: str):
    async with listening(postgres_url) as (news, heard):
        news.tell(5, [f"desk:{number:036}:service" for number in range(400)], (), "")
        told = await heard_by(heard)
        assert (told.head, told.all, told.buckets) == (5, True, frozenset())


async def test_what_was_gathered_is_told_before_the_end(postgres_url: str):
    async with listening(postgres_url) as (_, heard):
        async with listening(postgres_url) as (leaving, _own):
            leaving.tell(9, ("org",), (), "")
        assert (await heard_by(heard)).head == 9


async def test_after_a_lost_connection_everybody_is_told_and_hears_again(
    postgres: Postgres, postgres_database: str
):
    """PostgreSQL was started anew, or a firewall forgot the line."""
    name = postgres_database.rsplit("/", 1)[1]
    async with listening(postgres_database) as (news, heard):
        bell = news._bell
        assert isinstance(bell, PostgresBell)
        await asyncio.to_thread(
            postgres.run,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        assert (await heard_by(heard)).all
        news.tell(3, ("org",), (), "")
        assert (await heard_by(heard)).head == 3


async def test_a_house_whose_bell_cannot_ring_yet_opens_all_the_same():
    bell = bell_for("postgresql://nobody@127.0.0.1:1/nowhere")
    news = News(bell, FakeClock())
    await news.open()
    news.tell(1, ("org",), (), "")
    await news.close()


async def test_before_it_is_opened_nothing_is_gathered():
    news = News(bell_for("sqlite:///x.db"), FakeClock())
    news.tell(1, ("org",), (), "")
    await news.close()


async def test_a_connection_lost_while_it_is_closed_keeps_nobody_waiting(postgres_url: str):
    """PostgreSQL and the server are stopped in the same moment."""
    news = News(bell_for(postgres_url), FakeClock())
    await news.open()
    bell = news._bell
    assert isinstance(bell, PostgresBell)
    await asyncio.sleep(0.2)  # the bell waits for its loss
    bell._lost.set()
    await asyncio.wait_for(news.close(), 20)
