"""What people can ask of a round. The phone's types are generated from these."""

from typing import Annotated, Any, Literal

import msgspec

from backend.foundation.checklists.commands import Rhythm
from backend.foundation.checklists.sheet import MAIN, Severity
from backend.foundation.evidence.commands import Capture
from backend.foundation.kernel.asked import Asked, Digest, Id, Instant, Key, Reason, Text
from backend.foundation.kernel.limits import ITEMS_MAX

Purpose = Literal["answer", "finding", "before", "after", "signature"]
BLOBS_MAX = 1000  # pictures of one round; 40 items with 20 each stay below


class Assign(Asked, frozen=True):
    """A manager gives a round at an outlet to a person, with a time window."""

    template: Digest
    outlet: Id
    assignee: Id
    opens_at: Instant
    due_at: Instant
    rhythm: Rhythm


class Reassign(Asked, frozen=True):
    """A manager gives a round to somebody else and says why; work done meanwhile is kept."""

    assignee: Id
    reason: Reason


class Cancel(Asked, frozen=True):
    """A manager calls a round off and says why."""

    reason: Reason


class Start(Asked, frozen=True):
    """An inspector starts a round that nobody planned."""

    template: Digest
    outlet: Id


class Open(Asked, frozen=True):
    """The inspector opens the round at the outlet."""


class SetAnswer(Asked, frozen=True):
    """The inspector answers one item of the checklist."""

    item: Key
    value: Any
    note: Text = ""
    slot: Key = MAIN


class ClearAnswer(Asked, frozen=True):
    """The inspector takes an answer back, so that the item is open again."""

    item: Key
    slot: Key = MAIN


class Attach(Asked, frozen=True):
    """The inspector adds a photo or a signature to an item or a finding."""

    photo: Capture
    purpose: Purpose
    item: Key | None = None
    finding: Id | None = None


class Detach(Asked, frozen=True):
    """The inspector deletes a photo before the round is submitted."""

    photo: Id
    reason: Text = ""


class RecordFinding(Asked, frozen=True):
    """The inspector writes down what is wrong, how serious and why; danger is told at once."""

    finding: Id
    item: Key
    severity: Severity
    text: Reason
    cause: Text = ""
    measure: Text = ""
    on_spot: bool = False


class DropFinding(Asked, frozen=True):
    """The inspector withdraws a finding before the round is submitted."""

    finding: Id


class Manifest(Asked, frozen=True):
    """What the phone believes it sent: the server compares, and waits for what is missing."""

    answers: Annotated[int, msgspec.Meta(ge=0, le=ITEMS_MAX)]
    hash: Digest
    blobs: Annotated[
        tuple[tuple[Digest, Annotated[int, msgspec.Meta(ge=0)]], ...],
        msgspec.Meta(max_length=BLOBS_MAX),
    ] = ()


class Submit(Asked, frozen=True):
    """The inspector hands the round in; from then on the sheet does not change."""

    manifest: Manifest
    signature: Id | None = None


class Amend(Asked, frozen=True):
    """Somebody responsible corrects a submitted answer; both stay readable, with the reason."""

    item: Key
    value: Any
    reason: Reason
    note: Text = ""
