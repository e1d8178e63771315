"""What happens reaches who should know: the inbox with its number, and a target that was dead."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id
from tests.browser.branch import ROUND_AT_MACHINES, ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK
from tests.worker.receivers import SECRET, Receiver, receiving

pytestmark = [pytest.mark.slow, pytest.mark.browser]
KEPT_MS = 60_000
CANCELLED = "Round cancelled"


@pytest.fixture
def telling(dist: Path, played: Path, tmp_path: Path) -> Iterator[Branch]:
    """The demo branch, with leave to tell a host of its own network."""
    shutil.copytree(played, tmp_path / "branch")
    one = Branch(tmp_path / "branch", XUNFANG_WEBHOOK_HOSTS="127.0.0.1")
    one.environment["XUNFANG_PUBLIC_URL"] = one.url
    one.start()
    yield one
    one.stop()
    one.stays_without_numbers()


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def opened(branch: Branch, handset: Handsets, who: str, **options: object) -> Page:
    held = handset(who, branch.url, locale="en-GB", **options)
    page = held.open()
    held.sign_in(who)
    page.locator("#main").wait_for()
    return page


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_a_dead_target_is_shown_and_told_in_order_and_the_inbox_is_read_on_two_pages(
    telling: Branch, handset: Handsets, hook: Receiver
):
    desk = opened(telling, handset, "admin", viewport=DESK)
    _adds(desk, hook.url)
    phone = opened(telling, handset, "inspector")
    hook.usual = (503, {}, {})
    _calls_off(telling, ROUND_TO_FILL)
    _reads(telling, phone)

    desk.locator(".list a").filter(has_text="Duty desk").click()
    expect(desk.get_by_text("Their service fails (503)").first).to_be_visible(timeout=KEPT_MS)
    _calls_off(telling, ROUND_AT_MACHINES)
    _a_day_later(telling)
    expect(desk.get_by_text("it is not tried any more")).to_be_visible(timeout=KEPT_MS)
    looks_right(desk)
    hook.usual = (200, {}, {})
    desk.get_by_role("button", name="Send again").click()
    sheet = desk.get_by_role("dialog", name="Send again")
    sheet.get_by_label("Since which day").fill("2020-01-01")
    sheet.get_by_role("button", name="Send again").click()
    expect(desk.locator(".list .tag.ok")).to_have_count(2, timeout=KEPT_MS)
    looks_right(desk)
    assert [one["record"]["id"] for one in hook.got] == [ROUND_TO_FILL, ROUND_AT_MACHINES]
    assert hook.got[0]["link"] == f"{telling.url}/open/round/{ROUND_TO_FILL}"
    # The link leads to the record's own screen.
    phone.goto(hook.got[0]["link"])
    expect(phone).to_have_url(f"{telling.url}/rounds/{ROUND_TO_FILL}")


def _calls_off(branch: Branch, round_: str) -> None:
    """The manager, at another desk."""
    asked = {
        "id": new_id(),
        "seq": 1,
        "op": "inspections.cancel",
        "rec": ["round", round_],
        "at": wire(SystemClock().now()),
        "args": {"reason": "rain"},
    }
    client = branch.client("manager")
    said = client.post("/v1/sync/push", json={"req": new_id(), "commands": [asked]})
    client.close()
    (answer,) = said.raise_for_status().json()["results"]
    assert answer["s"] == "applied", answer


def _adds(page: Page, url: str) -> None:
    page.get_by_role("link", name="Targets").click()
    expect(page.get_by_text("No targets yet")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Add a target").click()
    sheet = page.get_by_role("dialog", name="Add a target")
    sheet.get_by_role("button", name="Add a target").click()
    expect(sheet.get_by_text("Give it a name")).to_be_visible()
    sheet.get_by_label("Name", exact=True).fill("Duty desk")
    sheet.get_by_label("Address").fill("http://hooks.example/x")
    expect(sheet.get_by_text("https only")).to_be_visible()
    sheet.get_by_label("Address").fill(url)
    sheet.get_by_label("Signing secret").fill(SECRET)
    sheet.get_by_role("button", name=CANCELLED, exact=True).click()
    looks_right(page)
    sheet.get_by_role("button", name="Add a target").click()
    expect(page.locator(".list a").filter(has_text="Duty desk")).to_be_visible(timeout=KEPT_MS)
    assert url not in page.content()


def _reads(branch: Branch, page: Page) -> None:
    """One notice is read without signal, seen in another tab at once, and by the server later."""
    page.reload()  # which asks the server at once; left alone it asks now and then
    bell = page.get_by_role("link", name="Notices, ")
    expect(bell).to_be_visible(timeout=KEPT_MS)
    bell.click()
    row = page.locator(".list a").filter(has_text="was cancelled").first
    expect(row).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    before = page.locator(".list .tag.act").count()
    assert before > 0
    beside = page.context.new_page()
    beside.goto(f"{branch.url}/inbox")
    expect(beside.locator(".list .tag.act")).to_have_count(before)
    page.context.set_offline(True)
    page.get_by_role("button", name="All read").click()
    expect(page.get_by_text("Nothing unread")).to_be_visible()
    expect(beside.get_by_text("Nothing unread")).to_be_visible()
    beside.close()
    page.context.set_offline(False)
    unread = "SELECT n.id FROM notice n JOIN person p ON p.id = n.person_id "
    unread += "WHERE p.username = 'inspector' AND n.read_at IS NULL"
    branch.comes_to(page, lambda rows: not rows, unread)
    row.click()
    expect(page).to_have_url(f"{branch.url}/rounds/{ROUND_TO_FILL}")
    page.goto(f"{branch.url}/inbox/settings")
    expect(page.get_by_text("No mail server is set up here yet")).to_be_visible(timeout=KEPT_MS)
    page.get_by_role("button", name="No e-mail address").click()
    sheet = page.get_by_role("dialog", name="E-mail address")
    sheet.get_by_label("E-mail address").fill("not an address")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.get_by_text("This is no e-mail address")).to_be_visible()
    sheet.get_by_label("E-mail address").fill("inspector@bank.example")
    sheet.get_by_role("button", name="Save").click()
    page.get_by_label("No e-mail in quiet hours").check()
    looks_right(page)
    kept = "SELECT id FROM inbox WHERE address = 'inspector@bank.example' AND quiet IS NOT NULL"
    branch.comes_to(page, lambda rows: len(rows) == 1, kept)


def _a_day_later(branch: Branch) -> None:
    """As if it had failed since yesterday: nobody waits a day for a test."""
    with sqlite3.connect(branch.folder / "xunfang.db", timeout=30) as database:
        database.execute(
            "UPDATE delivery_lane SET failing_since = '2026-01-01T00:00:00.000Z', attempts = 20, "
            "next_at = '2026-01-01T00:00:00.000Z', held_until = '' WHERE kind = 'hook'"
        )
    database.close()
