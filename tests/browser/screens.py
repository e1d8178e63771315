"""Which screens there are to look at, and who opens them: the frame's, and what each feature lists
in its `tests/features/<name>/screens.py` as `SCREENS`."""

import re
from importlib import import_module
from typing import NamedTuple

from tests.architecture.house import ROOT
from tests.browser.handset import DESK, PHONE

PRIVACY = (
    "/privacy",
    "/privacy/withdrawals",
    "/privacy/retention",
    "/privacy/certificates",
    "/privacy/holds",
    "/privacy/notices",
    "/privacy/month",
)
PEOPLE = ("/people", "/people/of/*", "/people/import", "/people/audit", "/targets")
PLACES = (
    "/places",
    "/places/outlet/*",
    "/places/units",
    "/places/lines",
    "/places/import",
    "/places/calendar",
    "/places/calendar/2027",
)
RESULTS = (
    "/results",
    "/results/rounds",
    "/results/rounds/*",
    "/results/cases",
    "/results/cases/*",
    "/results/search",
    "/results/views",
)
_ROUTE = re.compile(r"path: '(/[^']*)'")


class Screens(NamedTuple):
    """What one person opens one after the other. A path that ends in `/*` is the first link below
    it on the screen of the part before, for records whose ids no test can know."""

    by: str
    paths: tuple[str, ...]
    desk: bool = False

    @property
    def viewport(self) -> dict[str, int]:
        return DESK if self.desk else PHONE


FRAME = (
    Screens("inspector", ("/", "/inbox", "/inbox/settings", "/device", "/nowhere")),
    Screens("manager", ("/", "/overview", "/device"), desk=True),
    Screens("manager", RESULTS),
    Screens("manager", RESULTS, desk=True),
    Screens("dpo", PRIVACY),
    Screens("dpo", PRIVACY, desk=True),
    Screens("admin", PEOPLE),
    Screens("admin", PEOPLE, desk=True),
    Screens("admin", PLACES),
    Screens("admin", PLACES, desk=True),
)


def all_screens() -> list[Screens]:
    """One entry per person and width, so that each signs in once."""
    merged: dict[tuple[str, bool], list[str]] = {}
    for screens in (*FRAME, *(one for name in features() for one in of_feature(name))):
        merged.setdefault((screens.by, screens.desk), []).extend(screens.paths)
    return [Screens(by, tuple(paths), desk) for (by, desk), paths in merged.items()]


def features() -> list[str]:
    """Every feature of the phone, by name."""
    return sorted(path.parent.name for path in ROOT.glob("pwa/src/features/*/manifest.ts"))


def of_feature(name: str) -> tuple[Screens, ...]:
    """What this feature lists. Raises ModuleNotFoundError when it lists nothing."""
    return import_module(f"tests.features.{name}.screens").SCREENS


def routes(name: str) -> list[str]:
    """The paths that the feature's manifest gives the phone; `:id` stands for a part."""
    return _ROUTE.findall((ROOT / "pwa/src/features" / name / "manifest.ts").read_text("utf-8"))


def is_met(route: str, paths: list[str]) -> bool:
    """Whether one of the paths opens this route."""
    pattern = re.compile(re.sub(r":\w+", "[^/]+", route))
    return any(pattern.fullmatch(path) for path in paths)
