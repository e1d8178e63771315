"""The administrator's place: people, posts, passwords, devices, a list from a file, the audit."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK
from tests.kit.link import Link

pytestmark = [pytest.mark.slow, pytest.mark.browser]

OWN = "four plain words together"
HEAD = "姓名,用户名,岗位,职务,网点"
KEPT_MS = 60_000


def opened(branch: Branch, handset: Handsets, who: str = "admin", **options: object) -> Page:
    """The person's own first screen, in English."""
    held = handset(who, branch.url, locale="en-GB", **options)
    page = held.open()
    held.sign_in(who)
    page.locator("#main").wait_for()
    return page


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def listed(page: Page, name: str) -> Locator:
    page.get_by_label("Find").fill(name)
    row = page.locator(".list a").filter(has=page.get_by_text(re.compile(f"^{name}(,|$)")))
    expect(row).to_have_count(1)
    return row


def sheet_of(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog", name=title)


def test_somebody_new_gets_a_post_and_a_password_and_chooses_their_own(
    branch: Branch, handset: Handsets
):
    """The one-time password is shown once, opens one sign-in, and a slip of the finger is told."""
    page = opened(branch, handset)
    page.get_by_role("link", name="People").click()
    expect(page.locator(".list a").first).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Add a person").click()
    sheet = sheet_of(page, "Add a person")
    sheet.get_by_role("button", name="Add a person").click()
    expect(sheet.get_by_text("Fill this in")).to_have_count(2)
    sheet.get_by_label("Name", exact=True).fill("何苗")
    sheet.get_by_label("User name").fill("inspector")
    expect(sheet.get_by_text("has this user name already")).to_be_visible()
    sheet.get_by_label("User name").fill("hemiao")
    sheet.get_by_label("Role").select_option("outlet_staff")
    sheet.get_by_label("Title", exact=True).fill("大堂经理")
    sheet.get_by_role("button", name="Add a person").click()
    expect(sheet.get_by_text("This role needs an outlet")).to_be_visible()
    looks_right(page)
    sheet.get_by_label("Outlet").select_option(index=1)
    sheet.get_by_role("button", name="Add a person").click()
    expect(page.get_by_text("Recorded on this device")).to_be_visible()
    branch.comes_to(
        page,
        lambda rows: len(rows) == 1,
        "SELECT q.id FROM post q JOIN person p ON p.id = q.person WHERE p.username = 'hemiao'",
    )
    row = listed(page, "何苗")
    expect(row).to_contain_text("No password")
    row.click()
    page.get_by_role("button", name="Give a one-time password").click()
    sheet = sheet_of(page, "Give a one-time password")
    sheet.get_by_role("button", name="Give a one-time password").click()
    given = sheet.locator("output").inner_text()
    looks_right(page)
    sheet.get_by_role("button", name="They have been told").click()
    assert given not in page.content()
    _first_sign_in(branch, handset, given)


def _first_sign_in(branch: Branch, handset: Handsets, given: str) -> None:
    held = handset("hemiao", branch.url, locale="en-GB")
    page = held.open()
    page.locator("input[name=username]").fill("hemiao")
    page.locator("input[name=password]").fill(given)
    page.keyboard.press("Enter")
    expect(page.get_by_text("First choose your own password")).to_be_visible()
    looks_right(page)
    fresh, again = page.get_by_label("New password", exact=True), page.get_by_label("once more")
    fresh.fill("short")
    again.fill("shorter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The two are not the same")).to_be_visible()
    again.fill("short")
    page.keyboard.press("Enter")
    expect(page.get_by_text("At least 8 characters")).to_be_visible()
    fresh.fill(OWN)
    again.fill(OWN)
    page.keyboard.press("Enter")
    page.locator("a.truth").first.wait_for()


