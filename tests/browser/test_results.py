"""Results at desk and phone: figures that open their records, search, a list as a file."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KEPT_MS = 60_000


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def opened(branch: Branch, handset: Handsets, **options: object) -> Page:
    """The manager's results, in English."""
    held = handset("manager", branch.url, locale="en-GB", **options)
    page = held.open()
    held.sign_in("manager")
    page.locator("#main").wait_for()
    page.goto(f"{branch.url}/results")
    return page


def counted(page: Page) -> int:
    expect(page.get_by_text("As of")).to_be_visible()
    expect(page.locator(".list").last.locator("a").first).to_be_visible()
    while page.get_by_role("button", name="More", exact=True).count():
        page.get_by_role("button", name="More", exact=True).click()
        page.wait_for_timeout(200)
    return page.locator(".list").last.locator("a").count()


def test_a_figure_opens_its_records_a_word_finds_them_and_a_list_becomes_a_file(
    branch: Branch, handset: Handsets
):
    page = opened(branch, handset, viewport=DESK)
    expect(page.get_by_role("heading", name="Open findings by line")).to_be_visible()
    looks_right(page)
    section = page.locator("section").filter(has_text="Open findings by line")
    section.get_by_text("As a table").click()
    figure = section.locator("td a").first
    said = int(figure.inner_text())
    figure.click()
    expect(page).to_have_url(re.compile("living=true"))
    assert counted(page) == said
    looks_right(page)

    page.get_by_role("button", name="Export CSV").click()
    expect(page.get_by_text("Ordered.")).to_be_visible()
    row = page.locator("details .list button").first
    expect(row).to_contain_text("kept until", timeout=KEPT_MS)
    with page.expect_download() as came:
        row.click()
    text = came.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == said

    page.get_by_role("button", name="Search", exact=True).click()
    word = branch.rows("SELECT text FROM rectification WHERE length(text) > 4 ORDER BY id")[0]
    page.get_by_label("Search").fill(word["text"][:4])
    hit = page.locator(".list a").filter(has_text=word["text"][:4]).first
    expect(hit).to_be_visible()
    looks_right(page)
    hit.click()
    expect(page.get_by_text("As of")).to_be_visible()
    looks_right(page)


def test_without_signal_and_without_a_desk_the_place_says_so(branch: Branch, handset: Handsets):
    page = opened(branch, handset)
    expect(page.get_by_role("heading", name="Open findings by line")).to_be_visible()
    looks_right(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Rounds", exact=True).click()
    expect(page.get_by_text("No signal: all results are at the server only")).to_be_visible()
    page.get_by_role("button", name="Export Excel").click()
    expect(page.get_by_text("Ordered.")).to_be_visible()
    expect(page.get_by_text("On this device only")).to_be_visible()
    looks_right(page)
    page.context.set_offline(False)
    expect(page.locator("details .list button").first).to_contain_text(
        "kept until", timeout=KEPT_MS
    )
    held = handset("inspector", branch.url, locale="en-GB")
    other = held.open()
    held.sign_in("inspector")
    other.locator("#main").wait_for()
    other.goto(f"{branch.url}/results")
    expect(other.get_by_text("Results are for people with a desk")).to_be_visible()
    looks_right(other)
