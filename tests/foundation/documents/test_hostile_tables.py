"""Files made to do harm, opened as the server opens them: in a child with limits."""

from typing import Any

import msgspec
import pytest

from backend.foundation.documents.children.reading import opened
from backend.foundation.documents.children.tabs import opened_tabs
from backend.foundation.documents.sheet import Imported, Sheet
from backend.foundation.documents.workshop import Workshop
from backend.foundation.kernel import limits
from backend.foundation.kernel.problem import Problem
from tests.foundation.documents import files, wrong
from tests.foundation.documents.files import ROSTER, rows_of

WORKSHOP = Workshop()
FULL = ("王芳", "A-001", "138 0013 8000", "2027-02-20", 3, "客户")


async def read(data: bytes, sheet: Sheet = ROSTER) -> Imported:
    return await WORKSHOP.read(data, sheet)


async def refused(data: bytes) -> Problem:
    with pytest.raises(Problem) as found:
        await read(data)
    assert "…" not in found.value.detail + found.value.detail_zh
    return found.value


async def test_a_child_gives_what_is_in_the_file():
    """Rows and problems survive the way out of the child unchanged."""
    data = rows_of(FULL, ("", 7), ("李强", "x y"))
    found = await read(data)
    assert found == opened(data, ROSTER)
    assert (len(found.rows), len(found.problems)) == (1, 2)


HOSTILE = {
    "nothing": (b"", "table_unreadable"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "table_unreadable"),
    "quotes that do not close": (b'"' + b"a" * 200_000, "table_unreadable"),
    "a zip of something else": (b"PK\x03\x04" + bytes(60), "table_unreadable"),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table_locked"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_no_table_is_refused(name: str):
    data, code = HOSTILE[name]
    assert (await refused(data)).code == code


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (files.with_macros, {"table_has_macros"}),
        (files.zip_bomb, {"table_too_costly"}),
        (files.lying_zip_bomb, {"table_unreadable"}),
        (files.with_many_parts, {"table_too_costly"}),
        (files.with_far_cell, {"table_too_costly"}),
        (files.with_a_damaged_part, {"table_unreadable"}),
    ],
)
async def test_a_workbook_made_to_do_harm_hurts_only_its_own_child(make: Any, codes: set[str]):
    data = make()
    assert len(data) < limits.TABLE_BYTES_MAX
    assert (await refused(data)).code in codes
    assert len((await read(rows_of(FULL))).rows) == 1


async def test_entities_within_entities_are_not_expanded():
    """Ten levels of ten would be gigabytes."""
    found = await read(files.with_entities())
    assert [row.values["name"] for row in found.rows] == ["王芳"]


async def test_an_entity_that_names_a_file_of_the_server_is_refused():
    assert (await refused(files.with_outside_entity())).code == "table_unreadable"


async def test_a_tag_that_claims_a_billion_cells_is_not_believed():
    assert len((await read(files.with_huge_dimension())).rows) == 1


async def test_a_file_above_the_limit_is_refused_unopened():
    problem = await refused(bytes(limits.TABLE_BYTES_MAX + 1))
    assert (problem.code, problem.facts) == ("table_too_large", {"limit_mb": 5})


async def test_a_file_that_takes_too_long_is_refused():
    with pytest.raises(Problem) as found:
        await Workshop(reading_seconds=0.001).read(rows_of(FULL), ROSTER)
    assert found.value.code == "table_too_costly"


async def test_fifty_thousand_rows_are_refused_for_their_number_within_the_limits_of_each_child():
    """Not for the memory or time that they take: whoever brings them is told to split the list."""
    shop = Workshop(reading_seconds=300)
    data = wrong.lengthened(rows_of(FULL), FULL)
    tab = msgspec.structs.replace(ROSTER, zh="名单")
    form = wrong.lengthened(rows_of(("text", "a"), headings=("type", "name")), ("text", "a"))
    for reading in (shop.read(data, ROSTER), shop.read_tabs(data, [tab]), shop.read_form(form)):
        with pytest.raises(Problem) as found:
            await reading
        assert found.value.code == "table_too_long"


async def test_a_tab_that_is_hidden_is_neither_taken_unseen_nor_passed_over_in_silence():
    def fill(book: Any) -> None:
        book.add_worksheet("说明")
        for name in ("名单", "Guests"):
            tab = book.add_worksheet(name)
            tab.write_row(0, 0, files.HEADINGS)
            tab.write(1, 0, name)
            if name == "名单":
                tab.hide()

    data = files.workbook(fill)
    tab = msgspec.structs.replace(ROSTER, zh="名单", en="List", may_lack=True)
    with pytest.raises(Problem) as found:
        opened_tabs(data, (tab,))
    assert (found.value.code, found.value.facts) == ("tab_hidden", {"tab": "名单"})
    (shown,) = opened_tabs(data, (msgspec.structs.replace(tab, en="Guests"),))
    assert (shown.tab, len(shown.rows)) == ("Guests", 1)