def test_one_who_is_suspended_has_no_rights_until_restored(branch: Branch, handset: Handsets):
    page = opened(branch, handset, viewport=DESK)
    page.get_by_role("link", name="People").click()
    listed(page, "outreach").click()
    page.get_by_role("button", name="Suspend the account").click()
    sheet = sheet_of(page, "Suspend the account")
    sheet.get_by_label("Why").fill("Left the bank")
    sheet.get_by_role("button", name="Suspend the account").click()
    active = "SELECT active FROM person WHERE username = 'outreach'"
    branch.comes_to(page, lambda rows: not rows[0]["active"], active)
    expect(page.locator(".tag", has_text="Suspended")).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    page.get_by_role("button", name="Restore the account").click()
    page.get_by_role("dialog").get_by_role("button", name="Restore the account").click()
    branch.comes_to(page, lambda rows: bool(rows[0]["active"]), active)


def test_a_post_ends_on_a_day_and_another_one_begins(branch: Branch, handset: Handsets):
    page = opened(branch, handset)
    page.get_by_role("link", name="People").click()
    listed(page, "outreach").click()
    page.get_by_role("button", name="Give a post").click()
    sheet = sheet_of(page, "Give a post")
    sheet.get_by_label("Role").select_option("inspector")
    sheet.get_by_label("Title", exact=True).fill("检查员")
    sheet.get_by_label("Outlet").select_option(index=2)
    sheet.get_by_role("button", name="Give a post").click()
    posts = (
        "SELECT q.role, q.held_to FROM post q JOIN person p ON p.id = q.person "
        "WHERE p.username = 'outreach'"
    )
    branch.comes_to(page, lambda rows: {r["role"] for r in rows} >= {"inspector"}, posts)
    row = page.locator(".list button").filter(has_text="检查员")
    expect(row).to_be_visible(timeout=KEPT_MS)
    row.click()
    sheet = sheet_of(page, "End this post")
    sheet.get_by_label("Last day").fill("2099-12-31")
    sheet.get_by_role("button", name="End this post").click()
    branch.comes_to(page, lambda rows: any(r["held_to"] == "2099-12-31" for r in rows), posts)
    expect(page.get_by_text("31 Dec").first).to_be_visible(timeout=KEPT_MS)


def test_a_device_is_cut_off_with_a_reason_and_a_wipe_is_asked_twice(
    branch: Branch, handset: Handsets
):
    """What each way does stands beside it; the phone then says it in its own words."""
    phone = handset("phone", branch.url)
    phone.open()
    phone.sign_in("inspector")
    phone.ready()
    page = opened(branch, handset)
    page.get_by_role("link", name="People").click()
    listed(page, "inspector").first.click()
    row = page.locator(".list button").filter(has_text="Works").first
    row.click()
    page.get_by_role("dialog").get_by_text("App build").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Suspend or erase").click()
    sheet = page.get_by_role("dialog").first
    sheet.get_by_role("button", name="Give the order").click()
    expect(sheet.get_by_text("Fill this in")).to_be_visible()
    sheet.get_by_label("Erased at once").check()
    sheet.get_by_label("Why").fill("Stolen on the bus")
    looks_right(page)
    sheet.get_by_role("button", name="Give the order").click()
    asked = page.get_by_role("dialog", name="Erase this device?")
    asked.get_by_role("button", name="Do not erase").click()
    assert _states(branch) == {"active"}
    sheet.get_by_label("Suspended").check()
    sheet.get_by_role("button", name="Give the order").click()
    expect(page.get_by_text("The order counts")).to_be_visible(timeout=KEPT_MS)
    assert "suspended" in _states(branch)
    phone.page.goto(f"{branch.url}/device")
    expect(phone.page.get_by_text("这部设备已停用")).to_be_visible(timeout=KEPT_MS)
    page.locator(".list button").filter(has_text="Suspended").click()
    page.get_by_role("dialog").get_by_text("Stolen on the bus").wait_for()
    page.get_by_role("button", name="Suspend or erase").click()
    sheet = page.get_by_role("dialog").first
    sheet.get_by_label("Erased at once").check()
    sheet.get_by_label("Why").fill("Not coming back")
    sheet.get_by_role("button", name="Give the order").click()
    looks_right(page)
    page.get_by_role("dialog", name="Erase this device?").get_by_role(
        "button", name="Erase", exact=True
    ).click()
    phone.page.locator("input[name=username]").wait_for(timeout=2 * KEPT_MS)
    branch.comes_to(page, lambda rows: bool(rows), "SELECT 1 FROM fact WHERE type LIKE '%Erased'")


