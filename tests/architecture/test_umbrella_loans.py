"""The measure of the architecture: a new record type is new files, and no edit of an old one."""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from backend import serving
from backend.app import catalogue
from backend.foundation.identity import accounts
from backend.foundation.identity.commands import HoldPost
from backend.foundation.identity.passwords import Passwords
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.ids import new_id
from backend.foundation.organisation.model import Words
from backend.house import build
from backend.settings import Settings
from tests.architecture import umbrellas
from tests.architecture.copied import Copy, copied
from tests.architecture.umbrellas import NAME, WORD
from tests.bench.caller import Caller
from tests.browser.eyes import sideways, violations
from tests.browser.handset import Handset
from tests.kit import pattern
from tests.kit.served import Served
from tests.kit.services.postgres import Postgres

NEW = (f"backend/features/{NAME}/", f"pwa/src/features/{NAME}/", f"tests/features/{NAME}/")
GENERATED = {
    "CATALOGUE.md",
    *(f"pwa/src/generated/{name}.ts" for name in ("commands", "machines", "privacy", "problems")),
}
RIVERSIDE, CITY = new_id(), new_id()
PASSWORD = "seven umbrellas"
PEOPLE = {
    "xiao_chen": ("outlet_staff", RIVERSIDE),
    "zhou_min": ("outlet_staff", RIVERSIDE),
    "li_na": ("inspector", None),
}


@pytest.mark.slow
def test_umbrella_loans_are_added_with_no_edit_of_a_file_that_exists(
    tmp_path: Path, postgres: Postgres, chromium_path: str
):
    """Laid out, made to lend umbrellas, migrated, generated: then it is there on both sides."""
    copy = copied(tmp_path / "house")
    before = copy.files()
    add_the_feature(copy)
    nothing_else_was_touched(before, copy.files())
    with ThreadPoolExecutor(1) as beside:
        phone = beside.submit(the_phone_has_it, copy)
        the_server_has_it(copy)
        with upgraded(copy, postgres.new_database(), tmp_path / "postgres") as server:
            an_umbrella_is_lent_once(server)
        phone.result()
    the_demo_shows_some(copy, tmp_path / "demo")
    with upgraded(copy, f"sqlite:///{tmp_path / 'served.db'}", tmp_path / "sqlite") as server:
        an_umbrella_is_lent_once(server)
        with sync_playwright() as playwright:
            profile = tmp_path / "profile"
            screen = Handset(playwright, chromium_path, profile, server.url, locale="en-GB")
            try:
                a_teller_lends_one_on_the_screen(screen)
            finally:
                screen.close()


def add_the_feature(copy: Copy) -> None:
    """What a developer does."""
    copy.python("tests.kit.pattern", NAME, "--zh", WORD)
    pattern.tidy(copy.root, umbrellas.written(copy.root))
    copy.python("backend", "migration", "Add umbrella loans")
    copy.python("backend", "generate")


def nothing_else_was_touched(before: dict[str, str], after: dict[str, str]) -> None:
    """New files in the feature's three folders and one migration; changed ones are generated."""
    assert before.keys() <= after.keys()
    added = sorted(after.keys() - before.keys())
    elsewhere = [path for path in added if not path.startswith(NEW)]
    assert [path.partition("/")[0] for path in elsewhere] == ["migrations"], elsewhere
    assert all(any(path.startswith(folder) for path in added) for folder in NEW)
    assert {path for path in before if before[path] != after[path]} == GENERATED


def the_server_has_it(copy: Copy) -> None:
    """The gate of the house, and the feature's own tests on both engines."""
    copy.tool("ruff", "format", "--check", "-q", ".")
    copy.tool("ruff", "check", "-q", ".")
    copy.tool("pyright", "--level", "error", NEW[0], NEW[2])
    house = [f"tests/architecture/test_{name}.py" for name in ("house", "words")]
    copy.run(sys.executable, "-m", "pytest", "-p", "no:xdist", *house, NEW[2])


def the_phone_has_it(copy: Copy) -> None:
    """Types, arrow and format; the guess agrees with the rules; it is built, within its budget."""
    for script in ("lint", "check", "arrow"):
        copy.npm(script)
    copy.npm("test", "--", f"src/features/{NAME}", "tests/budget.test.ts")
    built = copy.root / "pwa/node_modules/.budget/assets"
    scripts = {path.name: path.read_text("utf-8") for path in built.glob("*.js")}
    assert any(f"{NAME}.open" in text for text in scripts.values())
    assert any("Take it back first" in text for text in scripts.values())
    assert any("这把雨伞已借出" in text for text in scripts.values())
    assert any(name.startswith("NewUmbrellaLoan-") for name in scripts)
    built.parent.rename(copy.root / "pwa/dist")


