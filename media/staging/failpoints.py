"""Named places at which a test may kill the process, to see that nothing acknowledged is lost."""

import os
import signal
from collections.abc import Callable

Failpoint = Callable[[str], None]

NAMES = ("after_write", "after_last_byte", "after_hash", "after_rename", "after_row")


def passing(_name: str) -> None:
    """The failpoint of every day: nothing happens."""


def killing(wanted: str) -> Failpoint:
    """Dies by SIGKILL at the named place: `after_write` at once, `after_write:3` at the third
    passing. Any other name gives `passing`: it may be a place in somebody else's code."""
    name, _, count = wanted.partition(":")
    if name not in NAMES:
        return passing
    left = int(count or 1)

    def reach(reached: str) -> None:
        nonlocal left
        if reached == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return reach
