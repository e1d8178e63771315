"""What every store promises.

`put` creates and never overwrites: of any number of racing writers one creates the object, and
the others learn that it is there already. A writer is told `already_there` only after size and
SHA-256 of what is there were compared with what it brought; a difference is a `Conflict`, loud,
because under a content address it means broken bytes. When `put` has returned, the bytes survive
a killed process; the folder also forces them to the disk first.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Put = Literal["stored", "already_there"]

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Missing(Exception):
    """No object of that key; `key` says which."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no object {key}")
        self.key = key


class Conflict(Exception):
    """The key is taken by other bytes than the ones brought."""

    def __init__(self, key: str) -> None:
        super().__init__(f"object {key} holds other bytes")
        self.key = key


class StoreUnreachable(Exception):
    """The store did not answer, or not in a way that says what happened: try again later."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One object: `size` in bytes; `sha256` as 64 hex digits, None where the store kept none."""

    key: str
    size: int
    sha256: str | None = None


class ObjectStore(Protocol):
    async def put(self, key: str, source: Path | bytes, *, sha256: str) -> Put:
        """Create `key` from a file or from bytes whose SHA-256 is known. Raises Conflict."""
        ...

    async def get(self, key: str, first: int = 0, last: int | None = None) -> bytes:
        """Bytes `first` to `last`, both included; `last` None is the end. Raises Missing."""
        ...

    async def head(self, key: str) -> Stored:
        """Size and, where kept, digest. Raises Missing."""
        ...

    async def exists(self, key: str) -> bool: ...

    async def delete(self, key: str) -> None:
        """Remove it; a key that is not there is no error."""
        ...

    async def erase(self, prefix: str) -> None:
        """Remove every object whose key begins with `prefix`, in every version that the store
        keeps. Nothing there is no error; StoreUnreachable when it could not be done."""
        ...

    async def remains(self, prefix: str) -> bool:
        """Whether anything is there under `prefix`, in whatever version: asked, not remembered."""
        ...

    def list(self, prefix: str = "") -> AsyncIterator[Stored]:
        """Every object whose key begins with `prefix`, in no promised order."""
        ...

    async def look(self) -> None:
        """Returns when the place is there and can be written to. Raises StoreUnreachable."""
        ...

    async def make(self) -> bool:
        """Makes the place if there is none yet; whether it did. Raises StoreUnreachable."""
        ...

    async def close(self) -> None: ...


def checked_key(key: str) -> str:
    """The key itself, if it can be a path and an S3 key alike; a ValueError otherwise."""
    if len(key) > 200 or ".." in key or not _KEY.fullmatch(key):
        raise ValueError(f"not a store key: {key!r}")
    return key


def original_key(sha256: str) -> str:
    """`objects/ab/cd/abcd…`: two levels, so that no folder grows past a few thousand entries."""
    return _spread("objects", sha256)


def rendition_key(sha256: str, size: int) -> str:
    """The key of the picture of at most `size` pixels made from that original."""
    return f"{_spread('renditions', sha256)}.{int(size)}.webp"


def quarantine_key(sha256: str) -> str:
    """Where bytes go that the probe refused: kept for a person to look at, served to nobody."""
    return _spread("quarantine", sha256)


def every_prefix(sha256: str) -> tuple[str, ...]:
    """Where anything may lie that was made of these bytes: as they came, smaller, out of sight."""
    return tuple(_spread(folder, sha256) for folder in ("objects", "renditions", "quarantine"))


def _spread(folder: str, sha256: str) -> str:
    if not _DIGEST.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in hex: {sha256!r}")
    return f"{folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
