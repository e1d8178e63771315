"""What the console reads of events, files that people bring, documents that leave the house."""

import io
from typing import Any

import openpyxl
import pypdf
import pytest

from backend.foundation.kernel.ids import new_id
from tests.features.events.ground import (
    by_roster,
    closed,
    invited,
    opened,
    planned,
    seen_by,
    walked_in,
)
from tests.features.front import Front, digest
from tests.features.stage import RIVERSIDE, Stage, picture
from tests.foundation.documents import wrong
from tests.foundation.documents.files import rows_of
from tests.media import pictures

HEADINGS = ("姓名", "编码", "分组", "类别")
PROBLEM = "application/problem+json"
ROSTER = wrong.Listed(("编码", "姓名"), lambda n: (f"A{n}", "王芳"))
LONG = "We learned that the second table has to stand nearer to the door. " * 40


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"outlet": RIVERSIDE, "line": "retail", "state": ["draft", "open"]}, 1),
        ({"state": "closed"}, 0),
        ({"kind": "community"}, 1),
        ({"kind": "training"}, 0),
        ({"since": "2026-11-25", "until": "2026-11-25"}, 1),
        ({"since": "2026-11-26"}, 0),
    ],
)
async def test_each_filter_leaves_what_it_names(
    stage: Stage, front: Front, query: dict[str, Any], found: int
) -> None:
    await planned(stage)
    page = await front.get("chen_jie", "/v1/console/events", **query)
    assert len(page["rows"]) == found


async def test_the_calendar_comes_page_by_page_and_numbers_open_their_events(
    stage: Stage, front: Front
) -> None:
    made = [(await planned(stage, day=f"2026-12-{day:02}"))[1] for day in (1, 2, 3)]
    page = await front.get("chen_jie", "/v1/console/events", limit=2)
    rest = await front.get("chen_jie", "/v1/console/events", limit=2, cursor=page["next"])
    rows = [row["id"] for row in (*page["rows"], *rest["rows"])]
    assert (rows, rest["next"]) == (made[::-1], None)
    for count in await front.get("chen_jie", "/v1/console/events/counts"):
        page = await front.get("chen_jie", "/v1/console/events", **count["opens"])
        assert len(page["rows"]) == count["count"], count["name"]


async def test_one_event_shows_who_was_there_and_who_may_be_one_person(
    stage: Stage, front: Front
) -> None:
    rec = await opened(stage)
    (guest,) = await invited(stage, rec, 1)
    seen = await seen_by(stage.wang_fang, by_roster(rec, guest["id"]))
    pair = [(await seen_by(hand, walked_in(rec)))[1] for hand in (stage.wang_fang, stage.xiao_chen)]
    await stage.wang_fang.must("events.hand_out", rec, {"material": "lantern", "n": 3})
    found = await front.get("chen_jie", f"/v1/console/events/{rec[1]}")
    assert found["event"]["body"]["counts"]["persons"] == 3
    assert [line["seen"] for line in found["roster"]] == [[seen[1]]]
    assert found["duplicates"] == [sorted(pair)]
    assert [(m["what"], m["key"], m["n"]) for m in found["months"]] == [("hand_out", "lantern", 3)]
    assert {entry["type"] for entry in found["entries"]} >= {"events.Opened", "events.HandedOut"}


