"""The ground that tests stand on: a database of either engine, and a journal on it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

import msgspec
import pytest

from backend.foundation.database.engine import Database, database_for
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.batch import Batch, Result
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.manifest import Manifest
from backend.foundation.journal.tables import TABLES
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from tests.kit.clock import FakeClock
from tests.kit.fixtures import RUN
from tests.kit.schema import create_all
from tests.kit.sealing import KEY
from tests.kit.services.postgres import Postgres

ENGINES = ("sqlite", "postgres")


class Ground:
    """Where a test's databases are: on SQLite in its folder, or on a PostgreSQL server."""

    _laid: ClassVar[dict[tuple[str, str], str]] = {}  # of this process

    def __init__(self, folder: Path, postgres: Postgres | None) -> None:
        self.folder = folder
        self.postgres = postgres

    def empty(self) -> str:
        """The address of an empty database."""
        if self.postgres is None:
            return f"sqlite:///{self.folder / 'test.db'}"
        return self.postgres.new_database()

    async def laid(self, name: str, lay: Callable[[str], Awaitable[None]]) -> str:
        """The address of a copy of what `lay` made of an empty database, once in a process for
        each name and engine: tables and people take many times longer than a copy."""
        key = (name, "sqlite" if self.postgres is None else "postgres")
        if key not in self._laid:
            self._laid[key] = await self._first(lay)
        if self.postgres is not None:
            return self.postgres.new_database(self._laid[key])
        file = self.folder / "test.db"
        await asyncio.to_thread(shutil.copyfile, self._laid[key], file)
        return f"sqlite:///{file}"

    async def _first(self, lay: Callable[[str], Awaitable[None]]) -> str:
        if self.postgres is not None:
            url = self.postgres.new_database()
            await lay(url)
            return url.rsplit("/", 1)[1]
        file = Path(mkdtemp(prefix="xunfang-laid-", dir=os.environ[RUN])) / "laid.db"
        await lay(f"sqlite:///{file}")
        assert [found.name for found in file.parent.iterdir()] == ["laid.db"], "not closed"
        return str(file)


@pytest.fixture(params=ENGINES)
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """A place for databases of each engine in turn."""
    sqlite = request.param == "sqlite"
    return Ground(tmp_path, None if sqlite else request.getfixturevalue("postgres"))


@pytest.fixture
def engine_url(ground: Ground) -> str:
    """An empty database of each engine in turn."""
    return ground.empty()


@asynccontextmanager
async def standing(url: str) -> AsyncIterator[Database]:
    """The database as it is."""
    database = database_for(url)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def opened(url: str, manifests: tuple[Manifest, ...]) -> AsyncIterator[Database]:
    """The database with the journal's tables and those of the manifests."""
    async with standing(url) as database:
        own = tuple(table for manifest in manifests for table in manifest.tables)
        await create_all(database, (*TABLES, *own))
        yield database


async def until_waiting(database: Database, count: int) -> None:
    """Returns when so many connections wait for what this task's transaction holds. On SQLite one
    writer waits for the other before it has read anything: there a moment is enough."""

    async def waiting() -> int:
        async with database.reading() as tx:
            rows = await tx.tuples(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        return rows[0][0]

    if database.dialect == "sqlite":
        await asyncio.sleep(0.05)
        return
    for _ in range(500):
        if await asyncio.create_task(waiting()) >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{count} never came to wait")


class Phone:
    """One person at one device, numbering commands as a phone does."""

    def __init__(self, journal: Journal, actor: Actor) -> None:
        self.journal = journal
        self.actor = actor
        self.device_id = actor.device_id or new_id()
        self.seq = 0
        self.saw = 0

    def ask(self, op: str, rec: tuple[str, str], args: Any = None, **more: Any) -> Envelope:
        """The next command in this phone's order; not sent yet."""
        self.seq += 1
        at = more.pop("at", None) or wire(self.journal.clock.now())
        raw = msgspec.Raw(msgspec.json.encode({} if args is None else args))
        return Envelope(
            id=more.pop("id", None) or new_id(),
            seq=self.seq,
            op=op,
            rec=rec,
            at=at,
            args=raw,
            **more,
        )

    async def push(self, *envelopes: Envelope) -> Result:
        """Sends them as one batch."""
        batch = Batch(self.actor, self.device_id, envelopes, saw=self.saw, buckets=self.receives)
        return await self.journal.execute(batch)

    async def receives(self, tx: Tx) -> frozenset[str]:
        """The buckets of this phone: without identity, everything that there is."""
        return frozenset(row[0] for row in await tx.tuples("SELECT bucket FROM sync_row"))

    async def do(self, op: str, rec: tuple[str, str], args: Any = None, **more: Any) -> Answer:
        """Asks and sends one command; its verdict."""
        return (await self.push(self.ask(op, rec, args, **more))).answers[0]


def journal_on(database: Database, *manifests: Manifest, clock: FakeClock | None = None) -> Journal:
    """A journal with these features, and with the key that `sealing` seals to."""
    return Journal(database, Catalogue(manifests), clock or FakeClock(), KEY)
