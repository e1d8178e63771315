"""The wire body of each record as it stands, beside the tables of the feature that owns it.

Kept so that a pull is one join and no feature code, and so that a neighbour can read it."""

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.tables import Record as RecordTable


class Record(msgspec.Struct, frozen=True):
    """Kind, id, revision and the JSON that phones receive."""

    id: str
    kind: str
    rec_id: str
    rev: int
    body: str


class Erasing(msgspec.Struct, frozen=True):
    """A record on its way out; what the parts mean says `Work.erase`."""

    cause: str
    digests: frozenset[str]
    within: RecKey | None
    people: frozenset[str]

    def joined(self, later: "Erasing") -> "Erasing":
        """What both say. The first one is the cause."""
        return Erasing(
            self.cause,
            self.digests | later.digests,
            self.within or later.within,
            self.people | later.people,
        )


RECORDS = Rows(RecordTable, Record)


def record_key(kind: str, id: str) -> str:
    """The row's key."""
    return f"{kind}:{id}"