def the_demo_shows_some(copy: Copy, folder: Path) -> None:
    """Beside the rounds and cases, told by the feature itself."""
    demo = Served(folder, XUNFANG_DEMO_PASSWORD=PASSWORD)
    demo.root = copy.root
    demo.run("demo")
    demo.start()
    try:
        loans = Caller(demo.port, "outlet", PASSWORD).pull_all()["umbrella_loan"]
    finally:
        demo.stop()
    states = {row[1]: row[4]["state"] for row in loans}  # once per bucket that holds it
    assert sorted(states.values()) == ["closed", "open", "open"]


@contextmanager
def upgraded(copy: Copy, url: str, folder: Path) -> Iterator[Served]:
    """An installation that ran without umbrellas and has people in it, served by the copy."""
    settings = Settings(url, f"file://{folder / 'objects'}", folder)
    asyncio.run(_furnish(settings))
    server = Served(folder, XUNFANG_DATABASE_URL=url)
    server.root = copy.root
    try:
        yield server.start()
    finally:
        server.stop()


async def _furnish(settings: Settings) -> None:
    await serving.prepare(settings)
    async with serving.opened(build(settings, catalogue())) as house:
        await _people(house.journal)


async def _people(journal: Journal) -> None:
    name = {"zh": "河畔", "en": "Riverside"}
    city = {"code": "1", "name": name, "level": "branch"}
    await journal.command("organisation.add_unit", ("unit", CITY), city)
    outlet = {"code": "R", "name": name, "unit": CITY}
    await journal.command("organisation.add_outlet", ("outlet", RIVERSIDE), outlet)
    for person, (role, where) in PEOPLE.items():
        post = HoldPost(post=new_id(), role=role, title=Words("岗位", "Post"), outlet=where)
        posts = (post,)
        names = {"username": person, "name": person}
        await accounts.add(journal, Passwords(), **names, password=PASSWORD, posts=posts)


def an_umbrella_is_lent_once(server: Served) -> None:
    """By one teller's phone, seen on the other's; the second loan is refused in both tongues."""
    teller, colleague, inspector = (Caller(server.port, name, PASSWORD) for name in PEOPLE)
    first, second, third = (("umbrella_loan", new_id()) for _ in range(3))
    seven = {"outlet": RIVERSIDE, "title": "7"}

    def said(phone: Caller, op: str, rec: tuple[str, str], args: dict[str, str]) -> str | None:
        (answer,) = phone.push([phone.asked(f"{NAME}.{op}", rec, args)])
        assert answer.get("detail_zh") or answer["s"] == "applied", answer
        return answer.get("code") or answer["s"]

    assert said(teller, "open", first, seven | {"note": "Until Friday"}) == "applied"
    assert said(colleague, "open", second, seven) == "umbrella_out"
    assert said(colleague, "open", second, seven | {"title": "8"}) == "applied"
    assert said(inspector, "open", third, seven | {"title": "9"}) == "forbidden"
    assert said(colleague, "close", first, {}) == "applied"
    assert said(teller, "open", third, seven) == "applied"
    rows = {row[1]: row[4] for row in colleague.pull_all()["umbrella_loan"]}
    states = {id: body["state"] for id, body in rows.items()}
    assert states == {first[1]: "closed", second[1]: "open", third[1]: "open"}
    assert rows[first[1]]["opened"]["note"] == "Until Friday"
    assert "umbrella_loan" not in inspector.pull_all()


def a_teller_lends_one_on_the_screen(phone: Handset) -> None:
    """From Today: umbrella 7 is out and says so, umbrella 9 is lent and taken back."""
    page = phone.open()
    phone.sign_in("xiao_chen", PASSWORD)
    page.get_by_role("heading", name="Umbrella loans 2").wait_for()
    looks_right(page)
    page.get_by_role("link", name="Lend").click()
    number = page.get_by_label("Number of the umbrella")
    number.fill("7")
    page.get_by_text("This umbrella is out.").wait_for()
    looks_right(page)
    number.fill("9")
    page.get_by_role("button", name="Lend").click()
    page.get_by_text("xiao_chen lent it").wait_for()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    page.get_by_text("xiao_chen took it back").wait_for()
    looks_right(page)
    page.goto(f"{phone.url}/umbrella-loans")
    page.get_by_role("heading", name="Back 2").wait_for()
    looks_right(page)
    assert [line for line in phone.said if line.startswith("pageerror")] == []


def looks_right(page: Page) -> None:
    """No serious violation, and nothing to the side."""
    assert violations(page) == []
    assert sideways(page) <= 0
