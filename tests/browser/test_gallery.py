"""Every state of every part, as the gallery shows them: for readers, large text and both themes."""

import pytest
from playwright.sync_api import Playwright

from tests.browser.eyes import enlarge, sideways, violations
from tests.kit.services.chromium import FLAGS

SHOWN = (
    *("all", "round", "sheet", "dialog", "camera", "ghost", "viewer"),
    *("outreach", "roster", "redact", "notice", "pin", "consent", "review", "scan"),
)
TONGUES = ("zh", "en")
# Contrast is of the theme, names are of the tongue: each of both is looked at once.
LOOKS = (("zh", "light"), ("en", "dark"))


@pytest.mark.parametrize(("tongue", "theme"), LOOKS)
def test_no_part_in_any_state_is_out_of_reach_for_a_reader(
    playwright: Playwright, chromium_path: str, gallery: str, theme: str, tongue: str
):
    """Names, contrast and order of every part, on the phone and, for the columns, at the desk."""
    with playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS]) as browser:
        for shown in (*SHOWN, "desk"):
            width = 1280 if shown == "desk" else 390
            page = browser.new_page(
                viewport={"width": width, "height": 844},
                color_scheme=theme,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            page.goto(f"{gallery}?lang={tongue}&show={shown}")
            page.locator("[data-ready]").wait_for(state="attached")
            assert violations(page) == [], shown
            assert sideways(page) <= 0, shown
            page.close()


@pytest.mark.parametrize("tongue", TONGUES)
def test_nothing_is_cut_at_twice_the_text_size(
    playwright: Playwright, chromium_path: str, gallery: str, tongue: str
):
    """The inspector who reads at 200 % scrolls down, never sideways."""
    with playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS]) as browser:
        for shown in SHOWN:
            page = browser.new_page(viewport={"width": 390, "height": 844})
            enlarge(page)
            page.goto(f"{gallery}?lang={tongue}&show={shown}")
            page.locator("[data-ready]").wait_for(state="attached")
            assert sideways(page) <= 0, shown
            page.close()


def test_in_forced_colours_marks_stay_drawn(
    playwright: Playwright, chromium_path: str, gallery: str
):
    """A mark is drawn by its background, which forced colours would take away."""
    with playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS]) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844}, forced_colors="active")
        page.goto(f"{gallery}?lang=zh")
        page.locator("[data-ready]").wait_for(state="attached")
        drawn = "e => e.map(x => getComputedStyle(x).forcedColorAdjust)"
        marks = page.locator(".ev, .tl, .ticks").evaluate_all(drawn)
        assert len(marks) > 20
        assert set(marks) == {"none"}


def test_the_comparing_divider_moves_by_keyboard(
    playwright: Playwright, chromium_path: str, gallery: str
):
    """Before and after for somebody who does not use a finger: arrows, pages, both ends."""
    with playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS]) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{gallery}?lang=en")
        divider = page.get_by_role("slider", name="Compare")
        divider.focus()
        for key, at in (("ArrowRight", "55"), ("PageDown", "35"), ("Home", "0"), ("End", "100")):
            page.keyboard.press(key)
            assert divider.get_attribute("aria-valuenow") == at
