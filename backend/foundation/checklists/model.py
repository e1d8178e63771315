"""Checklist versions, drafts of them, and editions of standards: as they are kept and as phones
receive them."""

from typing import Any

import msgspec

from backend.foundation.checklists.commands import EditionClause, Rhythm
from backend.foundation.checklists.template import TemplateDoc, Words
from backend.foundation.kernel.clock import Moment, wire


class Template(msgspec.Struct, frozen=True):
    """One immutable version. Only `retired_at` ever changes: from that moment on, which may lie
    ahead, no new round is planned with it."""

    id: str
    code: str
    edition: str
    line: str
    rhythm: Rhythm
    title: Words
    doc: TemplateDoc
    published_by: str
    published_at: str
    retired_at: str | None

    def is_retired(self, at: Moment) -> bool:
        """Whether it was out of use at that moment."""
        return self.retired_at is not None and self.retired_at <= wire(at)


class TemplateBody(msgspec.Struct, frozen=True):
    """What a phone receives of a version."""

    code: str
    edition: str
    title: Words
    line: str
    rhythm: Rhythm
    published_at: str
    retired_at: str | None
    doc: TemplateDoc


class Draft(msgspec.Struct, frozen=True):
    """What one person has written of a checklist so far. `doc` is whatever the editor holds.

    `rev` counts what arrived; `copy_of` is the draft of which this is what another device wrote
    without having seen it."""

    id: str
    by: str
    code: str
    edition: str
    line: str
    rhythm: str
    doc: dict[str, Any]
    begun_from: str | None
    copy_of: str | None
    device: str
    at: str
    rev: int


class DraftBody(msgspec.Struct, frozen=True):
    """What its author's devices receive of a draft."""

    code: str
    edition: str
    line: str
    rhythm: str
    doc: dict[str, Any]
    begun_from: str | None
    copy_of: str | None
    at: str
    rev: int


class Edition(msgspec.Struct, frozen=True):
    """One edition of a standard. Only `effective_to`, its last day, ever changes."""

    id: str
    code: str
    title: Words
    edition: str
    line: str
    effective_from: str
    effective_to: str | None
    clauses: tuple[EditionClause, ...]
    published_by: str
    published_at: str


class EditionBody(msgspec.Struct, frozen=True):
    """What phones receive of an edition."""

    code: str
    title: Words
    edition: str
    line: str
    effective_from: str
    effective_to: str | None
    clauses: tuple[EditionClause, ...]
    published_at: str
