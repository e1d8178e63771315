"""A table as it stands in a file: cells in rows, before anybody asked what they mean. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.foundation.documents.cells import Cell, plain, shown
from backend.foundation.documents.children.formulas import Computed
from backend.foundation.documents.sheet import Field, Sheet

HEAD_ROWS = 10  # titles and remarks above the headings; further down there are none


@dataclass(frozen=True)
class Merge:
    """Cells that were made one, by rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """Rows from the first of the file on, so that a position is a row number less one.
    `computed` tells which values were not typed. Of a hidden tab nothing is read."""

    rows: Sequence[Sequence[Cell]]
    tab: str = ""
    merges: list[Merge] = field(default_factory=list)
    computed: Computed = field(default_factory=Computed)
    is_hidden: bool = False


@dataclass(frozen=True)
class Head:
    """Where the headings are: row and, for each field that was found, its columns."""

    row: int
    places: dict[str, list[int]]

    @property
    def hits(self) -> int:
        return len(self.places)


def head_of(rows: Sequence[Sequence[Cell]], sheet: Sheet) -> Head:
    """The row among the first ten that names most fields; the upper one of equals."""
    meanings = {name: one for one in sheet.fields for name in _names(one)}
    best = Head(0, {})
    for number, row in enumerate(rows[:HEAD_ROWS]):
        places: dict[str, list[int]] = {}
        for place, cell in enumerate(row):
            meant = meanings.get(_bare(shown(cell)))
            if meant is not None:
                places.setdefault(meant.name, []).append(place)
        if len(places) > best.hits:
            best = Head(number, places)
    return best


def _names(one: Field) -> set[str]:
    return {_bare(name) for name in (one.zh, one.en, *one.also)}


def _bare(heading: str) -> str:
    """Without what people add to a heading: a star, a colon, a remark in brackets."""
    return plain(heading).partition("(")[0].strip("*:\u3000 ")
