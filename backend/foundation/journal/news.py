"""What has moved, told to whoever listens, in every process of the house.

Promises: after a commit, here or in another process, every listener that may receive what moved is
called within a fraction of a second. It does not promise that none is missed: a process may die
between its commit and the bell, so phones ask by themselves as well, only less often. Nothing of a
record is told, only that there is something: who may have it is decided where it is asked for.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from backend.foundation.database.bell import MISSED, TEXT_BYTES_MAX, Bell
from backend.foundation.kernel.clock import Clock, epoch_ms

GATHER_SECONDS = 0.1  # a burst of commits is one ring; nobody sees a tenth of a second


class Moved(msgspec.Struct, frozen=True):
    """Changes up to version `head`, in these buckets; `people` were taken into one or left it.
    `at_ms` is when the first of them was committed, None for an old one that may have been missed.
    `by` is the device that made all of it, if one did: it pulls after its push anyway. `all`: too
    many to name, or nobody knows which."""

    head: int = 0
    at_ms: int | None = None
    buckets: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    by: str = ""
    all: bool = False

    def __or__(self, later: "Moved") -> "Moved":
        return Moved(
            head=max(self.head, later.head),
            at_ms=self.at_ms if self.at_ms is not None else later.at_ms,
            buckets=self.buckets | later.buckets,
            people=self.people | later.people,
            by=self.by if self.by == later.by else "",
            all=self.all or later.all,
        )

    def concerns(self, person: str, device: str, buckets: frozenset[str]) -> bool:
        """Whether somebody who receives these buckets on that device has something to fetch."""
        if self.by and self.by == device and not self.all:
            return False
        return self.all or person in self.people or not self.buckets.isdisjoint(buckets)


Hear = Callable[[Moved], None]


class News:
    """One per process. `open` before use, `close` at the end."""

    def __init__(self, bell: Bell, clock: Clock) -> None:
        self._bell = bell
        self._clock = clock
        self._hearing: set[Hear] = set()
        self._gathered: Moved | None = None
        self._soon: asyncio.TimerHandle | None = None
        self._ringing: asyncio.Task[None] | None = None
        self._opened = False

    async def open(self) -> None:
        await self._bell.open(self._heard)
        self._opened = True

    async def close(self) -> None:
        """What was gathered is still told."""
        self._opened = False
        if self._soon is not None:
            self._soon.cancel()
        if self._ringing is not None:
            await self._ringing
        await self._ring()
        await self._bell.close()

    def tell(self, head: int, buckets: Iterable[str], people: Iterable[str], by: str) -> None:
        """After a commit by this device. Costs nothing here: the bell is rung a moment later, for
        all at once."""
        if not self._opened or (self._bell.alone and not self._hearing):
            return
        at_ms = epoch_ms(self._clock.now())
        moved = Moved(head, at_ms, frozenset(buckets), frozenset(people), by)
        self._gathered = moved if self._gathered is None else self._gathered | moved
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._due)

    @contextlib.contextmanager
    def heard_by(self, hear: Hear) -> Iterator[None]:
        """`hear` is called for whatever moves, as long as the block lasts."""
        self._hearing.add(hear)
        try:
            yield
        finally:
            self._hearing.discard(hear)

    def _due(self) -> None:
        self._soon = None
        self._ringing = asyncio.create_task(self._ring())

    async def _ring(self) -> None:
        moved, self._gathered = self._gathered, None
        if moved is not None:
            await self._bell.ring(_spelt(moved))

    def _heard(self, text: str) -> None:
        moved = Moved(all=True) if text == MISSED else msgspec.json.decode(text, type=Moved)
        for hear in tuple(self._hearing):
            hear(moved)


def _spelt(moved: Moved) -> str:
    text = msgspec.json.encode(moved).decode()
    if len(text.encode()) > TEXT_BYTES_MAX:
        return msgspec.json.encode(Moved(moved.head, moved.at_ms, all=True)).decode()
    return text
