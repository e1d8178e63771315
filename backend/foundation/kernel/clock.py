"""Moments: aware UTC datetimes inside, ISO-8601 text with milliseconds and Z outside."""

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

Moment = datetime
ZONE = ZoneInfo("Asia/Shanghai")  # the one in which the bank works; China has a single one


class Clock(Protocol):
    """Where `now` comes from. Handed in, so that tests and the simulator own time."""

    def now(self) -> Moment: ...


class SystemClock:
    """The machine's clock, in UTC, cut to milliseconds (what the wire can carry)."""

    def now(self) -> Moment:
        return cut(datetime.now(UTC))


def cut(moment: Moment) -> Moment:
    """The moment without what lies below a millisecond, so that text and value agree."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@lru_cache(maxsize=256)  # one batch writes the same two moments into every row that it makes
def wire(moment: Moment) -> str:
    """`2026-05-04T09:12:33.120Z`. Fixed width, so text sorts as time on both engines.

    Raises ValueError for a naive datetime: a time without a zone has no place to go.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


def parse(text: str) -> Moment:
    """A moment from ISO-8601 text with an offset or Z. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    try:
        return cut(moment.astimezone(UTC))
    except OverflowError as beyond:
        raise ValueError("a moment of the years 1 to 9999 is needed") from beyond


def parse_known(text: str | None) -> Moment | None:
    """As `parse`; None for what has not come yet."""
    return None if text is None else parse(text)


def epoch_ms(moment: Moment) -> int:
    """Milliseconds since 1970, UTC."""
    return int(moment.timestamp() * 1000)


def cpu_seconds() -> float:
    """Processor time of this thread: for figures, never for decisions."""
    return time.thread_time()


def ticks() -> float:
    """Monotonic seconds: for leases and pacing inside one process life."""
    return time.monotonic()
