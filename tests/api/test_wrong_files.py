"""Wrong files, brought to every import of the console: each is refused by a sentence in both
tongues or told row by row, and nothing of any is kept."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from backend.app import catalogue
from backend.generate.words import all_problems
from tests.api.conftest import Api
from tests.foundation.checklists.test_workbook import PLAIN, edited, place_of, written
from tests.foundation.checklists.test_xlsform import HEAD as FORM_HEAD
from tests.foundation.checklists.test_xlsform import STATE, form
from tests.foundation.documents import files, wrong
from tests.foundation.documents.wrong import SPOILT, AtOnce, Listed, reads_whole

LISTS = {
    "people": Listed(("姓名", "用户名", "岗位"), lambda n: ("王芳", f"fang{n}", "管理人员")),
    "outlets": Listed(("网点号", "名称", "上级机构"), lambda n: (f"9{n}", "码头", "2")),
    "calendar": Listed(("日期", "类型"), lambda n: (f"2027-05-{n:02}", "放假")),
    "standards": Listed(("条款号", "中文", "英文"), lambda n: (f"3.{n}", "有坡道", "A ramp")),
}
FOUND = {"people": "people", "outlets": "outlets", "calendar": "years", "standards": "clauses"}
KINDS = all_problems(catalogue())
ITEMS_PART = "xl/worksheets/sheet3.xml"
pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


async def desk(api: Api) -> str:
    api.installation.workshop = AtOnce()
    await api.house.person("root", role="admin")
    return await api.token("root", device="desk-of-root")


async def facts(api: Api) -> int:
    async with api.house.database.reading() as tx:
        return (await tx.tuples("SELECT count(*) FROM fact"))[0][0]


async def read(api: Api, who: str, path: str, content: bytes) -> dict[str, Any]:
    answer = await api.call("POST", f"/v1/console/{path}", who, content=content)
    assert answer.status_code == 200, (path, answer.text)
    return answer.json()


def _books() -> dict[str, wrong.Wrong]:
    """The checklist's own workbook, and the form: refused as lists are, and in their own ways."""
    good = written(PLAIN)
    long = wrong.lengthened(good, ("1", "2.1", "重复"), ITEMS_PART)
    return {
        "templates/read": {
            "50,000 rows": (long, "table_too_long"),
            "a text table": ("检查项,序号\n门,1\n".encode("gb18030"), "tabs_only_in_workbooks"),
            "another tab": (edited(lambda book: book.remove(book["模块"])), "tab_missing"),
            "another column": (edited(_renamed), "heading_missing"),
            "a column twice": (edited(_doubled), "heading_doubled"),
            "a hidden tab": (edited(_hidden), "tab_hidden"),
        },
        "templates/xlsform": {
            "50,000 rows": (wrong.lengthened(form(STATE), STATE[:4]), "table_too_long"),
            "a text table": (b"type,name\ntext,a\n", "table_unreadable"),
            "another tab": (written(PLAIN), "xlsform_unsound"),
            "other columns": (form(("x",), head=("别的",)), "xlsform_unsound"),
            "a column twice": (form(STATE, head=(*FORM_HEAD, "name")), "xlsform_unsound"),
        },
    }


def _renamed(book: Any) -> None:
    place_of(book, "检查项", "中文", 1).value = "别的"


def _doubled(book: Any) -> None:
    place_of(book, "检查项", "英文", 1).value = "检查内容"


def _hidden(book: Any) -> None:
    book["佐证要求"].sheet_state = "hidden"


async def test_a_file_that_is_no_list_is_refused_in_both_tongues_and_nothing_is_kept(api: Api):
    root = await desk(api)
    before = await facts(api)
    brought = {f"{name}/read": wrong.lists(one) for name, one in LISTS.items()}
    # One of each way of reading, with everything that nobody takes.
    brought["people/read"] |= wrong.workbooks()
    brought |= {path: wrong.workbooks() | own for path, own in _books().items()}
    for path, all_files in brought.items():
        for name, (content, code) in all_files.items():
            answer = await api.call("POST", f"/v1/console/{path}", root, content=content)
            body = answer.json()
            assert (body["code"], answer.status_code) == (code, KINDS[code].status), (path, name)
            assert answer.headers["content-type"] == "application/problem+json"
            assert reads_whole(body["detail"], body["detail_zh"]), body
    assert await facts(api) == before


