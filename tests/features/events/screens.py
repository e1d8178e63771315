"""The screens of events, for whoever looks at all of them."""

from tests.browser.screens import Screens

SCREENS = (
    Screens(
        "outreach",
        (
            "/events",
            "/events/new",
            "/events/*",
        ),
    ),
    Screens("manager", ("/events", "/events/*"), desk=True),
)
