"""Lists of outlets, codes and official days that are brought as files: read, judged row by row,
taken in by commands, and brought again."""

import csv
import io
from typing import Any

import pytest

from backend.foundation.documents import problems as documents
from backend.foundation.documents.workshop import Workshop
from backend.foundation.kernel.ids import new_id
from backend.foundation.organisation import brought_problems
from tests.api.conftest import Api
from tests.foundation.documents import files

OUTLETS, DAYS = "/v1/console/outlets", "/v1/console/calendar"
CODES = "/v1/console/codes"
CODE_HEAD = ("代码表", "代码表名称", "代码", "名称", "英文名称", "起用日", "截止日")
HEAD = ("网点号", "名称", "英文名称", "上级机构", "类型", "地址", "英文地址", "营业日")
PIER = ("007", "码头", "Pier", "2", "营业网点", "江边 1 号", "", "周二至周六")
POINT = ("008", "北门自助", "", "1", "自助", "", "", "每天")
DAY_HEAD = ("日期", "截止日", "类型")
YEAR = (
    ("2027-02-05", "2027-02-11", "放假"),
    ("2027-02-13", "", "调休上班"),
    ("2027-10-01", "2027-10-07", "Holiday"),
)


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([head, *(row + ("",) * (len(head) - len(row)) for row in rows)])
    return text.getvalue().encode("utf-8-sig")


async def desk(api: Api, name: str = "root", role: str = "admin") -> str:
    api.installation.workshop = Workshop(reading_seconds=300)  # other tests have the processors
    await api.house.person(name, role=role)
    return await api.token(name, device=f"desk-of-{name}")


async def read(api: Api, who: str, path: str, content: bytes) -> dict[str, Any]:
    answer = await api.call("POST", f"{path}/read", who, content=content)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def push(
    api: Api, who: str, seq: int, op: str, rec: tuple[str, str], **args: Any
) -> str | None:
    """One command from the console; the code of its refusal."""
    at = "2026-11-24T01:00:00.000Z"
    one = {"id": new_id(), "seq": seq, "op": f"organisation.{op}", "rec": rec, "args": args}
    body = {"req": "1", "commands": [one | {"at": at}]}
    answer = await api.call("POST", "/v1/sync/push", who, json=body)
    return answer.json()["results"][0].get("code")


async def take(api: Api, who: str, seq: int, outlet: dict[str, Any]) -> str | None:
    """What a console sends for one outlet of the file."""
    told = {name: value for name, value in outlet.items() if name not in ("row", "id", "change")}
    if outlet["change"] == "new":
        return await push(api, who, seq, "add_outlet", ("outlet", outlet["id"]), **told)
    del told["code"]
    return await push(api, who, seq, "change_outlet", ("outlet", outlet["id"]), **told)


async def test_outlets_are_read_with_units_addresses_and_opening_days(api: Api):
    found = await read(api, await desk(api), OUTLETS, table(HEAD, PIER, POINT))
    assert found["problems"] == []
    pier, point = found["outlets"]
    assert (pier["change"], pier["unit"], pier["name"]) == (
        "new",
        "west",
        {"zh": "码头", "en": "Pier"},
    )
    assert (pier["open_days"], pier["own_days"]["week"]) == ("week", [2, 3, 4, 5, 6])
    assert (point["kind"], point["open_days"], point["own_days"]) == ("self_service", "all", None)
    assert point["name"] == {"zh": "北门自助", "en": "北门自助"}


async def test_a_file_that_is_brought_twice_doubles_nothing(api: Api):
    """The lid falls after the first outlet; the file is brought again, then a mended one."""
    root = await desk(api)
    pier, point = (await read(api, root, OUTLETS, table(HEAD, PIER, POINT)))["outlets"]
    assert await take(api, root, 1, pier) is None
    again, other = (await read(api, root, OUTLETS, table(HEAD, PIER, POINT)))["outlets"]
    assert (again["id"], again["change"], other["change"]) == (pier["id"], "same", "new")
    assert await take(api, root, 2, pier) == "id_taken"
    assert await take(api, root, 3, point) is None
    moved = ("007", "老码头", "", "1")
    (changed,) = (await read(api, root, OUTLETS, table(HEAD, moved)))["outlets"]
    assert (changed["change"], changed["unit"]) == ("changed", "city")
    assert (changed["name"], changed["address"]["zh"]) == (
        {"zh": "老码头", "en": "Pier"},
        "江边 1 号",
    )
    assert changed["own_days"]["week"] == [2, 3, 4, 5, 6]
    assert await take(api, root, 4, changed) is None
    (same,) = (await read(api, root, OUTLETS, table(HEAD, moved)))["outlets"]
    assert same["change"] == "same"


