"""Which bytes a phone should send: what is here for this person need not come again."""

from collections.abc import Iterable

import msgspec

from backend.foundation.database.transaction import Tx, among
from backend.foundation.evidence.seeing import Buckets, visible_of
from backend.foundation.evidence.tables import BLOBS


class Lacking(msgspec.Struct, frozen=True):
    """Digests to send, in the order asked, each once; and those that nobody wants any more."""

    send: list[str]
    erased: frozenset[str]


async def lacking(
    tx: Tx, digests: Iterable[str], person: str, buckets: Buckets, device: str
) -> Lacking:
    """Those of the digests that this phone should send.

    Bytes that somebody else brought and this person may not see are asked for again: to say that
    they are here would tell a stranger that somebody has that very picture. Asked for again are
    also those that a photo told of by this device still waits for: seeing a colleague's copy, or
    having sent it for somebody else, does not make that photo arrive. Erased bytes are never asked
    for, until a new photo has them.
    """
    wanted = list(dict.fromkeys(digests))
    blobs = await BLOBS.load(tx, wanted) if wanted else []
    erased = frozenset(blob.id for blob in blobs if blob.state in ("erasing", "erased"))
    here = await visible_of(tx, person, buckets, blobs)
    waited_for = await _waited_for(tx, device, here) if here else set()
    send = [digest for digest in wanted if digest not in here or digest in waited_for]
    return Lacking([digest for digest in send if digest not in erased], erased)


async def _waited_for(tx: Tx, device: str, digests: Iterable[str]) -> set[str]:
    clause, args = among(tx, "sha256", digests)
    rows = await tx.tuples(
        f"SELECT DISTINCT sha256 FROM photo WHERE {clause} AND device = ? AND state = 'awaited'",
        *args,
        device,
    )
    return {row[0] for row in rows}
