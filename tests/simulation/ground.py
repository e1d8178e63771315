"""Databases to run worlds on: furnished once per process, copied for each seed.

SQLite without waiting for the medium: what a power cut does is not asked here (the kill tests and
the traced order of flushes do), what a killed process does is. PostgreSQL copies by template.
"""

import shutil
import tempfile
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

import asyncpg

from backend.foundation.database import sqlite

_MEMORY = Path("/dev/shm")
Furnish = Callable[[str], Awaitable[None]]


class Ground(Protocol):
    """Where databases come from. `keep` and `put_back` are the nightly copy and its return."""

    engine: str
    folder: Path
    store_url: str

    async def fresh(self, furnish: Furnish) -> str: ...
    async def keep(self, url: str) -> None: ...
    async def put_back(self, url: str) -> None: ...
    async def drop(self, url: str) -> None: ...
    async def close(self) -> None: ...


class _Folder:
    def __init__(self) -> None:
        where = _MEMORY if _MEMORY.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="xunfang-worlds-", dir=where))
        self.store_url = f"file://{self.folder / 'objects'}"
        self.numbers = count(1)
        self.template = ""

    async def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class SqliteGround(_Folder):
    """Files in memory where the machine has such a folder."""

    engine = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        # The loop's own thread and no flush: the order of events is the world's, not the disk's.
        # Taken back by `close`: the process goes on with other tests, which count on the real ones.
        self._engine = patch.multiple(
            sqlite,
            _aside=_at_once,
            _PRAGMAS=tuple(
                pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in sqlite._PRAGMAS
            ),
            READERS=1,
        )
        self._engine.start()

    async def close(self) -> None:
        self._engine.stop()
        await super().close()

    async def fresh(self, furnish: Furnish) -> str:
        if not self.template:
            template = self.folder / "template.db"
            await furnish(f"sqlite:///{template}")
            self.template = str(template)
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    async def keep(self, url: str) -> None:
        shutil.copyfile(_path(url), f"{_path(url)}.kept")

    async def put_back(self, url: str) -> None:
        _remove(_path(url))
        shutil.copyfile(f"{_path(url)}.kept", _path(url))

    async def drop(self, url: str) -> None:
        _remove(_path(url))
        _remove(_path(f"{url}.kept"))


class PostgresGround(_Folder):
    """Databases of one server, made from a template."""

    engine = "postgres"

    def __init__(self, server_url: str) -> None:
        super().__init__()
        self.server_url = server_url
        self.prefix = f"w{self.folder.name[-8:].lower()}"

    async def fresh(self, furnish: Furnish) -> str:
        if not self.template:
            self.template = f"{self.prefix}_t"
            await self._run(f'CREATE DATABASE "{self.template}"')
            await furnish(self._url(self.template))
        name = f"{self.prefix}_{next(self.numbers)}"
        await self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        return self._url(name)

    async def keep(self, url: str) -> None:
        name = url.rsplit("/", 1)[1]
        await self._run(f'DROP DATABASE IF EXISTS "{name}_kept"')
        await self._run(f'CREATE DATABASE "{name}_kept" TEMPLATE "{name}"')

    async def put_back(self, url: str) -> None:
        name = url.rsplit("/", 1)[1]
        await self._run(f'DROP DATABASE "{name}" WITH (FORCE)')
        await self._run(f'CREATE DATABASE "{name}" TEMPLATE "{name}_kept"')

    async def drop(self, url: str) -> None:
        name = url.rsplit("/", 1)[1]
        for each in (name, f"{name}_kept"):
            await self._run(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')

    async def close(self) -> None:
        if self.template:
            await self._run(f'DROP DATABASE IF EXISTS "{self.template}" WITH (FORCE)')
        await super().close()

    def _url(self, name: str) -> str:
        return f"{self.server_url.rsplit('/', 1)[0]}/{name}"

    async def _run(self, sql: str) -> None:
        connection = await asyncpg.connect(self.server_url)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


async def _at_once(step: Callable[[Any], None], connection: Any) -> None:
    step(connection)


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
