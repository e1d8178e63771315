"""The real application in process: called through ASGI, killed at failpoints, restored from copies.

One application serves all seeds of a process; each seed gets a house of its own on a fresh copy of
the furnished database. A kill is an exception that nothing catches: the transaction it meets is
rolled back, or was committed already, and the next call finds a new house on the same files.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from typing import Any
from unittest.mock import patch

from litestar import Litestar

from backend.app import FOUNDATION, create_app
from backend.features import discover
from backend.foundation.evidence import arrivals
from backend.foundation.evidence.erasing import ERASE
from backend.foundation.evidence.handlers import EXAMINE
from backend.foundation.identity import devices, sessions
from backend.foundation.identity.access import Access
from backend.foundation.journal import execute
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.failpoints import NAMES as WRITING
from backend.foundation.journal.failpoints import WORKING
from backend.foundation.kernel.actor import SYSTEM, Actor
from backend.foundation.kernel.problem import Problem
from backend.house import House, build
from backend.settings import Settings
from backend.worker import erasing
from backend.worker.loop import Worker
from backend.worker.photos import examine
from media.staging.failpoints import NAMES as RECEIVING
from tests.kit.toy.feature import MANIFEST as TOYS
from tests.simulation import ward
from tests.simulation.asgi import exchange
from tests.simulation.at_once import AtOnce
from tests.simulation.chance import made_id
from tests.simulation.clocks import WorldClock
from tests.simulation.ground import Ground
from tests.simulation.looking import Glance
from tests.simulation.network import Call, Reply
from tests.simulation.spool import Spool

MANIFESTS = (*FOUNDATION, *discover(), TOYS, ward.MANIFEST)
FAILPOINTS = (*WRITING, *RECEIVING, *WORKING)


class Killed(BaseException):
    """The process ended here."""


class Server:
    """One installation for one seed."""

    def __init__(self, ground: Ground, clock: WorldClock) -> None:
        self.ground = ground
        self.clock = clock
        self.app = application(ground)
        self.house: House
        self.catalogue = Catalogue(MANIFESTS)
        self.failpoints: Counter[str] = Counter()
        self.backup_head: int | None = None
        self.log: list[Call] = []
        self._real = ExitStack()  # puts back what the world has altered in this process
        self._armed = ""
        self._left = 0
        self._dead: asyncio.Future[None] | None = None
        self._commands = count()

    async def open(self, url: str) -> None:
        """Starts on a database that is furnished already."""
        self.url = url
        self.spool = Spool(self.ground.folder / f"spool-{url.rsplit('/', 1)[1]}")
        self.spool.lay()
        self._real.enter_context(patch.object(execute, "failpoint", self._failpoint))
        self._real.enter_context(patch.object(erasing, "failpoint", self._failpoint))
        self._real.enter_context(patch.object(arrivals, "LINGER_SECONDS", 0.0))
        # Mistakes of ours are commanded here by the hundred; each would be logged whole.
        for name in ("xunfang", "asyncio"):
            logger = logging.getLogger(name)
            self._real.callback(logger.setLevel, logger.level)
            logger.setLevel(logging.CRITICAL)
        await self._begin()

    async def close(self) -> None:
        self._real.close()
        await self.house.close()
        await self.ground.drop(self.url)
        self.spool.drop()

    async def call(self, call: Call) -> Reply | None:
        """One request. None when the server died over it; it is up again for the next one."""
        self.log.append(call)
        self._dead = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(exchange(self.app, call))
        await asyncio.wait({serving, self._dead}, return_when=asyncio.FIRST_COMPLETED)
        if not self._dead.done():
            self._dead = None
            return await serving
        # Whoever waits for a job of the dead process waits in vain.
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError, Killed):
            await serving
        await self.restart()
        return None

    async def restart(self) -> None:
        """Another process on the same files; it begins by finishing what lies in staging."""
        self._dead = None
        await self.house.close()
        await self._begin()
        while True:
            try:
                await self.house.receiving.sweep()
                return
            except Problem as refusal:
                # A new photo of erased bytes, before the old ones are gone: its phone asks again.
                if refusal.code != "blob_erasing":
                    raise
                return
            except Killed:
                self._dead = None

    def arm(self, name: str, count: int) -> None:
        """The server dies the count-th time it comes by this failpoint."""
        self._armed, self._left = name, count

    async def tuples(self, sql: str, *args: Any) -> Sequence[Sequence[Any]]:
        """A look at the tables from outside."""
        async with self.house.database.reading() as tx:
            return await tx.tuples(sql, *args)

    async def do(self, op: str, rec: tuple[str, str], **args: Any) -> str:
        """A command of the house itself. Its status."""
        return await self.do_as(SYSTEM, op, rec, **args)

    async def do_as(self, actor: Actor, op: str, rec: tuple[str, str], **args: Any) -> str:
        """A command of somebody at a desk, given again when the server died over it."""
        id = made_id("house", next(self._commands))
        while True:
            try:
                journal = self.house.journal
                return (await journal.command(op, rec, args, actor=actor, command_id=id)).s
            except Killed:
                await self.restart()

    async def look_into_photos(self) -> int:
        """The worker's turn, until nothing is due: how many photos it looked into."""
        done = 0
        while True:
            worker = Worker(self.house, {EXAMINE: examine, ERASE: erasing.erase})
            try:
                if not (turn := await worker.turn()):
                    return done
                done += turn
            except Killed:
                await self.restart()

    async def still_to_erase(self) -> bool:
        """Whether bytes were ordered to be erased and the order is not carried out."""
        left = "SELECT 1 FROM job WHERE kind = ? AND status <> 'done' LIMIT 1"
        return bool(await self.tuples(left, ERASE))

    async def sign_in(self, person: str, device: str) -> str:
        """A session without the price of a password. The token."""
        async with self.house.database.unit_of_work() as tx:
            now = self.clock.now()
            await devices.register(tx, device, device, now)
            await devices.allow_upload(tx, device, person, now, delegated=True)
            token, _ = await sessions.begin(tx, person, device, now)
        return token

    async def set_device(self, device: str, state: Any) -> None:
        async with self.house.database.reading() as tx:
            known = await devices.exists(tx, device)
        if known:
            args = {"state": state, "reason": "测试"}
            await self.do("identity.set_device_state", ("device", device), **args)

    async def back_up(self) -> None:
        """A verified copy; what it holds counts as durable from now on."""
        async with self.house.database.unit_of_work() as tx:
            await tx.run("UPDATE sync_counter SET durable = head WHERE id = 1")
            self.backup_head = (await tx.tuples("SELECT head FROM sync_counter"))[0][0]
        await self.house.close()
        await self.ground.keep(self.url)
        self.spool.keep()
        await self._begin()

    async def restore(self, epoch: str, *, objects: bool) -> bool:
        """The disk is gone; the last copy takes its place under a new epoch. With `objects` the
        photos' disk is gone too, and what was on its way."""
        if self.backup_head is None:
            return False
        await self.house.close()
        await self.ground.put_back(self.url)
        if objects:
            self.spool.put_back()
        await self._begin()
        await self._erase_again()
        async with self.house.database.unit_of_work() as tx:
            await tx.run("UPDATE sync_counter SET epoch = ? WHERE id = 1", epoch)
        await self.restart()
        return True

    async def _erase_again(self) -> None:
        """As whoever restores a copy has to: what it knows to be gone may have come back, and been
        erased again, under a record that it does not know."""
        for (digest,) in await self.tuples("SELECT id FROM blob WHERE state = 'erased'"):
            self.spool.erase(digest)

    async def _begin(self) -> None:
        self.spool.stamp(self.clock.now())
        settings = Settings(self.url, self.spool.store_url, self.spool.folder, durable="backup")
        self.house = build(settings, self.catalogue, self.clock)
        self.house.access = Access(
            self.house.database,
            self.clock,
            ticking=self.clock.ticks,
            seats=self.house.catalogue.seats,
        )
        self.house.staging.failpoint = self._failpoint
        self.house.sandbox = Glance()  # type: ignore[assignment]
        for part in (self.house.staging, self.house.store.behind):  # type: ignore[attr-defined]
            part._threads = AtOnce()  # type: ignore[union-attr]
        await self.house.open()
        self.app.state.house = self.house

    def _failpoint(self, name: str) -> None:
        assert name in FAILPOINTS, name
        if self._dead is not None and self._dead.done():
            raise Killed(name)  # a dead process stays dead, whoever cleans up behind it
        if name != self._armed:
            return
        self._left -= 1
        if self._left <= 0:
            self._armed = ""
            self.failpoints[name] += 1
            if self._dead is not None:
                self._dead.set_result(None)
            raise Killed(name)


_apps: dict[str, Litestar] = {}


def application(ground: Ground) -> Litestar:
    """The application of this process, made once: building it costs more than a seed."""
    if "app" not in _apps:
        settings = Settings("sqlite:///:memory:", ground.store_url, ground.folder)
        _apps["app"] = create_app(settings, worker=False)
    return _apps["app"]
