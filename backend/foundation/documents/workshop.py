"""Where documents are made and files from outside are opened. One per process of the server.

paper = await workshop.pdf("backend.features.events.views:report.typ", data, …)
async for piece in await workshop.xlsx(columns, rows, …): …
found = await workshop.read(uploaded, ROSTER)
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
from importlib import resources
from importlib.util import find_spec
from typing import IO, Any, Literal

import msgspec

from backend.foundation.documents import problems
from backend.foundation.documents.orders import (
    BinderOrder,
    BookOrder,
    FormOrder,
    FormRead,
    PaperOrder,
    SheetOrder,
    Tab,
    TabsOrder,
    Tongue,
)
from backend.foundation.documents.process import WorkshopFailed, made_by
from backend.foundation.documents.sheet import Imported, Sheet
from backend.foundation.documents.tables import Column, csv_head, csv_rows, wired
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import ZONE, Moment

HANDS = 2  # documents made at a time: each takes a whole processor for its moment
PAPER_SECONDS = 30
BOOK_SECONDS = 600  # a million rows, from a database that has other work too
READING_SECONDS = 15
_ROWS_AT_ONCE = 200
_PIECE_BYTES = 64 * 1024
_MEGABYTE = 1024 * 1024

TableKind = Literal["csv", "xlsx"]
Rows = Iterable[Sequence[Any]] | AsyncIterable[Sequence[Any]]


class Workshop:
    """Use from one event loop. Nothing stays behind between two documents."""

    def __init__(self, *, hands: int = HANDS, reading_seconds: float = READING_SECONDS) -> None:
        self._places = asyncio.Semaphore(hands)
        self._reading_seconds = reading_seconds

    async def pdf(
        self,
        template: str,
        data: Any,
        *,
        tongue: Tongue,
        made_at: Moment,
        photos: Mapping[str, bytes] | None = None,
        checkpoint: str = "",
    ) -> bytes:
        """The report as PDF/A-2a. Same arguments, same bytes.

        `template` names a package and a file in it, "backend.features.events.views:report.typ";
        `data` is anything that msgspec writes as JSON, its texts are never read as markup. Photos
        are JPEG, PNG or WebP, taken as they are: hand in renditions, which carry no place and no
        device. `checkpoint` is the line that every footer prints; empty, there is none to print.
        Raises WorkshopFailed; ValueError for too many photos.
        """
        photos = dict(photos or {})
        if len(photos) > limits.PAPER_PHOTOS_MAX:
            raise ValueError(f"{len(photos)} photos; {limits.PAPER_PHOTOS_MAX} is the limit")
        given = {
            "data": data,
            "tongue": tongue,
            "made": _made_words(made_at, tongue),
            "checkpoint": checkpoint,
        }
        order = PaperOrder(
            sources={"main.typ": _source(template), "frame.typ": _source(_FRAME)},
            given=msgspec.json.encode(given),
            photos=photos,
            made_at=int(made_at.timestamp()),
        )
        async with self._places:
            with await made_by("paper", _once(order), wall_seconds=PAPER_SECONDS) as file:
                return file.read()

    async def xlsx(
        self,
        columns: Sequence[Column],
        rows: Rows,
        *,
        title: str,
        tongue: Tongue,
        made_at: Moment,
        origin: str = "",
    ) -> AsyncIterator[bytes]:
        """The table as a workbook, complete when this returns, in pieces to send.

        Memory stays flat, here and in the child. `origin` is asked for by link columns only.
        Raises Problem `export_too_long` above a million rows, WorkshopFailed, and what
        `tables.wired` raises.
        """
        order = BookOrder(tuple(columns), title, tongue, int(made_at.timestamp()))
        said = _book(order, rows, origin)
        async with self._places:
            return _pieces(await made_by("workbook", said, wall_seconds=BOOK_SECONDS))

    async def table(
        self,
        kind: TableKind,
        columns: Sequence[Column],
        rows: Rows,
        *,
        title: str,
        tongue: Tongue,
        made_at: Moment,
    ) -> AsyncIterator[bytes]:
        """The table as CSV or as `xlsx`; of CSV pieces come while rows do. Memory stays flat.

        Raises as `xlsx`: for CSV out of the iterator.
        """
        if kind == "xlsx":
            return await self.xlsx(columns, rows, title=title, tongue=tongue, made_at=made_at)
        return _csv(columns, rows, tongue)

    async def binder(
        self, tabs: Sequence[Tab], *, title: str, tongue: Tongue, made_at: Moment
    ) -> AsyncIterator[bytes]:
        """Several small tables as one workbook, complete when this returns, in pieces to send."""
        order = BinderOrder(tuple(tabs), title, tongue, int(made_at.timestamp()))
        async with self._places:
            return _pieces(await made_by("binder", _once(order), wall_seconds=BOOK_SECONDS))

    async def read(self, data: bytes, sheet: Sheet) -> Imported:
        """What stands in a workbook (.xlsx) or text table (.csv) that somebody brought.

        Of a workbook the first visible tab is read; of a formula the value that was saved with
        it. Raises Problem when the file as a whole cannot be taken.
        """
        answer = await self._opened("reading", data, SheetOrder(data, sheet))
        # Five thousand rows take longer to take apart than a request may hold up the others.
        return await asyncio.to_thread(msgspec.msgpack.decode, answer, type=Imported)

    async def read_tabs(self, data: bytes, sheets: Sequence[Sheet]) -> list[Imported]:
        """What stands in several tabs of a workbook, in the order of the sheets.

        Raises Problem when the file as a whole cannot be taken, or a tab is missing.
        """
        answer = await self._opened("tabs", data, TabsOrder(data, tuple(sheets)))
        return await asyncio.to_thread(msgspec.msgpack.decode, answer, type=list[Imported])

    async def read_form(self, data: bytes) -> FormRead:
        """What stands in an XLSForm. Raises Problem, also where the extra is not installed."""
        if find_spec("pyxform") is None:
            raise problems.xlsform_missing()
        answer = await self._opened("xlsform", data, FormOrder(data))
        return await asyncio.to_thread(msgspec.msgpack.decode, answer, type=FormRead)

    async def _opened(self, program: str, data: bytes, order: msgspec.Struct) -> bytes:
        if len(data) > limits.TABLE_BYTES_MAX:
            raise problems.table_too_large(limit_mb=limits.TABLE_BYTES_MAX // _MEGABYTE)
        async with self._places:
            try:
                file = await made_by(program, _once(order), wall_seconds=self._reading_seconds)
            except WorkshopFailed:
                raise problems.table_too_costly() from None
            with file:
                return file.read()


_FRAME = "backend.foundation.documents:frame.typ"


def _source(template: str) -> bytes:
    package, _, name = template.partition(":")
    return resources.files(package).joinpath(name).read_bytes()


def _made_words(made_at: Moment, tongue: Tongue) -> str:
    local = made_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    return f"生成于 {local}（北京时间）" if tongue == "zh" else f"Made at {local}, China time"


async def _once(order: msgspec.Struct) -> AsyncIterator[bytes]:
    yield msgspec.msgpack.encode(order)


async def _book(order: BookOrder, rows: Rows, origin: str) -> AsyncIterator[bytes]:
    yield msgspec.msgpack.encode(order)
    count = 0
    batch: list[Any] = []
    async for row in _each(rows):
        count += 1
        if count > limits.EXPORT_ROWS_MAX:
            raise problems.export_too_long(limit=limits.EXPORT_ROWS_MAX)
        batch.append(wired(order.columns, row, origin))
        if len(batch) == _ROWS_AT_ONCE:
            yield msgspec.msgpack.encode(batch)
            batch.clear()
    if batch:
        yield msgspec.msgpack.encode(batch)


async def _csv(columns: Sequence[Column], rows: Rows, tongue: Tongue) -> AsyncIterator[bytes]:
    yield csv_head(columns, tongue=tongue)
    count = 0
    batch: list[Sequence[Any]] = []
    async for row in _each(rows):
        count += 1
        if count > limits.EXPORT_ROWS_MAX:
            raise problems.export_too_long(limit=limits.EXPORT_ROWS_MAX)
        batch.append(row)
        if len(batch) == _ROWS_AT_ONCE:
            yield csv_rows(columns, batch)
            batch.clear()
    if batch:
        yield csv_rows(columns, batch)


async def _each(rows: Rows) -> AsyncIterator[Sequence[Any]]:
    if isinstance(rows, AsyncIterable):
        async for row in rows:
            yield row
    else:
        for row in rows:
            yield row


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
