"""Servers and phones with a known mistake: the harness must see it, or it proves nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import pytest

from backend.foundation.database.engine import database_for
from backend.foundation.journal import execute, flush
from backend.foundation.journal.pull import pull
from backend.foundation.kernel.actor import Actor
from tests.kit.clock import FakeClock
from tests.kit.services.postgres import Postgres
from tests.kit.toy.feature import MANIFEST as TOYS
from tests.kit.world import Phone, journal_on, opened
from tests.simulation import invariants
from tests.simulation.ground import SqliteGround
from tests.simulation.judged import Judged, judge_seed, shrunk
from tests.simulation.local import Local
from tests.simulation.network import Call, Reply
from tests.simulation.server import Server
from tests.simulation.truth import Broken
from tests.simulation.world import World

SEEDS = 12


@pytest.fixture
async def ground() -> AsyncIterator[SqliteGround]:
    laid = SqliteGround()
    yield laid
    await laid.close()


async def first_breach(ground: SqliteGround, alter: Callable[[World], None]) -> Judged:
    for seed in range(1, SEEDS + 1):
        judged = await judge_seed(seed, 200, ground, alter=alter)
        if judged.broken is not None:
            return judged
    pytest.fail(f"{SEEDS} seeds did not see it")


async def test_a_push_that_forgets_its_verdicts_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every repeated batch is carried out again."""

    def all_fresh(self: Any, known: Any, last_seq: int) -> Any:
        fresh = list(enumerate(self.batch.envelopes))
        last = max((envelope.seq for _, envelope in fresh), default=last_seq)
        return fresh, max(last, last_seq), None

    monkeypatch.setattr(execute._Run, "_sorted_out", all_fresh)
    breach = await first_breach(ground, lambda world: None)
    assert breach.broken is not None
    assert breach.broken.number in (1, 2, 3, 10, 13)


async def test_a_store_that_says_saved_too_early_is_seen(ground: SqliteGround) -> None:
    """Edits are relaxed commits, as IndexedDB's are unless one asks for more."""

    class Lossy(Local):
        edits_strict = False

    def lossy(world: World) -> None:
        world.local_type = Lossy

    breach = await first_breach(ground, lossy)
    assert breach.broken is not None
    assert breach.broken.number in (1, 2)
    smallest = await shrunk(breach, ground, alter=lossy)
    assert len(smallest.plan.events) < 12, "the search for a small plan came to nothing"


async def test_a_cursor_that_follows_numbers_not_commits_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers are drawn when a push arrives; every second one commits a few requests later."""
    late = Latecomers()
    monkeypatch.setattr(flush, "_bump", late.bump)
    monkeypatch.setattr(Server, "call", late.call(Server.call))
    breach = await first_breach(ground, late.begin)
    assert breach.broken is not None
    assert breach.broken.number in (4, 5)


class Latecomers:
    """What concurrency does to a plain sequence, on an engine that has only one writer."""

    def __init__(self) -> None:
        self.begin(None)

    def begin(self, world: World | None) -> None:
        """A new world: nothing drawn, nobody late."""
        self.world = world
        self.drawn = 0
        self.block: int | None = None
        self.waiting: list[tuple[int, Call, int]] = []
        self.calls = count(1)

    async def bump(self, tx: Any, places: int, facts: int) -> tuple[int, int, str]:
        """As the sequence would: the block drawn at the beginning, visible when committed."""
        rows = await tx.tuples(
            "UPDATE sync_counter SET chain_seq = chain_seq + ? WHERE id = 1 "
            "RETURNING head, chain_seq, chain_hash",
            facts,
        )
        head, chain_seq, chain_hash = rows[0]
        first = max(self.drawn, head) if self.block is None else self.block
        last = first + places
        if self.block is not None:
            self.block = last
        self.drawn = max(self.drawn, last)
        await tx.run("UPDATE sync_counter SET head = ? WHERE id = 1", max(head, last))
        return last, chain_seq, chain_hash

    def call(self, plain: Any) -> Any:
        async def called(server: Server, call: Call) -> Reply | None:
            turn = next(self.calls)
            busy = self.world is not None and self.world.events_left()
            if busy and call.path == "/v1/sync/push" and turn % 2 == 0:
                head = (await server.tuples("SELECT head FROM sync_counter"))[0][0]
                self.waiting.append((turn, call, max(self.drawn, head)))
                self.drawn = max(self.drawn, head) + 1000
                return None
            reply = await plain(server, call)
            for due in [one for one in self.waiting if one[0] <= turn - 8]:
                self.waiting.remove(due)
                self.block = due[2]
                await plain(server, due[1])
                self.block = None
            return reply

        return called


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

    async def bump(tx: Any, places: int, facts: int) -> tuple[int, int, str]:
        number = (await tx.tuples("SELECT nextval('naive')"))[0][0]
        await asyncio.sleep(0.003 * (number // 1000 % 5))  # what a busy server does by itself
        return number + places, 0, "0" * 64

    async def no_facts(*_: Any) -> None:
        return None

    monkeypatch.setattr(flush, "_bump", bump)
    monkeypatch.setattr(flush, "_write_facts", no_facts)
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


def test_a_breach_names_its_invariant() -> None:
    assert Broken(4, "x").number == 4
    assert invariants.nothing_passed.__doc__ is not None
