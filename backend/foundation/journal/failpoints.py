"""Named places where the kill tests end the process. Costs one comparison otherwise.

`XUNFANG_FAILPOINT=after_commit:3` ends the process by SIGKILL the third time it comes by.
"""

import os
import signal

NAMES = (
    "before_begin",
    "after_dedup_read",
    "after_decisions",
    "after_bump",
    "before_commit",
    "after_commit",
)
WORKING = ("while_store_erased", "after_store_erased")  # the worker comes by, when bytes go
SENDING = ("after_sent",)  # the worker comes by, between a message and the note of it
COPYING = (  # `xunfang backup` comes by
    "after_snapshot",
    "while_objects_copied",
    "before_manifest",
    "before_named",
    "before_durable",
    "before_pruned",
)
RESTORING = ("while_objects_restored", "after_database_restored", "before_restored")
_armed, _, _count = os.environ.get("XUNFANG_FAILPOINT", "").partition(":")
_left = int(_count or 1)


def failpoint(name: str) -> None:
    """Ends the process here if this place was armed and its turn has come."""
    if name != _armed:
        return
    global _left
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
