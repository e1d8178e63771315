"""The same person in two tabs: both show the same, both send, and the server has all of it once."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.branch import ROUND_AT_MACHINES, Branch
from tests.browser.conftest import Handsets
from tests.browser.paper import Finding, all_good
from tests.browser.round_page import RoundPage
from tests.kit.photographs import digest, photograph

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PUSH = "**/v1/sync/push"
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"


class Meeting:
    """Where the first batches of both tabs wait for each other, so that both hold the same."""

    def __init__(self) -> None:
        self.pages: set[Page] = set()
        self._waiting: list[Route] = []

    def wait(self, route: Route) -> None:
        self.pages.add(route.request.frame.page)
        self._waiting.append(route)
        if len(self.pages) == 2:
            waiting, self._waiting = self._waiting, []
            for one in waiting:
                one.continue_()


@pytest.mark.parametrize("locks", [True, False], ids=["with locks", "without locks"])
def test_two_tabs_drain_one_outbox_and_nothing_is_doubled(
    branch: Branch, handset: Handsets, tmp_path: Path, locks: bool
):
    """Web Locks have been seen stuck and missing: without them both tabs send at the same time."""
    phone = handset("phone", branch.url)
    phone.open()
    if not locks:
        phone.context.add_init_script(NO_LOCKS)
    first = phone.sign_in("inspector")
    phone.ready()
    branch.stop()
    second = phone.context.new_page()
    for page in (first, second):
        page.goto(f"{branch.url}/rounds/{ROUND_AT_MACHINES}")
    photo = photograph(tmp_path, 0)
    _answered_in_turn(first, second, photo)
    meeting = Meeting()
    if not locks:
        phone.context.route(PUSH, meeting.wait)
    branch.start()
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in (first, second):
        expect(page.locator("a.truth")).not_to_contain_text("仅在本机", timeout=30_000)
    assert locks or meeting.pages == {first, second}, "both were meant to send at once"
    _counted(branch, photo)


def _answered_in_turn(first: Page, second: Page, photo: Path) -> None:
    steps = list(all_good("self_service").values())[:6]
    steps[5].value, steps[5].finding = "fail", Finding("键盘松动", [photo])
    for number, step in enumerate(steps):
        here, there = (first, second) if number % 2 else (second, first)
        RoundPage(here).do(step)
        expect(there.locator("header").first).to_contain_text(f"已答 {number + 1} / ")


def _counted(branch: Branch, photo: Path) -> None:
    rows = branch.rows("SELECT item FROM answer_register WHERE record = ?", ROUND_AT_MACHINES)
    assert len(rows) == len({row["item"] for row in rows}) == 6
    photos = branch.rows("SELECT sha256 FROM photo WHERE parent_id = ?", ROUND_AT_MACHINES)
    assert [row["sha256"] for row in photos] == [digest(photo)]
    assert branch.objects()[digest(photo)] == digest(photo)
    refused = branch.rows("SELECT status FROM verdict WHERE status NOT IN ('applied', 'merged')")
    assert not refused
    assert "BAD" not in branch.run("check")
