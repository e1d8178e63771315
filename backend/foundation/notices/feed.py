"""What phones receive: each their own inbox's choices. Targets are asked for by the console."""

from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work
from backend.foundation.notices.model import InboxBody
from backend.foundation.notices.tables import INBOXES


async def inbox(work: Work, record_id: str) -> Projection | None:
    """The person's choices, for their own phones. None while they chose nothing."""
    found = await work.load(INBOXES, record_id)
    if found is None:
        return None
    body = InboxBody(found.address, found.muted, found.quiet, found.language)
    return Projection(body, frozenset({f"user:{record_id}"}))
