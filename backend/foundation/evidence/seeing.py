"""Who may have bytes, and who may know that we have them.

A digest is not a capability. Bytes are shown to whoever brought them, and to whoever sees a photo
record with that digest, provided that the bytes were brought by the record's author or came after
the record did; otherwise a digest guessed or overheard and written into an own record would open
a stranger's picture.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable

from backend.foundation.database.transaction import Tx, among
from backend.foundation.evidence.model import Blob
from backend.foundation.evidence.tables import BLOBS

Buckets = Callable[[], Awaitable[Collection[str]]]


async def visible(tx: Tx, person: str, buckets: Buckets, digests: Iterable[str]) -> dict[str, Blob]:
    """Those of the digests whose bytes are here and that this person may have. `buckets` are asked
    for only when bytes are here that somebody else brought. One query for bytes that are new."""
    return await visible_of(tx, person, buckets, await BLOBS.load(tx, digests))


async def visible_of(
    tx: Tx, person: str, buckets: Buckets, blobs: Iterable[Blob]
) -> dict[str, Blob]:
    """As `visible`, for what was asked for already."""
    here = {blob.id: blob for blob in blobs if blob.seen_as is not None}
    if not here:
        return {}
    seen = await _brought_by(tx, person, here)
    rest = [digest for digest in here if digest not in seen]
    if rest and (may_see := await buckets()):
        seen |= await _shown_in(tx, may_see, rest)
    return {digest: blob for digest, blob in here.items() if digest in seen}


async def is_sealed(tx: Tx, buckets: Buckets, digest: str) -> bool:
    """Whether a photo with these bytes is sealed, and none that is not shows them to this person:
    then nobody is served them, not even who brought them. One query for bytes that are not."""
    rows = await tx.tuples(
        "SELECT 1 FROM photo WHERE state = 'sealed' AND (sha256 = ? OR thumb = ?) LIMIT 1",
        digest,
        digest,
    )
    if not rows:
        return False
    may_see = await buckets()
    return not (may_see and await _shown_in(tx, may_see, [digest], "AND p.state <> 'sealed'"))


async def _brought_by(tx: Tx, person: str, digests: Iterable[str]) -> set[str]:
    clause, args = among(tx, "id", [f"{digest}|{person}" for digest in digests])
    rows = await tx.tuples(f"SELECT digest FROM blob_bringer WHERE {clause}", *args)
    return {row[0] for row in rows}


async def _shown_in(
    tx: Tx, buckets: Collection[str], digests: list[str], further: str = ""
) -> set[str]:
    seen: set[str] = set()
    in_bucket, bucket_args = among(tx, "s.bucket", sorted(buckets))
    for column in ("sha256", "thumb"):
        of_photo, photo_args = among(tx, f"p.{column}", digests)
        rows = await tx.tuples(
            f"SELECT DISTINCT p.{column} FROM photo p "
            "JOIN sync_row s ON s.rec_key = 'photo:' || p.id "
            f"JOIN blob_bringer b ON b.digest = p.{column} "
            'AND (b.person = p."by" OR b.at >= p.received_at) '
            f"WHERE {of_photo} AND NOT s.gone AND {in_bucket} {further}",
            *photo_args,
            *bucket_args,
        )
        seen.update(row[0] for row in rows)
    return seen
