"""Conditional and partial requests (RFC 9110, sections 13 and 14), for bytes that never change."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last byte, both included; unsatisfiable when the first lies behind the end."""

    first: int
    last: int

    @property
    def satisfiable(self) -> bool:
        return 0 <= self.first <= self.last


def is_unchanged(if_none_match: str | None, etag: str) -> bool:
    """Whether the caller holds these bytes already. Weak and strong tags compare alike here."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag in tags


def span_of(asked: str | None, if_range: str | None, etag: str, size: int) -> Span | None:
    """The one span asked for; None means the whole: no range, several ranges, a range in words we
    do not know, or one whose condition names other bytes."""
    if asked is None or (if_range is not None and if_range.strip() != etag):
        return None
    match = _ONE_RANGE.fullmatch(asked.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        count = int(last)
        return Span(max(0, size - count), size - 1) if count else Span(size, size - 1)
    if last and int(last) < int(first):
        return None
    return Span(int(first), min(int(last) if last else size, size - 1))