def _states(branch: Branch) -> set[str]:
    rows = branch.rows(
        "SELECT d.state FROM device d JOIN device_contact c ON c.device = d.id "
        "JOIN person p ON p.id = c.person WHERE p.username = 'inspector'"
    )
    return {row["state"] for row in rows}


def test_a_list_of_people_is_taken_in_and_bad_rows_are_told(
    branch: Branch, handset: Handsets, tmp_path: Path
):
    page = opened(branch, handset)
    page.goto(f"{branch.url}/people/import")
    served = "SELECT code FROM outlet WHERE kind <> 'self_service' ORDER BY code"
    code = branch.rows(served)[0]["code"]
    good = [f"新人{n},new.{n},网点员工,柜员,{code}" for n in range(3)]
    file = tmp_path / "people.csv"
    file.write_bytes("\n".join([HEAD, *good, ",nobody,网点员工,柜员,ZZZ"]).encode())
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Can be added: 3 people, 3 posts")).to_be_visible(timeout=KEPT_MS)
    expect(page.get_by_text("Row 5").first).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Add these 3 people").click()
    expect(page.get_by_text("3 people recorded on this device")).to_be_visible(timeout=KEPT_MS)
    added = "SELECT username FROM person WHERE username LIKE 'new.%'"
    branch.comes_to(page, lambda rows: len(rows) == 3, added)
    file.write_bytes("\n".join([HEAD, *good]).encode())
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("is here already")).to_be_visible(timeout=KEPT_MS)
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Take an empty sheet").click()
    assert sheet.value.suggested_filename == "people.xlsx"


def test_the_audit_is_filtered_opened_and_taken_as_a_file(branch: Branch, handset: Handsets):
    page = opened(branch, handset, viewport=DESK)
    page.goto(f"{branch.url}/people/audit")
    expect(page.locator(".list button").first).to_be_visible()
    page.get_by_label("What was done").select_option("identity.PostHeld")
    expect(page.locator(".list button").first).to_contain_text("Post given")
    page.locator(".list button").first.click()
    expect(page.get_by_role("dialog").get_by_text("Happened")).to_be_visible()
    looks_right(page)
    page.keyboard.press("Escape")
    for kind in ("CSV", "Excel"):
        with page.expect_download() as file:
            page.get_by_role("button", name=f"Export {kind}").click()
        assert file.value.suggested_filename.startswith("audit.")


def test_without_signal_and_without_the_post_the_place_says_so(
    branch: Branch, line: Link, handset: Handsets
):
    held = handset("admin", line.url, locale="en-GB")
    page = held.open()
    held.sign_in("admin")
    page.get_by_role("link", name="People").click()
    expect(page.locator(".list a").first).to_be_visible()
    line.down()
    page.get_by_label("Find").fill("nobody at all")
    expect(page.get_by_text("people and devices are on the server alone")).to_be_visible(
        timeout=KEPT_MS
    )
    looks_right(page)
    other = opened(branch, handset, "manager", viewport=DESK)
    expect(other.get_by_role("link", name="People")).to_have_count(0)
    other.goto(f"{branch.url}/people")
    expect(other.get_by_text("For administrators alone")).to_be_visible()
    expect(other.get_by_role("button", name="Add a person")).to_have_count(0)
