"""Which bytes a phone was just told to send: they set off at once, and need no second look-up.

Promises: forgetting is always right, for the look-up is then made. Each telling spares one look-up,
and none once the bytes are here, so that a repeat of an upload is found to be one.
"""

from collections.abc import Iterable

from backend.foundation.kernel.clock import Clock, epoch_ms

LIFE_MS = 60_000  # a phone begins to send within seconds
HELD_MAX = 20_000  # some 4 MB: a thousand phones with twenty photos each


class Expected:
    """One per process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str], tuple[str, int]] = {}  # device and end of each

    def ask(self, person: str, device: str, digests: Iterable[str]) -> None:
        """These were found to be lacking, and the phone is being told so."""
        until = epoch_ms(self._clock.now()) + LIFE_MS
        for digest in digests:
            self._told.pop((person, digest), None)  # the order is that of the telling
            self._told[person, digest] = (device, until)
        while len(self._told) > HELD_MAX:
            del self._told[next(iter(self._told))]

    def take(self, person: str, device: str, digest: str) -> bool:
        """Whether this phone was asked for it a moment ago, and has not begun it since."""
        told = self._told.pop((person, digest), None)
        return told is not None and told[0] == device and epoch_ms(self._clock.now()) < told[1]

    def forget(self, person: str, digest: str) -> None:
        """The bytes are here. They may have come in pieces, told of more than once."""
        self._told.pop((person, digest), None)
