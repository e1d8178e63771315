"""Photos as parts of records: told of, arriving, judged, given up, and seen."""

from itertools import product
from typing import Any, get_args

import msgspec
import pytest

from backend.foundation.evidence import rules
from backend.foundation.evidence.model import Photo, State
from backend.foundation.kernel.ids import new_id
from tests.foundation.evidence.conftest import digest

PHOTO = b"a photograph of a queue ticket machine"
PENDING = {"expected": 1, "accepted": 0, "refused": 0, "waived": 0, "awaited": 1}
DONE = PENDING | {"accepted": 1, "awaited": 0}


async def test_a_photo_told_of_is_awaited_and_the_record_is_not_complete(album):
    id = new_id()
    assert (await album.attach(PHOTO, id=id, item="i1")).s == "applied"
    photo = await album.photo(id)
    assert (photo["state"], photo["item"], photo["parent"]) == ("awaited", "i1", list(album.rec))
    body = await album.body()
    assert (body["evidence"], body["complete"]) == (PENDING, False)
    assert await album.buckets_of(id) == {"round:r1"}


async def test_received_is_not_yet_complete_and_accepted_is(album):
    """An upload that was acknowledged may still turn out to be no photo."""
    id = new_id()
    await album.attach(PHOTO, id=id)
    await album.arrive(PHOTO)
    assert (await album.photo(id))["state"] == "stored"
    assert (await album.body())["evidence"] == PENDING
    await album.judged(PHOTO)
    photo = await album.photo(id)
    assert (photo["state"], photo["width"], photo["height"]) == ("accepted", 4032, 3024)
    body = await album.body()
    assert (body["evidence"], body["complete"]) == (DONE, True)


async def test_a_record_is_not_sent_again_for_bytes_that_change_nothing_in_it(album, manager):
    """A round of forty photos would travel to every phone forty times."""
    id = new_id()
    await album.attach(PHOTO, id=id)
    told = await album.rev()
    await album.arrive(PHOTO)
    assert (await album.photo(id))["state"] == "stored"
    assert await album.rev() == told
    await album.judged(PHOTO)
    assert await album.rev() == told + 1
    other = b"a photograph that lay in a drawer"
    await album.attach(other, id=(lost := new_id()))
    given_up = {"digest": (await album.photo(lost))["sha256"], "reason": "lost"}
    await manager.do("evidence.waive", album.rec, given_up)
    before = await album.rev()
    await album.arrive(other)
    assert await album.rev() == before + 1
    assert (await album.body())["evidence"]["awaited"] == 1


@pytest.mark.parametrize("states", product(get_args(State), repeat=2))
@pytest.mark.parametrize("shared", [False, True], ids=["two digests", "one digest"])
def test_a_record_counts_what_arrived_as_it_counts_what_has_not(states, shared):
    """What `counts_alike` says is true of every pair of photos, handed in or retaken."""
    photos = [
        a_photo(str(number), "b" * 64 if number and not shared else "a" * 64, state)
        for number, state in enumerate(states)
    ]
    arrived = [
        msgspec.structs.replace(p, state="stored" if p.state == "awaited" else p.state)
        for p in photos
    ]
    for manifest in ([], ["a" * 64], ["a" * 64, "b" * 64]):
        before = rules.completeness(photos, manifest, {})
        assert rules.completeness(arrived, manifest, {}) == before


async def test_bytes_may_come_before_the_record_that_names_them(album):
    id = new_id()
    await album.arrive(PHOTO)
    await album.attach(PHOTO, id=id)
    assert (await album.photo(id))["state"] == "stored"
    await album.judged(PHOTO)
    again = new_id()
    await album.attach(PHOTO, id=again)
    assert (await album.photo(again))["state"] == "accepted"
    assert (await album.body())["evidence"] == DONE


