"""Local days that people write. Pure."""

from datetime import UTC, date, datetime, time, timedelta

from backend.foundation.kernel.clock import ZONE, Moment
from backend.foundation.kernel.problem import args_invalid


def day_of(written: str, field: str) -> date:
    """The day. Raises `args_invalid` for one that no calendar has."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise args_invalid(field=field, reason="there is no such day") from None


def end_of(written: str, field: str) -> Moment:
    """The moment at which this local day is over. Raises `args_invalid`."""
    following = day_of(written, field) + timedelta(days=1)
    return datetime.combine(following, time(), ZONE).astimezone(UTC)
