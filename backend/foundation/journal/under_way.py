"""What is not yet over somewhere: declared by packages, asked by whoever closes."""

from dataclasses import dataclass
from typing import Any

from backend.foundation.database.rows import Rows
from backend.foundation.database.transaction import Tx, among


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Records that are not over while in one of `states`. Their rows name a `state`, and `outlet`
    or `line` where they have one; `zh`, `one` and `many` say what they are, after a number."""

    rows: Rows[Any]
    states: frozenset[str]
    zh: str
    one: str
    many: str

    def words_en(self, count: int) -> str:
        """How many of them, in English."""
        return f"{count} {self.one if count == 1 else self.many}"

    async def count(self, tx: Tx, column: str, value: str) -> int:
        """How many there are at this `outlet` or in this `line`, as of before the batch. One query;
        none where the rows have no such column."""
        if column not in self.rows.columns:
            return 0
        clause, args = among(tx, "state", sorted(self.states))
        sql = f'SELECT COUNT(*) FROM "{self.rows.name}" WHERE "{column}" = ? AND {clause}'
        ((found,),) = await tx.tuples(sql, value, *args)
        return int(found)
