"""Opening a screen on a slow phone: Chromium with its processor at a quarter, the app and its
records already on the device, until its content is painted. Twice: by a tap in the app that runs
(from the tap on), and by starting the app at that address (from the navigation on).

Beside both a plain page: the very same DOM and rules as one static file without a script, opened
in the same browser in turn. The ratio of the two is what the app adds, whatever the machine does.
"""

import json
import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.bench import rounds
from tests.bench.installation import PASSWORD, Ground, Installation
from tests.bench.plain_page import plain_pages
from tests.bench.table import Figure
from tests.browser import event_ground
from tests.browser.building import build
from tests.browser.handset import Handset
from tests.kit.services.chromium import chromium_path

ITEMS = 40
RECORDS = 1000
PEOPLE = 500
OPENS = 9
SLOWER = 4
SLOWED_TRIES = 10
RATIO_MAX = 1.5
SETTLED_MS = 3000  # what follows the first picture: counts, pictures, sync

# Looks once per frame whether the content is there, then waits until that frame was painted.
_WATCH = """
window.watch = (began) => {
  const look = () => {
    if (document.querySelectorAll(SELECTOR).length < ROWS) return requestAnimationFrame(look);
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => (window.paintedAfter = performance.now() - began);
      painted.port2.postMessage(0);
    });
  };
  requestAnimationFrame(look);
};
if (location.pathname === PATH) watch(0);
"""

# The router follows any link of the page, as it follows those that a screen shows.
_TAP = """
(path) => {
  const link = document.body.appendChild(document.createElement('a'));
  link.href = path;
  watch(performance.now());
  link.click();
  link.remove();
}
"""

_BUSY = """
() => {
  const began = performance.now();
  for (let turn = 0; turn < 3e7; turn++);
  return performance.now() - began;
}
"""


class Screen(NamedTuple):
    """What is opened: its name in the table, by whom, where, and when its content is complete."""

    what: str
    username: str
    path: str
    selector: str
    rows: int


def figures(ground: Ground) -> Iterator[Figure]:
    """One ratio per screen."""
    chromium = chromium_path()
    if chromium is None:
        yield Figure("warm open of a round and of a list", None, beside="Chromium is not installed")
        return
    build()
    with ground.installation("sqlite") as one, sync_playwright() as playwright:
        for prepare in (_round, _list, _roster):
            screen = prepare(one)
            profile = ground.folder / screen.username
            handset = Handset(playwright, chromium, profile, one.served.url, flags=())
            try:
                yield from _opened(handset, screen)
            finally:
                handset.close()


def _round(one: Installation) -> Screen:
    inspector = one.caller("inspector")
    paper = rounds.publish_paper(one.caller("admin"), ITEMS)
    round_ = rounds.start_round(inspector, paper, inspector.pull_all()["outlet"][0][1])
    path = f"/rounds/{round_}"
    return Screen(f"a round of {ITEMS} items", "inspector", path, "li[id^=item-]", ITEMS)


def _list(one: Installation) -> Screen:
    rounds.plan_rounds(one.caller("manager"), RECORDS)
    what = f"a list of {RECORDS:,} records"
    return Screen(what, "manager", "/rounds", ".list > .row", RECORDS)


def _roster(one: Installation) -> Screen:
    held = event_ground.planned(one.served.port, PASSWORD, PEOPLE)
    event_ground.opened(event_ground.approved(held))
    path = f"/events/{held.id}/roster"
    return Screen(f"a roster of {PEOPLE} people", "outreach", path, "ul.list > li", PEOPLE)


def _opened(handset: Handset, screen: Screen) -> Iterator[Figure]:
    page = handset.open()
    handset.sign_in(screen.username, PASSWORD)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(handset.url + screen.path)
    page.locator(screen.selector).nth(screen.rows - 1).wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(SETTLED_MS)
    with plain_pages(page, screen.path) as plain:
        told = {"PATH": screen.path, "SELECTOR": screen.selector, "ROWS": screen.rows}
        constants = "".join(f"const {name} = {json.dumps(told[name])};" for name in told)
        handset.context.add_init_script(f"{{ {constants}{_WATCH} }}")
        _slow_down(handset, page)
        spent = [
            (
                _tap(page, handset.url, screen),
                _start(page, handset.url, screen),
                _start(page, plain, screen),
            )
            for _ in range(OPENS)
        ]
    tap, start, other = (statistics.median(column) for column in zip(*spent[1:], strict=True))
    held = ("warm open", "by a tap", tap, RATIO_MAX)
    for name, how, own, most in (held, ("opening", "by starting the app there", start, None)):
        what = f"{name} of {screen.what} {how}, Chromium at 1/{SLOWER}"
        beside = f"{own:.0f} ms beside {other:.0f} ms of a plain page with the same DOM"
        yield Figure(what, own / other, "x", most, beside)


def _slow_down(handset: Handset, page: Page) -> None:
    """Raises AssertionError when the browser does not obey: its figures would be fiction."""
    session: Any = handset.context.new_cdp_session(page)
    before = _busy_ms(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    # It may take a moment, and another process may have been in the way of the first look.
    for _ in range(SLOWED_TRIES):
        if _busy_ms(page) > before * SLOWER / 2:
            return
        page.wait_for_timeout(300)
    raise AssertionError("the browser was not slowed down")


def _busy_ms(page: Page) -> float:
    """A fixed piece of work, at its best: what else the machine does only makes it slower."""
    return min(page.evaluate(_BUSY) for _ in range(5))


def _start(page: Page, url: str, screen: Screen) -> float:
    """Milliseconds from the navigation to the painted content."""
    page.goto("about:blank")
    page.goto(url + screen.path, wait_until="commit")
    return _painted(page, url + screen.path)


def _tap(page: Page, url: str, screen: Screen) -> float:
    """Milliseconds from the tap to the painted content, in an app that has come to rest."""
    page.goto(url)
    page.locator("a.truth").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    page.evaluate(_TAP, screen.path)
    return _painted(page, url + screen.path)


def _painted(page: Page, url: str) -> float:
    for _ in range(600):
        painted = page.evaluate("window.paintedAfter ?? null")
        if painted is not None:
            return painted
        page.wait_for_timeout(50)
    raise AssertionError(f"{url} was never complete")
