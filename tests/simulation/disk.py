"""What a phone has written down, and what a dead battery takes back.

A commit is all or nothing. A strict commit is on the medium, and with it everything before it; the
last relaxed ones may be lost when the browser dies. A lost connection or a full store fails a
commit before it happens.
"""

from collections.abc import Iterable
from typing import Any

Write = tuple[str, Any, Any]  # table, key, value
GONE = object()


class StoreFailed(Exception):
    """The commit did not happen, and the page knows."""


class Disk:
    """Tables of immutable values."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, Any]] = {}
        self.fail_next: str | None = None
        self._relaxed: list[list[Write]] = []

    def table(self, name: str) -> dict[Any, Any]:
        """The table as committed. Not to be changed by the reader."""
        return self.tables.setdefault(name, {})

    def commit(self, writes: Iterable[Write], *, strict: bool) -> None:
        """Writes all of it. Raises StoreFailed when a fault was waiting for the next commit."""
        if self.fail_next is not None:
            reason, self.fail_next = self.fail_next, None
            raise StoreFailed(reason)
        undo: list[Write] = []
        for table, key, value in writes:
            undo.append((table, key, self.table(table).get(key, GONE)))
            self._put(table, key, value)
        if strict:
            self._relaxed.clear()
        else:
            self._relaxed.append(undo)

    def kill(self, lose: int) -> int:
        """The page dies; up to `lose` of the last relaxed commits are taken back. How many were."""
        taken = 0
        while taken < lose and self._relaxed:
            for table, key, before in reversed(self._relaxed.pop()):
                self._put(table, key, before)
            taken += 1
        self._relaxed.clear()
        return taken

    def wipe(self) -> None:
        """The browser evicts the whole origin."""
        self.tables.clear()
        self._relaxed.clear()

    def _put(self, table: str, key: Any, value: Any) -> None:
        if value is GONE:
            self.table(table).pop(key, None)
        else:
            self.table(table)[key] = value
