"""A demo branch on a real server for each test, and browsers on it."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright, sync_playwright

from tests.browser import building
from tests.browser import gallery as galleries
from tests.browser.branch import Branch
from tests.browser.handset import Handset
from tests.kit.link import Link, link_to
from tests.kit.services.shared import lock

Handsets = Callable[..., Handset]


@pytest.fixture(scope="session")
def dist() -> Path:
    """The built phone."""
    return building.build()


@pytest.fixture(scope="session")
def gallery(run_folder: Path) -> Iterator[str]:
    """Address of the built gallery."""
    with galleries.served(galleries.built(run_folder)) as url:
        yield url


@pytest.fixture(scope="session")
def played(run_folder: Path) -> Path:
    """The demo, played once for the run on SQLite and a folder. Copy it, never start on it."""
    folder = run_folder / "played"
    with lock(run_folder / "played.lock"):
        if not folder.exists():
            part = run_folder / "played.part"
            Branch(part).run("demo")
            part.rename(folder)
    return folder


@pytest.fixture
def branch(dist: Path, played: Path, tmp_path: Path) -> Iterator[Branch]:
    """A started server with the demo branch."""
    shutil.copytree(played, tmp_path / "branch")
    one = Branch(tmp_path / "branch").start()
    yield one
    one.stop()
    one.stays_without_numbers()


@pytest.fixture
def line(branch: Branch) -> Iterator[Link]:
    """The line through which handsets reach the branch."""
    with link_to(branch.port) as one:
        yield one


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One driver for a file. Not for a run: while it is there no test has a loop of its own."""
    with sync_playwright() as one:
        yield one


@pytest.fixture
def handset(playwright: Playwright, chromium_path: str, tmp_path: Path) -> Iterator[Handsets]:
    """`handset("phone", url)` gives a browser with a profile of that name, not yet open."""
    made: list[Handset] = []

    def make(name: str, url: str, **options: object) -> Handset:
        made.append(Handset(playwright, chromium_path, tmp_path / name, url, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for number, one in enumerate(made):
        if one.is_open:
            with contextlib.suppress(Error):
                one.page.screenshot(path=tmp_path / f"last-{number}.png")
        one.close()
        one.kill()
