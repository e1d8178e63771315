"""The screens of visits, for whoever looks at all of them."""

from backend.demo.stage import NAMESPACE
from backend.foundation.kernel.ids import derived_id
from tests.browser.screens import Screens

TODAY, SUBMITTED = (derived_id(NAMESPACE, f"visit:{name}") for name in ("linxiu", "yanhui"))
SCREENS = (
    Screens(
        "outreach",
        (
            "/visits",
            "/visits/new",
            f"/visits/{TODAY}",
            f"/visits/{TODAY}/presence",
            "/authorisations",
            "/authorisations/*",
        ),
    ),
    Screens(
        "manager",
        ("/visits", "/visits/review", f"/visits/review/{SUBMITTED}", "/authorisations"),
        desk=True,
    ),
)
