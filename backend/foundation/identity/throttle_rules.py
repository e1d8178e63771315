"""How long a sign-in must wait after how many failures. Pure.

Two counts run side by side. The count of a user name stops guessing at one account from many
places; the count of an address stops guessing at many accounts from one place, and starts later,
because a whole branch leaves the building through one address. A device on which this person has
signed in before counts by itself, so that a stranger's guesses cannot lock the owner out. A PIN is
counted by who sent it and whose it is said to be: a colleague's guesses lock out that colleague.
"""

from datetime import timedelta
from typing import Literal

import msgspec

from backend.foundation.kernel.clock import Moment

Kind = Literal["username", "device", "address", "pin"]

FREE_TRIES: dict[Kind, int] = {"username": 5, "device": 5, "address": 50, "pin": 5}
WAIT_SECONDS_MAX = 900  # a person who mistyped gets in today; a guesser gets 96 tries
FORGET_AFTER = timedelta(days=1)


class Tries(msgspec.Struct, frozen=True):
    """Failures in a row, and when the last one was."""

    failures: int
    last_at: Moment


def wait_seconds(kind: Kind, failures: int) -> int:
    """Seconds from the last failure to the next try: none at first, then doubling to 15 minutes."""
    over = failures - FREE_TRIES[kind]
    return 0 if over < 0 else min(2 ** min(over, 16), WAIT_SECONDS_MAX)


def remaining(kind: Kind, tries: Tries | None, now: Moment) -> int:
    """Whole seconds that must still pass before the next try, 0 when it may come now."""
    if tries is None or is_forgotten(tries, now):
        return 0
    until = tries.last_at + timedelta(seconds=wait_seconds(kind, tries.failures))
    left = (until - now).total_seconds()
    return max(0, int(-(-left // 1)))


def after_failure(tries: Tries | None, now: Moment) -> Tries:
    """The count with one more failure; a day without any starts again at one."""
    if tries is None or is_forgotten(tries, now):
        return Tries(1, now)
    return Tries(tries.failures + 1, now)


def is_forgotten(tries: Tries, now: Moment) -> bool:
    """Whether the count is old enough to start again."""
    return now - tries.last_at > FORGET_AFTER
