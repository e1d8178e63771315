"""What phones receive of a case, and who receives it."""

from typing import Any

from backend.features.rectifications.model import Rectification, content_digest
from backend.features.rectifications.rules.decision import buckets_of
from backend.features.rectifications.tables import CASES
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.search import Sought
from backend.foundation.journal.tallies import Cell, Counts
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import parse
from backend.foundation.organisation.calendar import month_of

KIND = "rectification"
FIELDS = (
    "finding",
    "round",
    "outlet",
    "line",
    "item",
    "severity",
    "text",
    "cause",
    "measure",
    "on_spot",
    "state",
    "owner",
    "dept",
    "handover",
    "due_at",
    "due_steps",
    "late",
    "raised_by",
    "raised_at",
    "opened_at",
    "fixed_by",
    "reported_at",
    "closed_at",
    "extension",
    "events",
    "returns",
)


async def rectification(work: Work, id: str) -> Projection | None:
    """The case on the desk of its outlet and line, and with everybody it names."""
    case = await work.load(CASES, id)
    if case is None:
        return None
    return Projection(body_of(case), buckets_of(case), _sought(case), _counts(case))


def _sought(case: Rectification) -> Sought:
    """By the item in both tongues, and by everything that people wrote into the case."""
    remarks = [
        text
        for event in case.events
        for text in (event.note, *(point.comment for point in event.points))
    ]
    texts = (
        case.item.no,
        *case.item.text.values(),
        case.text,
        case.cause,
        case.measure,
        case.extension.reason if case.extension else "",
        case.handover.reason if case.handover else "",
        *remarks,
    )
    return Sought(case.outlet, case.line, case.opened_at, (KIND, case.id), texts)


def _counts(case: Rectification) -> Counts:
    """Once, in the month in which it was opened, whatever becomes of it."""
    cell = Cell("failed", month_of(parse(case.opened_at)), case.item_key, (1,))
    return Counts(case.outlet, case.line, (cell,))


def body_of(case: Rectification) -> dict[str, Any]:
    """The wire body. `content_digest` is what approve and return must name."""
    body: dict[str, Any] = {name: getattr(case, name) for name in FIELDS}
    body["before"] = [photo.id for photo in case.before]
    body["after"] = [photo.id for photo in case.after]
    body["content_digest"] = content_digest(case)
    return body
