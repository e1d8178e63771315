"""Opens a table that somebody brought: `python -m backend.foundation.documents.children.reading`.

A file from a stranger is opened here, within limits of memory and time, and nothing of it is
carried out: no formula is computed, no link followed, no macro looked at. What comes out are
plain values, judged against the sheet's declaration.
"""

from typing import BinaryIO

import msgspec

from backend.foundation.documents.children.csv_file import csv_grid
from backend.foundation.documents.children.judging import judged
from backend.foundation.documents.children.serving import portion, serve
from backend.foundation.documents.children.xlsx_file import is_workbook, xlsx_grid
from backend.foundation.documents.orders import SheetOrder
from backend.foundation.documents.problems import table_unreadable
from backend.foundation.documents.sheet import Imported, Sheet

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 10
ANSWER_BYTES = 256 << 20


def read_table(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order, one list of rows and problems."""
    order = msgspec.msgpack.decode(portion(asked), type=SheetOrder)
    answer.write(msgspec.msgpack.encode(opened(order.data, order.sheet)))


def opened(data: bytes, sheet: Sheet) -> Imported:
    """What stands in the file. Raises Problem."""
    if not data:
        raise table_unreadable()
    grid = xlsx_grid(data) if is_workbook(data) else csv_grid(data, sheet)
    return judged(grid, sheet)


if __name__ == "__main__":
    serve(read_table, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, answer_bytes=ANSWER_BYTES)
