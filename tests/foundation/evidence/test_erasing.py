"""Photos that are erased or sealed: what goes, what may come again, and what nobody is shown."""

from typing import Any

import msgspec
import pytest

from backend.foundation.evidence import need, seeing
from backend.foundation.journal.chain import ENTRIES, first_break
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from tests.foundation.evidence.conftest import Album, digest
from tests.kit.world import Phone

PHOTO, THUMB = b"a photograph of an identity card", b"the same, small"
GEO = {"lat": 31_230_416, "lon": 121_473_701, "acc": 12, "at": "2026-11-24T00:58:09.000Z"}
NONE = {"expected": 0, "accepted": 0, "refused": 0, "waived": 0, "awaited": 0}


async def told(album: Album, id: str, data: bytes = PHOTO, **more: Any) -> None:
    """A photo with its place, told of, arrived and found good."""
    await album.attach(data, id=id, geo=GEO, thumb=digest(THUMB), **more)
    for each in (data, THUMB):
        await album.arrive(each)
        await album.judged(each)


async def jobs(album: Album) -> list[str]:
    sql = "SELECT payload FROM job WHERE kind = 'evidence.erase'"
    return sorted(msgspec.json.decode(row[0])["digest"] for row in await album.rows(sql))


async def lacking(album: Album, *data: bytes) -> need.Lacking:
    async def buckets() -> set[str]:
        return set(album.buckets)

    person, device = album.owner.actor.id, album.owner.device_id
    async with album.journal.database.reading() as tx:
        return await need.lacking(tx, map(digest, data), person, buckets, device)


async def test_an_erased_photo_keeps_nothing_but_that_it_was(album, ana):
    id = new_id()
    await told(album, id)
    await ana.do("album.expect", album.rec, {"blobs": [[digest(PHOTO), len(PHOTO)]]})
    await album.erase(id)
    assert await album.photo(id) is None
    assert await album.buckets_of(id) == set()
    ((state, sha256, by, geo, thumb),) = await album.rows(
        'SELECT state, sha256, "by", geo, thumb FROM photo'
    )
    assert (state, sha256, by, geo, thumb) == ("erased", digest(PHOTO), "", None, None)
    body = await album.body()
    assert (body["evidence"], body["complete"]) == (NONE, True)
    assert [await album.blob(PHOTO), await album.blob(THUMB)] == ["erasing", "erasing"]
    assert await jobs(album) == sorted([digest(PHOTO), digest(THUMB)])
    assert await album.rows("SELECT * FROM blob_bringer") == []
    ((body,),) = await album.rows("SELECT body FROM record WHERE kind = 'erasure'")
    said = msgspec.json.decode(body)
    assert (said["of"], said["within"]) == (["photo", id], list(album.rec))
    assert set(said["digests"]) == {digest(PHOTO), digest(THUMB)}


async def test_an_album_takes_its_photos_along(album, ana):
    id = new_id()
    await told(album, id)
    await album.erase()
    kinds = await album.rows("SELECT id FROM tombstone ORDER BY id")
    assert kinds == [(f"album:{album.id}",), (f"photo:{id}",)]
    assert (await album.attach(PHOTO)).code == "record_erased"
    async with album.journal.database.reading() as tx:
        assert first_break(await ENTRIES.where(tx, "1 = 1 ORDER BY seq")) is None


async def test_the_fact_comes_when_the_store_has_nothing_left_and_only_once(album):
    id = new_id()
    await told(album, id)
    await album.erase(id)
    ((order,),) = await album.rows("SELECT order_id FROM blob WHERE id = ?", digest(PHOTO))
    for _ in range(2):
        rec = ("blob", digest(PHOTO))
        await album.journal.command("evidence.erased", rec, {"order": order})
    facts = await album.rows("SELECT payload FROM fact WHERE type = 'evidence.Erased'")
    assert [msgspec.json.decode(row[0])["values"] for row in facts] == [{"digest": digest(PHOTO)}]
    assert await album.blob(PHOTO) == "erased"


