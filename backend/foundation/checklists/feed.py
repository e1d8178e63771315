"""Checklist versions and editions of standards go to the phones of their line, drafts to the
devices of whoever writes them."""

from typing import TypeVar

import msgspec

from backend.foundation.checklists.model import DraftBody, EditionBody, TemplateBody
from backend.foundation.checklists.tables import DRAFTS, EDITIONS, TEMPLATES
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work

B = TypeVar("B", bound=msgspec.Struct)


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


async def draft(work: Work, id: str) -> Projection | None:
    """The draft as it was last written, for its author alone."""
    found = await work.load(DRAFTS, id)
    if found is None:
        return None
    return Projection(_as(DraftBody, found), frozenset({f"user:{found.by}"}))


async def edition(work: Work, id: str) -> Projection | None:
    """The edition with its clauses; ended ones stay, because items of older versions cite them."""
    found = await work.load(EDITIONS, id)
    if found is None:
        return None
    return Projection(_as(EditionBody, found), frozenset({f"line:{found.line}"}))


def _as(body: type[B], found: msgspec.Struct) -> B:
    return body(**{name: getattr(found, name) for name in body.__struct_fields__})
