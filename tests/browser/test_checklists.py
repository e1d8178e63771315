"""A checklist in its branch's own hands: from a file through the editor onto a phone, and anew."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KEPT_MS = 90_000
VERSIONS = "SELECT edition FROM template_version WHERE code = 'walk'"


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def filled_in(exported: bytes, points: str) -> bytes:
    """What a secretary makes of an exported checklist."""
    book = openpyxl.load_workbook(io.BytesIO(exported))
    put(
        book["Checklist"],
        {
            "Code": "walk",
            "Edition": "2027.1",
            "Title in Chinese": "走访检查",
            "Title in English": "Walk-in check",
        },
    )
    put(book["Items"], {"Points": points})
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def put(tab: Any, row: dict[str, str]) -> None:
    """Into the first row below the headings."""
    places = {cell.value: cell.column for cell in tab[1]}
    for heading, value in row.items():
        tab.cell(row=2, column=places[heading]).value = value


def exported(page: Page, branch: Branch) -> bytes:
    page.goto(f"{branch.url}/templates")
    page.get_by_role("link", name="Self-service point checklist").click()
    expect(page.locator(".phone")).to_be_visible()
    with page.expect_download(timeout=KEPT_MS) as download:
        page.get_by_role("button", name="Export to Excel").click()
    return Path(download.value.path()).read_bytes()


def brought(page: Page, file: Path) -> Locator:
    page.get_by_role("button", name="Import a file").click()
    sheet = page.get_by_role("dialog", name="Import a checklist from Excel")
    sheet.get_by_label("Choose a file").set_input_files(file)
    return sheet


def in_force(page: Page, branch: Branch) -> None:
    """An edition of a standard with one clause; the tab dies before it was sent."""
    page.goto(f"{branch.url}/templates/standards")
    page.get_by_role("button", name="New edition of a standard").click()
    sheet = page.get_by_role("dialog")
    for label, words in (
        ("Name of the standard in Chinese", "走访标准"),
        ("Name of the standard in English", "Walk-in standard"),
        ("Code of the standard", "WALK"),
        ("Version", "2027"),
    ):
        sheet.get_by_label(label).fill(words)
    sheet.get_by_label("Line").select_option(label="Operations")
    sheet.get_by_role("button", name="Add a clause").click()
    sheet.get_by_label("Number of the clause").fill("3.1")
    sheet.get_by_label("Points").fill("2")
    sheet.get_by_label("Clause 3.1 in Chinese").fill("有坡道")
    sheet.get_by_label("Clause 3.1 in English").fill("There is a ramp")
    looks_right(page)
    page.reload()
    page.get_by_role("button", name="New edition of a standard").click()
    expect(sheet.get_by_label("Clause 3.1 in English")).to_have_value("There is a ramp")
    sheet.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_role("heading", name="Walk-in standard")).to_be_visible(timeout=KEPT_MS)
    looks_right(page)


def _from_another_tab(page: Page) -> None:
    """Both write the same draft; neither puts its own picture of it over the other's words."""
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Name of the section in English").first.fill("The lobby", timeout=KEPT_MS)
    other.get_by_label("Code", exact=True).click()
    section = page.get_by_label("Name of the section in English").first
    expect(section).to_have_value("The lobby", timeout=KEPT_MS)
    expect(page.get_by_label("What to check in English")).to_have_value(
        "The door closes behind you"
    )
    other.close()


def published(page: Page, branch: Branch, edition: str) -> None:
    page.get_by_role("button", name="Publish").click(timeout=KEPT_MS)
    sheet = page.get_by_role("dialog")
    looks_right(page)
    sheet.get_by_role("button", name="Publish").click()
    branch.comes_to(page, lambda rows: edition in {row["edition"] for row in rows}, VERSIONS)


def test_a_checklist_from_excel_reaches_a_phone_and_the_next_version_changes_nothing_there(
    branch: Branch, handset: Handsets, tmp_path: Path
):
    desk = handset("desk", branch.url, locale="en-GB", viewport=DESK)
    page = desk.open()
    desk.sign_in("admin")
    page.locator("#main").wait_for()
    file = tmp_path / "walk.xlsx"
    in_force(page, branch)

    workbook = exported(page, branch)
    file.write_bytes(filled_in(workbook, "many"))
    page.goto(f"{branch.url}/templates")
    looks_right(page)
    sheet = brought(page, file)
    expect(sheet.get_by_text("Items, Row 2")).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    file.write_bytes(filled_in(workbook, "3.5"))
    sheet.get_by_label("Choose a file").set_input_files(file)

    # The draft: one item is changed, the phone beside it shows it, and a killed tab loses nothing.
    expect(page.get_by_text("Ready to publish")).to_be_visible(timeout=KEPT_MS)
    page.locator("main .row").first.click()
    page.get_by_label("What to check in English").fill("The door closes behind you")
    page.get_by_label("Clause", exact=True).select_option(label="Walk-in standard 2027")
    _from_another_tab(page)
    preview = page.locator(".phone")
    expect(preview.get_by_text("There is a ramp")).to_be_visible()
    expect(preview.get_by_text("The door closes behind you")).to_be_visible()
    expect(preview.get_by_text("3.5").first).to_be_visible()
    preview.get_by_role("button", name="Fail").first.click()
    looks_right(page)
    page.reload()
    expect(page.get_by_text("The door closes behind you").first).to_be_visible(timeout=KEPT_MS)
    published(page, branch, "2027.1")
    looks_right(page)

    # A phone begins a round with it.
    phone = handset("phone", branch.url, locale="en-GB", permissions=["geolocation"])
    round_ = phone.open()
    phone.sign_in("inspector")
    round_.goto(f"{branch.url}/rounds/new")
    round_.get_by_role("button", name="Walk-in check").click(timeout=KEPT_MS)
    round_.locator(".list button").first.click()
    round_.get_by_role("button", name="Start").click()
    expect(round_.get_by_text("The door closes behind you")).to_be_visible(timeout=KEPT_MS)
    expect(round_.get_by_text("There is a ramp (2 points)")).to_be_visible()
    round_.get_by_role("button", name="Pass", exact=True).click()

    # Meanwhile the next version is written, compared, published.
    page.get_by_role("button", name="New version from this one").click()
    page.locator("main .row").first.click(timeout=KEPT_MS)
    page.get_by_label("What to check in English").fill("The door locks behind you")
    page.get_by_label("Version", exact=True).fill("2027.2")
    page.get_by_label("Code", exact=True).click()
    page.get_by_role("button", name="Publish").click(timeout=KEPT_MS)
    sheet = page.get_by_role("dialog")
    expect(sheet.locator("del")).to_have_text(["The door closes behind you"])
    expect(sheet.locator("ins")).to_have_text(["The door locks behind you"])
    looks_right(page)
    sheet.get_by_role("button", name="Publish").click()
    branch.comes_to(page, lambda rows: len(rows) == 2, VERSIONS)
    expect(page.locator("main ins")).to_have_text(["The door locks behind you"], timeout=KEPT_MS)
    looks_right(page)

    # The round in hand is what it was, after the newer version has come to the phone as well.
    round_.goto(f"{branch.url}/rounds/new")
    expect(round_.get_by_role("button", name="Walk-in check")).to_have_count(2, timeout=KEPT_MS)
    round_.go_back()
    round_.reload()
    expect(round_.get_by_text("The door closes behind you")).to_be_visible(timeout=KEPT_MS)
    assert round_.get_by_text("The door locks behind you").count() == 0
    looks_right(round_)