async def test_a_refused_photo_tells_its_author_why_wherever_they_look(album, ana, journal):
    id = new_id()
    await album.attach(PHOTO, id=id)
    await album.arrive(PHOTO)
    await album.judged(PHOTO, "trailing_bytes")
    photo = await album.photo(id)
    assert (photo["state"], photo["reason"]) == ("refused", "trailing_bytes")
    assert await album.buckets_of(id) == {"round:r1", f"user:{ana.actor.id}"}
    async with journal.database.reading() as tx:
        told = await tx.fetch("SELECT type, person_id, rec_id FROM notice")
    assert told == [{"type": "photo_refused", "person_id": ana.actor.id, "rec_id": id}]
    body = await album.body()
    assert (body["evidence"]["refused"], body["complete"]) == (1, False)


async def test_a_refused_photo_taken_again_is_not_waited_for(album, ana):
    """The inspector takes it again after the round was handed in; nobody has to give up the old."""
    await album.attach(PHOTO, item="i1")
    await album.arrive(PHOTO)
    sha256 = digest(PHOTO)
    await ana.do("album.expect", album.rec, {"blobs": [[sha256, len(PHOTO)]]})
    await album.judged(PHOTO, "unreadable")
    await album.attach(b"elsewhere", item="i2")
    assert (await album.body())["evidence"]["refused"] == 1
    await album.attach(b"taken again", item="i1")
    assert (await album.body())["evidence"] == PENDING | {"expected": 2, "awaited": 2}
    for data in (b"elsewhere", b"taken again"):
        await album.arrive(data)
        await album.judged(data)
    assert (await album.body())["complete"]


async def test_another_photo_of_the_same_item_does_not_stand_in_for_a_refused_one(album):
    """Two were demanded, one of them is broken: the good one does not make it two."""
    for data in (PHOTO, b"the good one"):
        await album.attach(data, item="i1")
        await album.arrive(data)
    await album.judged(PHOTO, "unreadable")
    await album.judged(b"the good one")
    body = await album.body()
    assert (body["evidence"]["refused"], body["complete"]) == (1, False)


async def test_a_second_verdict_on_the_same_bytes_changes_nothing(album):
    """The worker died after its verdict and does the job again."""
    id = new_id()
    await album.attach(PHOTO, id=id)
    await album.arrive(PHOTO)
    await album.judged(PHOTO)
    await album.judged(PHOTO, "unreadable")
    assert (await album.photo(id))["state"] == "accepted"


async def test_the_same_photo_told_twice_is_one_photo(album):
    id = new_id()
    await album.attach(PHOTO, id=id)
    assert (await album.attach(PHOTO, id=id)).s == "applied"
    assert (await album.body())["evidence"] == PENDING
    assert (await album.attach(b"another", id=id)).code == "id_taken"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"size": 0}, "photo_empty"),
        ({"size": 25 * 1024 * 1024}, "photo_too_large"),
        ({"type": "image/gif"}, "photo_type"),
        ({"type": "image/svg+xml"}, "photo_type"),
        ({"sha256": "ABC"}, "args_invalid"),
        ({"geo": {"lat": 91_000_000, "lon": 0, "acc": 5, "at": "x"}}, "args_invalid"),
        ({"exif": "unknown"}, "args_invalid"),
    ],
)
async def test_what_can_never_be_a_photo_is_refused_with_its_reason(
    album, changed: dict[str, Any], code: str
):
    assert (await album.attach(PHOTO, **changed)).code == code


async def test_an_item_holds_twenty_photos_and_not_one_more(album):
    for number in range(20):
        assert (await album.attach(b"%d" % number, item="i1")).s == "applied"
    assert (await album.attach(b"20", item="i1")).code == "photos_too_many"
    assert (await album.attach(b"20", item="i2")).s == "applied"


async def test_a_photo_taken_out_is_gone_everywhere(album, ana):
    id = new_id()
    await album.attach(PHOTO, id=id)
    await ana.do("album.detach", album.rec, {"photo": id})
    assert await album.buckets_of(id) == set()
    assert await album.photo(id) is None


