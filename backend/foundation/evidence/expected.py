"""Which bytes a phone was just told to send: they set off at once, and need no second look-up.

Promises: forgetting is always right (the look-up is then made), and so is remembering too long:
bytes that came meanwhile are taken once more. Each telling spares one look-up, so that a repeat of
the same upload is looked up and found to be here.
"""

from collections.abc import Iterable

from backend.foundation.kernel.clock import Clock, epoch_ms

LIFE_MS = 60_000  # a phone begins to send within seconds
HELD_MAX = 20_000  # some 4 MB: a thousand phones with twenty photos each
_Key = tuple[str, str, str]


class Expected:
    """One per process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[_Key, int] = {}

    def ask(self, person: str, device: str, digests: Iterable[str]) -> None:
        """These were found to be lacking, and the phone is being told so."""
        until = epoch_ms(self._clock.now()) + LIFE_MS
        for digest in digests:
            self._until.pop((person, device, digest), None)  # the order is that of the telling
            self._until[person, device, digest] = until
        while len(self._until) > HELD_MAX:
            del self._until[next(iter(self._until))]

    def take(self, person: str, device: str, digest: str) -> bool:
        """Whether this phone was asked for it a moment ago, and has not begun it since."""
        until = self._until.pop((person, device, digest), 0)
        return epoch_ms(self._clock.now()) < until
