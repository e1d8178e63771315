"""Two hundred people at an event, two phones without signal, one figure.

Two of the staff check people in where there is no signal: by the code on the slip, from the list of
names, and as guests who are on no list. Thirty people are seen by both phones. One phone takes five
sightings back of which it cannot know that the other phone has three as well; the other phone is
killed at the door. Then both find a line, and both phones, the console and the server say the
number that this test has counted on its own.
"""

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import event_ground as ground
from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.event_page import EventPage
from tests.browser.handset import DESK, PASSWORD, Handset
from tests.kit.link import Link

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# Codes are typed: a camera that sees nothing would only take the processor's time.
NO_CAMERA = ("--use-fake-device-for-media-stream", "--deny-permission-prompts")
GUESTS, BOTH, VOIDED, VOIDED_BUT_SEEN = 200, 30, 5, 3
KILL_SEED = 20261127
NEIGHBOUR = "138 0000 1111"
FOUND_MS = 60_000


class Seen:
    """Who was seen where, kept by the test alone: sets, and nothing of ours."""

    def __init__(self, guests: list[ground.Guest]) -> None:
        half = (len(guests) + BOTH) // 2
        self.first, self.second = guests[:half], guests[-half:]
        self.both = guests[len(guests) - half : half]
        alone = [one for one in self.first if one not in self.both]
        self.taken_back = [*self.both[:VOIDED_BUT_SEEN], *alone[: VOIDED - VOIDED_BUT_SEEN]]

    @property
    def on_first(self) -> set[str]:
        return {one.id for one in self.first} - {one.id for one in self.taken_back}

    @property
    def on_second(self) -> set[str]:
        return {one.id for one in self.second}

    @property
    def people(self) -> int:
        """Whoever one phone at least still says was there, and the neighbour known by a number."""
        return len(self.on_first | self.on_second) + 1


def test_two_phones_without_signal_come_to_one_figure(
    branch: Branch, handset: Handsets, line: Link
) -> None:
    held = ground.opened(ground.approved(ground.planned(branch.port, PASSWORD, GUESTS)))
    seen = Seen(held.guests)
    assert len(seen.both) == BOTH
    assert len(seen.taken_back) == VOIDED
    first = _ready(handset("first", line.url, flags=NO_CAMERA), "outreach", held)
    second = _ready(handset("second", line.url, flags=NO_CAMERA), "outreach2", held)
    line.down()
    branch.stop()
    _at_the_first_door(first, held, seen)
    _at_the_second_door(second, held, seen)
    branch.start()
    line.up()
    desk = handset("desk", branch.url, viewport=DESK)
    desk.open()
    desk.sign_in("manager")
    for one in (first, second):
        one.context.set_offline(False)
        one.page.evaluate("dispatchEvent(new Event('online'))")
    for one in (first, second):
        door = EventPage(one.page, line.url, held.id).door()
        door.shows(seen.people)
        expect(one.page.locator("a.truth")).not_to_contain_text("仅在本机", timeout=FOUND_MS)
        door.counts(7)
    desk.page.goto(f"{branch.url}/events/{held.id}")
    expect(desk.page.locator("[data-persons]")).to_have_text(str(seen.people), timeout=FOUND_MS)
    _counted_at_the_server(branch, held, seen)


def test_what_comes_after_the_closing_stands_apart_until_it_is_opened_again(
    branch: Branch, handset: Handsets, line: Link
) -> None:
    """One phone closes the event while the other holds a sighting that nobody has heard of."""
    held = ground.opened(ground.approved(ground.planned(branch.port, PASSWORD, GUESTS)))
    first = _ready(handset("first", branch.url, flags=NO_CAMERA), "outreach", held)
    second = _ready(handset("second", line.url, flags=NO_CAMERA), "outreach2", held)
    line.down()
    second.context.set_offline(True)
    EventPage(second.page, line.url, held.id).by_name(held.guests[1])
    at = EventPage(first.page, branch.url, held.id).roster()
    at.by_name(held.guests[0])
    at.door().close()
    branch.comes_to(first.page, _is("closed"), "SELECT state FROM event WHERE id = ?", held.id)
    line.up()
    second.context.set_offline(False)
    second.page.evaluate("dispatchEvent(new Event('online'))")
    expect(first.page.get_by_text("结束后才收到").first).to_be_visible()
    expect(first.page.locator(".figures b").nth(0)).to_have_text("1", timeout=FOUND_MS)
    expect(first.page.locator(".figures b").nth(2)).to_have_text("1", timeout=FOUND_MS)
    first.page.get_by_role("button", name="重新开始").click()
    asked = first.page.get_by_role("dialog", name="重新开始")
    asked.get_by_label("原因").fill("另一台手机还没发完")
    asked.get_by_role("button", name="重新开始").click()
    EventPage(first.page, branch.url, held.id).shows(2)


