"""Notices, consents, holds, certificates and due dates, as kept and as phones receive them."""

from typing import Literal

import msgspec

from backend.foundation.checklists.template import Words
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.privacy.commands import Asker, Channel, Document, How, Principal
from backend.foundation.privacy.notice import Point

Cause = Literal["withdrawal", "retention", "request"]
Stand = Literal["given", "refused", "withdrawn", "expired", "missing"]


class Notice(msgspec.Struct, frozen=True):
    """One immutable version. Only `retired_at` ever changes."""

    id: str
    code: str
    edition: str
    title: Words
    points: tuple[Point, ...]
    purposes: tuple[str, ...]
    published_by: str
    published_at: str
    retired_at: str | None = None


class NoticeBody(msgspec.Struct, frozen=True):
    """What a phone receives of a notice."""

    code: str
    edition: str
    title: Words
    points: tuple[Point, ...]
    purposes: tuple[str, ...]
    published_at: str
    retired_at: str | None


class Consent(msgspec.Struct, frozen=True):
    """What one person answered to one notice. `given_at` is the phone's time corrected by its
    clock sample, `occurred_at` what the phone itself said."""

    id: str
    parent_kind: str
    parent_id: str
    parent: str
    outlet: str
    line: str | None
    buckets: tuple[str, ...]
    notice: str
    late_notice: bool
    principal: Principal
    minor: bool
    how: How
    photo: str | None
    witness: str | None
    staff: tuple[str, ...]
    by: str
    device: str
    given_at: str
    occurred_at: str
    offset_ms: int
    error_ms: int
    received_at: str
    valid_until: str | None


class Answer(msgspec.Struct, frozen=True):
    """The answer to one purpose, and how it was taken back if it was. `action` is what happened to
    what was kept under it."""

    id: str
    consent: str
    purpose: str
    given: bool
    withdrawn_at: str | None = None
    recorded_at: str | None = None
    channel: Channel | None = None
    asked_by: Asker | None = None
    staff: str | None = None
    action: AtEnd | None = None
    erase_by: str | None = None


class AnswerBody(msgspec.Struct, frozen=True):
    """What a phone receives of one answer."""

    purpose: str
    given: bool
    withdrawn_at: str | None
    channel: Channel | None
    asked_by: Asker | None
    action: AtEnd | None
    erase_by: str | None


class ConsentBody(msgspec.Struct, frozen=True):
    """What a phone receives of a consent. No name, no address: they are the parent's."""

    parent: tuple[str, str]
    outlet: str
    line: str | None
    notice: str
    late_notice: bool
    principal: Principal
    minor: bool
    answers: tuple[AnswerBody, ...]
    how: How
    photo: str | None
    witness: str | None
    staff: tuple[str, ...]
    by: str
    given_at: str
    received_at: str
    valid_until: str | None


class Standing(msgspec.Struct, frozen=True):
    """How a person stands to a purpose at a moment, by which consent, and since when."""

    state: Stand
    consent: str | None = None
    since: str | None = None
    valid_until: str | None = None

    @property
    def holds(self) -> bool:
        """Whether what the purpose needs may be done."""
        return self.state == "given"


class Sighting(msgspec.Struct, frozen=True):
    """An identity document that somebody looked at. This is all that is ever kept of it."""

    kind: Document
    last_four: str | None
    matches: bool
    by: str
    at: str


class Kept(msgspec.Struct, frozen=True):
    """A class of things of one record: until which local day it is kept, and what then. `reason` is
    the code of the class, whose words say why. `certificate` names what answered the end."""

    id: str
    kind: str
    rec_id: str
    rec: str
    klass: str
    action: AtEnd
    outlet: str
    line: str | None
    since: str
    days: int
    due_on: str
    reason: str
    state: Literal["kept", "ended"] = "kept"
    ended_at: str | None = None
    certificate: str | None = None


class Hold(msgspec.Struct, frozen=True):
    """Somebody stopped the erasing of a record, and why."""

    id: str
    kind: str
    rec_id: str
    rec: str
    by: str
    why: str
    at: str
    released_by: str | None = None
    released_why: str | None = None
    released_at: str | None = None


class HoldBody(msgspec.Struct, frozen=True):
    """What the officer's phone receives of a hold."""

    parent: tuple[str, str]
    by: str
    why: str
    at: str
    released_by: str | None
    released_why: str | None
    released_at: str | None


class Certificate(msgspec.Struct, frozen=True):
    """What was erased or sealed, why, and when it was gone. `erase_by` is the promise."""

    id: str
    cause: Cause
    action: AtEnd
    kind: str
    rec_id: str
    rec: str
    rule: str
    records: tuple[tuple[str, str], ...]
    fields: int
    digests: tuple[str, ...]
    by: str
    ordered_at: str
    erase_by: str
    state: Literal["ordered", "done"]
    done_at: str | None = None


class CertificateBody(msgspec.Struct, frozen=True):
    """What the officer's phone receives of a certificate."""

    cause: Cause
    action: AtEnd
    parent: tuple[str, str]
    rule: str
    records: tuple[tuple[str, str], ...]
    fields: int
    digests: tuple[str, ...]
    by: str
    ordered_at: str
    erase_by: str
    state: Literal["ordered", "done"]
    done_at: str | None


class Awaited(msgspec.Struct, frozen=True):
    """Bytes that a certificate waits for to be gone."""

    id: str
    certificate: str
    digest: str
    gone_at: str | None = None