async def test_what_is_wrong_with_an_outlet_is_told_by_row_and_column(api: Api):
    root = await desk(api)
    await push(api, root, 1, "close_outlet", ("outlet", "gate"), on="2026-01-01")
    unit = {"code": "9", "name": {"zh": "旧", "en": "Old"}, "level": "sub_branch"}
    await push(api, root, 2, "add_unit", ("unit", "old"), **unit)
    await push(api, root, 3, "close_unit", ("unit", "old"), on="2026-01-01")
    rows = (
        PIER,
        ("", "A", "", "1"),
        ("A/", "A", "", "1"),
        ("A2", "", "", "1"),
        ("A3", "A", "", ""),
        ("A4", "A", "", "77"),
        ("A5", "A", "", "9"),
        ("A6", "A", "", "1", "商店"),
        ("A7", "A", "", "1", "", "", "", "有时候"),
        ("gate", "A", "", "1"),
        PIER,
        ("A8", "A", "", "1", "", "11010519491231002X"),
        ("A9", "名" * 121, "", "1"),
        ("=1+1", "A", "", "1"),
    )
    found = await read(api, root, OUTLETS, table(HEAD, *rows))
    assert [(one["row"], one["column"], one["code"]) for one in found["problems"]] == [
        (3, "code", "cell_empty"),
        (4, "code", "cell_not_code"),
        (5, "name", "cell_empty"),
        (6, "unit", "cell_empty"),
        (7, "unit", "cell_unit_unknown"),
        (8, "unit", "cell_unit_closed"),
        (9, "kind", "cell_not_choice"),
        (10, "open_days", "cell_not_open_days"),
        (11, "code", "cell_outlet_closed"),
        (12, "code", "cell_doubled"),
        (13, "address", "cell_personal_number"),
        (14, "name", "cell_too_long"),
        (15, "code", "cell_not_code"),
    ]
    assert [one["code"] for one in found["outlets"]] == ["007"]
    kinds = {kind.code: kind for kind in (*documents.CELLS, *brought_problems.ALL)}
    for one in found["problems"]:
        told = kinds[one["code"]](**one["facts"])
        assert "…" not in told.detail + told.detail_zh
        assert str(one["row"]) in told.detail_zh


def _book(*, merged: bool = False, formula: bool = False) -> bytes:
    def fill(book: Any) -> None:
        tab = book.add_worksheet("网点")
        tab.write_row(0, 0, HEAD[:4])
        tab.write_row(1, 0, ("001", "甲", "", "2"))
        tab.write_row(2, 0, ("002", "乙", "", "2"))
        if merged:
            tab.merge_range(1, 3, 2, 3, "2")
        if formula:
            tab.write_formula(1, 1, '=HYPERLINK("http://x","甲")', None, "甲")
            tab.write_formula(2, 1, "=1/0", None, "#DIV/0!")

    return files.workbook(fill)


async def test_merged_cells_are_told_and_of_formulas_only_the_saved_value_counts(api: Api):
    root = await desk(api)
    found = await read(api, root, OUTLETS, _book(merged=True))
    told = [(one["row"], one["column"], one["code"]) for one in found["problems"]]
    assert told == [(2, "unit", "cell_merged"), (3, "unit", "cell_merged")]
    found = await read(api, root, OUTLETS, _book(formula=True))
    assert [one["name"]["zh"] for one in found["outlets"]] == ["甲"]
    assert [(one["row"], one["code"]) for one in found["problems"]] == [(3, "cell_error")]


async def test_files_that_cannot_be_a_list_are_refused_as_a_whole(api: Api):
    root = await desk(api)
    many = [(f"A{n}", "A", "", "1") for n in range(50_000)]
    bad = {
        "heading_missing": table(("编号外", "备注"), ("1", "2")),
        "heading_doubled": table((*HEAD, "编号"), (*PIER, "9")),
        "table_too_long": table(HEAD, *many),
        "table_too_costly": files.zip_bomb(),
        "table_has_macros": files.with_macros(),
        "table_unreadable": b"",
        "table_empty": table(HEAD),
    }
    kinds = {kind.code: kind for kind in documents.FILES}
    for code, content in bad.items():
        answer = await api.call("POST", f"{OUTLETS}/read", root, content=content)
        assert (answer.status_code, answer.json()["code"]) == (kinds[code].status, code)
        assert answer.headers["content-type"].startswith("application/problem+json")


