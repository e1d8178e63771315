"""Processes: the server with its worker, the worker alone, and the locks between them."""

import asyncio
import contextlib
import fcntl
import gc
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import uvicorn

from backend.api.door import behind_the_door
from backend.api.readiness import require_tables
from backend.app import catalogue, create_app, schema
from backend.foundation.database.migrate import migrate
from backend.foundation.database.schema import known
from backend.foundation.journal.deriving import derive, is_derived
from backend.foundation.journal.seeding import ensure_counter
from backend.foundation.kernel.ids import new_id
from backend.house import House, build
from backend.leaving import Server
from backend.settings import Settings
from backend.watching.round import watched
from backend.worker.loop import Worker
from backend.worker.periodic import looked_after
from backend.worker.sending import sending
from backend.worker.tasks import TASKS

log = logging.getLogger("xunfang.serving")
GARBAGE_AT = 20_000  # objects; a batch of a hundred commands makes about as many
RESTORING = "restoring.json"  # lies in the data folder while a restore is not over
GRACE_SECONDS = 20  # what is under way then is cut: a photo goes on from where it was elsewhere


def serve(settings: Settings, *, host: str, port: int, cert: Path | None, key: Path | None) -> None:
    """Brings the database up to date and answers until stopped. On SQLite only one server may use
    the file; a second one is told so. Raises RuntimeError."""
    with alone(settings):
        require_whole(settings)
        asyncio.run(prepare(settings))
        app = create_app(settings, worker=settings.on_sqlite)
        house = app.state.house
        # What was made up to here lives as long as the process; looking through it for garbage
        # again and again was a twentieth of the price of a command.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_AT, 20, 20)
        config = uvicorn.Config(
            behind_the_door(app, settings),
            host=host,
            port=port,
            loop="uvloop",
            http="httptools",
            ssl_certfile=cert,
            ssl_keyfile=key,
            access_log=False,
            log_config=None,
            proxy_headers=False,  # the door's business: uvicorn would trust whoever is on loopback
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        Server(config, house, settings.drain_seconds).run()


async def work(settings: Settings) -> None:
    """Does jobs until told to stop by SIGTERM or SIGINT. Raises RuntimeError when the tables are of
    another version than this process."""
    require_whole(settings)
    async with opened(build(settings, catalogue())) as house:
        await require_tables(house.database, known())
        worker = Worker(house, TASKS)
        log.info("at work; %s kinds of tasks", len(TASKS))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, worker.stop)
        async with (
            watched(house.database, house.clock, settings.metrics),
            looked_after(house),
            sending(house),
        ):
            await worker.run()


def require_whole(settings: Settings) -> None:
    """Raises RuntimeError on what an interrupted restore left: phones would be told of half."""
    if (settings.data_dir / RESTORING).exists():
        raise RuntimeError("a restore was interrupted here: run `xunfang restore` again")


async def furnish_store(settings: Settings) -> bool:
    """Makes the bucket of a house in which nothing was ever recorded; whether it did. Where
    something was, a bucket that is not there is lost or misspelt, and an empty one would hide it.
    """
    if await inhabited(settings):
        return False
    house = build(settings, catalogue())
    try:
        return await house.store.make()
    finally:
        await house.store.close()


async def prepare(settings: Settings) -> list[str]:
    """Migrations, guards and the counter's row. The ids of the migrations that were carried out."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    done = await migrate(settings.database_url, schema())
    house = build(settings, catalogue())
    await house.database.open()
    try:
        async with house.database.unit_of_work() as tx:
            await ensure_counter(tx)
            if not await is_derived(tx):
                await derive(tx, house.catalogue)
    finally:
        await house.close()
    return done


async def inhabited(settings: Settings) -> bool:
    """Whether anything was ever recorded in this database."""
    async with opened(build(settings, catalogue())) as house, house.database.reading() as tx:
        return (await tx.tuples("SELECT head FROM sync_counter WHERE id = 1"))[0][0] > 0


@contextlib.asynccontextmanager
async def opened(house: House) -> AsyncIterator[House]:
    """The house, open for as long as the block lasts."""
    await house.open()
    try:
        yield house
    finally:
        await house.close()


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Holds the embedded database and the folder against a second server. Nothing on PostgreSQL."""
    if not settings.on_sqlite:
        yield
        return
    # Both: two servers may share a file although each has a folder of its own, and the other way
    # round.
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    with (
        _held(settings.data_dir / "serve.lock"),
        _held(database.with_name(f"{database.name}.lock")),
    ):
        yield


@contextlib.contextmanager
def _held(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise RuntimeError(
                f"another server is using {lock.parent}; stop it, or give this one its own "
                "XUNFANG_DATA_DIR and XUNFANG_DATABASE_URL"
            ) from held
        yield


def fresh_id() -> str:
    """A new record id, for the command line."""
    return new_id()
