"""What phones receive: each their own person's saved views."""

from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work
from backend.foundation.saved_views.model import SavedViewsBody
from backend.foundation.saved_views.tables import SAVED_VIEWS


async def saved_views(work: Work, record_id: str) -> Projection | None:
    """The person's views, for their own phones. None when they have none."""
    found = await work.load(SAVED_VIEWS, record_id)
    if found is None:
        return None
    return Projection(SavedViewsBody(found.views), frozenset({f"user:{record_id}"}))
