"""A grid of cells against a sheet's declaration: rows that can be taken, and problems. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.foundation.documents import problems
from backend.foundation.documents.cells import Cell, shown, value_of
from backend.foundation.documents.children.formulas import Places
from backend.foundation.documents.children.grid import Grid, Head, head_of
from backend.foundation.documents.sheet import (
    CellProblem,
    Field,
    Imported,
    Row,
    Sheet,
    Value,
    cell_problem,
)
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import Problem


def judged(grid: Grid, sheet: Sheet) -> Imported:
    """The whole table. Raises Problem when its headings or its length make no sense.

    A row with a problem is left out, with all problems it has; empty rows are passed over.
    """
    head = head_of(grid.rows, sheet)
    _require_headings(head, grid, sheet)
    table = _Table(grid, head, sheet)
    for position in range(head.row + 1, table.end):
        # A row of nothing but errors and formulas without saved values is not an empty one.
        if any(shown(cell) for cell in table.row(position)) or position in table.computed:
            table.take(position)
    if not table.seen and not sheet.may_lack:
        raise problems.table_empty()
    return Imported(
        rows=table.rows,
        problems=table.problems[: limits.TABLE_PROBLEMS_MAX],
        ignored=table.ignored(),
        tab=grid.tab,
        is_cut=len(table.problems) > limits.TABLE_PROBLEMS_MAX,
    )


def _require_headings(head: Head, grid: Grid, sheet: Sheet) -> None:
    missing = [one for one in sheet.fields if one.required and one.name not in head.places]
    if missing or not head.places:
        wanted = missing or sheet.fields
        raise problems.heading_missing(
            columns_zh="、".join(one.zh for one in wanted),
            columns_en=", ".join(one.en for one in wanted),
        )
    for one in sheet.fields:
        first, *others = head.places.get(one.name, [0])
        if others:
            headings = grid.rows[head.row]
            raise problems.heading_doubled(
                column_zh=one.zh,
                column_en=one.en,
                first=shown(headings[first]),
                second=shown(headings[others[0]]),
            )


@dataclass
class _Table:
    """What has come together while the rows are gone through."""

    grid: Grid
    head: Head
    sheet: Sheet
    seen: int = 0
    computed: set[int] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    _firsts: dict[tuple[str, Value], int] = field(default_factory=dict)
    _merged: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        last = len(self.grid.rows) - 1
        places = [place for found in self.head.places.values() for place in found]
        told = (self._refused_formulas, self.grid.computed.errors)
        self.computed = {row for cells in told for row, place in cells if place in places}
        for merge in self.grid.merges:
            for position in range(max(merge.top, self.head.row + 1), min(merge.bottom, last) + 1):
                for place in places:
                    if merge.left <= place <= merge.right:
                        self._merged[position, place] = merge.bottom + 1

    @property
    def end(self) -> int:
        """Behind the last row; what reads values ends before cells that have none."""
        return max(len(self.grid.rows), max(self.computed, default=0) + 1)

    def row(self, position: int) -> Sequence[Cell]:
        return self.grid.rows[position] if position < len(self.grid.rows) else ()

    def take(self, position: int) -> None:
        self.seen += 1
        if self.seen > self.sheet.rows_max:
            raise problems.table_too_long(limit=self.sheet.rows_max)
        values: dict[str, Value] = {}
        found = [
            problem for one in self.sheet.fields if (problem := self._judge(one, position, values))
        ]
        if found:
            self.problems += found
        else:
            self.rows.append(Row(position + 1, values))

    def ignored(self) -> list[str]:
        known = {place for found in self.head.places.values() for place in found}
        headings = enumerate(self.grid.rows[self.head.row])
        return [shown(cell) for place, cell in headings if place not in known and shown(cell)]

    @property
    def _refused_formulas(self) -> Places:
        computed = self.grid.computed
        return computed.unsaved if self.sheet.formulas else computed.formulas

    def _judge(self, one: Field, position: int, values: dict[str, Value]) -> CellProblem | None:
        """Adds the cell's value, or tells what is wrong with it."""
        place, cell = self._cell(one, position)
        try:
            if (position, place) in self._merged:
                raise problems.cell_merged(until=self._merged[position, place])
            if (position, place) in self.grid.computed.errors:
                raise problems.cell_error()
            if (position, place) in self._refused_formulas:
                raise problems.cell_formula()
            value = values[one.name] = value_of(one, cell)
            if one.unique and value is not None:
                first = self._firsts.setdefault((one.name, value), position + 1)
                if first != position + 1:
                    raise problems.cell_doubled(value=shown(cell), first=first)
        except Problem as refused:
            heading = shown(self.grid.rows[self.head.row][place]) if place >= 0 else one.zh
            return cell_problem(refused.kind, position + 1, one.name, heading, **refused.facts)
        return None

    def _cell(self, one: Field, position: int) -> tuple[int, Cell]:
        """The cell of a field in a row, and its place; -1 for a field without a heading."""
        row = self.row(position)
        places = self.head.places.get(one.name)
        if not places:
            return -1, None
        return places[0], row[places[0]] if places[0] < len(row) else None
