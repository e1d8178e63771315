"""What the desk has to keep while one record after the other is looked at and decided."""

from playwright.sync_api import expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import DESK


def test_choosing_another_record_keeps_the_list_and_what_can_be_done(
    branch: Branch, handset: Handsets
):
    """Any round can be given to somebody else, and filters outlive the choice of a row."""
    desk = handset("desk", branch.url, viewport=DESK, locale="en-GB")
    page = desk.open()
    desk.sign_in("manager")
    page.goto(f"{branch.url}/rounds?show=living")
    rows = page.locator(".inbox .list a")
    rows.nth(2).wait_for()
    shown = rows.count()
    rows.nth(2).click()
    expect(rows.nth(2)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Give to somebody else")).to_be_visible()
    assert rows.count() == shown
    page.keyboard.press("j")
    expect(rows.nth(3)).to_have_attribute("aria-current", "true")
    page.goto(f"{branch.url}/findings")
    page.get_by_label("State").select_option("closed")
    closed = page.locator(".inbox .list a")
    expect(closed.first).to_contain_text("Closed")
    shown = closed.count()
    closed.nth(1).click()
    expect(closed.nth(1)).to_have_attribute("aria-current", "true")
    assert closed.count() == shown
    expect(page.get_by_label("State")).to_have_value("closed")
    page.goto(f"{branch.url}/findings/00000000-0000-7000-8000-000000000000")
    expect(page.get_by_text("This finding is not on this device")).to_be_visible()
