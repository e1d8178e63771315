"""Giving up a photo that will not come: whose decision that is, and what it must not undo."""

import asyncio

from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from tests.kit.world import Phone, until_waiting

PHOTO = b"a photograph of a queue ticket machine"
LOST = "The phone fell into the river"


async def test_bytes_that_arrive_at_that_moment_are_not_given_up(album, manager, journal):
    """The manager names the photo, not its record: the arrival must not be written over."""
    id = new_id()
    await album.attach(PHOTO, id=id)
    lost = {"digest": (await album.photo(id))["sha256"], "reason": LOST}
    async with journal.database.unit_of_work() as tx:
        await tx.run("UPDATE sync_counter SET head = head WHERE id = 1")
        arrives = asyncio.create_task(album.arrive(PHOTO))
        await until_waiting(journal.database, 1)
        waives = asyncio.create_task(manager.do("evidence.waive", ("photo", id), lost))
        await until_waiting(journal.database, 2)
    await arrives
    assert (await waives).code == "waive_pointless"
    assert (await album.photo(id))["state"] == "stored"


async def test_nobody_gives_up_a_photo_of_their_own(album, journal):
    """A manager who inspects could otherwise complete a round whose evidence never was."""
    both = (Grant("inspector", "o1", "service"), Grant("manager", "o1", "service"))
    author = Phone(journal, Actor(new_id(), "何敏", both))
    id = new_id()
    await album.attach(PHOTO, by=author, id=id)
    lost = {"digest": (await album.photo(id))["sha256"], "reason": LOST}
    for rec in (album.rec, ("photo", id)):
        assert (await author.do("evidence.waive", rec, lost)).code == "waive_own"
    assert (await album.photo(id))["state"] == "awaited"
