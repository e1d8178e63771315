"""Rows of a file that somebody brings, each taken or refused by what only the house knows. Pure."""

from collections.abc import Callable
from typing import Literal, TypeVar

from backend.foundation.documents.sheet import CellProblem, Imported, Row, Sheet, cell_problem
from backend.foundation.kernel.problem import ProblemType

T = TypeVar("T")
Change = Literal["new", "changed", "same"]


class Refused(Exception):
    """A row that cannot be taken: which column, why, and what stands there."""

    def __init__(self, column: str, kind: ProblemType, **facts: str | int) -> None:
        super().__init__(kind.code)
        self.column, self.kind, self.facts = column, kind, facts


def taken(
    imported: Imported, sheet: Sheet, take: Callable[[Row], T]
) -> tuple[list[T], list[CellProblem]]:
    """What `take` made of the rows, top to bottom, and every problem in the order of the rows: a
    row that it refuses is left out."""
    headings = {field.name: f"{field.zh} / {field.en}" for field in sheet.fields}
    found: list[T] = []
    wrong: list[CellProblem] = []
    for row in imported.rows:
        try:
            found.append(take(row))
        except Refused as no:
            heading = headings[no.column]
            wrong.append(cell_problem(no.kind, row.number, no.column, heading, **no.facts))
    return found, sorted([*imported.problems, *wrong], key=lambda one: one.row)
