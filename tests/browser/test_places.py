"""Outlets, codes and a year's days from files, a checklist that takes its choices from a code list,
and a due day that explains itself without signal."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.branch import Branch, Rows
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK
from tests.kit.link import Link

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KEPT_MS = 60_000
OUTLETS = """网点号,名称,英文名称,上级机构,类型,营业日
{code}1,东港支行,East Harbour,{unit},网点,周二至周六
{code}2,东港自助,,{unit},自助,每天
{code}3,西港支行,,NOWHERE,网点,
"""
CODES = """代码表,代码表名称,代码表英文名称,代码,名称,英文名称
reason,原因,Reason,01,等候,Waiting
reason,,,02,态度,Manner
reason,,,2/,其他,Else
"""
DAYS = "日期,截止日,类型\n{year}-02-05,{year}-02-11,放假\n{saturday},,上班\n"


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_outlets_and_days_come_from_files_and_a_due_day_explains_itself_offline(
    branch: Branch, line: Link, handset: Handsets, tmp_path: Path
):
    """The administrator brings next year's official days at the desk; a manager on a train reads
    why a case is due on that day, and is told before that a calendar was missing."""
    phone = handset("manager", line.url, locale="en-GB")
    manager = phone.open()
    phone.sign_in("manager")
    manager.locator("a.truth").first.wait_for()
    desk = handset("admin", branch.url, locale="en-GB", viewport=DESK)
    page = desk.open()
    desk.sign_in("admin")
    page.get_by_role("link", name="Outlets").click()
    expect(page.locator(".list a").first).to_be_visible()
    looks_right(page)
    _outlets_from_a_file(branch, page, tmp_path)
    _an_outlet_of_its_own_days(branch, page)
    _codes_from_a_file(branch, page, tmp_path)
    _a_checklist_takes_its_choices_from_them(branch, page)
    year = _next_year(branch)
    case = _living_case(branch)
    _missing_calendar_is_told(manager, line.url, case, year)
    _days_from_a_file(branch, page, tmp_path, year)
    _explained_offline(manager, line, case, year)


def _outlets_from_a_file(branch: Branch, page: Page, folder: Path) -> None:
    unit = branch.rows("SELECT code FROM unit ORDER BY code")[0]["code"]
    page.get_by_role("button", name="Import").click()
    file = folder / "outlets.csv"
    file.write_text(OUTLETS.format(code="EH", unit=unit), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("2 new, 0 changed")).to_be_visible(timeout=KEPT_MS)
    expect(page.get_by_text("Row 4").first).to_contain_text("NOWHERE")
    looks_right(page)
    page.get_by_role("button", name="Take these 2 outlets").click()
    expect(page.get_by_text("2 outlets recorded on this device")).to_be_visible(timeout=KEPT_MS)
    added = "SELECT code FROM outlet WHERE code LIKE 'EH%'"
    branch.comes_to(page, lambda rows: len(rows) == 2, added)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("is here already, unchanged")).to_be_visible(timeout=KEPT_MS)


def _an_outlet_of_its_own_days(branch: Branch, page: Page) -> None:
    page.get_by_role("button", name="Outlets", exact=True).click()
    page.get_by_label("Find").fill("EH1")
    page.locator(".list a").filter(has_text="East Harbour").click()
    expect(page.get_by_text("Tue, Wed, Thu, Fri, Sat")).to_be_visible(timeout=KEPT_MS)
    expect(page.locator(".days li")).to_have_count(14)
    looks_right(page)
    page.get_by_role("button", name="Close").click()
    sheet = page.get_by_role("dialog", name="Close")
    sheet.get_by_role("button", name="Close", exact=True).last.click()
    closed = "SELECT closed_on FROM outlet WHERE code = 'EH1'"
    branch.comes_to(page, lambda rows: rows[0]["closed_on"] is not None, closed)
    expect(page.locator(".tag", has_text="Closed")).to_be_visible(timeout=KEPT_MS)
    page.get_by_role("button", name="Reopen").click()
    branch.comes_to(page, lambda rows: rows[0]["closed_on"] is None, closed)


def _codes_from_a_file(branch: Branch, page: Page, folder: Path) -> None:
    page.goto(f"{branch.url}/places/codes")
    expect(page.locator(".list a")).to_contain_text("Where it was raised", timeout=KEPT_MS)
    file = folder / "codes.csv"
    file.write_text(CODES, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("1 new list, 0 changed")).to_be_visible(timeout=KEPT_MS)
    expect(page.get_by_text("Row 4").first).to_contain_text("2/")
    looks_right(page)
    page.get_by_role("button", name="Take this list").click()
    made = "SELECT codes, closed_on FROM code_list WHERE id = 'reason'"
    branch.comes_to(page, lambda rows: len(rows) == 1, made)
    page.locator(".list a").filter(has_text="Reason").click()
    page.get_by_role("button", name="Add a code").click()
    sheet = page.get_by_role("dialog", name="Add a code")
    sheet.get_by_label("Code").fill("0/1")
    sheet.get_by_label("Text in Chinese").fill("环境")
    sheet.get_by_label("Text in English").fill("Noise")
    looks_right(page)
    sheet.get_by_role("button", name="Add a code").click()
    page.get_by_role("button", name="Move up 0/1").click(timeout=KEPT_MS)
    branch.comes_to(page, lambda rows: _in_order(rows, "01", "0/1", "02"), made)
    looks_right(page)


def _in_order(rows: Rows, *codes: str) -> bool:
    places = [rows[0]["codes"].find(f'"code":"{code}"') for code in codes]
    return -1 not in places and places == sorted(places)


def _a_checklist_takes_its_choices_from_them(branch: Branch, page: Page) -> None:
    """A code is reworded while the draft lies open; the draft says so and takes it over."""
    codes = page.url
    page.goto(f"{branch.url}/templates")
    page.get_by_role("button", name="New checklist").click()
    page.get_by_role("button", name="Add a section").click()
    page.get_by_role("button", name="Add an item").click()
    page.get_by_label("Type").select_option(label="One choice")
    page.get_by_label("Choices come from").select_option(label="Reason")
    preview = page.locator(".phone")
    expect(preview.get_by_text("Manner")).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    other = page.context.new_page()
    other.goto(codes)
    other.get_by_role("button", name="Manner").click()
    sheet = other.get_by_role("dialog", name="Change the code")
    sheet.get_by_label("Text in English").fill("Bearing")
    sheet.get_by_role("button", name="Keep the change").click()
    changed = "SELECT codes FROM code_list WHERE id = 'reason'"
    branch.comes_to(other, lambda rows: "Bearing" in rows[0]["codes"], changed)
    other.close()
    expect(page.get_by_text("“Reason” has changed since")).to_be_visible(timeout=KEPT_MS)
    expect(page.get_by_text("says something else now").first).to_be_visible(timeout=KEPT_MS)
    expect(preview.get_by_text("Manner")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Take the newer state over").click()
    expect(preview.get_by_text("Bearing")).to_be_visible(timeout=KEPT_MS)
    expect(page.get_by_text("“Reason” has changed since")).to_have_count(0)
    expect(page.get_by_text("says something else now")).to_have_count(0, timeout=KEPT_MS)


def _next_year(branch: Branch) -> str:
    """The first year of the demo whose official days are not in."""
    sql = "SELECT year FROM calendar_year WHERE NOT published ORDER BY year"
    return str(branch.rows(sql)[0]["year"])


def _living_case(branch: Branch) -> str:
    sql = (
        "SELECT id FROM rectification WHERE state IN ('open', 'assigned') AND due_at IS NOT NULL "
        "AND line <> 'security' AND extension IS NULL AND due_steps LIKE '%\"nth\":1%' "
        "ORDER BY due_at DESC"
    )
    return branch.rows(sql)[0]["id"]


def _missing_calendar_is_told(page: Page, url: str, case: str, year: str) -> None:
    page.goto(f"{url}/findings/{case}")
    page.locator("details summary").first.wait_for()
    sheet = _putting_off(page)
    sheet.get_by_label("New due day").fill(f"{year}-02-08")
    expect(sheet.get_by_text(f"The calendar of {year} is not published")).to_be_visible()
    looks_right(page)
    page.keyboard.press("Escape")


def _putting_off(page: Page) -> Locator:
    page.get_by_role("button", name="Extend").click()
    return page.get_by_role("dialog", name="Extend")


def _days_from_a_file(branch: Branch, page: Page, folder: Path, year: str) -> None:
    page.goto(f"{branch.url}/places/calendar")
    expect(page.get_by_text(f"The calendar of {year} is not published").first).to_be_visible()
    file = folder / "days.csv"
    bad = DAYS.format(year=year, saturday=f"{year}-02-10")
    file.write_text(bad, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("a list of days is not taken in part")).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    saturday = {"2027": "2027-02-13", "2028": "2028-02-12", "2029": "2029-02-17"}[year]
    file.write_text(DAYS.format(year=year, saturday=saturday), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=f"Take and publish {year}").click(timeout=KEPT_MS)
    sql = f"SELECT published FROM calendar_year WHERE year = {year}"
    branch.comes_to(page, lambda rows: bool(rows[0]["published"]), sql)
    page.locator(".list a").filter(has_text=year).click()
    expect(page.get_by_text(f"The calendar of {year} is published")).to_be_visible(timeout=KEPT_MS)
    expect(page.get_by_text("Make-up workday").first).to_be_visible()
    looks_right(page)


def _explained_offline(page: Page, line: Link, case: str, year: str) -> None:
    """The phone has heard of the calendar, then the line is cut."""
    page.goto(f"{line.url}/findings/{case}")
    sheet = _putting_off(page)
    sheet.get_by_label("New due day").fill(f"{year}-02-08")
    missing = sheet.get_by_text(f"The calendar of {year} is not published")
    expect(missing).to_have_count(0, timeout=KEPT_MS)
    sheet.locator("summary").click()
    expect(sheet.get_by_text("a holiday")).to_be_visible()
    page.keyboard.press("Escape")
    line.down()
    page.reload()
    why = page.locator("details").first
    why.locator("summary").click()
    expect(why.get_by_text("counted from this day")).to_be_visible()
    expect(why.get_by_text("workday").first).to_be_visible()
    expect(why.get_by_text("due by")).to_be_visible()
    looks_right(page)
