"""How a feature has photos erased or sealed: the only way out, so that every photo goes alike.

Promises: an erased photo is gone from every phone and every bucket with the command that erases
it; bytes that no other photo has are then served to nobody, refused when they come again, and
removed from the store in every size and version by the worker, which asks the store whether they
are gone before the fact `Erased` says so. Bytes that another photo has stay for that one.

Against: a worker killed between any two steps (each order is carried out again until it is
confirmed), a store that is away, uploads that are on their way while their bytes are erased (they
are refused at their end, and what they had put into the store is ordered away once more), and a
new photo of the very same bytes: from then on they may come again, but not before the old ones are
gone, or the worker would delete what was just acknowledged.

A feature calls `erase` or `seal` from its handlers. A record that is erased takes its photos along
by itself, except sealed ones.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from backend.foundation.evidence import rules
from backend.foundation.evidence.model import Blob, Photo, bringer_id, rec_key, waiver_id
from backend.foundation.evidence.tables import BLOBS, BRINGERS, PHOTOS, PLACES, WAIVERS
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.manifest import LeftBehind
from backend.foundation.journal.work import Work
from backend.foundation.kernel.ids import is_digest
from backend.foundation.kernel.limits import NEED_BLOBS_MAX

ERASE = "evidence.erase"  # the worker's job


async def erase(work: Work, photos: Iterable[Photo]) -> None:
    """The photos are erased, and their bytes unless another photo has them. Their records are
    published again, for they do not expect them any more."""
    going = [photo for photo in photos if photo.state != "erased"]
    digests = sorted({digest for photo in going for digest in _digests(photo)})
    # The bytes may be arriving in this very moment; whoever comes second sees the other.
    await work.tx.lock(rec_key("blob", digest) for digest in digests)
    for photo in going:
        await _erase_one(work, photo)
    for digest in digests:
        await _let_go(work, digest)
    _recount(work, going)


async def seal(work: Work, photos: Iterable[Photo], why: str) -> None:
    """The photos keep their bytes, which nobody is served any more; `why` is a code. A sealed photo
    counts as accepted: nothing is waited for that nobody may see. Refused ones stay as they are."""
    counted = []
    for photo in photos:
        if photo.state in ("sealed", "erased", "refused"):
            continue
        sealed = rules.sealed(photo, why)
        work.save(PHOTOS, sealed)
        work.touch("photo", photo.id)
        if not rules.counts_alike(photo.state, sealed.state):
            counted.append(photo)
    _recount(work, counted)


async def let_go(work: Work, digests: Iterable[str]) -> None:
    """Bytes go that belonged to something erased, unless a photo that lives has them."""
    for digest in sorted(set(digests)):
        await work.tx.lock([rec_key("blob", digest)])
        await _let_go(work, digest)


async def clear(work: Work, left: LeftBehind) -> None:
    """What evidence keeps of a record that is erased: its photos, and bytes that only its refused
    commands named, as far as their authors brought them."""
    if left.ended and left.rec[0] != "photo":
        photos = await work.find(PHOTOS, parent=rec_key(*left.rec))
        await erase(work, [photo for photo in photos if photo.state != "sealed"])
    named = [(author, digest) for author, digests in left.bytes for digest in digests]
    for author, digest in islice(dict.fromkeys(named), NEED_BLOBS_MAX):
        if not is_digest(digest):
            continue
        await work.tx.lock([rec_key("blob", digest)])
        blob = await work.load(BLOBS, digest)
        brought = await work.load(BRINGERS, bringer_id(digest, author))
        if blob is None or brought is not None:
            await _let_go(work, digest)


async def order_again(work: Work, blob: Blob) -> None:
    """Bytes were put into the store although they are erased: they are removed once more."""
    _order(work, rules.ordered_again(blob, _order_id(work, blob.id)))


async def _erase_one(work: Work, photo: Photo) -> None:
    brought = [one.person for one in await work.find(BRINGERS, digest=photo.sha256)]
    for place in await work.find(PLACES, photo=photo.id):
        work.remove(PLACES, place.id)
    work.save(PHOTOS, rules.erased(photo))
    work.remove(WAIVERS, waiver_id(photo.parent, photo.sha256))
    work.erase(
        "photo",
        photo.id,
        digests=_digests(photo),
        within=_parent(photo),
        people=(photo.by, *brought),
    )


async def _let_go(work: Work, digest: str) -> None:
    """The bytes go, unless a photo has them."""
    having: Sequence[Photo] = [
        *await work.find(PHOTOS, sha256=digest),
        *await work.find(PHOTOS, thumb=digest),
    ]
    blob = await work.load(BLOBS, digest)
    if any(photo.state != "erased" for photo in having):
        return
    if blob is not None and blob.state in ("erasing", "erased"):
        return
    for bringer in await work.find(BRINGERS, digest=digest):
        work.remove(BRINGERS, bringer.id)
    _order(work, rules.ordered(digest, _order_id(work, digest)))


def _order(work: Work, blob: Blob) -> None:
    work.save(BLOBS, blob)
    payload = {"digest": blob.id, "order": blob.order_id}
    work.enqueue(ERASE, payload, f"{ERASE}:{blob.id}:{blob.order_id}")


def _order_id(work: Work, digest: str) -> str:
    return work.derive(f"{ERASE}:{digest}")


def _recount(work: Work, photos: Iterable[Photo]) -> None:
    for parent in dict.fromkeys(_parent(photo) for photo in photos):
        if not work.is_erased(parent):
            work.touch(*parent)


def _parent(photo: Photo) -> RecKey:
    return photo.parent_kind, photo.parent_id


def _digests(photo: Photo) -> tuple[str, ...]:
    return (photo.sha256, photo.thumb) if photo.thumb else (photo.sha256,)
