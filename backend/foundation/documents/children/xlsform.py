"""Reads an XLSForm: `python -m backend.foundation.documents.children.xlsform`.

pyxform, an extra of this house, says whether it is one at all, in its own words; what comes out are
the rows of its tabs as text. It unpacks whole files and builds trees of them, so it works only
here, within limits of memory and time, and after the zip was looked through. It takes for empty
what is merged away or was never computed, so that is looked for beside it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import msgspec
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from backend.foundation.documents.cells import shown
from backend.foundation.documents.children.grid import Grid
from backend.foundation.documents.children.serving import portion, serve
from backend.foundation.documents.children.xlsx_file import named_grids
from backend.foundation.documents.orders import FormOrder, FormProblem, FormRead, FormRow
from backend.foundation.documents.problems import (
    cell_error,
    cell_formula,
    cell_merged,
    table_too_long,
    xlsform_unsound,
)
from backend.foundation.documents.sheet import cell_problem
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import ProblemType

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
ANSWER_BYTES = 64 << 20
TABS = ("survey", "choices", "settings")
_SAID_MAX = 300
_LINES = re.compile(r"\s+")


def read_form(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order, the rows of one form."""
    order = msgspec.msgpack.decode(portion(asked), type=FormOrder)
    answer.write(msgspec.msgpack.encode(opened_form(order.data)))


def opened_form(data: bytes) -> FormRead:
    """What stands in the form. Raises Problem."""
    grids = named_grids(data, TABS)
    for grid in grids:
        if sum(any(shown(cell) for cell in row) for row in grid.rows[1:]) > limits.TABLE_ROWS_MAX:
            raise table_too_long(limit=limits.TABLE_ROWS_MAX)
    problems = [one for grid in grids for one in lost_in(grid)]
    try:
        form = get_xlsform(data, file_type=".xlsx")
        rows = [form.survey or (), form.choices or (), form.settings or ()]
        convert(data, validate=False, file_type=".xlsx", form_name="form")
    except PyXFormError as error:
        said = _LINES.sub(" ", str(error)).strip()[:_SAID_MAX]
        # What was not computed or merged away may be all that is wrong with it.
        if not problems:
            raise xlsform_unsound(said=said) from None
        return FormRead([], [], {}, problems)
    survey, choices, settings = map(_rows, rows)
    return FormRead(survey, choices, settings[0].cells if settings else {}, problems)


def lost_in(grid: Grid) -> Iterator[FormProblem]:
    """The cells under a heading that would come in empty though something is shown there."""
    first = grid.rows[0] if grid.rows else ()
    headings = {place: shown(cell) for place, cell in enumerate(first) if shown(cell)}
    told: dict[tuple[int, int], tuple[ProblemType, dict[str, int]]] = {
        cell: (cell_formula, {}) for cell in grid.computed.unsaved
    }
    told |= {cell: (cell_error, {}) for cell in grid.computed.errors}
    for merge in grid.merges:
        for row in range(merge.top, min(merge.bottom, len(grid.rows) - 1) + 1):
            for place in headings:
                if merge.left <= place <= merge.right:
                    told[row, place] = (cell_merged, {"until": merge.bottom + 1})
    for (row, place), (kind, facts) in sorted(told.items(), key=lambda one: one[0]):
        if place in headings:
            heading = headings[place]
            yield FormProblem(grid.tab, cell_problem(kind, row + 1, heading, heading, **facts))


def _rows(tab: Sequence[dict[str, str]]) -> list[FormRow]:
    # The headings are row 1; empty rows are kept by the reader, so that numbers are Excel's.
    return [FormRow(number, dict(row)) for number, row in enumerate(tab, start=2) if row]


if __name__ == "__main__":
    serve(read_form, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, answer_bytes=ANSWER_BYTES)
