"""What can be asked of evidence. `Capture` travels inside the features' own attach commands."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.kernel.asked import Asked, Digest, Id, Instant
from backend.foundation.kernel.limits import CODE_MAX, TEXT_MAX

Count = Annotated[int, msgspec.Meta(ge=0, le=2**40)]
Source = Literal["camera", "gallery", "drawn"]


class Geo(Asked, frozen=True):
    """Where the phone was, as it said: millionths of a degree, metres, and its own time."""

    lat: Annotated[int, msgspec.Meta(ge=-90_000_000, le=90_000_000)]
    lon: Annotated[int, msgspec.Meta(ge=-180_000_000, le=180_000_000)]
    acc: Count
    at: Instant


class Capture(Asked, frozen=True):
    """One photo as the phone recorded it at the moment of taking. Its bytes travel apart.

    `thumb` is the digest of a small picture that is sent first; `token` the server's signed time
    that the phone held, `page` the life of the page that took it, `derived_from` the digest of a
    larger original that the phone made this one from to save data.
    """

    id: Id
    sha256: Digest
    size: Count
    type: Annotated[str, msgspec.Meta(max_length=CODE_MAX)]
    source: Source
    taken_at: Instant
    width: Count = 0
    height: Count = 0
    thumb: Digest | None = None
    geo: Geo | None = None
    token: Annotated[str, msgspec.Meta(max_length=TEXT_MAX)] | None = None
    page: Annotated[str, msgspec.Meta(max_length=CODE_MAX)] | None = None
    derived_from: Digest | None = None


class Waive(Asked, frozen=True):
    """A manager declares that a lost or refused photo will not come, and says why."""

    digest: Digest
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_MAX)]


class OpenSealed(Asked, frozen=True):
    """The data-protection officer looks at a sealed photo, and says why."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_MAX)]


class ConfirmErased(Asked, frozen=True):
    """The server has asked the store and found none of the bytes left."""

    order: Id


class Receive(Asked, frozen=True):
    """The server has received, hashed and stored the bytes of a photo."""

    size: Count
    type: Annotated[str, msgspec.Meta(max_length=CODE_MAX)]
    by: Id


class Accept(Asked, frozen=True):
    """The server has looked into the bytes and found a photo."""

    type: str
    width: Count
    height: Count
    sharpness: Count
    brightness: Count
    contrast: Count
    fingerprint: str
    gradient: str
    tail: str | None = None


class Refuse(Asked, frozen=True):
    """The server has looked into the bytes and found no photo it may keep in sight."""

    reason: Annotated[str, msgspec.Meta(max_length=CODE_MAX)]
