"""Removing the bytes of erased photos from the store.

Promises: the fact `Erased` is written only after the store was asked and had nothing left, in any
size or version; a worker killed between any two steps does all of it again. Two workers never
remove the same bytes at once, and none does while another looks into them: what one of them is late
with would be deleted after it was allowed to come again, or put back after it was told to be gone.
"""

from typing import Any

from backend.foundation.evidence.commands import ConfirmErased
from backend.foundation.evidence.erasing import ERASE
from backend.foundation.evidence.handlers import EXAMINE
from backend.foundation.evidence.model import BlobState
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.journal.failpoints import failpoint
from backend.foundation.journal.jobs import is_running
from backend.house import House
from media.store import every_prefix


class StillThere(Exception):
    """The store was told to remove it and has it still, or somebody is at it: tried again later."""


async def erase(house: House, payload: dict[str, Any]) -> None:
    """One digest: `payload` is {digest, order}. May be repeated at any point."""
    digest, order = payload["digest"], payload["order"]
    state = await _ordered(house, digest, order)
    if state is None:
        return
    if state == "erasing":  # else somebody is sending them for a new photo
        house.receiving.forget(digest)
    for prefix in every_prefix(digest):
        await house.store.erase(prefix)
        failpoint("while_store_erased")
    for prefix in every_prefix(digest):
        if await house.store.remains(prefix):
            raise StillThere(prefix)
    failpoint("after_store_erased")
    asked = ConfirmErased(order=order)
    await house.journal.command("evidence.erased", ("blob", digest), asked)


async def _ordered(house: House, digest: str, order: str) -> BlobState | None:
    """How the bytes are remembered; None when another order is the latest, or none is open. Raises
    StillThere while somebody else is at them."""
    own = f"{ERASE}:{digest}:{order}"
    async with house.database.reading() as tx:
        blobs = await BLOBS.load(tx, [digest])
        if not blobs or blobs[0].order_id != order:
            return None
        looked_into = await is_running(tx, f"{EXAMINE}:{digest}")
        if looked_into or await is_running(tx, f"{ERASE}:{digest}:", but=own):
            raise StillThere(digest)
    return blobs[0].state
