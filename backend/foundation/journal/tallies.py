"""Figures of a desk, kept beside the records by the flush, so that nobody counts a million rows.

A feature says of each record what it adds to which cell (`Counts`): a cell is a span of time, a
place, a line and a key, and holds up to seven numbers. What a record added is remembered with it
(`tallied`), so what it adds now is written as a difference, whatever it was before and by whatever
rules that was reckoned. Each cell is kept once for its outlet and once for all outlets together.

Promises: the cells are the sums over the records of the same commit. Differences are written behind
the lock of the counter, by one batch at a time: sums that two had read would lose one of them,
and rows of cells that many records share would make batches wait for each other in a ring.
"""

from collections.abc import Iterable, Mapping

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.journal.tables import Tallied as TalliedTable
from backend.foundation.journal.tables import Tally as TallyTable

ALL_OUTLETS = ""
NUMBERS = 7
_SUMS = ", ".join(f"n{at} = tally.n{at} + excluded.n{at}" for at in range(NUMBERS))
ADDED = f"ON CONFLICT (id) DO UPDATE SET {_SUMS}"


class Cell(msgspec.Struct, frozen=True):
    """What a record adds to one cell of a tally. `span` is the first day of a week or month."""

    tally: str
    span: str
    key: str
    numbers: tuple[int, ...]


class Counts(msgspec.Struct, frozen=True):
    """Where a record is counted, and what it adds."""

    outlet: str
    line: str
    cells: tuple[Cell, ...]


class Tally(msgspec.Struct, frozen=True):
    """One cell."""

    id: str
    tally: str
    span: str
    outlet: str
    line: str
    key: str
    n0: int = 0
    n1: int = 0
    n2: int = 0
    n3: int = 0
    n4: int = 0
    n5: int = 0
    n6: int = 0


class Tallied(msgspec.Struct, frozen=True):
    """What a record has added."""

    id: str
    counts: Counts


TALLIES = Rows(TallyTable, Tally)
TALLIED = Rows(TalliedTable, Tallied)
Sums = dict[str, Tally]


def encoded(counts: Counts | None) -> str | None:
    """As it lies in the table, for comparing."""
    return None if counts is None else msgspec.json.encode(counts).decode()


def decoded(text: str) -> Counts:
    """From the table."""
    return msgspec.json.decode(text, type=Counts)


def add(sums: Sums, counts: Counts, sign: int) -> None:
    """Adds what a record adds to the differences so far, or takes it away (`sign` -1)."""
    for cell in counts.cells:
        for outlet in (counts.outlet, ALL_OUTLETS):
            place = (cell.tally, cell.span, outlet, counts.line, cell.key)
            id = "|".join(place)
            before = sums.get(id) or Tally(id, *place)
            changed = {
                f"n{at}": getattr(before, f"n{at}") + sign * number
                for at, number in enumerate(cell.numbers)
            }
            sums[id] = msgspec.structs.replace(before, **changed)


def differences(sums: Mapping[str, Tally]) -> list[Tally]:
    """To be added to the cells (`ADDED`); what came to nothing is not among them."""
    return [one for one in sums.values() if any(_numbers(one))]


def _numbers(one: Tally) -> Iterable[int]:
    return (getattr(one, f"n{at}") for at in range(NUMBERS))
