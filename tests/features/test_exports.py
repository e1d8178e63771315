"""Lists as files: ordered like anything else, made by the worker, handed to their orderer."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.limits import EXPORT_LIFE_SECONDS, EXPORTS_KEPT_MAX
from backend.worker import exports
from tests.features.front import Front
from tests.features.stage import CITY, Hand, Stage, fixed

Rec = tuple[str, str]
HARMFUL = '=HYPERLINK("http://x")'


async def _ordered(by: Hand, list_: str = "cases", kind: str = "csv", /, **query: Any) -> Rec:
    rec = ("export", new_id())
    asked = {"list": list_, "query": query, "kind": kind, "language": "en"}
    await by.must("exports.order", rec, asked)
    return rec


async def _made(front: Front, rec: Rec) -> dict[str, Any]:
    await exports.make(front.house, {"export": rec[1]})
    return await front.stage.body(*rec)


def _path(rec: Rec) -> str:
    return f"/v1/console/exports/{rec[1]}/file"


async def _rows(front: Front, who: str, rec: Rec) -> list[dict[str, str]]:
    answer = await front.call(who, "GET", _path(rec))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_an_order_becomes_a_file_with_every_row_of_the_list(
    stage: Stage, front: Front
) -> None:
    cases = {(await stage.case(text=HARMFUL))[1] for _ in range(3)}
    rec = await _ordered(stage.chen_jie)
    assert (await stage.body(*rec))["state"] == "ordered"
    body = await _made(front, rec)
    assert (body["state"], body["rows"]) == ("made", 3)
    rows = await _rows(front, "chen_jie", rec)
    assert {row["Id"] for row in rows} == cases
    assert {row["Finding"] for row in rows} == {f"\t{HARMFUL}"}
    assert {row["Outlet"] for row in rows} == {"Riverside"}
    assert rec in await stage.chen_jie.sees()
    assert rec not in await stage.sun_yue.sees()


async def test_rounds_become_a_workbook_that_computes_nothing(stage: Stage, front: Front) -> None:
    rec = await stage.filled()
    await stage.submit(stage.li_na, rec)
    order = await _ordered(stage.chen_jie, "rounds", "xlsx", state="submitted")
    await _made(front, order)
    answer = await front.call("chen_jie", "GET", _path(order))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, row = list(sheet.iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))
    assert (told["Id"], told["Score"], told["Of"]) == (rec[1], 16, 16)


async def test_a_file_holds_what_its_orderer_sees_and_what_was_asked_for(
    stage: Stage, front: Front
) -> None:
    await stage.case()
    asked: tuple[tuple[str, dict[str, Any], int], ...] = (
        ("chen_jie", {}, 1),
        ("wang_fang", {}, 1),
        ("qian_hao", {}, 0),
        ("he_ping", {}, 0),
        ("chen_jie", {"state": ["closed", "returned"]}, 0),
        ("chen_jie", {"overdue": "false", "since": "2026-11-24", "severity": "major"}, 1),
    )
    for who, query, found in asked:
        rec = await _ordered(stage.hands[who], **query)
        assert (await _made(front, rec))["rows"] == found, (who, query)


async def test_a_long_list_tells_how_far_it_is(
    stage: Stage, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "TOLD_ROWS", 1)
    await stage.case()
    rec = await _ordered(stage.chen_jie)
    await _made(front, rec)
    async with stage.database.reading() as tx:
        rows = await tx.tuples("SELECT op FROM verdict WHERE rec_key = ?", f"export:{rec[1]}")
    assert sorted(row[0] for row in rows) == [
        "exports.finish",
        "exports.order",
        "exports.progress",
    ]


async def test_a_worker_that_died_makes_it_again_and_a_file_is_made_once(
    stage: Stage, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.case()
    rec = await _ordered(stage.chen_jie)
    command = front.house.journal.command

    async def dies(op: str, *args: Any, **more: Any) -> Any:
        raise ConnectionError(op)

    monkeypatch.setattr(front.house.journal, "command", dies)
    with pytest.raises(ConnectionError):
        await exports.make(front.house, {"export": rec[1]})
    monkeypatch.setattr(front.house.journal, "command", command)
    await stage.case()
    assert (await _made(front, rec))["rows"] == 2
    await stage.case()
    assert (await _made(front, rec))["rows"] == 2
    assert len(await _rows(front, "chen_jie", rec)) == 2


async def test_a_file_is_handed_to_whoever_ordered_it_and_to_nobody_else(
    stage: Stage, front: Front
) -> None:
    rec = await _ordered(stage.chen_jie)
    assert (await front.call("chen_jie", "GET", _path(rec))).json()["code"] == "export_gone"
    await _made(front, rec)
    for who in ("sun_yue", "li_na", "zhao_min"):
        assert (await front.call(who, "GET", _path(rec))).status_code == 404
    assert (await front.call("chen_jie", "GET", _path(rec))).status_code == 200


async def test_with_another_post_the_file_is_closed(stage: Stage, front: Front) -> None:
    rec = await _ordered(stage.sun_yue)
    await _made(front, rec)
    more = {"post": fixed("another"), "role": "manager", "unit": CITY, "title": _title()}
    await stage.house(("identity.hold_post", ("person", fixed("sun_yue")), more))
    answer = await front.call("sun_yue", "GET", _path(rec))
    assert (answer.status_code, answer.json()["code"]) == (409, "export_reach")


async def test_after_a_day_the_file_is_gone_from_the_store_and_from_the_phone(
    stage: Stage, front: Front
) -> None:
    rec = await _ordered(stage.chen_jie)
    await _made(front, rec)
    await exports.remove_due(front.house)
    assert await front.house.store.remains(f"exports/{rec[1]}")
    stage.clock.pass_(seconds=EXPORT_LIFE_SECONDS)
    answer = await front.call("chen_jie", "GET", _path(rec))
    assert (answer.status_code, answer.json()["code"]) == (410, "export_gone")
    await exports.remove_due(front.house)
    assert not await front.house.store.remains(f"exports/{rec[1]}")
    assert rec not in await stage.chen_jie.sees()


async def test_an_order_that_nobody_could_make_goes_after_a_day(stage: Stage, front: Front) -> None:
    rec = await _ordered(stage.chen_jie)
    stage.clock.pass_(seconds=EXPORT_LIFE_SECONDS)
    await exports.remove_due(front.house)
    assert rec not in await stage.chen_jie.sees()
    await exports.make(front.house, {"export": rec[1]})


async def test_whoever_lost_the_post_meanwhile_gets_no_file_and_hears_why(
    stage: Stage, front: Front
) -> None:
    rec = await _ordered(stage.sun_yue)
    gone = {"post": fixed("post sun_yue")}
    await stage.house(("identity.leave_post", ("person", fixed("sun_yue")), gone))
    body = await _made(front, rec)
    assert (body["state"], body["problem"]) == ("failed", "forbidden")


@pytest.mark.parametrize(
    ("who", "asked", "code"),
    [
        ("li_na", {}, "forbidden"),
        ("chen_jie", {"list": "salaries"}, "list_unknown"),
        ("chen_jie", {"query": {"colour": "red"}}, "args_invalid"),
        ("chen_jie", {"query": {"overdue": "perhaps"}}, "args_invalid"),
        ("chen_jie", {"query": {"since": "yesterday"}}, "args_invalid"),
        ("chen_jie", {"kind": "pdf"}, "args_invalid"),
    ],
)
async def test_what_cannot_be_ordered_is_refused_in_words(
    stage: Stage, who: str, asked: dict[str, Any], code: str
) -> None:
    usual = {"list": "cases", "query": {}, "kind": "csv", "language": "zh"}
    rec = ("export", new_id())
    assert await stage.hands[who].refused("exports.order", rec, usual | asked) == code


async def test_nobody_but_the_worker_says_that_a_file_is_made(stage: Stage) -> None:
    rec = await _ordered(stage.chen_jie)
    made = {"rows": 1, "size": 1, "sha256": "0" * 64, "reach": "0" * 64}
    for op, args in (
        ("exports.progress", {"rows": 1}),
        ("exports.finish", made),
        ("exports.fail", {"problem": "busy"}),
        ("exports.remove", {}),
    ):
        assert await stage.chen_jie.refused(op, rec, args) == "forbidden"
        assert await stage.sun_yue.refused(op, rec, args) in ("not_found", "parent_rejected")


async def test_so_many_files_at_a_time_and_no_more(stage: Stage) -> None:
    for _ in range(EXPORTS_KEPT_MAX):
        await _ordered(stage.chen_jie)
    asked = {"list": "cases", "query": {}, "kind": "csv", "language": "zh"}
    rec = ("export", new_id())
    assert await stage.chen_jie.refused("exports.order", rec, asked) == "exports_many"


def _title() -> dict[str, str]:
    return {"zh": "岗", "en": "Post"}
