"""What people can ask of a case. The phone's types are generated from these."""

from typing import Annotated

import msgspec

from backend.foundation.evidence.commands import Capture
from backend.foundation.kernel.asked import Asked, Day, Digest, Id, Reason, Text

Workdays = Annotated[int, msgspec.Meta(ge=1, le=60)]
POINTS_MAX = 20  # more remarks than that are a meeting, not a return


class Remark(Asked, frozen=True):
    """What a remark is about (a photo's id, "measure", "note" or "other"), and the remark."""

    about: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    comment: Reason


class Assign(Asked, frozen=True):
    """A manager gives the case to the person who has to put it right, with a due day."""

    owner: Id
    due_workdays: Workdays | None = None


class Accept(Asked, frozen=True):
    """The outlet takes the case on."""


class Decline(Asked, frozen=True):
    """The owner gives the case back to the manager and says why."""

    reason: Reason


class Attach(Asked, frozen=True):
    """The owner adds a photo of the fix."""

    photo: Capture
    purpose: Annotated[str, msgspec.Meta(pattern="^after$")] = "after"


class Detach(Asked, frozen=True):
    """The person who took an after photo removes it before the fix is reported."""

    photo: Id


class Report(Asked, frozen=True):
    """The outlet reports that the fix is done, with at least one after photo."""

    note: Text = ""
    measure: Text = ""


class RequestExtension(Asked, frozen=True):
    """The owner asks for more time and says why."""

    until: Day
    reason: Reason


class Extend(Asked, frozen=True):
    """A manager moves the due day."""

    due_on: Day
    note: Text = ""


class RefuseExtension(Asked, frozen=True):
    """A manager keeps the due day and says why."""

    reason: Reason


class Approve(Asked, frozen=True):
    """A manager who did not make the fix closes the case after looking at both photos."""

    content_digest: Digest
    note: Text = ""


class Return(Asked, frozen=True):
    """A manager sends the fix back with a remark for each point."""

    content_digest: Digest
    points: Annotated[tuple[Remark, ...], msgspec.Meta(min_length=1, max_length=POINTS_MAX)]
    note: Text = ""


class Reopen(Asked, frozen=True):
    """A manager opens a closed or cancelled case again and says why."""

    reason: Reason


class Cancel(Asked, frozen=True):
    """A manager withdraws a case that should not have been raised and says why."""

    reason: Reason


class HandOver(Asked, frozen=True):
    """The case is offered to another department and stays with the sender until it accepts."""

    to_unit: Id
    reason: Reason
    to_person: Id | None = None


class TakeOver(Asked, frozen=True):
    """The other department accepts the case and becomes its owner."""


class DeclineOver(Asked, frozen=True):
    """The other department does not take the case and says why; it stays with the sender."""

    reason: Reason
