"""The demo's papers hold what they promise, before anybody plays them."""

import io
import re

import msgspec
import pytest
from PIL import Image

from backend.demo import papers
from backend.foundation.checklists.soundness import read_template
from backend.foundation.checklists.template import ItemType, items_of
from backend.foundation.identity.model import Role
from backend.foundation.journal.purpose import Purpose
from backend.foundation.privacy.notice import NoticeDoc, faults
from backend.foundation.privacy.policy import ERASE_WITHIN_DAYS

SIGN_INS = {
    "inspector",
    "inspector2",
    "outreach",
    "outreach2",
    "outlet",
    "manager",
    "secretariat",
    "security",
    "admin",
    "dpo",
}
PICTURES = sorted(path.stem for path in (papers.FOLDER / "photos").glob("*.jpg"))


@pytest.mark.parametrize("name", papers.TEMPLATES)
def test_every_checklist_is_sound(name: str) -> None:
    paper = papers.paper(name)
    doc = read_template(paper.doc)
    words = [text for item in items_of(doc) for text in (item.text.en, item.text.zh)]
    assert len(set(words)) == len(words)
    assert all(re.search("[\u4e00-\u9fff]", item.text.zh) for item in items_of(doc))
    assert not any(re.search("[\u4e00-\u9fff]", item.text.en) for item in items_of(doc))


def test_the_service_checklist_shows_everything_a_checklist_can_do() -> None:
    items = list(items_of(read_template(papers.paper("service_quality").doc)))
    assert len(items) >= 44
    assert {item.type for item in items} == set(ItemType.__args__)
    assert {item.clause.kind for item in items if item.clause} == {"hard", "soft"}
    assert sum(item.veto for item in items) >= 3
    assert sum(bool(item.reference) for item in items) >= 6
    assert sum(item.show_when is not None for item in items) >= 3
    assert any(item.deductions for item in items)
    assert any(item.hint for item in items)
    assert any(item.camera_only for item in items)


def test_the_security_checklist_has_the_seven_areas() -> None:
    assert len(papers.paper("security_daily").doc["sections"]) == 7


@pytest.mark.parametrize("name", papers.NOTICES)
def test_every_notice_tells_what_the_law_wants_in_both_tongues(name: str) -> None:
    doc = msgspec.convert(papers.notice(name), NoticeDoc)
    sensitive = {code: Purpose(code, (), "consent", "x", "甲", "a", True) for code in doc.purposes}
    assert faults(doc, sensitive) == []
    words = [doc.title, *(point.text for point in doc.points)]
    assert all(re.search("[\u4e00-\u9fff]", one.zh) for one in words)
    assert not any(re.search("[\u4e00-\u9fff]", one.en) for one in words)
    told = " ".join(point.text.en for point in doc.points if point.kind == "rights")
    assert "fifteen days" in told
    assert ERASE_WITHIN_DAYS == 15


def test_the_organisation_is_a_city_branch() -> None:
    found = papers.organisation()
    usernames = [person["username"] for person in found["people"]]
    assert set(usernames) >= SIGN_INS
    assert len(usernames) == len(set(usernames)) >= 24
    assert len(found["outlets"]) == 12
    assert sum(outlet["kind"] == "self_service" for outlet in found["outlets"]) == 2
    units = {unit["code"] for unit in found["units"]}
    outlets = {outlet["code"] for outlet in found["outlets"]}
    lines = {line["code"] for line in found["lines"]}
    for post in (post for person in found["people"] for post in person["posts"]):
        assert post["role"] in Role.__args__
        assert post.get("unit") in units | {None}
        assert post.get("outlet") in outlets | {None}
        assert post.get("line") in lines | {None}
    managers = [p for p in found["people"] if any(q["role"] == "manager" for q in p["posts"])]
    assert len(managers) >= 2


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_a_small_jpeg_that_can_be_marked(name: str) -> None:
    data = papers.picture(name)
    assert len(data) < 60_000
    twin = papers.marked(data, "LX02 · 门口")
    assert twin != data
    with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(twin)) as other:
        assert (one.format, one.size) == ("JPEG", (960, 720))
        assert one.tobytes() == other.tobytes()


def test_there_are_pairs_and_references() -> None:
    assert len(PICTURES) >= 22
