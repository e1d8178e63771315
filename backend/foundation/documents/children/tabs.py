"""Opens a workbook of several tables: `python -m backend.foundation.documents.children.tabs`.

Within the same limits as one table (`reading`), and as little of it is carried out.
"""

from typing import BinaryIO

import msgspec

from backend.foundation.documents.cells import plain
from backend.foundation.documents.children.grid import Grid
from backend.foundation.documents.children.judging import judged
from backend.foundation.documents.children.reading import ANSWER_BYTES, CPU_SECONDS, MEMORY_BYTES
from backend.foundation.documents.children.serving import portion, serve
from backend.foundation.documents.children.xlsx_file import is_workbook, xlsx_grids
from backend.foundation.documents.orders import TabsOrder
from backend.foundation.documents.problems import tab_hidden, tab_missing, tabs_only_in_workbooks
from backend.foundation.documents.sheet import Imported, Sheet


def read_tabs(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order, one table of rows and problems for each of its sheets."""
    order = msgspec.msgpack.decode(portion(asked), type=TabsOrder)
    answer.write(msgspec.msgpack.encode(opened_tabs(order.data, order.sheets)))


def opened_tabs(data: bytes, sheets: tuple[Sheet, ...]) -> list[Imported]:
    """What stands in each tab, in the order asked for. Raises Problem."""
    if not is_workbook(data):
        raise tabs_only_in_workbooks()
    # A shown tab goes before a hidden one of the same name.
    grids = {plain(grid.tab): grid for grid in sorted(xlsx_grids(data), key=_is_shown)}
    return [_tab(grids, sheet) for sheet in sheets]


def _is_shown(grid: Grid) -> bool:
    return not grid.is_hidden


def _tab(grids: dict[str, Grid], sheet: Sheet) -> Imported:
    names = [plain(name) for name in (sheet.zh, sheet.en, *sheet.also)]
    named = sorted((grids[name] for name in names if name in grids), key=_is_shown, reverse=True)
    grid = named[0] if named else None
    if grid is not None and grid.is_hidden:
        raise tab_hidden(tab=grid.tab)
    if grid is not None and (grid.rows or not sheet.may_lack):
        return judged(grid, sheet)
    if not sheet.may_lack:
        raise tab_missing(tab_zh=sheet.zh, tab_en=sheet.en)
    return Imported(rows=[], problems=[], ignored=[], tab="", is_cut=False)


if __name__ == "__main__":
    serve(read_tabs, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, answer_bytes=ANSWER_BYTES)
