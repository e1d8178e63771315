"""Erasing once more what was erased after the backup that the house was restored from."""

from backend.foundation.evidence import erasing
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import SYSTEM_ID
from backend.foundation.privacy.commands import RepeatErasure


async def repeat(work: Work, asked: RepeatErasure, ctx: Context) -> Outcome:
    """The record goes, whatever state it is in and whatever holds lie on it: all of that was
    decided when it went for the first time. A record that the backup does not know is erased as
    well, so that no phone brings it back. The packages clear what they keep of it."""
    if ctx.actor.id != SYSTEM_ID:  # a role could be given to somebody; this is nobody's to ask
        raise problem.forbidden(move="repeat_erasure")
    kind, id = ctx.rec
    photo = await work.load(PHOTOS, id) if kind == "photo" else None
    if photo is not None:
        await erasing.erase(work, [photo])
    work.erase(kind, id, digests=asked.digests, within=asked.within, people=asked.people)
    await erasing.let_go(work, asked.digests)
    return Outcome()
