"""Every screen of a visit as a careful person would look at it: both tongues, themes, sizes."""

import pytest

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import enlarge, sideways, violations
from tests.browser.handset import DESK
from tests.browser.visit_page import NAME, VisitPage
from tests.browser.visiting import Prepared

STEPS = (
    "presence",
    "consent",
    "sight",
    "agent",
    "observe",
    "intention",
    "recording",
    "authorise",
    "photos",
)


@pytest.mark.parametrize(
    ("tongue", "theme", "large"),
    [
        ("zh-CN", "light", False),
        ("en-GB", "dark", False),
        ("zh-CN", "dark", True),
        ("en-GB", "light", True),
    ],
)
def test_the_screens_of_a_visit_on_a_phone(
    branch: Branch, handset: Handsets, tongue: str, theme: str, large: bool
) -> None:
    """Nothing is cut off, nothing scrolls to the side, and axe has nothing grave to say."""
    visit = Prepared(branch).at_home().agreed("photos").answered()
    phone = handset("phone", branch.url, locale=tongue, color_scheme=theme)
    page = phone.open()
    phone.sign_in("outreach")
    VisitPage(phone, visit.id).arrives()
    if large:
        enlarge(page)
    paths = [f"/visits/{visit.id}", *(f"/visits/{visit.id}/{step}" for step in STEPS)]
    for path in (*paths, "/visits", "/visits/new", "/authorisations", "/"):
        page.goto(branch.url + path)
        page.locator("h1").first.wait_for()
        page.wait_for_timeout(300)
        assert violations(page) == [], path
        assert sideways(page) <= 0, path


@pytest.mark.parametrize(("tongue", "theme"), [("zh-CN", "light"), ("en-GB", "dark")])
def test_the_screens_of_visits_at_a_desk(
    branch: Branch, handset: Handsets, tongue: str, theme: str
) -> None:
    """Inbox, calendar and authorisations, by eye and by keyboard."""
    visit = Prepared(branch).submitted()
    desk = handset("desk", branch.url, viewport=DESK, locale=tongue, color_scheme=theme)
    page = desk.open()
    desk.sign_in("manager")
    page.goto(f"{branch.url}/visits/review/{visit.id}")
    page.locator(".case").get_by_text(NAME).first.wait_for(timeout=60_000)
    for path in (f"/visits/review/{visit.id}", f"/visits/{visit.id}", "/visits", "/authorisations"):
        page.goto(branch.url + path)
        page.locator(".inbox > *").first.wait_for()
        page.wait_for_timeout(300)
        assert violations(page) == [], path
        assert sideways(page) <= 0, path
