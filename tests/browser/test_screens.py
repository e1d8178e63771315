"""Every screen of the built phone and desk, in both tongues and themes, and at large text."""

import pytest
from playwright.sync_api import Page

from tests.browser.branch import ROUND_BEGUN, ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import enlarge, sideways, violations
from tests.browser.handset import DESK

PHONE_SCREENS = (
    "/",
    "/device",
    "/rounds",
    "/rounds/new",
    f"/rounds/{ROUND_BEGUN}",
    f"/rounds/{ROUND_BEGUN}/submit",
    "/findings",
    "/nowhere",
)
DESK_SCREENS = ("/", "/overview", "/approvals", "/findings", "/rounds", "/device")
LOOKS = [("zh-CN", "light"), ("en-GB", "dark")]


def _visit(page: Page, url: str, path: str) -> None:
    """By the address, as a link would: the shell, then the screen with its local records."""
    page.goto(url + path)
    page.locator("[data-ready]").wait_for(state="attached")
    page.locator("#main").wait_for()
    page.wait_for_timeout(500)


def _is_fine(page: Page, url: str, screens: tuple[str, ...]) -> None:
    found = {}
    for path in screens:
        _visit(page, url, path)
        wrong = violations(page) + ([f"sideways {sideways(page)}"] if sideways(page) > 0 else [])
        if wrong:
            found[path] = wrong
    assert found == {}


@pytest.mark.parametrize(("locale", "theme"), LOOKS)
def test_no_screen_of_the_phone_has_a_serious_violation(
    branch: Branch, handset: Handsets, locale: str, theme: str
):
    """The inspector's day, screen by screen, sign-in included."""
    phone = handset("phone", branch.url, locale=locale, color_scheme=theme)
    page = phone.open()
    page.locator("input[name=username]").wait_for()
    assert violations(page) == []
    phone.sign_in("inspector")
    page.locator(f"a[href='/rounds/{ROUND_BEGUN}']").first.wait_for()
    _is_fine(page, branch.url, PHONE_SCREENS)


@pytest.mark.parametrize(("locale", "theme"), LOOKS)
def test_no_screen_of_the_desk_has_a_serious_violation(
    branch: Branch, handset: Handsets, locale: str, theme: str
):
    """The manager's morning at 1280 px."""
    desk = handset("desk", branch.url, viewport=DESK, locale=locale, color_scheme=theme)
    page = desk.open()
    desk.sign_in("manager")
    page.locator("nav a[href='/approvals']").wait_for()
    _is_fine(page, branch.url, DESK_SCREENS)


def test_at_twice_the_text_size_no_screen_scrolls_sideways(branch: Branch, handset: Handsets):
    """200 % is a setting of the phone, not a mode of ours."""
    phone = handset("phone", branch.url)
    page = phone.open()
    phone.sign_in("inspector")
    page.locator(f"a[href='/rounds/{ROUND_BEGUN}']").first.wait_for()
    enlarge(page)
    wide = {}
    for path in PHONE_SCREENS:
        _visit(page, branch.url, path)
        if sideways(page) > 0:
            wide[path] = sideways(page)
    assert wide == {}


def test_a_round_is_answered_by_keyboard_alone(branch: Branch, handset: Handsets):
    """Digits in the order of the dock, J and K to move, U takes the last answer back."""
    phone = handset("phone", branch.url, locale="en-GB")
    page = phone.open()
    phone.sign_in("inspector")
    page.locator(f"a[href='/rounds/{ROUND_TO_FILL}']").first.click()
    number = page.locator(".tools b")
    number.filter(has_text="1.1").wait_for()
    page.keyboard.press("3")
    number.filter(has_text="1.2").wait_for()
    assert page.get_by_text("Undo 1.1").is_visible()
    page.keyboard.press("1")
    number.filter(has_text="1.3").wait_for()
    page.keyboard.press("u")
    number.filter(has_text="1.2").wait_for()
    page.keyboard.press("k")
    number.filter(has_text="1.1").wait_for()
    pressed = page.locator(".ans [aria-pressed=true]")
    assert pressed.inner_text().strip() == "Pass"
    page.keyboard.press("2")
    page.get_by_role("dialog", name="Record the finding").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    number.filter(has_text="1.2").wait_for()


def test_tongue_and_hand_are_kept_and_nothing_is_half_in_each(branch: Branch, handset: Handsets):
    """Chosen on Device, in force at once, still there after the browser was closed."""
    phone = handset("phone", branch.url)
    page = phone.open()
    phone.sign_in("inspector")
    page.goto(branch.url + "/device")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="This device").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Left").click()
    phone.close()
    page = phone.open(f"/rounds/{ROUND_TO_FILL}")
    page.locator(".ans button").first.wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".ans button").first.inner_text().strip() == "Pass"
