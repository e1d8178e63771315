"""The canary of the cursor with real concurrency, which one thread with one writer cannot show."""

import asyncio
from typing import Any

import pytest

from backend.foundation.database.engine import database_for
from backend.foundation.journal import flush
from backend.foundation.journal.pull import pull
from backend.foundation.kernel.actor import Actor
from tests.kit.clock import FakeClock
from tests.kit.services.postgres import Postgres
from tests.kit.toy.feature import MANIFEST as TOYS
from tests.kit.world import Phone, journal_on, opened


@pytest.mark.parametrize("naive", [True, False])
async def test_real_writers_side_by_side_need_the_counter_last(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, naive: bool
) -> None:
    """Sixteen writers on PostgreSQL: a sequence as cursor loses rows, the counter loses none."""
    url = postgres.new_database()
    async with opened(url, (TOYS,)) as database:
        if naive:
            await _number_by_sequence(url, monkeypatch)
        journal = journal_on(database, TOYS, clock=FakeClock())
        seen: dict[str, int] = {}
        writing = [asyncio.create_task(_write(journal, number)) for number in range(16)]
        cursor = 0
        while not all(task.done() for task in writing):
            cursor = await _read(database, cursor, seen)
        await asyncio.gather(*writing)
        await _read(database, cursor, seen)
        async with database.reading() as tx:
            stored = await tx.tuples("SELECT rec_id FROM sync_row WHERE bucket = 'desk:lake:toys'")
    lost = {id for (id,) in stored} - seen.keys()
    assert bool(lost) is naive


async def _number_by_sequence(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = database_for(url)
    await database.open()
    async with database.unit_of_work() as tx:
        await tx.run("CREATE SEQUENCE naive INCREMENT 1000")
    await database.close()

    async def take_numbers(tx: Any, places: int, facts: int) -> tuple[int, int, str]:
        number = (await tx.tuples("SELECT nextval('naive')"))[0][0]
        await asyncio.sleep(0.003 * (number // 1000 % 5))  # what a busy server does by itself
        return number + places, 0, "0" * 64

    monkeypatch.setattr(flush, "_take_numbers", take_numbers)
    monkeypatch.setattr(flush, "_linked", lambda *_: ([], []))
    plain = pull.__globals__["_with_news"]

    async def all_visible(tx: Any, wanted: Any, head: int) -> Any:
        return await plain(tx, wanted, 2**53)

    monkeypatch.setitem(pull.__globals__, "_with_news", all_visible)


async def _write(journal: Any, number: int) -> None:
    phone = Phone(journal, Actor(f"p{number}", f"P{number}"))
    for _ in range(12):
        id = f"{phone.device_id}-{phone.seq}"
        await phone.do("toys.create", ("box", id), {"name": id, "place": "lake"})


async def _read(database: Any, cursor: int, seen: dict[str, int]) -> int:
    async with database.reading() as tx:
        rows = await tx.tuples(
            "SELECT rec_id, ver FROM sync_row WHERE bucket = 'desk:lake:toys' AND ver > ? "
            "ORDER BY ver",
            cursor,
        )
    for id, ver in rows:
        seen[id] = ver
        cursor = max(cursor, ver)
    await asyncio.sleep(0.002)
    return cursor
