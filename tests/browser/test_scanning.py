"""Codes through the camera: each counts once, also without signal, and never a person's number."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright, Route, expect

from tests.browser import gallery as galleries
from tests.browser.codes import film
from tests.browser.handset import CAMERA, PHONE
from tests.kit.services.chromium import FLAGS

SLIPS = (("WTL-4471", 2.0), (None, 2.0), ("WTL-0926", 2.0), (None, 2.0))
NEXT = "/assets/zxing_reader-nextnext.wasm"
LIBRARY = "**/assets/zxing*"
# The product registers it at its start; the gallery leaves that to the test.
REGISTER = """async () => {
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
}"""
ASK = """(type) => new Promise((answer) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => answer(data);
  navigator.serviceWorker.controller.postMessage({ type }, [port2]);
})"""
UPDATE = """async () => {
  const handed = new Promise((done) =>
    navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  while (!registration.waiting) await new Promise((done) => setTimeout(done, 20));
  registration.waiting.postMessage({ type: 'SKIP_WAITING' });
  await handed;
}"""
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found.filter((path) => path.includes('zxing')).length;
}"""


@contextmanager
def looking_at(
    playwright: Playwright, chromium: str, slips: Path, *, allowed: bool = True
) -> Iterator[Page]:
    """A phone whose camera sees the film, or whose owner has refused the camera."""
    film_of = f"--use-file-for-fake-video-capture={slips}"
    asked = CAMERA if allowed else (CAMERA[0], "--deny-permission-prompts")
    flags = [*FLAGS, *asked, film_of]
    with playwright.chromium.launch(executable_path=chromium, args=flags) as browser:
        yield browser.new_context(viewport=PHONE, locale="en-GB").new_page()  # type: ignore[arg-type]


def test_a_code_counts_once_and_its_second_sight_is_told(
    playwright: Playwright, chromium_path: str, gallery: str, tmp_path: Path
):
    """Two slips, each in many frames, then both again; nothing is asked of other hosts."""
    slips = film(tmp_path / "slips.y4m", SLIPS)
    with looking_at(playwright, chromium_path, slips) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{gallery}?lang=en&show=scan")
        told = page.locator(".told")
        expect(told).to_have_text("WTL-4471 is checked in", timeout=20_000)
        expect(told).to_have_text("WTL-0926 is checked in", timeout=20_000)
        expect(told).to_have_text("WTL-4471 is here already", timeout=20_000)
        home = gallery.removesuffix("gallery.html")
        assert [url for url in asked if not url.startswith((home, "data:"))] == []
        assert any("zxing_reader" in url for url in asked)


def test_once_made_ready_it_scans_without_signal(
    playwright: Playwright, chromium_path: str, gallery: str, tmp_path: Path
):
    """Not in the list of the build, fetched when asked for, and there in the basement."""
    slips = film(tmp_path / "slips.y4m", SLIPS)
    with looking_at(playwright, chromium_path, slips) as page:
        page.goto(f"{gallery}?lang=en")
        page.evaluate(REGISTER)
        assert page.evaluate(CACHED) == 0
        assert page.evaluate(ASK, "HOLDS") is False
        assert page.evaluate(ASK, "HOLD") is True
        assert page.evaluate(CACHED) == 2
        page.context.set_offline(True)
        page.goto(f"{gallery}?lang=en&show=scan")
        expect(page.locator(".told")).to_contain_text("is checked in", timeout=20_000)


def test_what_was_made_ready_stays_ready_over_an_update(
    playwright: Playwright, chromium_path: str, run_folder: Path, tmp_path: Path
):
    """The next build has another binary: it does not take over before that one is here as well."""
    folder = tmp_path / "served"
    shutil.copytree(galleries.built(run_folder), folder)
    with (
        galleries.served(folder) as url,
        playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS]) as browser,
    ):
        page = browser.new_page()
        page.goto(url)
        page.evaluate(REGISTER)
        assert page.evaluate(ASK, "HOLD") is True
        _next_build(folder)
        page.evaluate(UPDATE)
        page.context.set_offline(True)
        assert page.evaluate(ASK, "HOLDS") is True
        kept = "(path) => caches.match(path).then(Boolean)"
        assert page.evaluate(kept, NEXT) is True


def _next_build(folder: Path) -> None:
    binary = next(folder.glob("assets/zxing_reader-*.wasm"))
    renamed = folder / NEXT.removeprefix("/")
    binary.rename(renamed)
    worker = folder / "sw.js"
    text = worker.read_text().replace(binary.name, renamed.name)
    marked, times = re.subn(r"(xunfang-build-.{1,12}?)[0-9a-f]{16}", rf"\g<1>{'0' * 16}", text)
    assert times == 1, "the worker names its build otherwise"
    assert renamed.name in marked
    worker.write_text(marked)


def test_without_library_or_camera_the_keys_are_there(
    playwright: Playwright, chromium_path: str, gallery: str, tmp_path: Path
):
    """Each trouble has its own words, and the code is typed instead, once for each person."""
    slips = film(tmp_path / "slips.y4m", SLIPS)
    with looking_at(playwright, chromium_path, slips) as page:

        def lose(route: Route) -> None:
            route.abort()

        page.route(LIBRARY, lose)
        page.goto(f"{gallery}?lang=en&show=scan")
        expect(page.get_by_text("The scanner is not on this device yet.")).to_be_visible()
        page.get_by_label("Type the code").fill("WTL-4471")
        page.get_by_role("button", name="Check in").click()
        expect(page.locator(".told")).to_have_text("WTL-4471 is checked in")
        page.get_by_label("Type the code").fill("ＷＴＬ－4471")
        page.keyboard.press("Enter")
        expect(page.locator(".told")).to_have_text("WTL-4471 is here already")
        page.unroute(LIBRARY, lose)
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".told")).to_have_text("WTL-0926 is checked in", timeout=20_000)
    with looking_at(playwright, chromium_path, slips, allowed=False) as page:
        page.goto(f"{gallery}?lang=en&show=scan")
        expect(page.get_by_text("The camera is not allowed.")).to_be_visible()
        page.get_by_label("Type the code").fill("nobody")
        page.get_by_role("button", name="Check in").click()
        expect(page.locator(".told")).to_have_text("nobody is not on the list")


def test_a_persons_number_is_no_code(
    playwright: Playwright, chromium_path: str, gallery: str, tmp_path: Path
):
    """Neither from a slip nor from the keys; the caller never hears of it."""
    number = "930106199602288885"
    slips = film(tmp_path / "slips.y4m", [(number, 2.0)])
    with looking_at(playwright, chromium_path, slips) as page:
        page.goto(f"{gallery}?lang=en&show=scan")
        refused = "This is an ID or card number and is not taken."
        expect(page.locator(".told")).to_contain_text(refused, timeout=20_000)
        field = page.get_by_label("Type the code")
        field.fill(number)
        page.get_by_role("button", name="Check in").click()
        expect(page.get_by_text("**************8885")).to_be_visible()
        expect(field).to_be_focused()
