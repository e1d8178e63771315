"""Notices: who publishes them, what they must say, and that their wording never moves."""

import asyncio
from typing import Any

import msgspec
import pytest

from backend.app import catalogue
from backend.foundation.journal.purpose import Purpose
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.ids import new_id
from backend.foundation.privacy.notice import NoticeDoc, faults, notice_id
from tests.foundation.privacy.conftest import Office, notice, words
from tests.kit.world import Phone


async def test_the_officer_publishes_and_every_phone_has_the_wording(office: Office) -> None:
    rec = ("privacy_notice", office.notice)
    body = await office.body(rec)
    told = notice()
    assert {name: body[name] for name in told} == told
    assert body["retired_at"] is None
    assert await office.buckets(rec) == {"org"}
    assert notice_id(msgspec.convert(told, NoticeDoc)) == office.notice == digest(told)


@pytest.mark.parametrize("who", ["admin", "manager", "outreach", "head", "inspector"])
async def test_nobody_else_publishes_or_retires_not_even_an_administrator(
    office: Office, who: str
) -> None:
    other = notice(edition="2026-2")
    assert (await office.publish(other, who)).code == "forbidden"
    rec = ("privacy_notice", office.notice)
    assert (await office.do(who, "privacy.retire_notice", rec, {})).code == "forbidden"
    assert (await office.body(rec))["retired_at"] is None


def _without(kind: str) -> list[dict[str, Any]]:
    return [point for point in notice()["points"] if point["kind"] != kind]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"edition": "2026-2", "points": _without("rights")}, "notice_invalid"),
        ({"edition": "2026-2", "points": _without("effect")}, "notice_invalid"),
        ({"edition": "2026-2", "title": {"zh": "告知", "en": " "}}, "notice_invalid"),
        ({"edition": "2026-2", "purposes": []}, "notice_invalid"),
        ({"edition": "2026-2", "purposes": ["care.photos", "care.photos"]}, "notice_invalid"),
        ({"edition": "2026-2", "purposes": ["care.adress"]}, "purpose_unknown"),
        ({"title": words("Another title")}, "notice_edition_taken"),
        ({}, "notice_exists"),
        ({"edition": "2026-2", "colour": "red"}, "args_invalid"),
        ({"edition": "2026-2", "purposes": ["everything"]}, "args_invalid"),
    ],
)
async def test_a_wrong_notice_is_refused(office: Office, change: dict[str, Any], code: str) -> None:
    answer = await office.publish(notice(**change))
    assert (answer.s, answer.code) == ("rejected", code)
    assert len(await office.bodies("privacy_notice")) == 1


async def test_a_notice_changed_on_its_way_is_not_the_one_that_was_approved(
    office: Office,
) -> None:
    answer = await office.publish(notice(edition="2026-2"), id="0" * 64)
    assert answer.code == "notice_id_mismatch"
    rec = ("consent", digest(notice(edition="2026-2")))
    told = {"doc": notice(edition="2026-2")}
    assert (await office.do("dpo", "privacy.publish_notice", rec, told)).code == "args_invalid"


async def test_a_notice_may_come_before_the_feature_it_speaks_of(office: Office) -> None:
    """The officer reads and approves it before anybody is visited."""
    coming = notice(code="later", purposes=["visits.address", "care.photos"])
    assert (await office.publish(coming)).s == "applied"


async def test_a_notice_is_retired_once_and_stays_readable(office: Office) -> None:
    rec = ("privacy_notice", office.notice)
    codes = [(await office.do("dpo", "privacy.retire_notice", rec, {})).code for _ in "ab"]
    assert codes == [None, "notice_retired"]
    body = await office.body(rec)
    assert body["retired_at"] == office.at()
    assert body["points"] == notice()["points"]
    unknown = ("privacy_notice", "f" * 64)
    answer = await office.do("dpo", "privacy.retire_notice", unknown, {})
    assert answer.code == "notice_unknown"


async def test_two_editions_sent_at_once_do_not_take_one_name(office: Office) -> None:
    one = notice(edition="2027-1")
    other = notice(edition="2027-1", title=words("Another"))
    second = Phone(office.journal, Actor(new_id(), "郑宁", (Grant("dpo"),)))
    rec = ("privacy_notice", digest(other))
    answers = await asyncio.gather(
        office.publish(one), second.do("privacy.publish_notice", rec, {"doc": other})
    )
    codes = {answer.code for answer in answers}
    assert codes == {None, "notice_edition_taken"}


def test_what_is_not_sensitive_needs_no_word_on_its_effect() -> None:
    doc = msgspec.convert(notice(points=_without("effect")), NoticeDoc)
    plain = {code: Purpose(code, (), "consent", "x", "甲", "a") for code in doc.purposes}
    assert faults(doc, plain) == []
    assert faults(doc, {}) == []


async def test_facts_name_the_notice_and_its_purposes(office: Office) -> None:
    (published,) = await office.fact("NoticePublished")
    assert published["notice"] == office.notice
    assert published["purposes"] == ["care.address", "care.photos"]


def test_the_house_has_the_office_commands() -> None:
    assert {op for op in catalogue().commands if op.startswith("privacy.")} == {
        "privacy.publish_notice",
        "privacy.retire_notice",
        "privacy.withdraw",
        "privacy.hold",
        "privacy.release",
        "privacy.expire",
        "privacy.repeat_erasure",
    }
