"""Passwords in people's own hands: changed under This device; a wait is told with its time."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import PASSWORD, Handset
from tests.browser.test_people import OWN, looks_right, opened, sheet_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_ones_own_password_is_changed_and_the_phone_stays_signed_in(
    branch: Branch, handset: Handsets
):
    """A wrong present one is told at its field and does not sign anybody out."""
    page = opened(branch, handset, "inspector")
    page.goto(f"{branch.url}/device")
    page.get_by_role("button", name=re.compile("^Password")).click()
    sheet = sheet_of(page, "Change the password")
    looks_right(page)
    _typed(sheet, "not the one", OWN)
    expect(sheet.get_by_text("This is not the present password")).to_be_visible()
    _typed(sheet, PASSWORD, PASSWORD)
    expect(sheet.get_by_text("This is the old one")).to_be_visible()
    _typed(sheet, PASSWORD, OWN)
    expect(page.get_by_role("button", name=re.compile("^Password Changed"))).to_be_visible()
    page.reload()
    page.locator("a.truth").first.wait_for()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("Sign in again to send")).to_have_count(0)


def _typed(sheet: Locator, old: str, fresh: str) -> None:
    sheet.get_by_label("Present password").fill(old)
    sheet.get_by_label("New password", exact=True).fill(fresh)
    sheet.get_by_label("once more").fill(fresh)
    sheet.get_by_role("button", name="Change the password").click()


def test_too_many_tries_tell_how_long_to_wait(branch: Branch, handset: Handsets):
    held: Handset = handset("guesser", branch.url, locale="en-GB")
    page = held.open()
    page.locator("input[name=username]").fill("inspector")
    for _ in range(12):  # the wait doubles: on a slow machine the first ones are over too soon
        page.locator("input[name=password]").fill("not the one")
        page.keyboard.press("Enter")
        told = page.get_by_text("is wrong").or_(page.get_by_text("Too many tries"))
        told.first.wait_for()
        if page.get_by_text("Too many tries").count():
            break
    expect(page.get_by_text(re.compile(r"You can try again in \d+ "))).to_be_visible()
    looks_right(page)
