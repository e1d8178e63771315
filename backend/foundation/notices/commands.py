"""What can be asked about notices, one's own choices, and targets."""

from typing import Annotated

import msgspec

from backend.foundation.kernel.sealed_text import SealedText
from backend.foundation.notices.model import (
    FactName,
    FeatureName,
    Language,
    MailAddress,
    Name,
    Quiet,
    TargetKind,
)
from backend.foundation.organisation.model import RecordId

READ_MAX = 200  # a holiday's notices; the phone sends more in another command
Kinds = Annotated[tuple[FactName, ...], msgspec.Meta(min_length=1, max_length=100)]
Outlets = Annotated[tuple[RecordId, ...], msgspec.Meta(max_length=200)]
Lines = Annotated[tuple[RecordId, ...], msgspec.Meta(max_length=50)]


class MarkRead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Note that one has read notices of one's own; those that are gone meanwhile are left out."""

    notices: Annotated[tuple[RecordId, ...], msgspec.Meta(min_length=1, max_length=READ_MAX)]


class Choose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Choose which features send one e-mail, at which hours not, and in which language."""

    muted: Annotated[tuple[FeatureName, ...], msgspec.Meta(max_length=40)]
    quiet: Quiet | None
    language: Language


class SetAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Set the address that a person's e-mail goes to; none means that none is sent."""

    address: MailAddress | None


class AddTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Add a webhook or a group's robot that is told what happens; address and secret are sealed."""

    name: Name
    kind: TargetKind
    sealed: SealedText
    kinds: Kinds
    outlets: Outlets = ()
    lines: Lines = ()
    language: Language = "zh"


class ChangeTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Change what a target is told, or its address and secret; what is left out stays as it is."""

    name: Name | None = None
    sealed: SealedText | None = None
    kinds: Kinds | None = None
    outlets: Outlets | None = None
    lines: Lines | None = None
    language: Language | None = None


class PauseTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Send nothing to a target until it is resumed; what happens meanwhile waits for it."""


class ResumeTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Send to a target again, beginning with what waited, in order."""


class TestTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Send a target a message that says it is a test, after what waits for it."""


class ReplayTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Send a target again what it was sent: one message, or everything since a moment, in order."""

    delivery: RecordId | None = None
    since: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class RemoveTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Remove a target with its address and secret; what waited for it is dropped."""
