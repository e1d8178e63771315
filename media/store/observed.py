"""A store whose calls are counted. What it promises is what the store behind it promises."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from media.store.protocol import Conflict, Missing, ObjectStore, Put, Stored

Outcome = Literal["done", "failed"]
Tell = Callable[[str, Outcome, float], None]


class ObservedStore:
    """Tells of each call its name, what became of it, and how many seconds it took. `failed` is
    what leaves nobody knowing: a missing object and other bytes under a key are answers."""

    def __init__(self, store: ObjectStore, tell: Tell) -> None:
        self.behind = store
        self._tell = tell

    async def put(self, key: str, source: Path | bytes, *, sha256: str) -> Put:
        with self._told("put"):
            return await self.behind.put(key, source, sha256=sha256)

    async def get(self, key: str, first: int = 0, last: int | None = None) -> bytes:
        with self._told("get"):
            return await self.behind.get(key, first, last)

    async def head(self, key: str) -> Stored:
        with self._told("head"):
            return await self.behind.head(key)

    async def exists(self, key: str) -> bool:
        with self._told("head"):
            return await self.behind.exists(key)

    async def delete(self, key: str) -> None:
        with self._told("delete"):
            await self.behind.delete(key)

    async def erase(self, prefix: str) -> None:
        with self._told("erase"):
            await self.behind.erase(prefix)

    async def remains(self, prefix: str) -> bool:
        with self._told("list"):
            return await self.behind.remains(prefix)

    def list(self, prefix: str = "") -> AsyncIterator[Stored]:
        return self.behind.list(prefix)

    async def look(self) -> None:
        with self._told("look"):
            await self.behind.look()

    async def make(self) -> bool:
        with self._told("make"):
            return await self.behind.make()

    async def close(self) -> None:
        await self.behind.close()

    def __getattr__(self, name: str) -> Any:
        # `path_of` of the folder, which whoever wants it asks for by name.
        return getattr(self.behind, name)

    @contextmanager
    def _told(self, call: str) -> Iterator[None]:
        began = time.monotonic()
        outcome: Outcome = "failed"
        try:
            yield
            outcome = "done"
        except (Missing, Conflict):
            outcome = "done"
            raise
        finally:
            self._tell(call, outcome, time.monotonic() - began)
