"""One batch at work: rows loaded once, changed in memory, written once.

Promises: within a batch everybody sees the staged state; a refused command leaves no trace (its
steps are taken back from a log); nothing is written before `flush`. Against: a query per command,
which costs more than the command (25 answers of one round load that round once).
It does not see rows that another transaction adds to a `find` after it was first asked; records
are locked by name for the whole batch, so such rows belong to nobody's decision here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal import problems
from backend.foundation.journal.envelope import RecKey, Told
from backend.foundation.journal.house_key import HouseKey
from backend.foundation.journal.members import MEMBERS, Membership, member_id
from backend.foundation.journal.purpose import Purpose
from backend.foundation.journal.records import RECORDS, Erasing, record_key
from backend.foundation.journal.under_way import UnderWay
from backend.foundation.kernel.ids import derived_id

S = TypeVar("S", bound=msgspec.Struct)
Keys = Iterable[RecKey]
Purposes = Mapping[str, Purpose]
_UNTIL_FLUSH = -1  # a version that is only known once the counter was bumped


class Work:
    """The unit that handlers, reactions and feeds get: see the head of this file. `dead` are
    records known to be erased, `looked` those of which that was asked."""

    def __init__(
        self, tx: Tx, dead: Keys = (), looked: Keys = (), purposes: Purposes | None = None
    ) -> None:
        self.tx = tx
        self.purposes = purposes or {}  # what the packages of this house keep about people
        self.key: HouseKey | None = None  # where the journal was given one
        self.under_way: tuple[UnderWay, ...] = ()  # what features have open at a place
        self.listings: Mapping[str, Any] = {}  # lists that can be taken as files
        self.dead, self.looked = frozenset(dead), frozenset(looked)
        self.erased: dict[RecKey, Erasing] = {}
        self.command_id = ""
        self.touched: dict[RecKey, int] = {}
        self.told: list[Told] = []
        self.jobs: list[tuple[str, dict[str, Any], str]] = []
        self.lacking: set[str] = set()  # digests whose bytes were looked for and are nowhere
        self._rows: dict[str, Rows[Any]] = {}
        self._known: dict[str, dict[str, Any]] = {}
        self._staged: dict[str, dict[str, Any]] = {}
        self._found: dict[str, dict[str, dict[Any, dict[str, None]]]] = {}
        self._undo: list[Callable[[], None]] = []

    # Reading

    async def load(self, rows: Rows[S], id: str) -> S | None:
        """The row with this id as this batch sees it, or None. At most one query per id."""
        known = self._known.setdefault(rows.name, {})
        if id not in known:
            found = await rows.load(self.tx, [id])
            known[id] = found[0] if found else None
        return known[id]

    async def load_many(self, rows: Rows[S], ids: Iterable[str]) -> list[S]:
        """The rows with these ids, in the order asked, without those that are not there."""
        known = self._known.setdefault(rows.name, {})
        wanted = list(dict.fromkeys(ids))
        missing = [id for id in wanted if id not in known]
        if missing:
            known.update(dict.fromkeys(missing))
            for row in await rows.load(self.tx, missing):
                known[row.id] = row  # type: ignore[attr-defined]
        return [known[id] for id in wanted if known[id] is not None]

    async def find(self, rows: Rows[S], **equal: Any) -> list[S]:
        """The rows whose one named column has this value, staged changes included."""
        ((column, value),) = equal.items()
        ids = await self._ids(rows, column, value)
        known = self._known[rows.name]
        return [
            row
            for id in ids
            if (row := known.get(id)) is not None and getattr(row, column) == value
        ]

    async def find_many(self, rows: Rows[S], column: str, values: Iterable[str]) -> None:
        """Asks once for what `find` by this column would ask for value by value."""
        by_value = self._found.setdefault(rows.name, {}).setdefault(column, {})
        wanted = [value for value in dict.fromkeys(values) if value not in by_value]
        if not wanted:
            return
        clause, args = among(self.tx, f'"{column}"', wanted)
        stored = await rows.where(self.tx, f'{clause} ORDER BY "id"', *args)
        for value in wanted:
            these = [row for row in stored if getattr(row, column) == value]
            by_value[value] = self._with_staged(rows, column, value, these)

    def has_found(self, rows: Rows[Any], **equal: Any) -> bool:
        """Whether `find` has been asked this before in this batch."""
        ((column, value),) = equal.items()
        return value in self._found.get(rows.name, {}).get(column, {})

    def begin(self, rows: Rows[Any], **equal: Any) -> None:
        """Says that no stored row has this value, because the record that such rows belong to is
        only being made: `find` and `member` then ask nobody."""
        ((column, value),) = equal.items()
        self._found.setdefault(rows.name, {}).setdefault(column, {}).setdefault(
            value, self._with_staged(rows, column, value, [])
        )

    async def member(self, rows: Rows[S], id: str, **equal: Any) -> S | None:
        """As `load`, for a row that is among `find(rows, **equal)` if anywhere: no own query."""
        ((column, value),) = equal.items()
        await self._ids(rows, column, value)
        return self._known[rows.name].get(id)

    async def published(self, kind: str, id: str) -> dict[str, Any] | None:
        """A neighbour's record as phones receive it, as of before this batch, or None.

        The reader's own rules decide what it may be used for."""
        record = await self.load(RECORDS, record_key(kind, id))
        return None if record is None else msgspec.json.decode(record.body)

    async def membership(self, bucket: str, person: str) -> Membership | None:
        """Since when and until when this person belongs to the bucket, or None if never."""
        return await self.load(MEMBERS, member_id(bucket, person))

    async def members(self, bucket: str) -> list[str]:
        """The people who belong to the bucket now."""
        rows = await self.find(MEMBERS, bucket=bucket)
        return [row.person_id for row in rows if row.until_ver is None]

    async def hold(self, kind: str, id: str) -> None:
        """Locks a record that the command does not name but will change. Before it is first read:
        what another batch does to it meanwhile would otherwise be undone by this one's write."""
        await self.tx.lock([record_key(kind, id)])

    # Changing

    def save(self, rows: Rows[S], row: S) -> None:
        """Stages a new or changed row."""
        self._set(rows, row.id, row)  # type: ignore[attr-defined]

    def remove(self, rows: Rows[S], id: str) -> None:
        """Stages the removal of a row."""
        self._set(rows, id, None)

    def touch(self, kind: str, id: str) -> None:
        """The record is published again at the end of the batch; its revision grows by one for each
        command that touched it. Refuses with `record_erased`: nobody brings one back."""
        key = (kind, id)
        if self.is_erased(key):
            raise problems.record_erased(of=key)
        before = self.touched.get(key, 0)
        self.touched[key] = before + 1
        self._undo.append(lambda: _restore(self.touched, key, before))

    def erase(
        self,
        kind: str,
        id: str,
        *,
        digests: Iterable[str] = (),
        within: RecKey | None = None,
        people: Iterable[str] = (),
    ) -> None:
        """The record goes with this batch: from here, and from every phone that held it (see
        `erasure`). The rows of its feature are the feature's to remove or to blank. Once more for
        the same record adds to what was said; of a record erased long ago it does nothing.

        `digests` are bytes that phones drop with it, unless another record shows them; `within` is
        a record whose facts and refused commands may name this one; `people` hear of it besides
        those who acted on it or received it.
        """
        key = (kind, id)
        if key in self.dead:
            return
        before = self.erased.get(key)
        said = Erasing(self.command_id, frozenset(digests), within, frozenset(people))
        self.erased[key] = said if before is None else before.joined(said)
        self._undo.append(lambda: _put_back(self.erased, key, before or _ABSENT))

    def is_erased(self, rec: RecKey) -> bool:
        """Whether this batch erases the record, or found it erased before."""
        return rec in self.erased or rec in self.dead

    def admit(self, bucket: str, person: str) -> None:
        """The person receives the bucket from this batch on."""
        self.save(MEMBERS, Membership(member_id(bucket, person), bucket, person, _UNTIL_FLUSH))

    async def expel(self, bucket: str, person: str) -> None:
        """The person loses the bucket; when that was is remembered as a version (SYNC 3.4)."""
        row = await self.membership(bucket, person)
        if row is not None and row.until_ver is None:
            self.save(MEMBERS, msgspec.structs.replace(row, until_ver=_UNTIL_FLUSH))

    def tell(self, told: Told) -> None:
        """A notice to one person."""
        self.told.append(told)
        self._undo.append(lambda: _drop_last(self.told))

    def enqueue(self, kind: str, payload: dict[str, Any], dedupe: str) -> None:
        """Work for the worker, queued by this very transaction. The same `dedupe` queues once."""
        self.jobs.append((kind, payload, dedupe))
        self._undo.append(lambda: _drop_last(self.jobs))

    def derive(self, name: str) -> str:
        """An id that a replay of this command makes again."""
        return derived_id(self.command_id, name)

    # For the journal

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._undo)

    def undo(self, mark: int) -> None:
        """Takes back every step since the mark."""
        while len(self._undo) > mark:
            self._undo.pop()()

    def close(self) -> None:
        """Nothing is taken back any more. The steps and this unit refer to each other: without them
        all is free at once."""
        self._undo.clear()

    def staged(self) -> list[tuple[Rows[Any], list[Any], list[str]]]:
        """Per table: the rows to write and the ids to remove."""
        result = []
        for name, rows in self._staged.items():
            kept = [row for row in rows.values() if row is not None]
            gone = [id for id, row in rows.items() if row is None]
            result.append((self._rows[name], kept, gone))
        return result

    def prime(self, rows: Rows[Any], loaded: Iterable[Any]) -> None:
        """Rows that the journal has read already."""
        self._known.setdefault(rows.name, {}).update({row.id: row for row in loaded})

    async def _ids(self, rows: Rows[Any], column: str, value: Any) -> dict[str, None]:
        by_value = self._found.setdefault(rows.name, {}).setdefault(column, {})
        if value not in by_value:
            stored = await rows.find(self.tx, column, value)
            by_value[value] = self._with_staged(rows, column, value, stored)
        return by_value[value]

    def _with_staged(
        self, rows: Rows[Any], column: str, value: Any, stored: list[Any]
    ) -> dict[str, None]:
        known = self._known.setdefault(rows.name, {})
        ids: dict[str, None] = {}
        for row in stored:
            known.setdefault(row.id, row)
            ids[row.id] = None
        for id, row in self._staged.get(rows.name, {}).items():
            if row is not None and getattr(row, column) == value:
                ids[id] = None
        return ids

    def _set(self, rows: Rows[Any], id: str, row: Any) -> None:
        self._rows[rows.name] = rows
        known = self._known.setdefault(rows.name, {})
        staged = self._staged.setdefault(rows.name, {})
        before = known.get(id, _ABSENT)
        staged_before = staged.get(id, _ABSENT)
        known[id] = row
        staged[id] = row
        if row is not None:
            for column, by_value in self._found.get(rows.name, {}).items():
                ids = by_value.get(getattr(row, column))
                if ids is not None:
                    ids[id] = None
        self._undo.append(
            lambda: (_put_back(known, id, before), _put_back(staged, id, staged_before))  # type: ignore[func-returns-value]
        )


_ABSENT = object()


def _put_back(shelf: dict[Any, Any], id: Any, before: Any) -> None:
    if before is _ABSENT:
        shelf.pop(id, None)
    else:
        shelf[id] = before


def _restore(touched: dict[RecKey, int], key: RecKey, before: int) -> None:
    if before:
        touched[key] = before
    else:
        touched.pop(key, None)


def _drop_last(shelf: list[Any]) -> None:
    shelf.pop()
