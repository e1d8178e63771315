"""What the officer's lists have in common: what can be asked of them, and where a page begins."""

from typing import Any

import msgspec

from backend.foundation.database.pages import Cursor, spanned
from backend.foundation.kernel.problem import args_invalid

_CURSOR_MAX = 240  # a moment, a kind, a record's id and a class


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What the officer asks for; None means all. `since` and `until` are moments (days on the
    retention board), the second one excluded."""

    parent_kind: str | None = None
    purpose: str | None = None
    state: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


def cursor_of(text: str | None) -> Cursor:
    """Where the last page ended. Refuses what no page of ours ended with."""
    if text is None:
        return None
    moment, bar, id = text.partition("|")
    if not (moment and bar and id) or len(text) > _CURSOR_MAX or "\x00" in text:
        raise args_invalid(field="cursor", reason="not a cursor of this list")
    return moment, id


def equal(given: list[tuple[str, str | None]]) -> tuple[str, tuple[Any, ...]]:
    """A condition on the columns that have a value."""
    asked = [(column, value) for column, value in given if value is not None]
    clause = " AND ".join(["1 = 1", *(f"{column} = ?" for column, _ in asked)])
    return clause, tuple(value for _, value in asked)


def between(
    clause: str, args: tuple[Any, ...], column: str, wanted: Filter
) -> tuple[str, tuple[Any, ...]]:
    """The condition, and from `since` on until before `until`."""
    clause, more = spanned((clause, args), column, wanted.since, wanted.until)
    return clause, tuple(more)
