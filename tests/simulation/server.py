"""The real application in process: called through ASGI, killed at failpoints, restored from copies.

One application serves all seeds of a process; each seed gets a house of its own on a fresh copy of
the furnished database. A kill is an exception that nothing catches: the transaction it meets is
rolled back, or was committed already, and the next call finds a new house on the same file.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import count
from typing import Any
from unittest.mock import patch

from litestar import Litestar

from backend.app import FOUNDATION, create_app
from backend.features import discover
from backend.foundation.identity import devices, sessions
from backend.foundation.identity.access import Access
from backend.foundation.journal import execute
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.failpoints import NAMES
from backend.house import House, build
from backend.settings import Settings
from tests.kit.toy.feature import MANIFEST as TOYS
from tests.simulation import ward
from tests.simulation.chance import made_id
from tests.simulation.clocks import WorldClock
from tests.simulation.ground import Ground
from tests.simulation.network import Call, Reply

MANIFESTS = (*FOUNDATION, *discover(), TOYS, ward.MANIFEST)


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
        self.restores = 0
        self.log: list[Call] = []
        self._real = ExitStack()  # puts back what the world has altered in this process
        self._armed = ""
        self._left = 0
        self._commands = count()

    async def open(self, url: str) -> None:
        """Starts on a database that is furnished already."""
        self.url = url
        self._real.enter_context(patch.object(execute, "failpoint", self._failpoint))
        # Mistakes of ours are commanded here by the hundred; each would be logged whole.
        logger = logging.getLogger("xunfang")
        self._real.callback(logger.setLevel, logger.level)
        logger.setLevel(logging.CRITICAL)
        await self._begin()

    async def close(self) -> None:
        self._real.close()
        await self.house.close()
        await self.ground.drop(self.url)

    async def call(self, call: Call) -> Reply | None:
        """One request. None when the server died over it; it is up again for the next one."""
        self.log.append(call)
        try:
            return await asgi(self.app, call)
        except Killed:
            await self.restart()
            return None

    async def restart(self) -> None:
        await self.house.close()
        await self._begin()

    def arm(self, name: str, count: int) -> None:
        """The server dies the count-th time it comes by this failpoint."""
        self._armed, self._left = name, count

    async def tuples(self, sql: str, *args: Any) -> Sequence[Sequence[Any]]:
        """A look at the tables from outside."""
        async with self.house.database.reading() as tx:
            return await tx.tuples(sql, *args)

    async def do(self, op: str, rec: tuple[str, str], **args: Any) -> str:
        """A command of the house itself, given again when the server died over it. Its status."""
        id = made_id("house", next(self._commands))
        while True:
            try:
                return (await self.house.journal.command(op, rec, args, command_id=id)).s
            except Killed:
                await self.restart()

    async def sign_in(self, person: str, device: str) -> str:
        """A session without the price of a password. The token."""
        async with self.house.database.unit_of_work() as tx:
            now = self.clock.now()
            await devices.register(tx, device, device, now)
            await devices.allow_upload(tx, device, person, now, delegated=True)
            token, _ = await sessions.begin(tx, person, device, now)
        return token

    async def set_device(self, device: str, state: Any) -> None:
        async with self.house.database.unit_of_work() as tx:
            await devices.set_state(tx, device, state)

    async def back_up(self) -> None:
        """A verified copy; what it holds counts as durable from now on."""
        async with self.house.database.unit_of_work() as tx:
            await tx.run("UPDATE sync_counter SET durable = head WHERE id = 1")
            self.backup_head = (await tx.tuples("SELECT head FROM sync_counter"))[0][0]
        await self.house.close()
        await self.ground.keep(self.url)
        await self._begin()

    async def restore(self, epoch: str) -> bool:
        """The disk is gone; the last copy takes its place under a new epoch."""
        if self.backup_head is None:
            return False
        await self.house.close()
        await self.ground.put_back(self.url)
        await self._begin()
        async with self.house.database.unit_of_work() as tx:
            await tx.run("UPDATE sync_counter SET epoch = ? WHERE id = 1", epoch)
        await self.restart()
        self.restores += 1
        return True

    async def _begin(self) -> None:
        settings = Settings(self.url, self.ground.store_url, self.ground.folder, durable="backup")
        self.house = build(settings, self.catalogue, self.clock)
        self.house.access = Access(self.house.database, self.clock, ticking=self.clock.ticks)
        await self.house.open()
        self.app.state.house = self.house

    def _failpoint(self, name: str) -> None:
        assert name in NAMES, name
        if name != self._armed:
            return
        self._left -= 1
        if self._left <= 0:
            self._armed = ""
            self.failpoints[name] += 1
            raise Killed(name)


_apps: dict[str, Litestar] = {}


def application(ground: Ground) -> Litestar:
    """The application of this process, made once: building it costs more than a seed."""
    if "app" not in _apps:
        settings = Settings("sqlite:///:memory:", ground.store_url, ground.folder)
        _apps["app"] = create_app(settings, worker=False)
    return _apps["app"]


async def asgi(app: Callable[..., Any], call: Call) -> Reply:
    """One HTTP exchange without a socket."""
    path, _, query = call.path.partition("?")
    headers = [(name.encode(), value.encode()) for name, value in call.headers.items()]
    headers.append((b"content-length", str(len(call.body)).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("10.0.0.7", 4242),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    sent: list[Any] = []
    given = [{"type": "http.request", "body": call.body, "more_body": False}]

    async def receive() -> Any:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    heard = {n.decode().lower(): v.decode() for n, v in sent[0].get("headers", ())}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Reply(sent[0]["status"], heard, body)
