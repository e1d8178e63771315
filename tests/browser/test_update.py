"""A new release comes while work lies on the phone and a round is open."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.branch import ROUND_AT_MACHINES, Branch
from tests.browser.conftest import Handsets
from tests.browser.paper import all_good
from tests.browser.release import NEXT, next_release
from tests.browser.round_page import RoundPage

pytestmark = [pytest.mark.slow, pytest.mark.browser]

API = "**/v1/**"


def test_a_page_that_no_worker_took_asks_for_one(branch: Branch, handset: Handsets):
    """Loaded past every cache it has none at first, as a page that was loaded while the first
    worker began; the cellar must not find it so."""
    phone = handset("phone", branch.url)
    page = phone.open()
    phone.controlled()
    session = phone.context.new_cdp_session(page)
    with page.expect_navigation():
        session.send("Page.reload", {"ignoreCache": True})
    phone.controlled()
    phone.context.set_offline(True)
    answered = page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.status)")
    assert answered == 200


def test_an_update_waits_for_the_tap_and_loses_nothing(
    branch: Branch, handset: Handsets, tmp_path: Path
):
    """It is offered, it never takes over by itself, and a tab that is photographing says no."""
    phone = handset("phone", branch.url)
    phone.open()
    page = phone.sign_in("inspector")
    phone.ready()
    phone.context.route(API, lambda route: route.abort())
    url = f"{branch.url}/rounds/{ROUND_AT_MACHINES}"
    page.goto(url)
    steps = all_good("self_service")
    for key in ("s_door", "s_clean"):
        RoundPage(page).do(steps[key])

    branch.stop()
    branch.root = next_release(tmp_path / "release")
    branch.start()
    page.goto(branch.url)
    expect(page.get_by_text("有新版本")).to_be_visible()
    page.reload()
    expect(page.get_by_text("有新版本")).to_be_visible()
    other = phone.context.new_page()
    other.goto(url)
    assert _is_old(page)
    assert _is_old(other)

    other.get_by_label("拍照").click()
    other.locator("dialog[open]").wait_for()
    page.get_by_role("button", name="更新", exact=True).click()
    expect(page.get_by_text("有内容正在写入或发送，稍后再点")).to_be_visible()
    assert _is_old(other)
    other.keyboard.press("Escape")
    expect(other.locator("dialog[open]")).to_have_count(0)

    _tapped_until_let(page)
    for one in (page, other):
        one.locator(NEXT).wait_for(state="attached")
    assert RoundPage(other).answered == (2, 14)
    expect(page.locator("a.truth")).to_contain_text("仅在本机")
    phone.context.unroute(API)
    other.goto(f"{branch.url}/device")
    other.get_by_role("button", name="现在发送").click()
    expect(page.locator("a.truth")).not_to_contain_text("仅在本机", timeout=20_000)
    rows = branch.rows("SELECT item FROM answer_register WHERE record = ?", ROUND_AT_MACHINES)
    assert sorted(row["item"] for row in rows) == ["s_clean", "s_door"]


def _tapped_until_let(page: Page) -> None:
    """A try to send, with the answer of the last step, may be under way in this moment too."""
    for _ in range(10):
        page.get_by_role("button", name="更新", exact=True).click()
        try:
            page.locator(NEXT).wait_for(state="attached", timeout=3000)
        except TimeoutError:
            expect(page.get_by_text("有内容正在写入或发送，稍后再点")).to_be_visible()
        else:
            return


def _is_old(page: Page) -> bool:
    return page.locator(NEXT).count() == 0
