"""Who belongs to a bucket by name, and since which version. The rest of a person's buckets follows
from posts held (identity)."""

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.tables import BucketMember


class Membership(msgspec.Struct, frozen=True):
    """One person in one bucket. `until_ver` is None while it lasts. A phone whose `saw` is below
    `until_ver` could not have known that it ended."""

    id: str
    bucket: str
    person_id: str
    from_ver: int
    until_ver: int | None = None


MEMBERS = Rows(BucketMember, Membership)


def member_id(bucket: str, person: str) -> str:
    """The row's key."""
    return f"{bucket}|{person}"


async def buckets_by_name(tx: Tx, person: str) -> list[str]:
    """The buckets that a person belongs to by name now. One query."""
    rows = await tx.tuples(
        "SELECT bucket FROM bucket_member WHERE person_id = ? AND until_ver IS NULL", person
    )
    return [row[0] for row in rows]
