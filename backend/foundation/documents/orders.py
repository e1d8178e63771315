"""What the server and a child say to each other, as MessagePack. Pure.

Server to child: one order, then for a workbook its rows in portions, then an empty portion; each
with its length before it. Child to server: the document, or a refusal with exit code REFUSED.
"""

from typing import Literal

import msgspec

from backend.foundation.documents.sheet import CellProblem, Sheet
from backend.foundation.documents.tables import Column, Wired

REFUSED = 3

Tongue = Literal["zh", "en"]


class PaperOrder(msgspec.Struct, frozen=True):
    """A page to set. `sources` are typst files by name, `main.typ` among them; `given` is JSON."""

    sources: dict[str, bytes]
    given: bytes
    photos: dict[str, bytes]
    made_at: int


class BookOrder(msgspec.Struct, frozen=True):
    """A workbook to write; portions of rows follow."""

    columns: tuple[Column, ...]
    title: str
    tongue: Tongue
    made_at: int


class SheetOrder(msgspec.Struct, frozen=True):
    """A file to look into."""

    data: bytes
    sheet: Sheet


class TabsOrder(msgspec.Struct, frozen=True):
    """A workbook to look into, for several tables."""

    data: bytes
    sheets: tuple[Sheet, ...]


class FormOrder(msgspec.Struct, frozen=True):
    """An XLSForm to look into."""

    data: bytes


class FormRow(msgspec.Struct, frozen=True):
    """A row of an XLSForm: its number as Excel shows it, and its cells by heading."""

    row: int
    cells: dict[str, str]


class FormProblem(msgspec.Struct, frozen=True):
    """A cell of one tab that could not be read."""

    tab: str
    found: CellProblem


class FormRead(msgspec.Struct, frozen=True):
    """An XLSForm as it stands: what its tabs hold, without anybody having asked what it means, and
    what could not be read of them."""

    survey: list[FormRow]
    choices: list[FormRow]
    settings: dict[str, str]
    problems: list[FormProblem]


class Tab(msgspec.Struct, frozen=True):
    """One tab to write: its names, columns, and rows as `tables.wired` makes them."""

    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: list[list[Wired]]


class BinderOrder(msgspec.Struct, frozen=True):
    """A workbook of several tabs to write, all of it at once: such are small."""

    tabs: tuple[Tab, ...]
    title: str
    tongue: Tongue
    made_at: int


class Refusal(msgspec.Struct, frozen=True):
    """A Problem on its way home: its code and facts."""

    code: str
    facts: dict[str, str | int]


Rows = list[list[Wired]]
