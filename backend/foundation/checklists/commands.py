"""What the office can ask about checklists."""

from typing import Annotated, Any, Literal

import msgspec

from backend.foundation.checklists.template import ClauseKind, Key, TemplateDoc, Tenths, Words
from backend.foundation.kernel import limits

Rhythm = Literal["daily", "weekly", "monthly", "quarterly", "self_check", "leader", "unscheduled"]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Written = Annotated[str, msgspec.Meta(max_length=limits.CODE_MAX)]
Edition = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.CODE_MAX)]


class PublishTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Put a checklist version in force; its id is the digest of its content."""

    code: Key
    edition: Edition
    line: Key
    rhythm: Rhythm
    doc: TemplateDoc


class RetireTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take a checklist version out of use, at once or after a last day; rounds that have it keep
    it to the end."""

    last_day: Day | None = None


class KeepDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keep what has been written of a checklist so far, finished or not.

    `doc` may still be anything that is not sound; `begun_from` is the version it was begun from."""

    code: Written = ""
    edition: Written = ""
    line: Written = ""
    rhythm: Written = "unscheduled"
    doc: dict[str, Any] = {}
    # Not `origin`: a field of a body that is called like something that calls are given is taken
    # for a mistake of ours where it is wrong.
    begun_from: Written | None = None


class DropDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Throw a draft of a checklist away."""


class EditionClause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One clause of a standard: its number, whether it is about things (`hard`) or conduct
    (`soft`), its words, and the points it is worth, in tenths."""

    no: Key
    kind: ClauseKind
    text: Words
    points: Tenths


class PublishEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Put an edition of a standard in force from a day on; its clauses never change."""

    code: Key
    title: Words
    edition: Edition
    line: Key
    effective_from: Day
    clauses: Annotated[
        tuple[EditionClause, ...], msgspec.Meta(min_length=1, max_length=limits.CLAUSES_MAX)
    ]
    effective_to: Day | None = None


class EndEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Say on which day an edition of a standard is in force for the last time."""

    effective_to: Day
