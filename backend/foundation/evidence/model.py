"""A photo as a record, the bytes behind it, and where it may be seen."""

from typing import Literal

import msgspec

from backend.foundation.evidence.commands import Geo

State = Literal["awaited", "stored", "accepted", "refused", "waived", "sealed", "erased"]
BlobState = Literal["stored", "accepted", "refused", "erasing", "erased", "recalled", "cleared"]
Purpose = Literal["answer", "finding", "before", "after", "signature", "reference"]
TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})


class Photo(msgspec.Struct, frozen=True):
    """One photo of one record: what the phone claims of it, and how far its bytes are.

    `parent` is the record's key, `retention` its retention class.
    """

    id: str
    parent_kind: str
    parent_id: str
    parent: str
    item: str | None
    finding: str | None
    purpose: str
    sha256: str
    thumb: str | None
    size: int
    type: str
    width: int
    height: int
    source: str
    by: str
    device: str
    taken_at: str
    offset_ms: int
    error_ms: int
    received_at: str
    geo: Geo | None
    token: str | None
    page: str | None
    derived_from: str | None
    state: State = "awaited"
    reason: str | None = None
    retention: str = "evidence"


class Place(msgspec.Struct, frozen=True):
    """A record that shows a photo, and the buckets it does so in. The parent is the first one."""

    id: str
    photo: str
    rec: str
    buckets: tuple[str, ...]


class Blob(msgspec.Struct, frozen=True):
    """Bytes that are here, whole and hashed. Size in bytes; measures as seen upright.

    Of erased bytes the digest is remembered: `erasing` until they are known to be gone, then
    `erased`. A new photo may have the same bytes: then it is `recalled` while the old ones are
    still on their way out, and `cleared` when they are gone (see `erasing`). `order_id` is the
    latest order to erase them, while it is not carried out.
    """

    id: str
    size: int
    type: str
    stored_at: str
    state: BlobState = "stored"
    reason: str | None = None
    width: int = 0
    height: int = 0
    tail: str | None = None
    fingerprint: str = ""
    gradient: str = ""
    sharpness: int = 0
    brightness: int = 0
    contrast: int = 0
    order_id: str | None = None

    @property
    def seen_as(self) -> Literal["stored", "accepted", "refused"] | None:
        """How far the bytes are; None when there is only a memory of them."""
        return self.state if self.state in ("stored", "accepted", "refused") else None


class Bringer(msgspec.Struct, frozen=True):
    """Who brought the bytes of a digest: they may know that we have it."""

    id: str
    digest: str
    person: str
    at: str


class Waiver(msgspec.Struct, frozen=True):
    """A person's decision that this digest will not come for this record."""

    id: str
    rec: str
    digest: str
    by: str
    at: str
    reason: str


class PhotoBody(msgspec.Struct, frozen=True):
    """What phones receive of a photo."""

    parent: tuple[str, str]
    item: str | None
    finding: str | None
    purpose: str
    sha256: str
    thumb: str | None
    size: int
    type: str
    width: int
    height: int
    source: str
    by: str
    taken_at: str
    earliest: str | None
    latest: str
    geo: Geo | None
    state: State
    reason: str | None


class Completeness(msgspec.Struct, frozen=True):
    """How far the evidence of a record is. A sealed photo counts as accepted, an erased one is not
    expected any more. `awaited` counts what has not come or was not looked
    at yet; the five always add up."""

    expected: int = 0
    accepted: int = 0
    refused: int = 0
    waived: int = 0
    awaited: int = 0

    @property
    def complete(self) -> bool:
        """Whether every expected photo is here and good, or was given up by a person."""
        return self.accepted + self.waived == self.expected


def rec_key(kind: str, id: str) -> str:
    """How a record is named in these tables."""
    return f"{kind}:{id}"


def place_id(photo: str, rec: str) -> str:
    return f"{photo}|{rec}"


def bringer_id(digest: str, person: str) -> str:
    return f"{digest}|{person}"


def waiver_id(rec: str, digest: str) -> str:
    return f"{rec}|{digest}"
