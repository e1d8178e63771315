"""What a careful person would see on a page: violations, sideways scroll, words that are cut."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
# What still fades in is measured against what lies behind it.
SETTLED = """() => Promise.all(document.getAnimations()
  .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
  .map(({ finished }) => finished.catch(() => null))).then(() => null)"""
GRAVE = frozenset({"serious", "critical"})
# 32 px instead of 16: the phone's own setting at 200 %, which media queries in em follow.
LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}


def violations(page: Page) -> list[str]:
    """Serious and critical ones, each as one line naming the rule and the first element."""
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']} {one['nodes'][0]['target']} {one['nodes'][0].get('failureSummary', '')}"
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled to the side; a phone has none to give."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def enlarge(page: Page) -> None:
    """The text size of the phone, before the page is loaded."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", LARGE)
