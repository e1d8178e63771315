"""A PIN for a colleague's phone is set on one's own, with or without signal."""

from playwright.sync_api import Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations

EASY, PIN, OTHER = "123456", "407193", "730265"


def type_pin(page: Page, digits: str) -> None:
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()


def test_a_pin_is_set_without_signal_and_counts_once_it_is_sent(branch: Branch, handset: Handsets):
    """Easy ones and a slip of the finger are told at the pad; the server keeps no digit of it."""
    phone = handset("phone", branch.url, locale="en-GB")
    page = phone.open()
    phone.sign_in("inspector")
    page.locator("#main a[href]").first.wait_for()
    page.goto(f"{branch.url}/device")
    row = page.get_by_role("button", name="PIN, for a colleague's phone")
    expect(row).to_contain_text("Not set")
    phone.context.set_offline(True)
    row.click()
    expect(page.get_by_text("New PIN of 6 digits")).to_be_visible()
    assert violations(page) == []
    assert sideways(page) <= 0
    type_pin(page, EASY)
    expect(page.get_by_text("Too easy to guess")).to_be_visible()
    type_pin(page, PIN)
    expect(page.get_by_text("The same once more")).to_be_visible()
    type_pin(page, OTHER)
    expect(page.get_by_text("The two are not the same")).to_be_visible()
    type_pin(page, PIN)
    expect(page.get_by_text("The same once more")).to_be_visible()
    type_pin(page, PIN)
    expect(row).to_contain_text("On this device only")
    assert branch.rows("SELECT id FROM pin") == []
    phone.context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    branch.comes_to(page, lambda rows: len(rows) == 1, "SELECT id FROM pin")
    expect(row).not_to_contain_text("On this device only")
    kept = branch.rows("SELECT coalesce(payload, '') || answer AS text FROM verdict")
    assert not any("xfs1." in row["text"] or PIN in row["text"] for row in kept)
    page.goto(branch.url)
    expect(page.get_by_text("Your PIN was set")).to_be_visible()
