"""How features say how long something is kept, and learn that its time has come.

A feature calls `keep` when a record, or the photos of one, begin to count down; when the day comes
and no hold is on the record, the shared fact `RetentionEnded` follows once. What was erased before
its day (a withdrawal) is no longer kept: `certifying.order` sees to that.
"""

from datetime import date

import msgspec

from backend.foundation.evidence.model import rec_key
from backend.foundation.journal.envelope import Context, RecKey
from backend.foundation.journal.purpose import Retention
from backend.foundation.journal.work import Work
from backend.foundation.privacy.model import Kept
from backend.foundation.privacy.rules import keeping as rules
from backend.foundation.privacy.tables import HOLDS, KEPT


async def keep(
    work: Work,
    rec: RecKey,
    klass: Retention,
    since: date,
    *,
    outlet: str,
    line: str | None = None,
) -> Kept:
    """Stages the due date of this class of things of the record, counted from a local day. Called
    again, it is counted anew; what has ended stays ended."""
    row = rules.kept(rec, klass, since, outlet, line)
    there = await work.member(KEPT, row.id, rec=row.rec)
    if there is not None and there.state == "ended":
        return there
    work.save(KEPT, row)
    return row


async def kept_of(work: Work, rec: RecKey) -> list[Kept]:
    """Everything kept of the record, ended or not."""
    return await work.find(KEPT, rec=rec_key(*rec))


async def is_held(work: Work, rec: RecKey) -> bool:
    """Whether a hold stops the erasing of this record. For a record that is locked."""
    return rules.is_held(await work.find(HOLDS, rec=rec_key(*rec)))


async def end(work: Work, rec: RecKey, ctx: Context, certificate: str) -> None:
    """Nothing of the record is kept any more: this certificate answers whatever was counted."""
    for row in await kept_of(work, rec):
        if row.state == "kept":
            row = rules.ended(row, ctx)
        work.save(KEPT, msgspec.structs.replace(row, certificate=row.certificate or certificate))


async def answered(work: Work, rec: RecKey, klass: str, certificate: str) -> None:
    """The end of this class was answered by this certificate."""
    row = await work.member(KEPT, rules.kept_id(rec, klass), rec=rec_key(*rec))
    if row is not None and row.certificate is None:
        work.save(KEPT, msgspec.structs.replace(row, certificate=certificate))
