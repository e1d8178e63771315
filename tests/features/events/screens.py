"""The screens of events, for whoever looks at all of them."""

from backend.demo.stage import NAMESPACE
from backend.foundation.kernel.ids import derived_id
from tests.browser.screens import Screens

HELD, TODAY, DRAFT, PROPOSED = (
    f"/events/{derived_id(NAMESPACE, f'event:{name}')}"
    for name in ("riddles", "square", "children", "lantern")
)
SCREENS = (
    Screens(
        "outlet",
        (
            "/events",
            "/events/new",
            TODAY,
            f"{TODAY}/names",
            f"{DRAFT}/edit",
            HELD,
            f"{HELD}/roster",
            f"{HELD}/compare",
            f"{HELD}/photos",
            f"{HELD}/follow-up",
            f"{HELD}/result",
        ),
    ),
    Screens("manager", ("/events", PROPOSED, HELD), desk=True),
)
