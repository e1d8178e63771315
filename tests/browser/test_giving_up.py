"""A photo that will never come must not keep a record open for ever."""

from playwright.sync_api import expect

from backend.demo.stage import NAMESPACE
from backend.foundation.kernel.ids import derived_id
from tests.browser.branch import ROUND_HANDED_IN, Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import DESK

ROUND_THAT_WAITS = derived_id(NAMESPACE, "round:r12")  # of inspector2, one photo still on the phone
STATE = "SELECT state FROM photo WHERE parent = ?"
REASON = "SELECT reason FROM waiver WHERE rec = ?"


def test_a_manager_gives_up_a_lost_photo_without_signal_and_its_author_cannot(
    branch: Branch, handset: Handsets
):
    """Told at once on the desk, decided by the server when the signal is back, with the reason."""
    rec = f"round:{ROUND_THAT_WAITS}"
    author = handset("author", branch.url, locale="en-GB")
    page = author.open()
    author.sign_in("inspector2")
    page.locator("#main a[href]").first.wait_for()
    page.goto(f"{branch.url}/rounds/{ROUND_THAT_WAITS}")
    page.locator(".ph button").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Has not arrived yet")
    expect(page.get_by_role("button", name="Stop waiting for this photo")).to_have_count(0)
    author.close()

    desk = handset("desk", branch.url, viewport=DESK, locale="en-GB")
    page = desk.open()
    desk.sign_in("manager")
    page.goto(f"{branch.url}/rounds/{ROUND_THAT_WAITS}")
    expect(page.get_by_text("One that will never come: open it below")).to_be_visible()
    desk.context.set_offline(True)
    page.locator(".ph button").first.click()
    page.get_by_role("button", name="Stop waiting for this photo").click()
    send = page.locator("dialog .main")
    send.click()
    expect(page.get_by_text("Write one sentence why")).to_be_visible()
    page.get_by_role("textbox").fill("The phone fell into the river")
    send.click()
    expect(page.get_by_role("dialog", name="Photos of 9.1")).to_contain_text("Waived")
    assert [row["state"] for row in branch.rows(STATE, rec)] == ["awaited"]
    desk.context.set_offline(False)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("One that will never come")).to_have_count(0, timeout=20_000)
    branch.comes_to(page, lambda rows: rows == [{"state": "waived"}], STATE, rec)
    expect(page.locator("#main").get_by_text("Verified").first).to_be_visible(timeout=20_000)
    assert [row["reason"] for row in branch.rows(REASON, rec)] == ["The phone fell into the river"]


def test_a_round_shows_the_way_to_what_became_of_its_findings(branch: Branch, handset: Handsets):
    """On the inspector's phone and at the desk, by a panel of the neighbour."""
    phone = handset("phone", branch.url, locale="en-GB")
    page = phone.open()
    phone.sign_in("inspector")
    page.locator("#main a[href]").first.wait_for()
    page.goto(f"{branch.url}/rounds/{ROUND_HANDED_IN}")
    page.get_by_role("heading", name="Rectifications of this round").wait_for()
    page.locator("#main a[href^='/findings/']").first.click()
    page.wait_for_url("**/findings/*")
    page.locator("#main dl").wait_for()
    phone.close()

    desk = handset("desk", branch.url, viewport=DESK, locale="en-GB")
    page = desk.open()
    desk.sign_in("manager")
    page.goto(f"{branch.url}/rounds/{ROUND_HANDED_IN}")
    page.locator("#main a[href^='/findings/']").first.wait_for()
