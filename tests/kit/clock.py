"""A clock that the test owns."""

from datetime import UTC, datetime, timedelta

from backend.foundation.kernel.clock import Moment

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Tuesday


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, start: Moment = MORNING) -> None:
        self.moment = start

    def now(self) -> Moment:
        return self.moment

    def pass_(self, **amount: float) -> None:
        """`clock.pass_(minutes=5)`."""
        self.moment += timedelta(**amount)
