"""Bytes of photos: who sees them, and that none is forgotten when many arrive at once."""

import asyncio

from backend.foundation.kernel.ids import new_id
from tests.foundation.evidence.conftest import capture, digest

PHOTO = b"a photograph of a queue ticket machine"


async def test_a_digest_is_no_capability(album, other_album, stranger):
    """Somebody overheard a digest and writes it into a record of their own."""
    await album.attach(PHOTO)
    await album.arrive(PHOTO)
    album.journal.clock.pass_(seconds=1)
    stolen = new_id()
    await other_album.attach(PHOTO, id=stolen)
    assert (await album.photo(stolen))["state"] == "awaited"
    assert not await album.sees(stranger.actor.id, {"round:r2"}, PHOTO)
    await other_album.attach(b"cover", thumb=digest(PHOTO))
    assert not await album.sees(stranger.actor.id, {"round:r2"}, PHOTO)
    await other_album.arrive(PHOTO)
    assert (await album.photo(stolen))["state"] == "stored"
    assert await album.sees(stranger.actor.id, set(), PHOTO)


async def test_bytes_are_seen_by_who_brought_them_and_through_a_record(album, ana, stranger):
    await album.attach(PHOTO)
    assert not await album.sees(ana.actor.id, {"round:r1"}, PHOTO)
    await album.arrive(PHOTO)
    assert await album.sees(ana.actor.id, set(), PHOTO)
    assert await album.sees(stranger.actor.id, {"round:r1", "org"}, PHOTO)
    assert not await album.sees(stranger.actor.id, {"round:r2", "org"}, PHOTO)


async def test_uploads_that_finish_together_are_recorded_together(album, journal):
    photos = [b"photo %d" % number for number in range(40)]
    before = await _head(journal)
    await asyncio.gather(*(album.arrive(photo) for photo in photos))
    async with journal.database.reading() as tx:
        counted = await tx.tuples("SELECT count(*) FROM blob WHERE state = 'stored'")
        jobs = await tx.tuples("SELECT count(*) FROM job WHERE kind = 'evidence.examine'")
    assert (counted[0][0], jobs[0][0]) == (40, 40)
    assert await _head(journal) - before <= 2  # transactions of up to 25


async def test_photos_told_of_while_their_bytes_arrive_are_never_forgotten(album, journal):
    """Whoever comes second sees the other, whichever batch either of them is in."""
    photos = [b"photo %d" % number for number in range(60)]
    told, arriving = [], []
    for start in range(0, len(photos), 4):
        told.append(album.attach_all(f"i{start}", *photos[start : start + 4]))
        arriving += [album.arrive(photo) for photo in photos[start : start + 4]]
    await asyncio.gather(_one_after_the_other(told), *arriving)
    async with journal.database.reading() as tx:
        states = await tx.tuples("SELECT state, count(*) FROM photo GROUP BY state")
    assert [tuple(row) for row in states] == [("stored", len(photos))]
    assert (await album.body())["evidence"]["awaited"] == len(photos), "not judged yet"


async def _one_after_the_other(batches) -> None:
    for batch in batches:
        assert {answer.s for answer in await batch} == {"applied"}


async def test_a_batch_of_photos_refuses_only_what_is_wrong(album):
    """Preparing looks at envelopes that nobody has checked."""
    good, twice = capture(PHOTO, id=new_id()), capture(b"another", id=new_id())
    asked = [
        album.owner.ask("album.attach", album.rec, {"photo": photo, "item": None}, blobs=blobs)
        for photo, blobs in (
            (good, ["not a digest", digest(PHOTO)]),
            (twice, []),
            ({"id": 7}, [digest(PHOTO)]),
            (good | {"sha256": digest(b"other bytes")}, [digest(b"other bytes")]),
            (twice, [digest(b"another")] * 300),
        )
    ]
    answers = (await album.owner.push(*asked)).answers
    assert [answer.s for answer in answers] == [
        "applied",
        "applied",
        "rejected",
        "rejected",
        "applied",
    ]
    assert [answer.code for answer in answers if answer.code] == ["args_invalid", "id_taken"]


async def _head(journal) -> int:
    async with journal.database.reading() as tx:
        return (await tx.tuples("SELECT head FROM sync_counter"))[0][0]
