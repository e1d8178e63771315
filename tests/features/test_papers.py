"""A round and a case on paper: their own words and photos, for whoever may read them."""

import io
from typing import Any

import msgspec
import pypdf
import pytest

from backend.features.inspections.views import printed
from backend.features.inspections.views.reading import RoundRow
from backend.foundation.checklists.template import TemplateDoc
from backend.foundation.identity.reading.called import Called
from tests.features.front import Front, digest
from tests.features.stage import Stage, item, picture, words
from tests.media import pictures

Rec = tuple[str, str]
CHOICES = [
    {"key": "wet", "text": {"zh": "湿滑", "en": "Wet"}, "fail": True},
    {"key": "dry", "text": {"zh": "干燥", "en": "Dry"}, "fail": False},
]
NUMBER = {"min": "0", "max": "40", "unit": {"zh": "度", "en": "degrees"}, "decimals": 1}
FINDING = '坡道被纸箱堵住 #import "x"'


async def _found(stage: Stage, front: Front, *, arrived: bool = True) -> tuple[Rec, Rec]:
    """A round with a finding and its photo, and the case that it became."""
    data = pictures.jpeg(pictures.scene(400, 300))
    shot = picture("x", sha256=digest(data), size=len(data))
    rec = await stage.filled(i_ramp="fail")
    note = {"item": "i_door", "value": "pass", "note": "门轴有异响"}
    await stage.li_na.must("inspections.set_answer", rec, note)
    await stage.finding(stage.li_na, rec, shot, text=FINDING, cause="没有库房")
    assert (await stage.submit(stage.li_na, rec)).s == "applied"
    if arrived:
        assert (await front.create("li_na", data, data)).status_code == 201
        await front.work_off()
    page = await front.get("chen_jie", "/v1/console/cases")
    return rec, ("rectification", page["rows"][0]["id"])


async def _paper(front: Front, path: str, who: str = "chen_jie", language: str = "zh") -> bytes:
    answer = await front.call(who, "GET", path, params={"language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.content


def _pages(pdf: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in _pages(pdf)).replace("\n", "")


def _images(pdf: bytes) -> int:
    return sum(len(page.images) for page in _pages(pdf))


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("不合格", "较重", "得分", "检查项")), ("en", ("Fail", "Major", "Score", "Item"))],
)
async def test_a_round_on_paper_says_what_was_asked_answered_and_found(
    stage: Stage, front: Front, language: str, words: tuple[str, ...]
) -> None:
    rec, _ = await _found(stage, front)
    pdf = await _paper(front, f"/v1/console/rounds/{rec[1]}/print.pdf", language=language)
    text = _text(pdf)
    for word in (*words, FINDING, "没有库房", "门轴有异响", rec[1]):
        assert word in text, word
    assert _images(pdf) == 1


async def test_a_case_on_paper_says_what_was_wrong_and_what_was_done(
    stage: Stage, front: Front
) -> None:
    _, case = await _found(stage, front)
    await stage.wang_fang.must("rectifications.accept", case)
    ask = {"until": "2026-12-08", "reason": "纸箱下周搬走"}
    await stage.wang_fang.must("rectifications.request_extension", case, ask)
    pdf = await _paper(front, f"/v1/console/cases/{case[1]}/print.pdf")
    text = _text(pdf)
    for word in (FINDING, "没有库房", "整改前", "接收整改", "申请延期", case[1]):
        assert word in text, word
    assert _images(pdf) == 1


async def test_a_photo_that_has_not_arrived_is_counted_and_not_shown(
    stage: Stage, front: Front
) -> None:
    rec, case = await _found(stage, front, arrived=False)
    for path in (f"rounds/{rec[1]}", f"cases/{case[1]}"):
        pdf = await _paper(front, f"/v1/console/{path}/print.pdf", language="en")
        assert "1 photos are not on this paper" in _text(pdf)
        assert _images(pdf) == 0


@pytest.mark.parametrize(
    ("type_", "more", "value", "told"),
    [
        ("pass_fail", {}, "na", "不适用"),
        ("score", {"points": 40}, {"points": 25, "reasons": ["dust"]}, "2.5 / 4"),
        ("single", {"choices": CHOICES}, "wet", "湿滑"),
        ("multiple", {"choices": CHOICES}, ["wet", "dry"], "湿滑, 干燥"),
        ("number", {"number": NUMBER}, "21.5", "21.5 度"),
        ("text", {}, "大厅整洁", "大厅整洁"),
        ("datetime", {}, "2026-11-24T01:00:00.000Z", "2026-11-24 09:00"),
        ("photo", {}, None, "—"),
    ],
)
def test_every_kind_of_answer_is_said_in_the_words_of_the_checklist(
    type_: str, more: dict[str, Any], value: Any, told: str
) -> None:
    section = {
        "key": "s",
        "no": "1",
        "title": words("S"),
        "items": [item("i", "1.1", type_, **more)],
    }
    doc = msgspec.convert({"title": words("T"), "sections": [section]}, TemplateDoc)
    body = {"outlet": "o", "line": "l", "state": "submitted", "submitted_by": "p"}
    body |= {"submitted_at": None, "score": None}
    sheet = {"answers": {"i": {"value": value, "note": ""}}, "findings": {}}
    row = RoundRow("r", 1, False, body)
    made = printed.told(row, sheet, {}, (), doc, Called({}, {}, {}), "zh")
    assert [one["answer"] for one in made["sections"][0]["items"]] == [told]


async def test_a_draft_has_no_paper(stage: Stage, front: Front) -> None:
    rec = await stage.filled()
    answer = await front.call("chen_jie", "GET", f"/v1/console/rounds/{rec[1]}/print.pdf")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("who", ["ana", "qian_hao", "he_ping", "lin_xia"])
async def test_a_stranger_learns_nothing(stage: Stage, front: Front, who: str) -> None:
    rec, case = await _found(stage, front, arrived=False)
    for path in (f"rounds/{rec[1]}", f"cases/{case[1]}"):
        answer = await front.call(who, "GET", f"/v1/console/{path}/print.pdf")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
