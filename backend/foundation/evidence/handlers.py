"""Bytes that arrived, what was found in them, and what a person gave up."""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend.foundation.evidence import erasing, problems, rules
from backend.foundation.evidence.commands import (
    Accept,
    ConfirmErased,
    OpenSealed,
    Receive,
    Refuse,
    Waive,
)
from backend.foundation.evidence.facts import (
    Accepted,
    Erased,
    Refused,
    SealedOpened,
    Stored,
    Waived,
)
from backend.foundation.evidence.model import (
    Blob,
    Bringer,
    Photo,
    Waiver,
    bringer_id,
    rec_key,
    waiver_id,
)
from backend.foundation.evidence.preparing import hold_photos
from backend.foundation.evidence.states import MACHINE, WAIVING
from backend.foundation.evidence.tables import BLOBS, BRINGERS, PHOTOS, WAIVERS
from backend.foundation.journal.envelope import Context, Fact, Outcome, RecKey
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import is_digest
from backend.foundation.kernel.problem import Problem

EXAMINE = "evidence.examine"
_HERE = frozenset({"stored", "accepted", "sealed"})


async def receive(work: Work, asked: Receive, ctx: Context) -> Outcome:
    """The bytes are in the store: remember them and who brought them, and look at them soon."""
    MACHINE.require("store", "awaited", ctx.actor, outlet=None, line=None)
    digest = ctx.rec[1]
    if not is_digest(digest):
        raise problem.args_invalid(field="rec", reason="this is no digest")
    facts: list[Fact] = []
    blob = await work.load(BLOBS, digest)
    if blob is not None and blob.seen_as is None:
        raise _unwelcome(blob)
    if blob is None:
        blob = Blob(id=digest, size=asked.size, type=asked.type, stored_at=wire(ctx.now))
        work.save(BLOBS, blob)
        # The command is part of the name: bytes that were erased may come again, and a job done
        # long ago must not stand for the look at those.
        work.enqueue(EXAMINE, {"digest": digest}, f"{EXAMINE}:{digest}:{ctx.command_id}")
        facts.append(Stored(digest, asked.size, asked.by))
    brought = bringer_id(digest, asked.by)
    # Always the latest arrival: a photo counts bytes that came after it was told of.
    work.save(BRINGERS, Bringer(brought, digest, asked.by, wire(ctx.now)))
    photos = [photo for photo in await _photos_with(work, digest) if photo.state != "accepted"]
    changed = _publish(work, photos, blob)
    if blob.state == "refused" and changed:
        facts.append(_refused(digest, blob.reason or "", changed))
    return Outcome(tuple(facts))


async def accept(work: Work, asked: Accept, ctx: Context) -> Outcome:
    """A look inside found a photo."""
    MACHINE.require("accept", "stored", ctx.actor, outlet=None, line=None)
    blob = await _unjudged(work, ctx.rec[1])
    if blob is None:
        return Outcome()
    values: dict[str, Any] = msgspec.structs.asdict(asked)
    blob = msgspec.structs.replace(blob, state="accepted", **values)
    work.save(BLOBS, blob)
    photos = [photo for photo in await _photos_with(work, blob.id) if photo.state == "stored"]
    _publish(work, photos, blob)
    return Outcome((Accepted(blob.id, blob.type, blob.width, blob.height),))


async def refuse(work: Work, asked: Refuse, ctx: Context) -> Outcome:
    """A look inside found something else. The author hears why."""
    MACHINE.require("refuse", "stored", ctx.actor, outlet=None, line=None)
    blob = await _unjudged(work, ctx.rec[1])
    if blob is None:
        return Outcome()
    blob = msgspec.structs.replace(blob, state="refused", reason=asked.reason)
    work.save(BLOBS, blob)
    photos = [photo for photo in await _photos_with(work, blob.id) if photo.state == "stored"]
    return Outcome((_refused(blob.id, asked.reason, _publish(work, photos, blob)),))


async def waive(work: Work, asked: Waive, ctx: Context) -> Outcome:
    """A lost original is closed by a person, never by time. `rec` is the record that waits for it,
    or one of its photos."""
    parent = await _waiting_record(work, ctx.rec)
    body = await work.published(*parent)
    if body is None or "outlet" not in body:
        raise problem.not_found()
    outlet, line = body["outlet"], body.get("line")
    if not ctx.actor.is_at(outlet, line):
        raise problem.not_found()
    photos = await work.find(PHOTOS, parent=rec_key(*parent))
    photos = [photo for photo in photos if photo.sha256 == asked.digest]
    state = photos[0].state if photos else await _state_without_photo(work, body, asked.digest)
    if ctx.actor.may(WAIVING, outlet, line) and state in _HERE:
        raise problems.waive_pointless()
    MACHINE.require("waive", state, ctx.actor, outlet=outlet, line=line)
    if ctx.actor.id in ({photo.by for photo in photos} or {body.get("submitted_by")}):
        raise problems.waive_own(person=ctx.actor.name)
    key = rec_key(*parent)
    row = Waiver(
        waiver_id(key, asked.digest), key, asked.digest, ctx.actor.id, wire(ctx.now), asked.reason
    )
    work.save(WAIVERS, row)
    for photo in photos:
        work.save(PHOTOS, msgspec.structs.replace(photo, state="waived", reason=None))
        work.touch("photo", photo.id)
    work.touch(*parent)
    return Outcome((_waived(asked, photos),), rec=parent)


