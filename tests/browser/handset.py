"""A phone or a desk: one Chromium profile that is opened, closed, killed and opened again."""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.kit.services.chromium import FLAGS

CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
PASSWORD = "demo-pass-2026"
# The mark above today's stops, once it has been looked what rounds need.
HELD = "#stops [data-lacks]:not([data-lacks*='inspections.'])"


class Handset:
    """`page` is the one open page. A killed handset keeps its profile, as a phone its disk."""

    def __init__(
        self,
        playwright: Playwright,
        chromium: str,
        profile: Path,
        url: str,
        *,
        viewport: dict[str, int] = PHONE,
        flags: tuple[str, ...] = CAMERA,
        **options: Any,
    ) -> None:
        self.url = url
        self.profile = profile
        self.said: list[str] = []
        self._launch = playwright.chromium.launch_persistent_context
        self._options = {
            "executable_path": chromium,
            "args": [*FLAGS, *flags],
            "viewport": viewport,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "device_scale_factor": 1,
            "geolocation": {"latitude": 30.2741, "longitude": 120.1551},
            "permissions": ["geolocation"],
        } | options
        self._context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "not open"
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    @property
    def is_open(self) -> bool:
        return self._context is not None and bool(self._context.pages)

    def open(self, path: str = "/", *, offline: bool = False) -> Page:
        """Starts the browser and goes to a screen, like a tap on the icon."""
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            with contextlib.suppress(FileNotFoundError):
                (self.profile / name).unlink()
        self._context = self._launch(str(self.profile), **self._options)
        self._context.set_default_timeout(20_000)
        self._context.set_offline(offline)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(f"pageerror {error}"))
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, username: str, password: str = PASSWORD) -> Page:
        page = self.page
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(password)
        page.keyboard.press("Enter")
        page.locator("a.truth").first.wait_for()
        return page

    def ready(self) -> None:
        """Waits until every checklist of today and its pictures lie here."""
        self.page.locator(HELD).first.wait_for()

    def controlled(self) -> None:
        """Waits until the service worker answers for this page and holds every page of the app. The
        page's own rules for scripts forbid what Playwright's `wait_for_function` does when it has
        to look twice."""
        self.page.evaluate(
            "() => navigator.serviceWorker.controller ? null : new Promise((answers, fails) => {"
            "navigator.serviceWorker.addEventListener('controllerchange', answers, { once: true });"
            "setTimeout(() => fails(new Error('no service worker')), 60_000) }).then(() => null)"
        )
        held = self.page.evaluate(
            "() => new Promise((answers) => { const { port1, port2 } = new MessageChannel();"
            "port1.onmessage = ({ data }) => answers(data);"
            "setTimeout(() => answers(null), 60_000);"
            "navigator.serviceWorker.controller.postMessage({ type: 'FETCH_PAGES' }, [port2]) })"
        )
        assert held is True, f"the pages that come after the start are not here: {held}"

    def close(self) -> None:
        """As a person closes it: the browser writes down what it has in mind."""
        context, self._context = self._context, None
        if context is not None:
            with contextlib.suppress(Exception):
                context.close()

    def kill(self) -> None:
        """SIGKILL to every process of this profile: the system took the memory, or the battery."""
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def forget_killed(self) -> None:
        """After `kill`, before `open`: waits until nothing of it runs."""
        self.close()
        until = time.monotonic() + 10
        while self.pids() and time.monotonic() < until:
            time.sleep(0.05)

    def pids(self) -> list[int]:
        mark = f"--user-data-dir={self.profile}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if mark in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
        return found

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type} {message.text}")
