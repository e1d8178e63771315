"""Makes one kind of document a few times and tells what it cost: `… paperwork paper`."""

import asyncio
import json
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from backend.foundation.documents.sheet import Code, Day, Field, Integer, Sheet
from backend.foundation.documents.tables import Column, csv_lines
from backend.foundation.documents.workshop import Workshop
from tests.features.events import evening
from tests.foundation.documents import paper
from tests.foundation.documents.files import workbook
from tests.kit.clock import MORNING

TIMES = 5
COLUMNS = tuple(
    Column(f"列{place}", f"Column {place}", ("text", "integer", "date")[place % 3])
    for place in range(10)
)
SHEET = Sheet(
    tuple(
        Field(f"f{place}", f"列{place}", f"Column {place}", (Code(), Integer(), Day())[place % 3])
        for place in range(10)
    )
)


def cells(number: int) -> list[Any]:
    """One row with texts, numbers and days in turn."""
    values = (f"A-{number}", number, date(2027, 2, 20))
    return [values[place % 3] for place in range(10)]


def brought() -> bytes:
    """A workbook of 5,000 rows."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        tab.write_row(0, 0, [column.zh for column in COLUMNS])
        for number in range(5000):
            for place, cell in enumerate(cells(number)):
                tab.write(number + 1, place, cell, day if place % 3 == 2 else None)

    return workbook(fill)


def main(name: str) -> None:
    shop = Workshop()
    table = brought() if name == "reading" else b""
    photos = paper.photos()
    six = evening.photos()
    rows = [cells(number) for number in range(10_000)]

    async def make_paper() -> None:
        await shop.pdf(paper.TEMPLATE, paper.data(), tongue="zh", made_at=MORNING, photos=photos)

    async def make_book() -> None:
        async for _ in await shop.xlsx(COLUMNS, rows, title="x", tongue="zh", made_at=MORNING):
            pass

    async def make_lines() -> None:
        for _ in csv_lines(COLUMNS, rows, tongue="zh"):
            pass

    async def make_reading() -> None:
        found = await shop.read(table, SHEET)
        assert len(found.rows) == 5000

    async def make_event() -> None:
        told = evening.told() | {"photos": list(six)}
        await shop.pdf(evening.TEMPLATE, told, tongue="zh", made_at=MORNING, photos=six)

    works = {
        "event": make_event,
        "paper": make_paper,
        "book": make_book,
        "lines": make_lines,
        "reading": make_reading,
    }
    print(json.dumps(asyncio.run(cost_of(works[name]))))


async def cost_of(work: Callable[[], Awaitable[None]]) -> dict[str, float]:
    """Median processor seconds, the server's share in them, and the child's peak of memory."""
    whole, own = [], []
    for _ in range(TIMES):
        before, server = _children(), time.process_time()
        await work()
        own.append(time.process_time() - server)
        whole.append(_children() - before + own[-1])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return {
        "cpu_s": statistics.median(whole),
        "server_s": statistics.median(own),
        "peak_mb": peak,
    }


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main(sys.argv[1])
