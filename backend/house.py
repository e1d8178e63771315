"""What one installation consists of while it runs: opened in order, closed in reverse."""

import asyncio
import os
from datetime import timedelta

from backend.foundation.database.bell import bell_for
from backend.foundation.database.engine import Database, database_for
from backend.foundation.documents.workshop import Workshop
from backend.foundation.evidence.arrivals import Arrivals
from backend.foundation.evidence.pictures import Pictures
from backend.foundation.evidence.receiving import Receiving
from backend.foundation.exports.files import ExportFiles
from backend.foundation.identity.access import Access
from backend.foundation.identity.seal import SealKey, seal_key_in
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.news import News
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import Clock, SystemClock
from backend.settings import Settings
from backend.watching import figures
from media.photo import PhotoSandbox
from media.staging import StagingArea, killing
from media.store import ObjectStore, ObservedStore, open_store


class House:
    """The parts that the API and the worker share. No dataclass: handlers are given the house as
    it is, and the framework would take a dataclass apart to validate its fields."""

    def __init__(
        self,
        *,
        settings: Settings,
        clock: Clock,
        database: Database,
        catalogue: Catalogue,
        journal: Journal,
        access: Access,
        store: ObjectStore,
        staging: StagingArea,
        seal: SealKey,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.database = database
        self.catalogue = catalogue
        self.journal = journal
        self.access = access
        self.store = store
        self.staging = staging
        self.receiving = Receiving(staging, store, Arrivals(journal), clock)
        self.sandbox = PhotoSandbox()
        self.workshop = Workshop()
        self.pictures = Pictures(store)
        self.files = ExportFiles(store)
        self.seal = seal
        self.news = News(bell_for(settings.database_url), clock)
        self.streams = 0  # phones that listen here
        self.leaving = asyncio.Event()  # set when this process was told to end
        self.epoch = ""

    async def open(self) -> None:
        """Opens the database and learns the epoch. Raises RuntimeError on an unmade schema."""
        await self.database.open()
        async with self.database.reading() as tx:
            try:
                rows = await tx.tuples("SELECT epoch FROM sync_counter WHERE id = 1")
            except Exception as missing:
                raise RuntimeError("the tables are not there: run `xunfang migrate`") from missing
        self.epoch = rows[0][0]
        await self.news.open()

    async def close(self) -> None:
        """Closes what was opened."""
        await self.news.close()
        await self.sandbox.close()
        await self.store.close()
        await self.database.close()


def build(settings: Settings, catalogue: Catalogue, clock: Clock | None = None) -> House:
    """A house that is not open yet."""
    clock = clock or SystemClock()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = database_for(settings.database_url)
    seal = seal_key_in(settings.data_dir)
    house = House(
        settings=settings,
        clock=clock,
        database=database,
        catalogue=catalogue,
        journal=Journal(database, catalogue, clock, seal),
        access=Access(database, clock, seats=catalogue.seats),
        store=ObservedStore(open_store(settings.store_url), _store_called),
        staging=StagingArea(
            settings.data_dir / "staging",
            length_max=limits.BLOB_BYTES_MAX,
            keep=timedelta(seconds=limits.UPLOAD_LIFE_SECONDS),
            failpoint=killing(os.environ.get("XUNFANG_FAILPOINT", "")),
        ),
        seal=seal,
    )
    house.journal.tell = house.news.tell
    return house


def _store_called(call: str, outcome: str, seconds: float) -> None:
    figures.STORE_SECONDS.labels(call, outcome).observe(seconds)