@pytest.mark.parametrize("path", ["", "/report.pdf", "/attendance.xlsx", "/attendance.csv"])
async def test_a_stranger_learns_nothing(stage: Stage, front: Front, path: str) -> None:
    rec = await closed(stage)
    home = "/v1/events" if path else "/v1/console/events"
    for who in ("qian_hao", "li_na", "he_ping"):
        answer = await front.call(who, "GET", f"{home}/{rec[1]}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), who
    assert (await front.call("xiao_chen", "GET", f"{home}/{rec[1]}{path}")).status_code == 200


async def test_who_has_no_desk_has_no_calendar(stage: Stage, front: Front) -> None:
    for path in ("/v1/console/events", "/v1/console/events/counts"):
        answer = await front.call("xiao_chen", "GET", path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_the_lantern_festival_falls_on_its_day(stage: Stage, front: Front) -> None:
    found = await front.get("xiao_chen", "/v1/events/festivals", year="2027")
    days = {one["code"]: one["day"] for one in found["festivals"]}
    assert days["lantern"] == "2027-02-20"
    assert [one["day"] for one in found["festivals"]] == sorted(days.values())
    assert (
        await front.call("xiao_chen", "GET", "/v1/events/festivals?year=3000")
    ).status_code >= 400


async def test_a_roster_is_read_with_every_problem_by_its_row(stage: Stage, front: Front) -> None:
    rec = await planned(stage)
    await invited(stage, rec, 1)
    book = rows_of(
        ("王芳", "A01", "一号楼", "来宾"),
        ("李娜", "g000", "", ""),
        ("", "A03", "", "来宾"),
        ("小明", "A04", "", "儿童"),
        ("赵敏", "A05", "", "猫"),
        headings=HEADINGS,
    )
    path = f"/v1/events/{rec[1]}/roster/read"
    answer = await front.call("wang_fang", "POST", path, content=book)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [row["values"] for row in found["rows"]] == [
        {"name": "王芳", "code": "A01", "group": "一号楼", "kind": "guest"},
        {"name": None, "code": "A04", "group": None, "kind": "child"},
    ]
    assert [(one["row"], one["column"], one["code"]) for one in found["problems"]] == [
        (3, "code", "entry_code_taken"),
        (4, "name", "entry_name_missing"),
        (6, "kind", "cell_not_choice"),
    ]
    (part,) = [
        body for (kind, _), body in (await stage.wang_fang.sees()).items() if kind == "event_roster"
    ]
    assert len(part["entries"]) == 1  # nothing of the file was kept


async def test_what_is_no_list_is_refused_in_both_tongues(stage: Stage, front: Front) -> None:
    rec = await planned(stage)
    path = f"/v1/events/{rec[1]}/roster/read"
    front.house.workshop = wrong.AtOnce()
    for name, (content, code) in wrong.lists(ROSTER).items():
        answer = await front.call("wang_fang", "POST", path, content=content)
        body = answer.json()
        assert (body["code"], answer.headers["content-type"]) == (code, PROBLEM), name
        assert wrong.reads_whole(body["detail"], body["detail_zh"]), body
    answer = await front.call("wang_fang", "POST", path, content=wrong.spoilt(ROSTER))
    told = [(one["row"], one["code"]) for one in answer.json()["problems"]]
    assert (told, len(answer.json()["rows"])) == (wrong.SPOILT, 1)
    assert "event_roster" not in {kind for kind, _ in await stage.wang_fang.sees()}
    answer = await front.call("li_na", "POST", path, content=b"a")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def reported(stage: Stage, front: Front, **values: Any) -> tuple[str, str]:
    """An event with everything at its longest, and photos that arrived."""
    many = [{"key": f"m{n}", "name": f"Lanterns {n} " + "y" * 90, "n": 9} for n in range(9)]
    rec = await opened(stage, materials=many, **values)
    entry = {
        "id": new_id(),
        "kind": "guest",
        "name": "=HYPERLINK(1)",
        "code": "0012",
        "group": "+A",
    }
    args = {"event": rec[1], "entries": [entry]}
    await stage.wang_fang.must("events.invite", ("event_roster", new_id()), args)
    await seen_by(stage.wang_fang, by_roster(rec, entry["id"]))
    await seen_by(stage.xiao_chen, walked_in(rec, "1"))
    await stage.wang_fang.must("events.tally", rec, {"counter": "visitors", "n": 31})
    for number in range(6):
        question = {"id": new_id(), "text": f"{number}: {LONG[:1900]}", "topic": "fraud"}
        await stage.wang_fang.must("events.ask", rec, question)
    shots = []
    for number in range(6):
        data = pictures.jpeg(pictures.scene(400 + number, 300))
        shot = picture("x", sha256=digest(data), size=len(data))
        await stage.wang_fang.must("events.attach", rec, {"photo": shot, "people": "nobody"})
        assert (await front.create("wang_fang", data, data)).status_code == 201
        shots.append(shot["id"])
    await front.work_off()
    await stage.wang_fang.must("events.close", rec)
    await seen_by(stage.xiao_chen, walked_in(rec, "2"))
    result = {"cost": LONG[:2000], "lessons": LONG[:2000], "topics": ["fraud"], "photos": shots}
    await stage.wang_fang.must("events.conclude", rec, result)
    return rec


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("到场人数", "金融服务进社区", "防诈骗")), ("en", ("People", "Goal", "Fraud"))],
)
async def test_the_report_is_one_page_and_its_figures_open_the_console(
    stage: Stage, front: Front, language: str, words: tuple[str, ...]
) -> None:
    rec = await reported(stage, front, budget=LONG[:2000], theme="灯谜会 " + "x" * 110)
    path = f"/v1/events/{rec[1]}/report.pdf"
    answer = await front.call("chen_jie", "GET", path, params={"language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    assert len(pages[0].images) == 6
    text = pages[0].extract_text()
    for word in words:
        assert word in text
    notes: Any = pages[0]["/Annots"]
    opens = {note.get_object()["/A"]["/URI"] for note in notes}
    assert opens >= {f"http://phone/events/{rec[1]}/{part}" for part in ("roster", "follow-up")}


async def test_the_attendance_is_safe_in_every_spreadsheet(stage: Stage, front: Front) -> None:
    rec = await reported(stage, front)
    home = f"/v1/events/{rec[1]}/attendance"
    answer = await front.call("chen_jie", "GET", f"{home}.xlsx", params={"language": "en"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["Who", "Name", "Group"]
    assert [row[0] for row in rows[1:]] == ["Guest on the roster", "Walk-in", "Walk-in"]
    assert [row[9] or "" for row in rows[1:]] == ["", "", "came late"]
    named = sheet.cell(row=2, column=2)
    assert (named.value, named.data_type) == ("=HYPERLINK(1)", "s")
    link = sheet.cell(row=2, column=11).hyperlink
    assert link is not None
    assert link.target == f"http://phone/events/{rec[1]}"
    answer = await front.call("chen_jie", "GET", f"{home}.csv", params={"language": "zh"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert '"\t=HYPERLINK(1)"' in lines[1]
    assert '"\t0012"' in lines[1]
    assert len(lines) == 4
