"""The real server in a process of its own: started, killed, started again on the same data."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.kit.services.ports import free_port

ROOT = Path(__file__).parents[2]
READY_SECONDS = 30


class Served:
    """One installation below a folder. `start` and `kill` as often as wanted; the port stays.
    `root` is where the sources lie: another version of the project may serve the same data."""

    root = ROOT
    ready_seconds = READY_SECONDS

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {"XUNFANG_DATA_DIR": str(folder)} | environment
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "not started"
        return self._process.pid

    def run(self, *words: str) -> str:
        """One command of the command line on this installation; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "backend", *words],
            cwd=self.root,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *words: str, **environment: str) -> "Served":
        """Starts the server and waits until it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backend", "serve", "--port", str(self.port), *words],
                cwd=self.root,
                env=os.environ | self.environment | environment,
                stdout=log,
                stderr=log,
            )
        self._wait("https" if "--tls-cert" in words else "http")
        return self

    def _wait(self, scheme: str) -> None:
        assert self._process is not None
        until = time.monotonic() + self.ready_seconds
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise AssertionError(f"the server ended:\n{self.log.read_text()[-4000:]}")
            with contextlib.suppress(httpx.HTTPError):
                url = f"{scheme}://127.0.0.1:{self.port}/readyz"
                if httpx.get(url, verify=False, timeout=1).status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(
            f"not ready after {self.ready_seconds} s:\n{self.log.read_text()[-4000:]}"
        )

    def kill(self) -> None:
        """SIGKILL, as a power switch would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, and the wait until it has ended."""
        self._end(signal.SIGTERM)

    def wait_ended(self, seconds: float = 10) -> int:
        """Waits until the process ended by itself; its exit code."""
        assert self._process is not None
        return self._process.wait(seconds)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """A started server that is stopped at the end, whatever happens."""
    one = Served(folder, **environment)
    try:
        yield one.start()
    finally:
        one.stop()
