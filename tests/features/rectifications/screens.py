"""The screens of findings and cases, for whoever looks at all of them."""

from tests.browser.screens import Screens

SCREENS = (
    Screens("inspector", ("/findings", "/findings/*")),
    Screens("manager", ("/findings", "/findings/*", "/approvals", "/approvals/*"), desk=True),
)
