"""Which bytes a database counts on, and which it knows to be erased. Read for copies and checks."""

from collections.abc import AsyncIterator, Sequence

import msgspec

from backend.foundation.database.copying import pages
from backend.foundation.database.transaction import Tx
from media.store import original_key, quarantine_key

_GONE = frozenset({"erasing", "erased", "recalled", "cleared"})
_HELD = frozenset({"stored", "accepted", "refused"})


class Holding(msgspec.Struct, frozen=True):
    """Bytes that have to be in the store. Size in bytes."""

    digest: str
    size: int
    state: str

    @property
    def is_held(self) -> bool:
        """Whether there is more than a memory of them."""
        return self.state in _HELD

    @property
    def places(self) -> tuple[str, str]:
        """Where they lie, and where they may lie as well: refused bytes are moved out of sight
        before the refusal is written down."""
        keys = (original_key(self.digest), quarantine_key(self.digest))
        return keys if self.state != "refused" else (keys[1], keys[0])


async def holdings(tx: Tx) -> AsyncIterator[Sequence[Holding]]:
    """All of them, a page at a time, in the order of digests."""
    async for rows in pages(tx, "SELECT id, size, state FROM blob"):
        yield [one for row in rows if (one := Holding(*row)).is_held]


async def erased_bytes(tx: Tx) -> set[str]:
    """Digests of bytes that are erased, or on their way out."""
    gone: set[str] = set()
    async for rows in pages(tx, "SELECT id, state FROM blob"):
        gone |= {digest for digest, state in rows if state in _GONE}
    return gone