def _is(state: str) -> Callable[[list[dict[str, object]]], bool]:
    return lambda rows: [row["state"] for row in rows] == [state]


def _ready(phone: Handset, username: str, held: ground.Held) -> Handset:
    """At the branch: signed in, and the list of names is on the phone."""
    phone.open()
    phone.sign_in(username)
    phone.controlled()
    EventPage(phone.page, phone.url, held.id).roster()
    expect(phone.page.get_by_text(f"共 {GUESTS} 人")).to_be_visible(timeout=FOUND_MS)
    # A browser killed within half a minute has not written down that somebody signed in.
    phone.close()
    phone.open(f"/events/{held.id}/roster")
    expect(phone.page.get_by_text(f"共 {GUESTS} 人")).to_be_visible(timeout=FOUND_MS)
    return phone


def _at_the_first_door(phone: Handset, held: ground.Held, seen: Seen) -> None:
    phone.context.set_offline(True)
    at = EventPage(phone.page, phone.url, held.id).door()
    at.by_code(seen.first)
    at.walk_in(NEIGHBOUR)
    at.count_heads(4)
    at.roster()
    for guest in seen.taken_back:
        at.take_back(guest)
    at.door().shows(len(seen.on_first) + 1)


def _at_the_second_door(phone: Handset, held: ground.Held, seen: Seen) -> None:
    """Killed in the middle of a tap; whoever was shown as here before is here afterwards."""
    phone.context.set_offline(True)
    at = EventPage(phone.page, phone.url, held.id).roster()
    chance = random.Random(KILL_SEED)
    deadly = chance.randrange(len(seen.second) // 3, len(seen.second) // 2)
    for guest in seen.second[:deadly]:
        at.by_name(guest)
    at.page.get_by_role("button", name=seen.second[deadly].name).click(no_wait_after=True)
    phone.kill()
    phone.forget_killed()
    phone.open(f"/events/{held.id}/roster", offline=True)
    at = EventPage(phone.page, phone.url, held.id)
    at.page.get_by_label("找姓名或编号").wait_for()
    for guest in seen.second[:deadly]:
        expect(at.page.get_by_role("button", name=guest.name)).to_contain_text("已到")
    for guest in seen.second[deadly:]:
        _here(at, guest)
    at.door()
    at.walk_in(NEIGHBOUR)
    at.count_heads(3)
    at.shows(len(seen.on_second) + 1)


def _here(at: EventPage, guest: ground.Guest) -> None:
    """Whether the tap before the kill was kept is for the phone to say; a person looks and taps."""
    row = at.page.get_by_role("button", name=guest.name)
    if "已到" not in row.inner_text():
        at.by_name(guest)


def _counted_at_the_server(branch: Branch, held: ground.Held, seen: Seen) -> None:
    """Past our own code: rows of sightings, and sets."""
    rows = branch.rows(
        "SELECT entry, key, void, device, late FROM event_check_in WHERE event = ?", held.id
    )
    standing = [row for row in rows if row["void"] is None]
    assert len(rows) - len(standing) == VOIDED
    entries = {row["entry"] for row in standing if row["entry"]}
    assert entries == seen.on_first | seen.on_second
    walked = {row["key"] for row in standing if not row["entry"]}
    assert len(walked) == 1, "one neighbour, by one key of two phones"
    assert len([row for row in standing if not row["entry"]]) == 2
    by_device: dict[str, set[str]] = {}
    for row in standing:
        by_device.setdefault(row["device"], set()).add(row["entry"] or row["key"])
    [some, others] = by_device.values()
    assert len(some & others) == BOTH - VOIDED_BUT_SEEN + 1
    assert len(some | others) == seen.people
    assert not [row for row in rows if row["late"]]
    assert not branch.rows("SELECT status FROM verdict WHERE status NOT IN ('applied', 'merged')")
    assert held.body()["counts"]["persons"] == seen.people
    assert "BAD" not in branch.run("check")
