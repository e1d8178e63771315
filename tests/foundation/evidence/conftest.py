import hashlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.foundation.database.transaction import Row
from backend.foundation.evidence import seeing
from backend.foundation.evidence.arrivals import Arrivals
from backend.foundation.evidence.manifest import MANIFEST
from backend.foundation.journal.envelope import Answer
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from tests.foundation.evidence.album import ALBUM
from tests.kit.world import Phone, journal_on, opened


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    async with opened(engine_url, (MANIFEST, ALBUM)) as database:
        yield journal_on(database, MANIFEST, ALBUM)


@pytest.fixture
def ana(journal: Journal) -> Phone:
    return Phone(journal, Actor(new_id(), "林岚", (Grant("inspector", "o1", "service"),)))


@pytest.fixture
def manager(journal: Journal) -> Phone:
    return Phone(journal, Actor(new_id(), "何敏", (Grant("manager", "o1", "service"),)))


@pytest.fixture
def stranger(journal: Journal) -> Phone:
    return Phone(journal, Actor(new_id(), "赵磊", (Grant("manager", "o2", "service"),)))


class Album:
    """One album and its photos, asked about as a phone would see it."""

    def __init__(self, journal: Journal, owner: Phone, buckets: tuple[str, ...]) -> None:
        self.journal = journal
        self.owner = owner
        self.buckets = buckets
        self.id = new_id()
        self.arrivals = Arrivals(journal)

    async def begin(self) -> "Album":
        answer = await self.owner.do("album.begin", self.rec, {"buckets": self.buckets})
        assert answer.s == "applied"
        return self

    @property
    def rec(self) -> tuple[str, str]:
        return ("album", self.id)

    async def attach(self, data: bytes, by: Phone | None = None, **more: Any) -> Answer:
        item = more.pop("item", None)
        args = {"photo": capture(data, **more), "item": item}
        return await (by or self.owner).do("album.attach", self.rec, args)

    async def attach_all(self, item: str, *photos: bytes) -> list[Answer]:
        """In one batch, each with an id of its own."""
        asked = [
            self.owner.ask(
                "album.attach",
                self.rec,
                {"photo": capture(data, id=new_id()), "item": item},
                blobs=[digest(data)],
            )
            for data in photos
        ]
        return list((await self.owner.push(*asked)).answers)

    async def arrive(self, data: bytes, by: Phone | None = None) -> None:
        person = (by or self.owner).actor.id
        await self.arrivals.register(digest(data), len(data), "image/jpeg", person)

    async def judged(self, data: bytes, reason: str | None = None) -> None:
        rec = ("blob", digest(data))
        if reason:
            await self.journal.command("evidence.refuse", rec, {"reason": reason})
        else:
            await self.journal.command("evidence.accept", rec, ACCEPTED)

    async def erase(self, *photos: str) -> None:
        """These photos, or the whole album when none is named."""
        assert (await self.owner.do("album.erase", self.rec, {"photos": photos})).s == "applied"

    async def body(self) -> dict[str, Any]:
        return (await self._record(f"album:{self.id}"))["body"]

    async def rev(self) -> int:
        """How often the album was published."""
        return int((await self._record(f"album:{self.id}"))["rev"])

    async def photo(self, id: str) -> dict[str, Any]:
        return (await self._record(f"photo:{id}"))["body"]

    async def buckets_of(self, photo: str) -> set[str]:
        async with self.journal.database.reading() as tx:
            sql = "SELECT bucket FROM sync_row WHERE rec_key = ? AND NOT gone"
            return {row[0] for row in await tx.tuples(sql, f"photo:{photo}")}

    async def sees(self, person: str, buckets: set[str], data: bytes) -> bool:
        async def theirs() -> set[str]:
            return buckets

        async with self.journal.database.reading() as tx:
            return bool(await seeing.visible(tx, person, theirs, [digest(data)]))

    async def confirm_erased(self, data: bytes) -> None:
        """As the worker does when the store has nothing left."""
        sql = "SELECT order_id FROM blob WHERE id = ?"
        ((order,),) = await self.rows(sql, digest(data))
        rec = ("blob", digest(data))
        await self.journal.command("evidence.erased", rec, {"order": order})

    async def blob(self, data: bytes) -> str | None:
        """The state of the bytes."""
        found = await self.rows("SELECT state FROM blob WHERE id = ?", digest(data))
        return found[0][0] if found else None

    async def rows(self, sql: str, *args: Any) -> list[tuple[Any, ...]]:
        async with self.journal.database.reading() as tx:
            return [tuple(row) for row in await tx.tuples(sql, *args)]

    async def _record(self, key: str) -> Row:
        async with self.journal.database.reading() as tx:
            row = (await tx.fetch("SELECT body, rev FROM record WHERE id = ?", key))[0]
        return row | {"body": msgspec.json.decode(row["body"])}


ACCEPTED = {
    "type": "image/jpeg",
    "width": 4032,
    "height": 3024,
    "sharpness": 400,
    "brightness": 120,
    "contrast": 90,
    "fingerprint": "0f" * 8,
    "gradient": "f0" * 8,
}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def capture(data: bytes, **more: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "sha256": digest(data),
        "size": len(data),
        "type": "image/jpeg",
        "source": "camera",
        "taken_at": "2026-11-24T00:58:10.004Z",
        **more,
    }


@pytest.fixture
async def album(journal: Journal, ana: Phone) -> Album:
    return await Album(journal, ana, ("round:r1",)).begin()


@pytest.fixture
async def other_album(journal: Journal, stranger: Phone) -> Album:
    return await Album(journal, stranger, ("round:r2",)).begin()
