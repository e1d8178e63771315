"""What is due: the worker's look. It decides nothing; `privacy.expire` does, record by record.

Promises: whatever is due and not held is told of once, in the transaction that marks it; a worker
killed anywhere, or two of them at once, tell nothing twice. A record whose end crashes stops no
other one; it is tried again at the next look.
"""

import logging
from datetime import date

from backend.foundation.database.transaction import Tx
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.calendar import business_day
from backend.foundation.privacy.commands import Expire

AT_ONCE = 100  # one look; the next follows at once while there are more
log = logging.getLogger("xunfang.privacy")
_DUE = (
    "SELECT k.id, k.kind, k.rec_id, k.klass FROM privacy_retention k "
    "WHERE k.state = 'kept' AND k.due_on <= ? AND k.id > ? AND NOT EXISTS "
    "(SELECT 1 FROM privacy_hold h WHERE h.rec = k.rec AND h.released_at IS NULL) "
    "ORDER BY k.id LIMIT ?"
)


async def expire_due(journal: Journal) -> int:
    """Ends everything that is due today; how much was tried. Raises what the database raises."""
    today, after, tried = business_day(journal.clock.now()), "", 0
    while True:
        async with journal.database.reading() as tx:
            found = await _due(tx, today, after)
        for id, kind, rec_id, klass in found:
            tried += 1
            after = id
            try:
                await journal.command("privacy.expire", (kind, rec_id), Expire(klass=klass))
            except Problem as refused:
                log.warning("%s of %s %s did not end: %s", klass, kind, rec_id, refused.code)
            except Exception:
                log.exception("%s of %s %s did not end", klass, kind, rec_id)
        if len(found) < AT_ONCE:
            return tried


async def _due(tx: Tx, today: date, after: str) -> list[tuple[str, str, str, str]]:
    rows = await tx.tuples(_DUE, today.isoformat(), after, AT_ONCE)
    return [(id, kind, rec_id, klass) for id, kind, rec_id, klass in rows]
