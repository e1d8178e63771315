"""What goes wrong with a copy, in one line that says what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.foundation.database.transaction import Busy
from media.store import StoreUnreachable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class CopyFailed(RuntimeError):
    """Nothing was changed that an earlier backup or the house needs. The message is one line."""


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Turns what the disk, the database and the store say into a CopyFailed; `place` is where is
    being written."""
    try:
        yield
    except OSError as failed:
        raise CopyFailed(_of_disk(failed, place)) from failed
    except (sqlite3.Error, Busy) as failed:
        code = getattr(failed, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL or "is full" in str(failed):
            raise CopyFailed(_full(place)) from failed
        raise CopyFailed(f"the database could not be copied to {place}: {failed}") from failed
    except StoreUnreachable as failed:
        raise CopyFailed(f"the store does not answer, try again later: {failed}") from failed


def _of_disk(failed: OSError, place: Path) -> str:
    if failed.errno in _FULL:
        return _full(place)
    if failed.errno in _CLOSED:
        return f"{failed.filename or place} may not be written to: give this user the right to it"
    return f"{place}: {failed}"


def _full(place: Path) -> str:
    return f"the disk of {place} is full: make room or take another folder; what was there is whole"
