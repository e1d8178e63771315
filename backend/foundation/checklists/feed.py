"""Checklist versions go to the phones of their line."""

from backend.foundation.checklists.model import TemplateBody
from backend.foundation.checklists.tables import TEMPLATES
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work


async def template(work: Work, id: str) -> Projection | None:
    """The version with its whole document; retired ones stay, because open rounds need them."""
    found = await work.load(TEMPLATES, id)
    if found is None:
        return None
    body = TemplateBody(
        code=found.code,
        edition=found.edition,
        title=found.title,
        line=found.line,
        rhythm=found.rhythm,
        published_at=found.published_at,
        retired_at=found.retired_at,
        doc=found.doc,
    )
    return Projection(body, frozenset({f"line:{found.line}"}))
