"""Pictures for documents: what a report on paper shows of photos.

Promises: only what the worker looked into and made smaller is handed out, without the place and the
device that an original may tell of. It knows no right: whoever asks has looked first at what this
person may see.
"""

from collections.abc import Iterable

from backend.foundation.database.transaction import Tx
from backend.foundation.evidence import problems
from backend.foundation.evidence.tables import BLOBS
from media.store import Missing, ObjectStore, StoreUnreachable, rendition_key

LARGE, SMALL = 1280, 320  # pixels of the longer side


class Pictures:
    """The store, seen by whoever makes documents."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def of(self, tx: Tx, digests: Iterable[str]) -> dict[str, bytes]:
        """WebP by the digest of the photo; those that are not accepted, or whose smaller picture
        is not made yet, are left out. Raises `store_unreachable`."""
        found: dict[str, bytes] = {}
        for blob in await BLOBS.load(tx, digests):
            if blob.state != "accepted":
                continue
            # A photo that is small already has one rendition that serves for both sizes.
            size = SMALL if max(blob.width, blob.height) <= SMALL else LARGE
            try:
                found[blob.id] = await self._store.get(rendition_key(blob.id, size))
            except Missing:
                continue
            except StoreUnreachable:
                raise problems.store_unreachable() from None
        return found
