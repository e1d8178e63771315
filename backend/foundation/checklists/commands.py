"""What the office can ask about checklists."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.checklists.template import Key, TemplateDoc
from backend.foundation.kernel import limits

Rhythm = Literal["daily", "weekly", "monthly", "quarterly", "self_check", "leader", "unscheduled"]
Edition = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.CODE_MAX)]


class PublishTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Put a checklist version in force; its id is the digest of its content."""

    code: Key
    edition: Edition
    line: Key
    rhythm: Rhythm
    doc: TemplateDoc


class RetireTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take a checklist version out of use; rounds that have it keep it to the end."""
