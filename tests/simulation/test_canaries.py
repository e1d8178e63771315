"""Servers and phones with a known mistake: the harness must see it, or it proves nothing."""

from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from backend.features.events.handlers import holding
from backend.features.events.rules import holding as rules
from backend.features.events.rules.counting import with_new
from backend.features.visits.handlers import forgetting
from backend.features.visits.rules import submitting
from backend.foundation.journal import erasure, execute, flush
from media.store import Put
from media.store.folder import FolderStore
from tests.simulation import invariants
from tests.simulation.ground import SqliteGround
from tests.simulation.judged import Judged, judge_seed, shrunk
from tests.simulation.network import Call, Reply
from tests.simulation.plan import Phones
from tests.simulation.server import Server
from tests.simulation.truth import Broken
from tests.simulation.world import World

SEEDS = 30


PHONES = ("light", "engine")


@pytest.fixture
async def ground() -> AsyncIterator[SqliteGround]:
    laid = SqliteGround()
    yield laid
    await laid.close()


async def first_breach(
    ground: SqliteGround, alter: Callable[[World], None], phones: Phones
) -> Judged:
    for seed in range(1, SEEDS + 1):
        judged = await judge_seed(seed, 200, ground, phones, alter=alter)
        if judged.broken is not None:
            return judged
    pytest.fail(f"{SEEDS} seeds did not see it")


@pytest.mark.parametrize("phones", PHONES)
async def test_a_push_that_forgets_its_verdicts_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch, phones: Phones
) -> None:
    """Every repeated batch is carried out again."""

    def all_fresh(self: Any, known: Any, last_seq: int) -> Any:
        fresh = list(enumerate(self.batch.envelopes))
        last = max((envelope.seq for _, envelope in fresh), default=last_seq)
        return fresh, max(last, last_seq), None

    monkeypatch.setattr(execute._Run, "_sorted_out", all_fresh)
    breach = await first_breach(ground, lambda world: None, phones)
    assert breach.broken is not None
    assert breach.broken.number in (1, 2, 3, 10, 13)


@pytest.mark.parametrize("phones", PHONES)
async def test_a_store_that_says_saved_too_early_is_seen(
    ground: SqliteGround, phones: Phones
) -> None:
    """Edits are relaxed commits, as IndexedDB's are unless one asks for more."""

    def lossy(world: World) -> None:
        world.lossy = True

    breach = await first_breach(ground, lossy, phones)
    assert breach.broken is not None
    assert breach.broken.number in (1, 2, 8, 11)
    smallest = await shrunk(breach, ground, alter=lossy)
    assert len(smallest.plan.events) < 12, "the search for a small plan came to nothing"


async def test_a_photo_store_that_says_stored_too_early_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every third photo is acknowledged and nowhere."""
    turns, plain = count(1), FolderStore.put

    async def put(store: FolderStore, key: str, source: Path | bytes, *, sha256: str) -> Put:
        is_lost = key.startswith("objects/") and next(turns) % 3 == 0
        return "stored" if is_lost else await plain(store, key, source, sha256=sha256)

    monkeypatch.setattr(FolderStore, "put", put)
    breach = await first_breach(ground, lambda world: None, "engine")
    assert breach.broken is not None
    assert breach.broken.number in (8, 11)


async def nothing(*given: Any) -> None:
    """It says that it did."""


async def test_a_photo_store_that_says_erased_too_early_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def remains(store: FolderStore, prefix: str) -> bool:
        return False

    monkeypatch.setattr(FolderStore, "erase", nothing)
    monkeypatch.setattr(FolderStore, "remains", remains)
    breach = await first_breach(ground, lambda world: None, "engine")
    assert breach.broken is not None
    assert breach.broken.number == 14


async def test_a_server_that_keeps_the_words_of_what_it_erased_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "_forget_halves", nothing)
    breach = await first_breach(ground, lambda world: None, "light")
    assert breach.broken is not None
    assert breach.broken.number in (2, 14)


async def test_phones_that_never_hear_of_an_erasure_are_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only who erased it is told; the others merely lose the record, and keep what they sent."""

    async def nobody(*given: Any) -> set[str]:
        return set()

    for name in ("_ever_in", "_acted", "_received_by_name"):
        monkeypatch.setattr(erasure, name, nobody)
    breach = await first_breach(ground, lambda world: None, "engine")
    assert breach.broken is not None
    assert breach.broken.number == 14


@pytest.mark.parametrize("phones", PHONES)
async def test_a_cursor_that_follows_numbers_not_commits_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch, phones: Phones
) -> None:
    """Numbers are drawn when a push arrives; every second one commits a few requests later."""
    late = Latecomers()
    monkeypatch.setattr(flush, "_take_numbers", late.take_numbers)
    monkeypatch.setattr(flush, "_NUMBERS", flush._NUMBERS.replace("= ?", "= max(head, ?)", 1))
    monkeypatch.setattr(Server, "call", late.call(Server.call))
    breach = await first_breach(ground, late.begin, phones)
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

    async def take_numbers(self, tx: Any, places: int, facts: int) -> tuple[int, int, str]:
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


def test_a_breach_names_its_invariant() -> None:
    assert Broken(4, "x").number == 4
    assert invariants.nothing_passed.__doc__ is not None


@pytest.mark.parametrize("phones", PHONES)
async def test_a_roster_that_counts_sightings_for_people_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch, phones: Phones
) -> None:
    """Whoever is seen by two phones becomes two people."""

    def twice(counts: Any, new: Any, others: Any) -> Any:
        return with_new(counts, new, ())

    monkeypatch.setattr(holding, "with_new", twice)
    breach = await first_breach(ground, lambda world: None, phones)
    assert breach.broken is not None
    assert breach.broken.number == 3


async def test_a_closing_that_stops_nothing_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes late is counted as if it had come in time."""
    monkeypatch.setattr(rules, "is_late", lambda event: False)
    breach = await first_breach(ground, lambda world: None, "light")
    assert breach.broken is not None
    assert breach.broken.number == 3


async def test_a_withdrawal_that_leaves_the_words_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate says that they went."""

    async def left(*given: Any) -> int:
        return 0

    monkeypatch.setattr(forgetting, "_let_go", left)
    breach = await first_breach(ground, lambda world: None, "light")
    assert breach.broken is not None
    assert breach.broken.number == 14


async def test_a_visit_that_one_person_hands_in_alone_is_seen(
    ground: SqliteGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submitting, "require_pair", lambda visit: None)
    breach = await first_breach(ground, lambda world: None, "light")
    assert breach.broken is not None
    assert breach.broken.number == 9
