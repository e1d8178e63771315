"""What can be asked of exports. All but the first and the last is asked by the worker."""

from typing import Annotated

import msgspec

from backend.foundation.exports.model import FileKind, Language
from backend.foundation.kernel.asked import Asked, Digest, Key

Values = Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)]
Query = Annotated[dict[Key, Key | Values], msgspec.Meta(max_length=20)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Order(Asked, frozen=True):
    """Orders a list as a file."""

    list: Key
    query: Query
    kind: FileKind
    language: Language


class Progress(Asked, frozen=True):
    """Says how many rows are written."""

    rows: Count


class Finish(Asked, frozen=True):
    """Says that the file is made, and what it is."""

    rows: Count
    size: Count
    sha256: Digest
    reach: Digest


class Fail(Asked, frozen=True):
    """Says that there will be no file, and why."""

    problem: Key


class Remove(Asked, frozen=True):
    """Takes the file away."""
