"""A list of people that is brought as a file: read, judged row by row, taken in by commands."""

import csv
import io
from typing import Any

import pytest

from backend.foundation.documents.workshop import Workshop
from backend.foundation.kernel.ids import new_id
from tests.api.conftest import Api

READ = "/v1/console/people/read"
HEAD = ("姓名", "用户名", "岗位", "职务", "机构", "网点", "条线", "起始日", "截止日")
POST = ("role", "unit", "outlet", "line", "held_from", "held_to")


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([head, *(row + ("",) * (len(head) - len(row)) for row in rows)])
    return text.getvalue().encode("utf-8-sig")


async def desk(api: Api) -> str:
    api.installation.workshop = Workshop(reading_seconds=300)  # other tests have the processors
    await api.house.person("root", role="admin")
    return await api.token("root", device="desk-of-root")


async def read(api: Api, root: str, *rows: tuple[str, ...]) -> dict[str, Any]:
    answer = await api.call("POST", READ, root, content=table(*rows))
    assert answer.status_code == 200, answer.text
    return answer.json()


def commands(person: dict[str, Any], seq: int) -> list[dict[str, Any]]:
    """What a console sends for one person: one group."""
    asks: list[tuple[str, dict[str, Any]]] = []
    if person["is_new"]:
        asks.append(("add_person", {"username": person["username"], "name": person["name"]}))
    for post in person["posts"]:
        if post["is_new"]:
            args = {name: value for name, value in post.items() if name not in ("row", "is_new")}
            asks.append(("hold_post", args))
    shared = {"rec": ["person", person["id"]], "group": new_id(), "at": "2026-11-24T01:00:00.000Z"}
    return [
        {"id": new_id(), "seq": seq + number, "op": f"identity.{op}", "args": args} | shared
        for number, (op, args) in enumerate(asks)
    ]


async def take(api: Api, root: str, person: dict[str, Any], seq: int) -> list[str | None]:
    body = {"req": "1", "commands": commands(person, seq)}
    answer = await api.call("POST", "/v1/sync/push", root, json=body)
    return [one.get("code") for one in answer.json()["results"]]


GOOD = (
    ("王芳", "wang.fang", "管理人员", "副行长", "2", "", "", "2026-12-01", "2027-11-30"),
    ("王芳", "wang.fang", "Inspector", "", "", "lake", "service"),
    ("李娜", "LiNa", "outlet_head", "", "", "gate"),
)


async def test_rows_of_one_user_name_are_one_person_with_their_posts(api: Api):
    found = await read(api, await desk(api), *GOOD)
    assert found["problems"] == []
    fang, lina = found["people"]
    assert (fang["username"], fang["name"], fang["rows"]) == ("wang.fang", "王芳", [2, 3])
    assert (fang["is_new"], lina["is_new"], lina["username"]) == (True, True, "lina")
    assert [tuple(post[name] for name in POST) for post in fang["posts"]] == [
        ("manager", "west", None, None, "2026-12-01", "2027-11-30"),
        ("inspector", None, "lake", "service", "2026-11-24", None),
    ]
    titles = [post["title"] for post in (*fang["posts"], *lina["posts"])]
    assert titles == [
        {"zh": "副行长", "en": "副行长"},
        {"zh": "检查员", "en": "Inspector"},
        {"zh": "网点负责人", "en": "Outlet head"},
    ]


async def test_reading_keeps_nothing_and_what_was_taken_is_not_taken_again(api: Api):
    """The lid falls after the first person; the file is brought again the next day."""
    root = await desk(api)
    fang, _ = (await read(api, root, *GOOD))["people"]
    assert await take(api, root, fang, 1) == [None, None, None]
    api.house.clock.pass_(days=1)
    again, lina = (await read(api, root, *GOOD))["people"]
    assert (again["id"], again["is_new"], lina["is_new"]) == (fang["id"], False, True)
    assert [post["is_new"] for post in again["posts"]] == [False, False]
    assert commands(again, 4) == []
    assert await take(api, root, lina, 4) == [None, None]
    assert await take(api, root, lina, 6) == ["id_taken", "group_refused"]


