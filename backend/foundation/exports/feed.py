"""What phones receive of an export: whoever ordered it sees how far it has come."""

from backend.foundation.exports.tables import EXPORTS
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work

FIELDS = (
    "list",
    "query",
    "kind",
    "language",
    "by",
    "ordered_at",
    "state",
    "rows",
    "size",
    "until",
    "problem",
)


async def export(work: Work, id: str) -> Projection | None:
    """The order, until its file was taken away."""
    found = await work.load(EXPORTS, id)
    if found is None:
        return None
    body = {name: getattr(found, name) for name in FIELDS}
    return Projection(body, frozenset({f"user:{found.by}"}))
