"""What one person's phone holds of the server, as the judges see it."""

from typing import Any, Protocol

import msgspec


class Row(msgspec.Struct, frozen=True):
    """A record as received: body, revision, and per bucket the version it came at."""

    rev: int
    body: Any
    places: dict[str, int]


class Replica(Protocol):
    """One person's records on one device."""

    @property
    def person(self) -> str: ...
    @property
    def epoch(self) -> str | None: ...
    def cursors(self) -> dict[str, int]: ...
    def rows(self) -> dict[tuple[str, str], Row]: ...