async def test_the_days_of_a_year_are_read_and_put_in_whole(api: Api):
    root = await desk(api)
    (year,) = (await read(api, root, DAYS, table(DAY_HEAD, *YEAR)))["years"]
    assert (year["year"], year["rest"], year["work"], year["is_same"]) == (2027, 14, 1, False)
    assert year["days"]["2027-02-13"] == "work"
    rec = ("calendar", "2027")
    assert await push(api, root, 1, "put_calendar_year", rec, days=year["days"]) is None
    (again,) = (await read(api, root, DAYS, table(DAY_HEAD, *YEAR)))["years"]
    assert again["is_same"]
    assert again["days"] == year["days"]


async def test_a_span_over_new_year_belongs_to_two_years(api: Api):
    found = await read(
        api, await desk(api), DAYS, table(DAY_HEAD, ("2027-12-31", "2028-01-02", "放假"))
    )
    assert [(one["year"], list(one["days"])) for one in found["years"]] == [
        (2027, ["2027-12-31"]),
        (2028, ["2028-01-01", "2028-01-02"]),
    ]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("someday", "", "放假"), "since", "cell_not_date"),
        (("2027-02-05", "", "国庆"), "mark", "cell_not_choice"),
        (("2027-02-05", "", ""), "mark", "cell_empty"),
        (("2027-02-05", "2027-02-01", "放假"), "until", "cell_days_backwards"),
        (("2027-02-05", "2028-02-11", "放假"), "until", "cell_span_too_long"),
        (("2027-02-15", "", "上班"), "mark", "cell_works_already"),
        (("2027-05-03", "", "放假"), "since", "cell_day_doubled"),
        (("1999-05-03", "", "放假"), "since", "cell_not_calendar_year"),
    ],
)
async def test_a_list_of_days_with_one_wrong_row_is_not_taken_at_all(
    api: Api, row: tuple[str, ...], column: str, code: str
):
    """With a row left out, every due day behind it would be wrong and say nothing."""
    content = table(DAY_HEAD, ("2027-05-01", "2027-05-05", "放假"), row)
    found = await read(api, await desk(api), DAYS, content)
    assert found["years"] == []
    assert [(one["row"], one["column"], one["code"]) for one in found["problems"]] == [
        (3, column, code)
    ]


async def test_code_lists_are_read_taken_and_read_again_as_the_same(api: Api):
    """The second list of the file has a wrong row; mended, it is brought once more."""
    root = await desk(api)
    rows = (
        ("channel", "渠道", "0101", "柜台", "Counter", "2026-01-01"),
        ("channel", "", "A2", "热线", "", "", "2026/12/31"),
        ("kind", "", "1", "服务"),
        ("channel", "", "a2", "网点", ""),
    )
    found = await read(api, root, CODES, table(CODE_HEAD, *rows))
    told = [(one["row"], one["column"], one["code"]) for one in found["problems"]]
    assert told == [(4, "list_name", "cell_list_unnamed"), (5, "code", "cell_code_alike")]
    (channel,) = found["lists"]
    assert [(one["code"], one["until"]) for one in channel["codes"]] == [
        ("0101", None),
        ("A2", "2026-12-31"),
    ]
    told = {name: channel[name] for name in ("name", "purpose", "codes")}
    assert await push(api, root, 1, "add_code_list", ("code_list", "channel"), **told) is None
    mended = (*rows[:2], ("kind", "类别", "1", "服务"))
    again = await read(api, root, CODES, table(CODE_HEAD, *mended))
    assert [(one["id"], one["change"]) for one in again["lists"]] == [
        ("channel", "same"),
        ("kind", "new"),
    ]
    turned = await read(api, root, CODES, table(CODE_HEAD, rows[1], rows[0]))
    (changed,) = turned["lists"]
    assert (changed["change"], changed["order"]) == ("changed", ["A2", "0101"])


async def test_who_may_bring_what_and_the_empty_forms_are_read_by_ourselves(api: Api):
    root = await desk(api)
    sue = await desk(api, "sue", "secretariat")
    ben = await desk(api, "ben", "manager")
    for path, who in ((OUTLETS, sue), (OUTLETS, ben), (CODES, sue), (DAYS, ben)):
        for method, rest in (("POST", "read"), ("GET", "form.xlsx")):
            answer = await api.call(method, f"{path}/{rest}", who)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    for path, who in ((OUTLETS, root), (CODES, root), (DAYS, sue)):
        form = await api.call("GET", f"{path}/form.xlsx", who, params={"language": "en"})
        assert form.status_code == 200
        answer = await api.call("POST", f"{path}/read", who, content=form.content)
        assert answer.json()["code"] == "table_empty"