async def open_sealed(work: Work, asked: OpenSealed, ctx: Context) -> Outcome:
    """The reason is kept before anything is shown: see `api/evidence`."""
    photo = await work.load(PHOTOS, ctx.rec[1])
    state = photo.state if photo else "sealed"
    MACHINE.require("open_sealed", state, ctx.actor, outlet=None, line=None)
    blob = await work.load(BLOBS, photo.sha256) if photo else None
    if photo is None or blob is None or blob.seen_as is None:
        raise problem.not_found()
    return Outcome((SealedOpened(photo.sha256, asked.reason),))


async def erased(work: Work, asked: ConfirmErased, ctx: Context) -> Outcome:
    """The store has none of the bytes any more. Nothing happens if they were ordered away again
    since: then another worker is about to ask once more."""
    MACHINE.require("erase", "accepted", ctx.actor, outlet=None, line=None)
    blob = await work.load(BLOBS, ctx.rec[1])
    if blob is None or blob.order_id != asked.order:
        return Outcome()
    work.save(BLOBS, rules.gone(blob))
    return Outcome((Erased(blob.id),))


def _unwelcome(blob: Blob) -> Problem:
    """Bytes came, or were looked into, that are erased. Whatever was put into the store with them
    goes as well; where a new photo has the same bytes, they come again once the old ones are gone:
    ordered away once more for each arrival, they might never be."""

    async def removed(work: Work) -> Outcome:
        if blob.state == "cleared":
            # What was put there until now may have met the old bytes on their way out. From here on
            # nobody deletes any more, and the next arrival is whole.
            work.remove(BLOBS, blob.id)
        else:
            await erasing.order_again(work, blob)
        return Outcome()

    if blob.state == "recalled":
        return problems.blob_erasing(retry_after=2)
    if blob.state == "cleared":
        return problems.blob_erasing.conflict(keep=removed, retry_after=2)
    return problems.blob_erased.conflict(keep=removed)


async def _waiting_record(work: Work, rec: RecKey) -> RecKey:
    if rec[0] != "photo":
        return rec
    # Past the unit of work: it would remember the photo as it was before its record is held.
    sql = "SELECT parent_kind, parent_id FROM photo WHERE id = ?"
    rows = await work.tx.tuples(sql, rec[1])
    if not rows:
        raise problem.not_found()
    await work.hold(*rows[0])
    return (rows[0][0], rows[0][1])


async def _state_without_photo(work: Work, body: dict[str, Any], digest: str) -> str:
    """A digest that only the manifest of the submit names."""
    listed = {blob[0] for blob in (body.get("manifest") or {}).get("blobs", ())}
    if digest not in listed:
        raise problems.blob_unknown()
    blob = await work.load(BLOBS, digest)
    return blob.seen_as or "awaited" if blob else "awaited"


async def _unjudged(work: Work, digest: str) -> Blob | None:
    """The bytes if nobody judged them yet; None when somebody did, for jobs bear repetition."""
    blob = await work.load(BLOBS, digest)
    if blob is None:
        raise problems.blob_unknown()
    if blob.seen_as is None and blob.state != "cleared":
        raise _unwelcome(blob)
    return blob if blob.state == "stored" else None


async def _photos_with(work: Work, digest: str) -> list[Photo]:
    """Photos of this digest, with their records held: a handler of theirs may be at work."""
    if not work.has_found(PHOTOS, sha256=digest):
        await hold_photos(work, [digest])
    return await work.find(PHOTOS, sha256=digest)


def _publish(work: Work, photos: Iterable[Photo], blob: Blob) -> list[Photo]:
    """Moves the photos to what their bytes are; those that changed. Their records are published
    with them when they count the photo differently now: bytes that only arrived change nothing in
    a record, and would send all of it to every phone again for each photo."""
    changed = []
    recounted: dict[RecKey, None] = {}
    for photo in photos:
        moved = rules.with_bytes(photo, blob)
        if moved != photo:
            work.save(PHOTOS, moved)
            work.touch("photo", photo.id)
            changed.append(moved)
            if not rules.counts_alike(photo.state, moved.state):
                recounted[photo.parent_kind, photo.parent_id] = None
    for parent in recounted:
        work.touch(*parent)
    return changed


def _refused(digest: str, reason: str, photos: list[Photo]) -> Refused:
    ids = tuple(photo.id for photo in photos)
    return Refused(digest, reason, ids, tuple(photo.by for photo in photos))


def _waived(asked: Waive, photos: list[Photo]) -> Waived:
    ids = tuple(photo.id for photo in photos)
    return Waived(asked.digest, ids, tuple(photo.by for photo in photos), asked.reason)
