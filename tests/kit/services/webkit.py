"""WebKitGTK under a virtual screen, driven by Selenium: the second browser engine.

It is the engine of Safari, not an iPhone: no eviction, no home screen, no camera.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.kit.services.daemon import daemon, temporary_folder
from tests.kit.services.ports import free_port


def browser_path() -> Path | None:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return found[-1] if found else None


def is_found() -> bool:
    programs = ("WebKitWebDriver", "Xvfb")
    return browser_path() is not None and all(shutil.which(name) for name in programs)


@contextmanager
def running_webkit() -> Iterator[WebKitGTK]:
    """A browser window, closed with all its processes at the end."""
    program, browser = shutil.which("WebKitWebDriver"), browser_path()
    assert program, "WebKitGTK is not installed: make services"
    assert browser, "WebKitGTK is not installed: make services"
    with temporary_folder() as folder, _screen(folder) as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        options = Options()
        options.binary_location = str(browser)
        options.add_argument("--automation")
        service = Service(program, port=free_port(), env=environment)
        driver = WebKitGTK(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def _screen(folder: Path) -> Iterator[str]:
    """A virtual screen. Its number goes to a file, so that two runs never share one."""
    chosen = folder / "display"
    chosen.touch()
    command = ["sh", "-c", 'exec Xvfb -displayfd 1 "$@" > "$0"', str(chosen)]
    command += ["-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with daemon(command, log=folder / "xvfb.log", ready=lambda: "\n" in chosen.read_text()):
        yield f":{chosen.read_text().strip()}"
