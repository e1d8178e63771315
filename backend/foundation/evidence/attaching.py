"""How a feature gives its record photos: the only way in, so that every photo is alike.

Promises: the command that names a photo never waits for its bytes; the same photo told twice is
one photo; a digest is no capability (bytes that somebody else brought do not make this photo
arrive, see `_known_bytes`); a photo is published wherever a record that shows it is.

A feature calls `begin` when it makes a record, `attach` and `detach` from its handlers,
`publish_under` whenever the buckets of its record change, and `cite` when it shows photos of
another record.
"""

from collections.abc import Iterable

import msgspec

from backend.foundation.evidence import rules
from backend.foundation.evidence.commands import Capture
from backend.foundation.evidence.model import (
    Blob,
    Completeness,
    Photo,
    Place,
    Purpose,
    State,
    bringer_id,
    place_id,
    rec_key,
    waiver_id,
)
from backend.foundation.evidence.tables import BLOBS, BRINGERS, PHOTOS, PLACES, WAIVERS
from backend.foundation.journal.envelope import Context, RecKey
from backend.foundation.journal.problems import record_erased
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem


async def attach(
    work: Work,
    asked: Capture,
    ctx: Context,
    *,
    parent: RecKey,
    buckets: Iterable[str],
    purpose: Purpose,
    item: str | None = None,
    finding: str | None = None,
) -> Photo:
    """The photo as a part of the record, published in the record's buckets.

    Refuses what can never be a photo here (`photo_empty`, `photo_too_large`, `photo_type`), one too
    many (`photos_too_many`), and an id that another photo has (`id_taken`).
    """
    refusal = rules.bytes_refusal(asked.size, asked.type)
    if refusal is not None:
        raise refusal
    photo = rules.taken(asked, parent, purpose, item, finding, ctx)
    there = await work.load(PHOTOS, asked.id)
    if there is not None:
        if there.state == "erased":
            raise record_erased(of=("photo", asked.id))
        if (there.parent, there.sha256, there.by) != (photo.parent, photo.sha256, photo.by):
            raise problem.id_taken()
        return there
    work.begin(PLACES, photo=asked.id)  # nothing shows a photo that is not there yet
    rules.require_room(await photos_of(work, parent), item, finding)
    blob = await _known_bytes(work, photo)
    if blob is not None:
        photo = rules.with_bytes(photo, blob)
    work.save(PHOTOS, photo)
    _show(work, photo.id, photo.parent, buckets)
    return photo


def begin(work: Work, rec: RecKey) -> None:
    """The record is new, and no photo is in it yet: nothing to look for."""
    work.begin(PHOTOS, parent=rec_key(*rec))
    work.begin(PLACES, rec=rec_key(*rec))


async def detach(work: Work, photo: Photo) -> None:
    """Takes the photo away everywhere. Whether it may go is the feature's decision; the fact log
    keeps that it was there, and its bytes stay."""
    for place in await work.find(PLACES, photo=photo.id):
        work.remove(PLACES, place.id)
    work.remove(PHOTOS, photo.id)
    work.touch("photo", photo.id)


async def change(work: Work, photo: Photo) -> None:
    """Publishes a photo whose place within its record changed: another item, another finding."""
    work.save(PHOTOS, photo)
    work.touch("photo", photo.id)


async def publish_under(work: Work, rec: RecKey, buckets: Iterable[str]) -> None:
    """The record is seen in these buckets from now on, and so are the photos it shows."""
    wanted = tuple(sorted(buckets))
    for place in await work.find(PLACES, rec=rec_key(*rec)):
        if place.buckets != wanted:
            work.save(PLACES, msgspec.structs.replace(place, buckets=wanted))
            work.touch("photo", place.photo)


async def cite(work: Work, photos: Iterable[str], rec: RecKey, buckets: Iterable[str]) -> None:
    """This record shows photos of another one: whoever sees the record sees them too."""
    for photo in photos:
        _show(work, photo, rec_key(*rec), buckets)


async def photos_of(work: Work, rec: RecKey) -> list[Photo]:
    """The record's own photos, staged changes included, in the order of their ids. Erased ones are
    none any more."""
    photos = await work.find(PHOTOS, parent=rec_key(*rec))
    return [photo for photo in photos if photo.state != "erased"]


async def photo_states(work: Work, photos: Iterable[str]) -> dict[str, State]:
    """How far each of these photos is, by id; unknown ones are left out."""
    return {photo.id: photo.state for photo in await work.load_many(PHOTOS, photos)}


async def completeness(
    work: Work, rec: RecKey, manifest: Iterable[tuple[str, int]] = ()
) -> Completeness:
    """What of the record's evidence is here. `manifest` is what the phone said at submit; its
    digests are expected whether or not a photo of the record names them."""
    photos = await work.find(PHOTOS, parent=rec_key(*rec))
    named = {photo.sha256 for photo in photos}
    listed = [digest for digest, _ in manifest]
    unnamed = [digest for digest in listed if digest not in named]
    others: dict[str, State] = {}
    if unnamed:
        key = rec_key(*rec)
        blobs = await work.load_many(BLOBS, unnamed)
        others = {blob.id: state for blob in blobs if (state := blob.seen_as) is not None}
        given_up = await work.load_many(WAIVERS, [waiver_id(key, digest) for digest in unnamed])
        for waiver in given_up:
            if others.get(waiver.digest) not in ("stored", "accepted"):
                others[waiver.digest] = "waived"
    return rules.completeness(photos, listed, others)


async def _known_bytes(work: Work, photo: Photo) -> Blob | None:
    """Bytes that this person brought before telling of the photo; nobody else's count, or knowing
    a digest would be enough to see the picture behind it. Erased bytes may come again from now on:
    this is a new photo, which somebody took care to tell of."""
    digests = [photo.sha256, photo.thumb] if photo.thumb else [photo.sha256]
    # The bytes may be arriving in this very moment; whoever comes second sees the other.
    await work.tx.lock(rec_key("blob", digest) for digest in digests)
    for known in await work.load_many(BLOBS, digests):
        if known.state in ("erasing", "erased"):
            work.save(BLOBS, rules.recalled(known))
    blob = await work.load(BLOBS, photo.sha256)
    if blob is None or blob.seen_as is None:
        return None
    if await work.load(BRINGERS, bringer_id(photo.sha256, photo.by)) is None:
        return None
    return blob


def _show(work: Work, photo: str, rec: str, buckets: Iterable[str]) -> None:
    work.save(PLACES, Place(place_id(photo, rec), photo, rec, tuple(sorted(buckets))))
    work.touch("photo", photo)
