"""Every screen of the built phone and desk, in both tongues and themes, and at large text."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.branch import ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import enlarge, sideways, violations
from tests.browser.screens import Screens, all_screens, features, is_met, of_feature, routes

LOOKS = [("zh-CN", "light"), ("en-GB", "dark")]
SCREENS = all_screens()
NAMES = [f"{one.by} at {'the desk' if one.desk else 'the phone'}" for one in SCREENS]


# As a tap on a link of the app: the screen changes, the page stays.
TAPPED = """path => {
  const link = Object.assign(document.createElement('a'), { href: path });
  document.body.append(link);
  link.click();
  link.remove();
}"""


@pytest.fixture(scope="module")
def shown(dist: Path, played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    """One branch for everybody who only looks."""
    folder = tmp_path_factory.mktemp("shown") / "branch"
    one = Branch(shutil.copytree(played, folder)).start()
    yield one
    one.stop()
    one.stays_without_numbers()


def _visit(page: Page, url: str, path: str, tapped: bool) -> None:
    """By the address, with the shell and then the screen; or by a link inside the app."""
    if path.endswith("/*"):
        above = path.removesuffix("/*")
        _visit(page, url, above, tapped)
        path = page.locator(f"#main a[href^='{above}/']").first.get_attribute("href") or ""
    if tapped:
        page.evaluate(TAPPED, path)
        page.wait_for_url(url + path)
    else:
        page.goto(url + path)
    page.locator("[data-ready]").wait_for(state="attached")
    page.locator("#main").wait_for()
    page.wait_for_timeout(500)


def _signed_in(handset: Handsets, branch: Branch, screens: Screens, **options: Any) -> Page:
    held = handset("held", branch.url, viewport=screens.viewport, **options)
    page = held.open()
    page.locator("input[name=username]").wait_for()
    assert violations(page) == []
    held.sign_in(screens.by)
    # The first records have come, or there are none for this person today.
    page.locator("#main a[href], #main .nothing").first.wait_for()
    return page


@pytest.mark.parametrize(("locale", "theme"), LOOKS)
@pytest.mark.parametrize("screens", SCREENS, ids=NAMES)
def test_no_screen_has_a_serious_violation_or_scrolls_sideways(
    shown: Branch, handset: Handsets, screens: Screens, locale: str, theme: str
):
    """Screen by screen, sign-in included: on a phone once by addresses, once by links."""
    page = _signed_in(handset, shown, screens, locale=locale, color_scheme=theme)
    found = {}
    for path in screens.paths:
        _visit(page, shown.url, path, tapped=screens.desk or theme == "dark")
        wrong = violations(page) + ([f"sideways {sideways(page)}"] if sideways(page) > 0 else [])
        if wrong:
            found[path] = wrong
    assert found == {}


@pytest.mark.parametrize("feature", features())
def test_every_route_of_a_feature_is_among_the_screens_that_are_looked_at(feature: str):
    listed = [path for one in of_feature(feature) for path in one.paths]
    assert [route for route in routes(feature) if not is_met(route, listed)] == []


@pytest.mark.parametrize(
    "screens", [one for one in SCREENS if not one.desk], ids=lambda one: one.by
)
def test_at_twice_the_text_size_no_screen_scrolls_sideways(
    shown: Branch, handset: Handsets, screens: Screens
):
    """200 % is a setting of the phone, not a mode of ours."""
    page = _signed_in(handset, shown, screens)
    enlarge(page)
    page.reload()
    wide = {}
    for path in screens.paths:
        _visit(page, shown.url, path, tapped=True)
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