@pytest.mark.parametrize("name", LISTS)
async def test_merged_uncomputed_and_broken_cells_are_told_by_row(api: Api, name: str):
    """Without a word each of them would come in as an empty cell."""
    found = await read(api, await desk(api), f"{name}/read", wrong.spoilt(LISTS[name]))
    assert [(one["row"], one["code"]) for one in found["problems"]] == SPOILT
    for one in found["problems"]:
        told = KINDS[one["code"]](**one["facts"])
        assert reads_whole(told.detail, told.detail_zh)
    # Of a calendar nothing is taken in part.
    assert len(found[FOUND[name]]) == (0 if name == "calendar" else 1)


async def test_a_form_with_merged_uncomputed_and_broken_cells_is_told_by_row(api: Api):
    book = openpyxl.load_workbook(io.BytesIO(form(STATE, STATE, STATE, STATE)))
    survey = book["survey"]
    for n in range(2, 6):
        survey[f"B{n}"] = f"floor{n}"
    survey.merge_cells("F2:F3")
    survey["F4"] = "=\"${floor2} = 'bad'\""
    survey["C5"] = "#N/A"
    book["choices"]["D3"] = "=A1"
    made = io.BytesIO()
    book.save(made)
    found = await read(api, await desk(api), "templates/xlsform", made.getvalue())
    assert found["doc"] is None
    told = [(one["tab"], one["row"], one["column"], one["code"]) for one in found["problems"]]
    assert told == [
        ("survey", 2, "relevant", "cell_merged"),
        ("survey", 3, "relevant", "cell_merged"),
        ("survey", 4, "relevant", "cell_formula"),
        ("survey", 5, "label::English (en)", "cell_error"),
        ("choices", 3, "label::中文 (zh)", "cell_formula"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
async def test_a_list_is_read_however_its_spaces_digits_and_letters_were_typed(
    api: Api, encoding: str
):
    root = await desk(api)
    text = io.StringIO()
    csv.writer(text).writerows(
        [
            ("　姓 名*", " 用户名（必填） ", "岗位", "起始日"),
            ("\u200b王芳 ", "ｆａｎｇ１", "　管理人员", "２０２７年２月２０日"),
        ]
    )
    found = await read(api, root, "people/read", text.getvalue().encode(encoding))
    assert found["problems"] == []
    (person,) = found["people"]
    assert (person["name"], person["username"]) == ("王芳", "fang1")
    assert (person["posts"][0]["role"], person["posts"][0]["held_from"]) == (
        "manager",
        "2027-02-20",
    )


async def test_a_day_is_a_day_however_the_workbook_counts_and_a_bare_number_is_none(api: Api):
    """Excel on a Mac counts from 1904; the date format of a Chinese Excel has no name in the file;
    the number alone may be anything."""
    root = await desk(api)
    for content in (_days("yyyy-mm-dd"), _days("yyyy-mm-dd", date_1904=True), _days(31)):
        (year,) = (await read(api, root, "calendar/read", content))["years"]
        assert list(year["days"]) == ["2027-05-01"]
    found = await read(api, root, "calendar/read", _days(0))
    assert [(one["row"], one["code"]) for one in found["problems"]] == [(2, "cell_not_date")]


def _days(number_format: str | int, **options: Any) -> bytes:
    """One day as a workbook keeps it: a number, and how it is shown."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet()
        tab.write_row(0, 0, ("日期", "类型"))
        form = book.add_format({"num_format": number_format})
        tab.write_datetime(1, 0, date(2027, 5, 1), form)
        tab.write(1, 1, "放假")

    return files.workbook(fill, **options)
