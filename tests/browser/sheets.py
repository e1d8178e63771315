"""Excel sheets as a secretary fills them in: the empty one that the console offers, row by row."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page

Rows = Iterable[Mapping[str, str | int | None]]
FETCHED_MS = 60_000


def taken(page: Page, button: str, into: Path) -> Path:
    """The empty sheet behind this button."""
    with page.expect_download(timeout=FETCHED_MS) as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(into)
    return into


def filled(file: Path, **tabs: Rows) -> Path:
    """The rows go below the headings of each tab, and every cell under the heading of its name."""
    book = openpyxl.load_workbook(file)
    for name, rows in tabs.items():
        tab: Any = book[name]
        places = {cell.value: cell.column for cell in tab[1]}
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                tab.cell(number, places[heading], value)
    book.save(file)
    return file
