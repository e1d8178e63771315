"""Which bytes a phone should send: what is here for this person need not come again."""

from collections.abc import Collection, Iterable

from backend.foundation.database.transaction import Tx
from backend.foundation.evidence.seeing import visible


async def lacking(
    tx: Tx, digests: Iterable[str], person: str = "", buckets: Collection[str] = ()
) -> list[str]:
    """Those of the digests that this person should send, in the order asked, each once.

    Bytes that somebody else brought and this person may not see are asked for again: to say that
    they are here would tell a stranger that somebody has that very picture.
    """
    wanted = list(dict.fromkeys(digests))
    here = await visible(tx, person, buckets, wanted) if wanted else {}
    return [digest for digest in wanted if digest not in here]
