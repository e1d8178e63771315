"""Workbooks: what a zip file from a stranger may be, and the cells of its tabs."""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from backend.foundation.documents.children.formulas import Computed, computed_in
from backend.foundation.documents.children.grid import Grid, Merge
from backend.foundation.documents.problems import (
    table_empty,
    table_has_macros,
    table_locked,
    table_too_costly,
    table_unreadable,
)
from backend.foundation.kernel import limits

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any workbook with a password
_PIECE_BYTES = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook of some kind, also of one that is not taken."""
    return data.startswith((_ZIP, _COMPOUND))


def require_workbook(data: bytes) -> None:
    """Refuses what is no workbook, has a password or macros, or unpacks to more than it may."""
    if data.startswith(_COMPOUND):
        raise table_locked()
    if not data.startswith(_ZIP):
        raise table_unreadable()
    _checked(data)


def xlsx_grid(data: bytes) -> Grid:
    """The first visible tab. Raises Problem."""
    with _opened(data) as book:
        for tab in _tabs(book):
            if _is_visible(tab):
                return _grid(book, tab.name, computed_in(data))
    raise table_empty()


def xlsx_grids(data: bytes) -> list[Grid]:
    """Every tab; of a hidden one nothing but its name. Raises Problem."""
    with _opened(data) as book:
        computed = computed_in(data)
        return [
            _grid(book, tab.name, computed)
            if _is_visible(tab)
            else Grid([], tab.name, is_hidden=True)
            for tab in _tabs(book)
        ]


def named_grids(data: bytes, names: Collection[str]) -> list[Grid]:
    """The tabs of these names in small letters, hidden or not; the only tab by any name."""
    with _opened(data) as book:
        tabs, computed = _tabs(book), computed_in(data)
        wanted = [tab for tab in tabs if tab.name.lower() in names or len(tabs) == 1]
        return [_grid(book, tab.name, computed) for tab in wanted]


@contextmanager
def _opened(data: bytes) -> Iterator[CalamineWorkbook]:
    require_workbook(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield book
    except CalamineError:
        raise table_unreadable() from None


def _grid(book: CalamineWorkbook, name: str, computed: dict[str, Computed]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    merges = sheet.merged_cell_ranges or []
    return Grid(
        sheet.to_python(skip_empty_area=False),
        name,
        [Merge(top, left, bottom, right) for (top, left), (bottom, right) in merges],
        computed.get(name, Computed()),
    )


def _checked(data: bytes) -> None:
    """Everything is unpacked once, in pieces: the sizes that a zip file declares can lie, and a
    damaged part must not come out as a table that merely ends early."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            names = {info.filename.lower() for info in infos}
            if any("vbaproject" in name or "macrosheets" in name for name in names):
                raise table_has_macros()
            if "xl/workbook.xml" not in names:
                raise table_unreadable()
            if len(infos) > limits.TABLE_PARTS_MAX:
                raise table_too_costly()
            left = limits.TABLE_INFLATED_BYTES_MAX
            for info in infos:
                left = _unpacked(parts, info, left)
    except _BROKEN:
        raise table_unreadable() from None


def _unpacked(parts: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> int:
    with parts.open(info) as part:
        while piece := part.read(_PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise table_too_costly()
    return left


def _tabs(book: CalamineWorkbook) -> list[SheetMetadata]:
    return [tab for tab in book.sheets_metadata if tab.typ is SheetTypeEnum.WorkSheet]


def _is_visible(tab: SheetMetadata) -> bool:
    return tab.visible is SheetVisibleEnum.Visible
