"""What phones receive of a photo: wherever a record shows it, and while refused, its author."""

from backend.foundation.evidence.model import Photo, PhotoBody
from backend.foundation.evidence.tables import PHOTOS, PLACES
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work


async def photo(work: Work, record_id: str) -> Projection | None:
    """The photo in the union of its places' buckets."""
    found = await work.load(PHOTOS, record_id)
    if found is None or found.state == "erased":
        return None
    places = await work.find(PLACES, photo=record_id)
    buckets = {bucket for place in places for bucket in place.buckets}
    if found.state == "refused":
        buckets.add(f"user:{found.by}")
    return Projection(body_of(found), frozenset(buckets))


def body_of(found: Photo) -> PhotoBody:
    """As it travels. `latest` is when we learnt of it: it cannot have been taken after that.
    `earliest` needs a signed time that the phone held, and is unknown without one."""
    return PhotoBody(
        parent=(found.parent_kind, found.parent_id),
        item=found.item,
        finding=found.finding,
        purpose=found.purpose,
        sha256=found.sha256,
        thumb=found.thumb,
        size=found.size,
        type=found.type,
        width=found.width,
        height=found.height,
        source=found.source,
        by=found.by,
        taken_at=found.taken_at,
        earliest=None,
        latest=found.received_at,
        geo=None if found.state == "sealed" else found.geo,
        state=found.state,
        reason=found.reason,
    )
