"""Where a person goes today: one list in the order of the way, and what to make ready first."""

from playwright.sync_api import expect

from tests.browser.branch import ROUND_BEGUN, ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations


def test_each_stop_says_what_it_lacks_before_the_signal_goes(branch: Branch, handset: Handsets):
    """Its checklist, its pictures and the device itself; the heading tells each need once."""
    phone = handset("phone", branch.url, locale="en-GB", permissions=["geolocation"])
    page = phone.open()
    phone.sign_in("inspector")
    stops = page.locator("ol.list > li")
    expect(stops.first.locator("a")).to_have_attribute("href", f"/rounds/{ROUND_BEGUN}")
    expect(page.locator(f"ol.list a[href='/rounds/{ROUND_TO_FILL}']")).to_be_visible()
    expect(stops.first).to_contain_text("offline", ignore_case=True)
    heading = page.get_by_role("heading", name="Stops today")
    heading.get_by_role("button").click()
    sheet = page.get_by_role("dialog", name="Before the signal goes")
    expect(sheet.get_by_text("Checklist")).to_be_visible()
    expect(sheet.get_by_text("Reference pictures")).to_be_visible()
    expect(sheet.get_by_text("Camera allowed")).to_have_count(1)
    assert violations(page) == []
    assert sideways(page) <= 0


def test_who_goes_nowhere_is_not_told_so(branch: Branch, handset: Handsets):
    phone = handset("desk", branch.url, locale="en-GB")
    page = phone.open()
    phone.sign_in("manager")
    page.locator("#main a[href]").first.wait_for()
    assert not page.get_by_text("Stops today").is_visible()
