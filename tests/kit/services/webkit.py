"""WebKitGTK under a virtual screen, driven by Selenium: the second browser engine.

It is the engine of Safari, not an iPhone: no eviction, no home screen, no camera. Its three kinds
of process can be killed one by one, which is what a phone under memory pressure does.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.common.exceptions import SessionNotCreatedException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.kit.services.daemon import daemon, temporary_folder
from tests.kit.services.ports import free_port, is_listening

WINDOW = Path(__file__).with_name("webkit_window.py")
PAGE, NETWORK = "WebKitWebProces", "WebKitNetworkPr"  # as the kernel cuts their names
_PYTHON = Path("/usr/bin/python3")
_GTK = "/usr/lib/*/girepository-1.0/WebKit2-4.1.typelib"
_GONE_SECONDS = 10
_HOLD_SECONDS = 20


def is_found() -> bool:
    gtk = any(Path("/").glob(_GTK.lstrip("/")))
    binding = _PYTHON.exists() and any(Path("/usr/lib/python3").glob("dist-packages/gi"))
    return gtk and binding and all(shutil.which(name) for name in ("WebKitWebDriver", "Xvfb"))


class Window:
    """One profile and its browser window of the size of a phone: opened, killed, opened again."""

    def __init__(self, folder: Path, display: str) -> None:
        self._profile = folder / "profile"
        self.log = folder / "webkit.log"
        self._port = free_port()
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "XUNFANG_WEBKIT_PROFILE": str(self._profile),
            "WEBKIT_INSPECTOR_SERVER": f"127.0.0.1:{self._port}",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        self._ending = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self._service: Service | None = None
        self._driver: WebKitGTK | None = None

    @property
    def driver(self) -> WebKitGTK:
        assert self._driver is not None, "not open"
        return self._driver

    def open(self) -> WebKitGTK:
        """Starts the browser on its profile, like a tap on the icon."""
        self._process = self._ending.enter_context(
            daemon(
                [_PYTHON, WINDOW],
                log=self.log,
                environment=self._environment,
                ready=lambda: is_listening(self._port),
            )
        )
        return self.take_hold()

    def take_hold(self) -> WebKitGTK:
        """A WebDriver on the running browser. WebKit lets go of one with each process it loses."""
        until = time.monotonic() + _HOLD_SECONDS
        while True:
            try:
                return self._hold()
            except SessionNotCreatedException:  # its page's process is just being started again
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def _hold(self) -> WebKitGTK:
        self._let_go()
        program = shutil.which("WebKitWebDriver")
        assert program, "WebKitGTK is not installed: make services"
        target = f"--target=127.0.0.1:{self._port}"
        self._service = Service(
            program, port=free_port(), service_args=[target], log_output=str(self.log)
        )
        self._driver = WebKitGTK(options=Options(), service=self._service)
        return self._driver

    def _let_go(self) -> None:
        self._driver = None
        service, self._service = self._service, None
        if service is not None:
            service.stop()

    def close(self) -> None:
        """As a person closes it."""
        self._let_go()
        self._ending.close()

    def kill(self) -> None:
        """SIGKILL to the window and every process of it, in one go. The profile stays."""
        assert self._process is not None, "not open"
        self._kill([self._process.pid, *self._pids(PAGE), *self._pids(NETWORK)])
        self.close()

    def kill_page(self) -> None:
        """SIGKILL to the page's process alone: the system took its memory."""
        self._kill(self._pids(PAGE))

    def kill_network(self) -> None:
        """SIGKILL to the process that holds IndexedDB, the caches and all connections."""
        self._kill(self._pids(NETWORK))

    def _kill(self, pids: list[int]) -> None:
        assert pids, "nothing of it runs"
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + _GONE_SECONDS
        while _running(pids):
            assert time.monotonic() < until, "it outlived its kill"
            time.sleep(0.01)

    def _pids(self, name: str) -> list[int]:
        assert self._process is not None, "not open"
        return [pid for pid, said in _below(self._process.pid) if said == name]


def _below(pid: int) -> list[tuple[int, str]]:
    """Its children and theirs: number and name."""
    children = [(child, name) for child, (name, parent, _) in _processes().items() if parent == pid]
    return children + [one for child, _ in children for one in _below(child)]


def _processes() -> dict[int, tuple[str, int, str]]:
    """Number to name, parent and state."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            first, last = (folder / "stat").read_text().rsplit(")", 1)
            state, parent = last.split()[:2]
            found[int(folder.name)] = (first.split("(", 1)[1], int(parent), state)
    return found


def _running(pids: list[int]) -> list[int]:
    """A killed child whose parent has not looked yet has ended all the same."""
    states = {pid: state for pid, (_, _, state) in _processes().items()}
    return [pid for pid in pids if states.get(pid, "Z") != "Z"]


@contextmanager
def webkit_window() -> Iterator[Window]:
    """A window not yet open, with an empty profile of its own; all of it goes at the end."""
    with temporary_folder() as folder, _screen(folder) as display:
        window = Window(folder, display)
        try:
            yield window
        finally:
            window.close()


@contextmanager
def _screen(folder: Path) -> Iterator[str]:
    """A virtual screen. Its number goes to a file, so that two runs never share one."""
    chosen = folder / "display"
    chosen.touch()
    command = ["sh", "-c", 'exec Xvfb -displayfd 1 "$@" > "$0"', str(chosen)]
    command += ["-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with daemon(command, log=folder / "xvfb.log", ready=lambda: "\n" in chosen.read_text()):
        yield f":{chosen.read_text().strip()}"