async def test_a_photo_follows_its_record_and_every_record_that_shows_it(album, other_album, ana):
    id = new_id()
    await album.attach(PHOTO, id=id)
    await other_album.owner.do("album.borrow", other_album.rec, {"photo": id})
    assert await album.buckets_of(id) == {"round:r1", "round:r2"}
    await ana.do("album.share", album.rec, {"buckets": ["desk:o1:service"]})
    assert await album.buckets_of(id) == {"desk:o1:service", "round:r2"}


async def test_what_the_manifest_names_is_expected_even_without_a_photo_record(album, ana):
    """The attach was refused, the submit still lists its bytes: they are missing."""
    await ana.do("album.expect", album.rec, {"blobs": [["a" * 64, 10]]})
    body = await album.body()
    assert (body["evidence"], body["complete"]) == (PENDING, False)


async def test_a_lost_photo_is_given_up_by_a_manager_of_that_outlet_alone(
    album, ana, manager, stranger
):
    id = new_id()
    await album.attach(PHOTO, id=id)
    sha256 = (await album.photo(id))["sha256"]
    lost = {"digest": sha256, "reason": "手机掉进水里"}
    assert (await ana.do("evidence.waive", album.rec, lost)).code == "forbidden"
    assert (await stranger.do("evidence.waive", album.rec, lost)).code == "not_found"
    assert (await manager.do("evidence.waive", ("photo", id), lost)).s == "applied"
    assert (await album.photo(id))["state"] == "waived"
    body = await album.body()
    assert (body["evidence"]["waived"], body["complete"]) == (1, True)


async def test_a_photo_given_up_may_still_come(album, manager):
    """The phone lay in a drawer."""
    id = new_id()
    await album.attach(PHOTO, id=id)
    sha256 = (await album.photo(id))["sha256"]
    await manager.do("evidence.waive", album.rec, {"digest": sha256, "reason": "lost"})
    await album.arrive(PHOTO)
    await album.judged(PHOTO)
    assert (await album.photo(id))["state"] == "accepted"


async def test_giving_up_what_is_here_or_was_never_expected_is_refused(album, ana, manager):
    await album.attach(PHOTO)
    await album.arrive(PHOTO)
    sha256 = "b" * 64
    await ana.do("album.expect", album.rec, {"blobs": [[sha256, 10]]})
    here = {"digest": digest(PHOTO), "reason": "x"}
    assert (await manager.do("evidence.waive", album.rec, here)).code == "waive_pointless"
    unknown = {"digest": "c" * 64, "reason": "x"}
    assert (await manager.do("evidence.waive", album.rec, unknown)).code == "blob_unknown"
    manifest = {"digest": sha256, "reason": "x"}
    assert (await manager.do("evidence.waive", album.rec, manifest)).s == "applied"
    assert (await album.body())["evidence"]["waived"] == 1


@pytest.mark.parametrize("op", ["receive", "accept", "refuse"])
async def test_no_phone_can_say_that_bytes_arrived(album, manager, op):
    args = {
        "receive": {"size": 1, "type": "image/jpeg", "by": manager.actor.id},
        "accept": {"type": "image/jpeg", "fingerprint": "", "gradient": ""}
        | dict.fromkeys(("width", "height", "sharpness", "brightness", "contrast"), 1),
        "refuse": {"reason": "unreadable"},
    }[op]
    answer = await manager.do(f"evidence.{op}", ("blob", "a" * 64), args)
    assert answer.code == "forbidden"


def a_photo(id: str, sha256: str, state: State) -> Photo:
    """Everything that does not matter here is empty."""
    needed = msgspec.structs.fields(Photo)
    values: dict[str, Any] = {field.name: None for field in needed if field.required}
    values |= {"id": id, "sha256": sha256, "state": state}
    return Photo(**values)
