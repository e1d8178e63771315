"""Which request is being carried out: one id from the phone's call to the work that it left for
later. It names a call and nobody: neither a person nor a device can be read from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


@contextmanager
def traced(id: str) -> Iterator[str]:
    """Everything inside belongs to this request."""
    before = request_id.set(id)
    try:
        yield id
    finally:
        request_id.reset(before)
