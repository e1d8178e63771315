"""The world's time, and what each device believes it to be."""

from datetime import UTC, datetime, timedelta

from backend.foundation.kernel.clock import Moment, wire

BEGIN = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Tuesday
YEARS_2_MS = 2 * 365 * 24 * 3600 * 1000


class WorldClock:
    """Moves only when the world says so. The server reads this one."""

    def __init__(self) -> None:
        self.ms = 0

    def now(self) -> Moment:
        return BEGIN + timedelta(milliseconds=self.ms)

    def ticks(self) -> float:
        return self.ms / 1000


class DeviceClock:
    """A crystal that drifts and a setting that jumps. Never used for order, only told."""

    def __init__(self, world: WorldClock, offset_ms: int = 0, drift_ppm: int = 0) -> None:
        self._world = world
        self.offset_ms = offset_ms
        self.drift_ppm = drift_ppm
        self.frozen_at_ms: int | None = None

    def jump(self, by_ms: int) -> None:
        bounded = max(-YEARS_2_MS, min(YEARS_2_MS, self.offset_ms + by_ms))
        self.offset_ms = bounded

    def stand_still(self, stops: bool) -> None:
        """Lets the monotonic clock stop, or run again."""
        self.frozen_at_ms = self._world.ms if stops else None

    def wall_ms(self) -> int:
        """Milliseconds since 1970, as this device shows them."""
        return int(BEGIN.timestamp() * 1000) + self._world.ms + self.wrong_ms()

    def wrong_ms(self) -> int:
        """By how much it is ahead; a phone that asked the server this moment would find it out."""
        return self._world.ms * self.drift_ppm // 1_000_000 + self.offset_ms

    def mono_ms(self) -> int:
        return self._world.ms if self.frozen_at_ms is None else self.frozen_at_ms

    def text(self) -> str:
        return wire(datetime.fromtimestamp(self.wall_ms() / 1000, UTC))
