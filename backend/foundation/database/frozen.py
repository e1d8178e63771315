"""A database that nobody changes any more: one SQLite file, opened for reading alone."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from backend.foundation.database.sqlite import SqliteTx
from backend.foundation.database.transaction import Dialect, Tx


class Readable(Protocol):
    """What can be looked at: a living database or a frozen one."""

    dialect: Dialect

    def reading(self) -> AbstractAsyncContextManager[Tx]: ...


class FrozenDatabase:
    """`open` before use, `close` at the end. Raises ValueError when the file is no database."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    def open(self) -> None:
        # Immutable: no lock, no journal, nothing written beside the file, also where the folder
        # may not be written to.
        address = f"file:{quote(str(self.path))}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
            self._connection.execute("SELECT count(*) FROM sqlite_master").close()
        except sqlite3.Error as failed:
            self.close()
            raise ValueError(f"{self.path} is no database that can be read: {failed}") from failed

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteTx]:
        """What it holds; there is only one moment to see."""
        assert self._connection is not None, "the database is not open"
        yield SqliteTx(self._connection)
