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
_WORST_FIRST: tuple[State, ...] = ("refused", "awaited", "stored", "accepted", "waived")


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
    return one == other or {one, other} == {"awaited", "stored"}


def completeness(
    photos: Iterable[Photo], manifest: Iterable[str], others: Mapping[str, State]
) -> Completeness:
    """Counts every digest once: those of the photos, and those the manifest names besides.
    `others` gives the states of digests that no photo of the record has. A refused photo that was
    taken again is not expected any more; the one in its place is."""
    photos, listed = list(photos), list(manifest)
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
        accepted=worst.count("accepted"),
        refused=worst.count("refused"),
        waived=worst.count("waived"),
        awaited=worst.count("awaited") + worst.count("stored"),
    )


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
