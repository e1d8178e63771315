"""Photos and signatures of a round, before it is submitted."""

from backend.features.inspections.commands import Attach, Detach
from backend.features.inspections.facts import PhotoAttached, PhotoDetached
from backend.features.inspections.handlers.loading import (
    KIND,
    changed,
    held,
    writable,
)
from backend.features.inspections.model import Round
from backend.features.inspections.rules.decision import buckets_of, place, require_living
from backend.features.inspections.rules.finding import raised
from backend.features.inspections.tables.sheets import found_in, photos_in
from backend.foundation.checklists import problems as checklists
from backend.foundation.checklists.answering import version_of
from backend.foundation.evidence import attaching
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import not_found


async def attach(work: Work, asked: Attach, ctx: Context) -> Outcome:
    round_, how = await held(work, ctx)
    if round_.state != "submitted" or not await _replaces_refused(work, round_, asked):
        require_living(round_)
    if asked.item is not None:
        version = await version_of(work, round_.template)
        if asked.item not in version.items:
            raise checklists.template_item_unknown(item=asked.item)
    photo = await attaching.attach(
        work,
        asked.photo,
        ctx,
        parent=(KIND, round_.id),
        buckets=buckets_of(round_),
        purpose=asked.purpose,
        item=asked.item,
        finding=asked.finding,
    )
    fact = PhotoAttached(
        **place(round_),
        photo=photo.id,
        sha256=photo.sha256,
        item=asked.item,
        finding=asked.finding,
        purpose=asked.purpose,
    )
    told = await _told_to_cases(work, round_, asked.finding)
    return changed(work, round_, how, ctx, asked.item, (fact, *told))


async def _told_to_cases(
    work: Work, round_: Round, finding: str | None, item: str | None = None
) -> tuple[Fact, ...]:
    """The cases that show the pictures of this finding, or of this item, learn of a change: those
    of danger while the round goes on, and all of them when a refused photo is taken again."""
    items = (await version_of(work, round_.template)).items
    photos = await photos_in(work, round_)
    return tuple(
        raised(round_, one, items[one.item], photos, on_spot=False)
        for one in await found_in(work, round_)
        if (one.raised or round_.state == "submitted")
        and (one.id == finding or (item is not None and one.item == item))
    )


async def _replaces_refused(work: Work, round_: Round, asked: Attach) -> bool:
    """Whether the photo stands in for one that was refused after the round was handed in: the
    inspector is asked to take it again, and must not be told that the round is locked."""
    there = [
        photo
        for photo in await attaching.photos_of(work, (KIND, round_.id))
        if (photo.item, photo.finding) == (asked.item, asked.finding)
    ]
    sent = {digest for digest, _ in round_.manifest.blobs} if round_.manifest else set()
    refused = sum(photo.state == "refused" for photo in there)
    retaken = sum(photo.state != "refused" and photo.sha256 not in sent for photo in there)
    return refused > retaken


async def detach(work: Work, asked: Detach, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    photo = await work.load(PHOTOS, asked.photo)
    if photo is None or (photo.parent_kind, photo.parent_id) != (KIND, round_.id):
        raise not_found()
    if how == "earlier" and photo.by != ctx.actor.id:
        raise not_found()
    await attaching.detach(work, photo)
    fact = PhotoDetached(**place(round_), photo=photo.id, reason=asked.reason)
    told = await _told_to_cases(work, round_, photo.finding, photo.item)
    return changed(work, round_, how, ctx, photo.item, (fact, *told))