async def test_nobody_but_the_server_says_that_bytes_are_gone(album, ana):
    asked = {"order": new_id()}
    assert (await ana.do("evidence.erased", ("blob", digest(PHOTO)), asked)).code == "forbidden"


async def test_bytes_that_another_photo_has_stay(album, ana, journal):
    first, second, third = new_id(), new_id(), new_id()
    other = await Album(journal, ana, ("round:r3",)).begin()
    await told(album, first)
    await told(album, second, item="i2")
    await told(other, third)
    await album.erase(first)
    await album.erase()
    assert await album.blob(PHOTO) == "accepted"
    assert await jobs(album) == []
    assert await album.sees(ana.actor.id, {"round:r3"}, PHOTO)
    await other.erase()
    assert await album.blob(PHOTO) == "erasing"


async def test_erased_bytes_are_refused_and_ordered_away_once_more(album, ana):
    """The upload was running while its photo was erased; what it put into the store goes too."""
    id = new_id()
    await told(album, id)
    await album.erase(id)
    await album.confirm_erased(PHOTO)
    assert await lacking(album, PHOTO) == need.Lacking([], frozenset({digest(PHOTO)}))
    with pytest.raises(Problem) as refusal:
        await album.arrive(PHOTO)
    assert refusal.value.code == "blob_erased"
    assert await album.blob(PHOTO) == "erasing"
    assert (await jobs(album)).count(digest(PHOTO)) == 2
    with pytest.raises(Problem) as refusal:
        await album.judged(PHOTO)
    assert refusal.value.code == "blob_erased"
    assert (await jobs(album)).count(digest(PHOTO)) == 3


@pytest.mark.parametrize("confirmed_first", [False, True])
async def test_a_new_photo_of_the_same_bytes_brings_them_back_when_the_old_are_gone(
    album, ana, journal, confirmed_first
):
    id = new_id()
    await told(album, id)
    await album.erase()
    other = await Album(journal, ana, ("round:r3",)).begin()
    if confirmed_first:
        await album.confirm_erased(PHOTO)
    await other.attach(PHOTO, id=(again := new_id()))
    assert (await other.photo(again))["state"] == "awaited"
    assert (await lacking(other, PHOTO)).send == [digest(PHOTO)]
    if not confirmed_first:
        assert await refused(other) == "blob_erasing"
        await album.confirm_erased(PHOTO)
    # The first arrival may have met the old bytes on their way out: it comes once more.
    assert await refused(other) == "blob_erasing"
    await other.arrive(PHOTO)
    assert (await other.photo(again))["state"] == "stored"
    assert await album.rows("SELECT count(*) FROM fact WHERE type = 'evidence.Erased'") == [(1,)]


async def refused(album: Album) -> str:
    with pytest.raises(Problem) as refusal:
        await album.arrive(PHOTO)
    return refusal.value.code


async def test_what_was_recalled_is_erased_again_with_the_new_photo(album, ana, journal):
    await told(album, new_id())
    await album.erase()
    other = await Album(journal, ana, ("round:r3",)).begin()
    await other.attach(PHOTO)
    assert await album.blob(PHOTO) == "recalled"
    await other.erase()
    assert await album.blob(PHOTO) == "erasing"
    assert len(set(await jobs(album))) == 2
    await album.confirm_erased(PHOTO)
    assert await album.blob(PHOTO) == "erased"


async def test_an_order_that_was_overtaken_confirms_nothing(album):
    id = new_id()
    await told(album, id)
    await album.erase(id)
    ((old,),) = await album.rows("SELECT order_id FROM blob WHERE id = ?", digest(PHOTO))
    assert await refused(album) == "blob_erased"
    await album.journal.command("evidence.erased", ("blob", digest(PHOTO)), {"order": old})
    assert await album.blob(PHOTO) == "erasing"


