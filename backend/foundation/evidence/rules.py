"""Decisions about photos: pure."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from backend.foundation.evidence import problems
from backend.foundation.evidence.commands import Capture
from backend.foundation.evidence.model import (
    TYPES,
    Blob,
    Completeness,
    Photo,
    Purpose,
    State,
    rec_key,
)
from backend.foundation.evidence.states import MACHINE
from backend.foundation.journal.envelope import Context, RecKey
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import SYSTEM
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import Problem

_MB = 1024 * 1024

# When one digest stands for several photos of a record, the record has what its worst one has.
_WORST_FIRST: tuple[State, ...] = (
    "refused",
    "awaited",
    "stored",
    "accepted",
    "sealed",
    "waived",
)


def bytes_refusal(size: int, type: str) -> Problem | None:
    """Why bytes of this size and type need not be sent at all, or None."""
    if size <= 0:
        return problems.photo_empty()
    if size > limits.BLOB_BYTES_MAX:
        size_mb = f"{size / _MB:.1f}"
        return problems.photo_too_large(size_mb=size_mb, limit_mb=limits.BLOB_BYTES_MAX // _MB)
    if type not in TYPES:
        return problems.photo_type(type=type)
    return None


def require_room(photos: Sequence[Photo], item: str | None, finding: str | None) -> None:
    """Refuses the photo that would be one too many at its place."""
    there = [photo for photo in photos if (photo.item, photo.finding) == (item, finding)]
    if len(there) >= limits.PHOTOS_PER_ITEM_MAX:
        raise problems.photos_too_many(limit=limits.PHOTOS_PER_ITEM_MAX)


def taken(
    asked: Capture,
    parent: RecKey,
    purpose: Purpose,
    item: str | None,
    finding: str | None,
    ctx: Context,
) -> Photo:
    """The record of a photo that was just told of; its bytes may be anywhere."""
    return Photo(
        id=asked.id,
        parent_kind=parent[0],
        parent_id=parent[1],
        parent=rec_key(*parent),
        item=item,
        finding=finding,
        purpose=purpose,
        sha256=asked.sha256,
        thumb=asked.thumb,
        size=asked.size,
        type=asked.type,
        width=asked.width,
        height=asked.height,
        source=asked.source,
        by=ctx.actor.id,
        device=ctx.device_id,
        taken_at=asked.taken_at,
        offset_ms=ctx.offset_ms,
        error_ms=ctx.error_ms,
        received_at=wire(ctx.now),
        geo=asked.geo,
        token=asked.token,
        page=asked.page,
        derived_from=asked.derived_from,
    )


def with_bytes(photo: Photo, blob: Blob) -> Photo:
    """The photo once its bytes are here; the same photo if nothing changes by that."""
    if photo.state in ("awaited", "waived"):
        photo = _moved(photo, "store")
    if photo.state != "stored" or blob.state == "stored":
        return photo
    photo = _moved(photo, "accept" if blob.state == "accepted" else "refuse", blob.reason)
    if blob.state == "accepted":
        return msgspec.structs.replace(photo, width=blob.width, height=blob.height)
    return photo


def counts_alike(one: State, other: State) -> bool:
    """Whether a record that has the photo in the one state reads as if it were in the other: what
    arrived and was not looked into is still waited for."""
    pair = {one, other}
    return one == other or pair <= {"awaited", "stored"} or pair <= {"accepted", "sealed"}


def completeness(
    photos: Iterable[Photo], manifest: Iterable[str], others: Mapping[str, State]
) -> Completeness:
    """Counts every digest once: those of the photos, and those the manifest names besides.
    `others` gives the states of digests that no photo of the record has. A refused photo that was
    taken again is not expected any more; the one in its place is. Neither is an erased one."""
    photos = list(photos)
    erased = {photo.sha256 for photo in photos if photo.state == "erased"}
    photos = [photo for photo in photos if photo.state != "erased"]
    erased -= {photo.sha256 for photo in photos}
    listed = [digest for digest in manifest if digest not in erased]
    retaken = _retaken(photos, set(listed))
    states: dict[str, list[State]] = {}
    for photo in photos:
        if photo.sha256 not in retaken:
            states.setdefault(photo.sha256, []).append(photo.state)
    for digest in listed:
        if digest not in states and digest not in retaken:
            states[digest] = [others.get(digest, "awaited")]
    worst = [min(held, key=_WORST_FIRST.index) for held in states.values()]
    return Completeness(
        expected=len(worst),
        accepted=worst.count("accepted") + worst.count("sealed"),
        refused=worst.count("refused"),
        waived=worst.count("waived"),
        awaited=worst.count("awaited") + worst.count("stored"),
    )


def erased(photo: Photo) -> Photo:
    """What may be kept of it: that there was one, where it belonged, which bytes, and when."""
    nothing = dict.fromkeys(("item", "finding", "thumb", "geo", "token", "page", "derived_from"))
    blank = dict.fromkeys(("type", "source", "by", "device"), "")
    zero = dict.fromkeys(("size", "width", "height"), 0)
    return _moved(msgspec.structs.replace(photo, **nothing, **blank, **zero), "erase")


def sealed(photo: Photo, why: str) -> Photo:
    """Out of everybody's sight, with a code that says why."""
    return _moved(photo, "seal", why)


def ordered(digest: str, order: str) -> Blob:
    """The memory of bytes that are to go."""
    return Blob(id=digest, size=0, type="", stored_at="", state="erasing", order_id=order)


def ordered_again(blob: Blob, order: str) -> Blob:
    """Something may have been put there after the last order: it has to be carried out anew."""
    return msgspec.structs.replace(blob, state="erasing", order_id=order)


def recalled(blob: Blob) -> Blob:
    """A new photo has these bytes; they may come again once the old ones are gone."""
    return msgspec.structs.replace(blob, state="recalled" if blob.order_id else "cleared")


def gone(blob: Blob) -> Blob:
    """The latest order is carried out."""
    state = "cleared" if blob.state == "recalled" else "erased"
    return msgspec.structs.replace(blob, state=state, order_id=None)


def _retaken(photos: list[Photo], handed_in: set[str]) -> set[str]:
    """Digests of refused photos in whose place another was taken after the record was handed in,
    one for one. Before that a refused photo is simply deleted and taken again."""
    later = [photo for photo in photos if handed_in and photo.sha256 not in handed_in]
    later = [photo for photo in later if photo.state != "refused"]
    digests: set[str] = set()
    for refused in photos:
        if refused.state != "refused":
            continue
        stand_in = next((photo for photo in later if _place(photo) == _place(refused)), None)
        if stand_in is not None:
            later.remove(stand_in)
            digests.add(refused.sha256)
    return digests


def _place(photo: Photo) -> tuple[str | None, str | None, str]:
    return photo.item, photo.finding, photo.purpose


def _moved(photo: Photo, move: str, reason: str | None = None) -> Photo:
    state = MACHINE.require(move, photo.state, SYSTEM, outlet=None, line=None)
    return msgspec.structs.replace(photo, state=state, reason=reason)
