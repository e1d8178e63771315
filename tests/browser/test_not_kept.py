"""What this device could not take is told where it happened, and nothing before it is touched."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.branch import ROUND_AT_MACHINES, Branch
from tests.browser.conftest import Handsets
from tests.browser.paper import all_good
from tests.browser.round_page import RoundPage

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BREAKS = """name => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...row) {
    if (this.name === 'outbox') throw new DOMException('it broke', name);
    return put.apply(this, row);
  };
  window.mend = () => { IDBObjectStore.prototype.put = put; };
}"""
NOT_KEPT = "刚才那一步没有存下来"


@pytest.fixture
def page(branch: Branch, handset: Handsets) -> Page:
    """The inspector before a fresh round."""
    phone = handset("phone", branch.url)
    phone.open()
    page = phone.sign_in("inspector")
    phone.ready()
    page.goto(f"{branch.url}/rounds/{ROUND_AT_MACHINES}")
    return page


@pytest.mark.parametrize(
    ("name", "why"), [("QuotaExceededError", "手机空间不够"), ("DataError", "请看一眼，再做一次")]
)
def test_an_answer_that_was_not_kept_says_so_until_one_is(page: Page, name: str, why: str):
    """The list has moved on by the time the device refuses."""
    steps = all_good("self_service")
    RoundPage(page).do(steps["s_door"])
    page.evaluate(BREAKS, name)
    page.locator(".pick .main").click()
    told = page.get_by_role("alert").filter(has_text=NOT_KEPT)
    expect(told).to_contain_text(why)
    assert RoundPage(page).answered == (1, 14)
    page.evaluate("mend()")
    RoundPage(page).do(steps["s_clean"])
    expect(told).to_have_count(0)
    assert RoundPage(page).answered == (2, 14)


def test_it_is_told_in_an_open_sheet_and_stays_when_that_closes(page: Page):
    """A sheet makes what lies outside it dead to finger and reader."""
    page.locator(".ans .fail").click()
    sheet = page.locator("dialog[open]")
    sheet.locator("textarea").first.wait_for()
    page.evaluate(BREAKS, "DataError")
    sheet.locator("textarea").first.fill("门关不上")
    sheet.get_by_role("button", name=re.compile("^记为问题")).click()
    told = page.get_by_role("alert").filter(has_text=NOT_KEPT)
    expect(sheet).to_be_visible()
    expect(told.get_by_role("button", name="知道了")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    told.get_by_role("button", name="知道了").click()
    expect(told).to_have_count(0)


def test_a_file_that_is_no_photo_is_told_on_an_item_that_has_none_yet(page: Page, tmp_path: Path):
    """Its place for photos is not on the screen yet, and the words must stay all the same."""
    moving = tmp_path / "moving.gif"
    moving.write_bytes(b"GIF89a" + bytes(200))
    page.get_by_label("拍照").click()
    chooser = page.locator("dialog[open] input[type=file][capture]")
    chooser.wait_for(state="attached")
    chooser.set_input_files(moving)
    expect(page.get_by_text("这个文件不是照片。请用相机重拍。")).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(0)