async def test_the_id_of_an_erased_photo_is_not_taken_again(album, ana):
    id = new_id()
    await told(album, id)
    await album.erase(id)
    asked = {"id": id, "geo": GEO}
    assert (await album.attach(PHOTO, **asked)).code == "record_erased"
    assert await album.rows("SELECT payload FROM verdict WHERE code = 'record_erased'") == [(None,)]
    assert (await album.attach(b"another photo")).s == "applied"


async def test_why_a_photo_was_given_up_goes_with_it(album, ana, manager):
    id, why = new_id(), "Mrs Li asked us to"
    await album.attach(PHOTO, id=id)
    await manager.do("evidence.waive", ("photo", id), {"digest": digest(PHOTO), "reason": why})
    tables = ("waiver", "fact_personal", "photo")
    assert why in repr([await album.rows(f"SELECT * FROM {table}") for table in tables])
    await album.erase(id)
    assert why not in repr([await album.rows(f"SELECT * FROM {table}") for table in tables])


async def test_a_sealed_photo_counts_and_is_shown_to_nobody(album, ana):
    id = new_id()
    await told(album, id)
    rev = await album.rev()
    await ana.do("album.seal", album.rec)
    photo = await album.photo(id)
    assert (photo["state"], photo["reason"], photo["geo"]) == ("sealed", "withdrawn", None)
    body = await album.body()
    assert (body["evidence"]["accepted"], body["complete"]) == (1, True)
    assert await album.rev() == rev  # it reads as before
    assert await album.blob(PHOTO) == "accepted"
    for data in (PHOTO, THUMB):
        assert await is_sealed(album, {"round:r1"}, data)
    assert (await lacking(album, PHOTO)).send == []


async def is_sealed(album: Album, buckets: set[str], data: bytes) -> bool:
    async def theirs() -> set[str]:
        return buckets

    async with album.journal.database.reading() as tx:
        return await seeing.is_sealed(tx, theirs, digest(data))


async def test_bytes_that_an_open_photo_shows_are_not_sealed_for_who_sees_it(album, ana, journal):
    other = await Album(journal, ana, ("round:r3",)).begin()
    await told(album, new_id())
    await told(other, new_id())
    await ana.do("album.seal", album.rec)
    assert not await is_sealed(album, {"round:r3"}, PHOTO)
    assert await is_sealed(album, {"round:r1"}, PHOTO)


async def test_a_sealed_photo_outlives_its_record_until_it_is_erased_itself(album, ana):
    await told(album, new_id())
    await ana.do("album.seal", album.rec)
    await album.erase()
    assert await album.rows("SELECT state FROM photo") == [("sealed",)]
    assert await album.blob(PHOTO) == "accepted"


async def test_a_refused_photo_is_out_of_sight_anyway(album, ana):
    id = new_id()
    await album.attach(PHOTO, id=id)
    await album.arrive(PHOTO)
    await album.judged(PHOTO, "unreadable")
    await ana.do("album.seal", album.rec)
    assert (await album.photo(id))["state"] == "refused"


async def test_only_the_data_protection_officer_opens_a_sealed_photo_and_says_why(
    album, ana, manager, journal
):
    officer = Phone(journal, Actor(new_id(), "郑允", (Grant("dpo"),)))
    id, asked = new_id(), {"reason": "the customer complained"}
    await told(album, id)
    assert (await officer.do("evidence.open_sealed", ("photo", id), asked)).code == (
        "bad_transition"
    )
    await ana.do("album.seal", album.rec)
    for phone in (ana, manager):
        assert (await phone.do("evidence.open_sealed", ("photo", id), asked)).code == "forbidden"
    nowhere = ("photo", new_id())
    assert (await officer.do("evidence.open_sealed", nowhere, asked)).code == "not_found"
    assert (await officer.do("evidence.open_sealed", ("photo", id), {"reason": ""})).code == (
        "args_invalid"
    )
    assert (await officer.do("evidence.open_sealed", ("photo", id), asked)).s == "applied"
    opened = await album.rows(
        "SELECT actor_id, rec_id FROM fact WHERE type = 'evidence.SealedOpened'"
    )
    assert opened == [(officer.actor.id, id)]
