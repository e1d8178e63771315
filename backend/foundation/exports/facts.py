"""What happened to exports: who took which list, of whose work, when. No filter holds a name."""

from typing import Any

from backend.foundation.journal.envelope import Fact


class Ordered(Fact, frozen=True):
    """Somebody ordered a list as a file."""

    list: str
    query: dict[str, Any]
    kind: str


class Finished(Fact, frozen=True):
    """The file was made, and holds so many rows."""

    rows: int
    sha256: str


class Failed(Fact, frozen=True):
    """There is no file, and why."""

    problem: str


class Removed(Fact, frozen=True):
    """Its time was over."""


ALL = (Ordered, Finished, Failed, Removed)
