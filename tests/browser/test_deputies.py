"""A manager is away: somebody decides for them, without signal, and no longer than they were to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WAITING = (
    "SELECT id, text FROM rectification r WHERE state = 'reported' AND line = 'service' "
    "AND cause IS NOT NULL AND NOT EXISTS (SELECT 1 FROM photo p WHERE p.parent_id = r.id "
    "AND p.state <> 'accepted') ORDER BY id"
)
OVER = "Your own posts do not allow this, and for 陈静 you decide from"


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_a_deputy_approves_without_signal_and_not_after_the_end(
    branch: Branch, handset: Handsets
) -> None:
    """Chen Jing names Han Lei on the train. He approves one in a basement, and one too late."""
    one, other = branch.rows(WAITING)[:2]
    away = handset("manager", branch.url)
    _named(branch, away.open(), away)
    held = handset("hanlei", branch.url, locale="en-GB")
    held.open()
    page = held.sign_in("hanlei")
    page.goto(f"{branch.url}/findings")
    row = page.locator(".list a").filter(has_text=one["text"])
    expect(row).to_contain_text("for 陈静", timeout=60_000)
    looks_right(page)
    held.controlled()
    _approved_offline(held.context, page, branch, one)
    branch.comes_to(
        page,
        lambda rows: rows[0]["state"] == "closed",
        "SELECT state FROM rectification WHERE id = ?",
        one["id"],
    )
    expect(page.get_by_text("韩磊 for 陈静").first).to_be_visible(timeout=60_000)
    (fact,) = branch.rows(
        "SELECT f.for_person, p.username FROM fact f JOIN person p ON p.id = f.for_person "
        "WHERE f.rec_id = ? AND f.type = 'rectifications.Approved'",
        one["id"],
    )
    assert fact["username"] == "manager"
    page.goto(f"{branch.url}/findings/{other['id']}")
    expect(page.get_by_text("You decide for 陈静")).to_be_visible()
    held.context.set_offline(True)
    _ended(branch, away.page)
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("韩磊 for 陈静").first).to_be_visible()  # shown is kept
    held.context.set_offline(False)
    page.goto(f"{branch.url}/device")
    expect(page.get_by_text(OVER)).to_be_visible(timeout=90_000)
    looks_right(page)
    states = branch.rows("SELECT state FROM rectification WHERE id = ?", other["id"])
    assert states == [{"state": "reported"}]
    kept = branch.rows("SELECT payload FROM verdict WHERE code = 'deputy_over'")
    assert [bool(row["payload"]) for row in kept] == [True]
    page.goto(f"{branch.url}/findings")
    expect(page.get_by_text(other["text"])).to_have_count(0)


def _named(branch: Branch, page: Page, away: object) -> None:
    """Offline, on the manager's own phone, in Chinese."""
    away.sign_in("manager")  # type: ignore[attr-defined]
    away.controlled()  # type: ignore[attr-defined]
    page.goto(f"{branch.url}/device")
    mine = page.get_by_text("我的代理人")
    expect(mine).to_be_visible(timeout=90_000)
    page.context.set_offline(True)
    mine.click()
    page.get_by_text("指定代理人").click()
    sheet = page.get_by_role("dialog", name="指定代理人")
    sheet.get_by_role("button", name="指定代理人").click()
    expect(sheet.get_by_text("请选择人员")).to_be_visible()
    looks_right(page)
    sheet.get_by_label("代理人").select_option(label="韩磊 hanlei")
    last = sheet.get_by_label("第一天").input_value()
    sheet.get_by_label("最后一天").fill(last)
    sheet.locator("textarea").fill("年假")
    sheet.get_by_role("button", name="指定代理人").click()
    expect(page.get_by_text("在本机，未发送")).to_be_visible()
    looks_right(page)
    page.context.set_offline(False)
    branch.comes_to(page, lambda rows: len(rows) == 1, "SELECT id FROM deputy")


def _approved_offline(context: object, page: Page, branch: Branch, one: dict[str, str]) -> None:
    context.set_offline(True)  # type: ignore[attr-defined]
    page.goto(f"{branch.url}/findings/{one['id']}")
    expect(page.get_by_text("You decide for 陈静")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("韩磊 for 陈静").first).to_be_visible()
    context.set_offline(False)  # type: ignore[attr-defined]


def _ended(branch: Branch, page: Page) -> None:
    page.get_by_text("韩磊 代 陈静").click()
    page.get_by_role("button", name="现在结束").click()
    branch.comes_to(
        page, lambda rows: rows[0]["ended_at"] is not None, "SELECT ended_at FROM deputy"
    )
