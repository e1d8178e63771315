"""A phone that has not reached the server for thirty days shows nothing until it does."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.branch import ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.round_page import RoundPage
from tests.kit.link import Link

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DAY_SECONDS = 86_400


def test_it_locks_after_thirty_days_keeps_everything_and_opens_by_itself(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    held = handset("phone", line.url)
    page = held.open()
    held.sign_in("inspector")
    held.ready()
    held.controlled()
    line.down()
    page.goto(f"{line.url}/rounds/{ROUND_TO_FILL}")
    RoundPage(page)
    now = time.time()
    page.clock.set_system_time(now + 29 * DAY_SECONDS)
    page.goto(f"{line.url}/")
    page.locator("a.truth").first.wait_for()
    page.clock.set_system_time(now + 31 * DAY_SECONDS)
    page.goto(f"{line.url}/rounds/{ROUND_TO_FILL}")
    expect(page.get_by_text("30 天没有连上服务器，已锁上")).to_be_visible()
    assert violations(page) == []
    assert sideways(page) <= 0
    assert page.locator("a.truth").count() == 0
    # Once found over it stays so, whatever the clock says then.
    page.clock.set_system_time(now)
    page.reload()
    expect(page.get_by_text("30 天没有连上服务器，已锁上")).to_be_visible()
    line.up()
    page.locator("a.truth").first.wait_for(timeout=90_000)
    expect(page.get_by_text("已锁上")).to_have_count(0)
