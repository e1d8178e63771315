"""The screens of rounds, for whoever looks at all of them."""

from tests.browser.branch import ROUND_BEGUN, ROUND_HANDED_IN
from tests.browser.screens import Screens

TEMPLATES = (
    "/templates",
    "/templates/*",
    "/templates/draft/nowhere",
    "/templates/standards",
    "/templates/standards/nowhere",
)
SCREENS = (
    Screens(
        "inspector",
        (
            "/rounds",
            "/rounds/new",
            f"/rounds/{ROUND_BEGUN}",
            f"/rounds/{ROUND_BEGUN}/submit",
            f"/rounds/{ROUND_HANDED_IN}",
            f"/rounds/{ROUND_HANDED_IN}/amend/i_hall",
        ),
    ),
    Screens("manager", ("/rounds", "/rounds/plan")),
    Screens("manager", ("/rounds", "/rounds/plan", f"/rounds/{ROUND_HANDED_IN}"), desk=True),
    Screens("admin", TEMPLATES),
    Screens("admin", TEMPLATES, desk=True),
)
