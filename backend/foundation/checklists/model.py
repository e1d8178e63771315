"""A published checklist version, as it is kept and as phones receive it."""

import msgspec

from backend.foundation.checklists.commands import Rhythm
from backend.foundation.checklists.template import TemplateDoc, Words


class Template(msgspec.Struct, frozen=True):
    """One immutable version. Only `retired_at` ever changes."""

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
