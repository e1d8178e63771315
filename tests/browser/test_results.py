"""Results at desk and phone: figures that open their records, search, a list as a file, views that
somebody saved."""

import csv
import io
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KEPT_MS = 60_000


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def opened(
    branch: Branch, handset: Handsets, who: str = "manager", at: str = "", **options: object
) -> Page:
    """The results of this person, in English; `at` is which of their devices."""
    held = handset(who + at, branch.url, locale="en-GB", **options)
    page = held.open()
    held.sign_in(who)
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


def chosen(page: Page, name: str) -> Locator:
    return page.locator("label", has=page.get_by_text(name, exact=True)).locator("select")


def view(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Saved views").get_by_role("button", name=name)


def _saves_a_view(page: Page) -> None:
    """Without signal: the list needs one, what is looked for does not."""
    page.get_by_role("button", name="Findings", exact=True).click()
    chosen(page, "Open").select_option("Yes")
    expect(page.get_by_text("No signal: all results are at the server only")).to_be_visible()
    page.get_by_role("button", name="Save as a view").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Give it a name")).to_be_visible()
    page.get_by_label("Name").fill("My open findings")
    looks_right(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(view(page, "My open findings")).to_have_attribute("aria-pressed", "true")
    looks_right(page)


def _has_it_on_every_device(phone: Page, desk: Page) -> None:
    view(desk, "My open findings").click()
    expect(desk).to_have_url(re.compile("living=true.*view="))
    assert counted(desk) > 0
    desk.get_by_role("link", name="Manage saved views").click()
    looks_right(desk)
    desk.get_by_role("button", name="My open findings").click()
    desk.get_by_role("button", name="Open “Findings” with this view").click()
    looks_right(desk)
    desk.get_by_label("Name").fill("Open now")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(view(phone, "Open now")).to_be_visible(timeout=KEPT_MS)
    phone.get_by_role("button", name="Findings", exact=True).click()
    expect(chosen(phone, "Open")).to_have_value("true")


def _says_what_it_lost(page: Page, branch: Branch) -> None:
    """What a view names may be gone, or outside of one's posts, when it is opened."""
    elsewhere = branch.rows(
        "SELECT id FROM outlet WHERE id NOT IN (SELECT h.outlet FROM post h "
        "JOIN person p ON p.id = h.person WHERE p.username = 'outlet') ORDER BY id"
    )[0]["id"]
    page.goto(f"{branch.url}/results/cases?late=true&owner=somebody&outlet={elsewhere}")
    page.get_by_role("button", name="Save as a view").click()
    page.get_by_label("Name").fill("Late elsewhere")
    page.get_by_role("button", name="Save", exact=True).click()
    view(page, "Open now").click()
    view(page, "Late elsewhere").click()
    expect(page.get_by_text("is outside of your posts now")).to_be_visible()
    expect(page.get_by_text("Its owner is not there any more")).to_be_visible()
    expect(page).to_have_url(re.compile(r"cases\?late=true&view="))
    looks_right(page)


def _deletes_it_everywhere(phone: Page, desk: Page) -> None:
    phone.get_by_role("link", name="Manage saved views").click()
    phone.get_by_role("button", name="Open now").click()
    phone.get_by_role("button", name="Delete", exact=True).click()
    phone.get_by_role("dialog").last.get_by_role("button", name="Delete", exact=True).click()
    expect(desk.get_by_text("Late elsewhere")).to_be_visible(timeout=KEPT_MS)
    expect(desk.get_by_text("Open now")).to_have_count(0, timeout=KEPT_MS)


def test_without_signal_and_without_a_desk_the_place_says_so(branch: Branch, handset: Handsets):
    page = opened(branch, handset, "outlet")
    expect(page.get_by_role("heading", name="Open findings by line")).to_be_visible()
    looks_right(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Rounds", exact=True).click()
    expect(page.get_by_text("No signal: all results are at the server only")).to_be_visible()
    page.get_by_role("button", name="Export Excel").click()
    expect(page.get_by_text("Ordered.")).to_be_visible()
    expect(page.get_by_text("On this device only")).to_be_visible()
    looks_right(page)
    _saves_a_view(page)
    page.context.set_offline(False)
    page.get_by_role("button", name="Rounds", exact=True).click()
    page.get_by_text("My file", exact=True).click()
    expect(page.locator("details .list button").first).to_contain_text(
        "kept until", timeout=KEPT_MS
    )
    desk = opened(branch, handset, "outlet", "'s desk", viewport=DESK)
    _has_it_on_every_device(page, desk)
    _says_what_it_lost(page, branch)
    _deletes_it_everywhere(page, desk)
    held = handset("inspector", branch.url, locale="en-GB")
    other = held.open()
    held.sign_in("inspector")
    other.locator("#main").wait_for()
    other.goto(f"{branch.url}/results")
    expect(other.get_by_text("Results are for people with a desk")).to_be_visible()
    looks_right(other)