async def test_a_mended_row_is_brought_later(api: Api):
    root = await desk(api)
    found = await read(api, root, GOOD[0], ("王芳", "wang.fang", "检查员", "", "", "nowhere"))
    assert [one["code"] for one in found["problems"]] == ["cell_outlet_unknown"]
    assert await take(api, root, found["people"][0], 1) == [None, None]
    (fang,) = (await read(api, root, *GOOD[:2]))["people"]
    assert (fang["is_new"], [post["is_new"] for post in fang["posts"]]) == (False, [False, True])
    assert await take(api, root, fang, 3) == [None]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("", "eve", "manager"), "name", "cell_empty"),
        (("Eve", "", "manager"), "username", "cell_empty"),
        (("Eve", "e", "manager"), "username", "cell_not_username"),
        (("Eve", "e/ve", "manager"), "username", "cell_not_username"),
        (("Eve", "eve", "国王"), "role", "cell_not_choice"),
        (("Eve", "eve", "manager", "", "77"), "unit", "cell_unit_unknown"),
        (("Eve", "eve", "outlet_head", "", "", "77"), "outlet", "cell_outlet_unknown"),
        (("Eve", "eve", "line_lead", "", "", "", "77"), "line", "cell_line_unknown"),
        (("Eve", "eve", "line_lead"), "role", "post_not_taken"),
        (("Eve", "eve", "outlet_staff", "", "", "atm"), "role", "post_not_taken"),
        (
            ("Eve", "eve", "manager", "", "", "", "", "2027-02-01", "2027-01-01"),
            "held_to",
            "post_not_taken",
        ),
        (("Eve", "eve", "manager", "", "", "", "", "tomorrow"), "held_from", "cell_not_date"),
        (("Eve", "eve", "manager", "11010519491231002X"), "title", "cell_personal_number"),
        (("Eve", "ann", "manager"), "name", "person_differs"),
        (("Eve", "root", "manager"), "username", "person_known_otherwise"),
        (("Ann", "ann", "manager", "", "1"), "role", "post_in_file_twice"),
    ],
)
async def test_what_is_wrong_is_told_by_row_and_column(
    api: Api, row: tuple[str, ...], column: str, code: str
):
    found = await read(api, await desk(api), ("Ann", "ann", "manager", "", "1"), row)
    told = [(one["row"], one["column"], one["code"]) for one in found["problems"]]
    assert told == [(3, column, code)]
    assert found["problems"][0]["facts"]["row"] == 3
    assert [person["username"] for person in found["people"]] == ["ann"]


async def test_nobody_is_given_a_post_where_it_is_closed(api: Api):
    root = await desk(api)
    for kind, id in (("outlet", "gate"), ("line", "retail")):
        await api.house.do(f"organisation.close_{kind}", (kind, id), on="2026-11-24")
    rows = (
        ("Eve", "eve", "outlet_head", "", "", "gate"),
        ("Eve", "eve", "line_lead", *[""] * 3, "retail"),
    )
    found = await read(api, root, *rows)
    assert [one["code"] for one in found["problems"]] == ["cell_outlet_closed", "cell_line_closed"]


async def test_a_file_that_is_no_list_of_people_is_refused_as_a_whole(api: Api):
    root = await desk(api)
    files = {
        "heading_missing": table(("1", "2"), head=("编号", "备注")),
        "table_unreadable": b"",
        "table_too_long": table(*[("Eve", f"eve{n}", "manager") for n in range(5001)]),
    }
    for code, content in files.items():
        answer = await api.call("POST", READ, root, content=content)
        assert answer.json()["code"] == code


async def test_only_administrators_bring_people(api: Api):
    await api.house.person("ben", role="manager", unit="city")
    ben = await api.token("ben")
    for method, path in (("POST", READ), ("GET", "/v1/console/people/form.xlsx")):
        answer = await api.call(method, path, ben)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_the_empty_form_is_read_by_ourselves(api: Api):
    root = await desk(api)
    form = await api.call("GET", "/v1/console/people/form.xlsx", root, params={"language": "en"})
    assert form.status_code == 200
    answer = await api.call("POST", READ, root, content=form.content)
    assert answer.json()["code"] == "table_empty"
