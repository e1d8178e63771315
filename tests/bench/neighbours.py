"""Other people's servers from npm, brought from a lock of their own. Whoever has no registry goes
without: their figures are then said to be missing, and ours are measured all the same."""

import contextlib
import hashlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "peers"
READY_SECONDS = 30


class Unavailable(Exception):
    """They could not be brought; the words say why."""


def bring() -> None:
    """Installs what the lock names, once for each state of the lock. Raises Unavailable."""
    stamp = FOLDER / "node_modules" / ".stamp"
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    done = subprocess.run(["npm", "ci"], cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "npm error" in line]
        raise Unavailable(f"npm could not install it ({said[0] if said else 'it did not say why'})")
    stamp.write_text(wanted)


@contextlib.contextmanager
def process(
    command: list[str], folder: Path, port: int, environment: dict[str, str] | None = None
) -> Iterator[int]:
    """A server until the block ends; its process id once it listens."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdout=subprocess.DEVNULL,
    ) as started:
        try:
            _wait(port, started)
            yield started.pid
        finally:
            started.terminate()


def _wait(port: int, started: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        assert started.poll() is None, "the server ended before it answered"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
