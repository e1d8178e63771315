"""Every step of a visit that is under way, as a careful person would look at it."""

import pytest

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import enlarge, sideways, violations
from tests.browser.visit_page import VisitPage
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
        ("zh-CN", "dark", True),
        ("en-GB", "light", False),
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
