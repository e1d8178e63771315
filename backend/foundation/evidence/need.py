"""Which bytes a phone should send: what is here for this person need not come again."""

from collections.abc import Iterable

from backend.foundation.database.transaction import Tx, among
from backend.foundation.evidence.seeing import Buckets, visible


async def lacking(
    tx: Tx, digests: Iterable[str], person: str, buckets: Buckets, device: str
) -> list[str]:
    """Those of the digests that this phone should send, in the order asked, each once.

    Bytes that somebody else brought and this person may not see are asked for again: to say that
    they are here would tell a stranger that somebody has that very picture. Asked for again are
    also those that a photo told of by this device still waits for: seeing a colleague's copy, or
    having sent it for somebody else, does not make that photo arrive.
    """
    wanted = list(dict.fromkeys(digests))
    here = await visible(tx, person, buckets, wanted) if wanted else {}
    waited_for = await _waited_for(tx, device, here) if here else set()
    return [digest for digest in wanted if digest not in here or digest in waited_for]


async def _waited_for(tx: Tx, device: str, digests: Iterable[str]) -> set[str]:
    clause, args = among(tx, "sha256", digests)
    rows = await tx.tuples(
        f"SELECT DISTINCT sha256 FROM photo WHERE {clause} AND device = ? AND state = 'awaited'",
        *args,
        device,
    )
    return {row[0] for row in rows}
