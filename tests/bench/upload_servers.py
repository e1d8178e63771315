"""The two servers that are compared, each a process of its own whose processor time is read from
the kernel."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from backend.foundation.kernel.ids import new_id
from tests.kit.served import ROOT, Served
from tests.kit.services.ports import free_port

PEERS = Path(__file__).parent / "peers"

# Our server as it runs beside a worker process: looking into photos is another lane.
PROGRAM = """
import sys
import uvicorn
from backend.app import create_app
from backend.settings import read
uvicorn.run(create_app(read(), worker=False), host="127.0.0.1", port=int(sys.argv[1]),
            loop="uvloop", http="httptools", access_log=False, log_level="warning")
"""


@dataclass
class Server:
    """Where to send photos, and whose processor time counts."""

    port: int
    path: str
    pid: int
    headers: dict[str, str] = field(default_factory=dict)

    def cpu_ms(self) -> float:
        """Processor time so far, all threads, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[Server]:
    """SQLite, local folder, a person signed in; hashed, fsynced, recorded in the journal."""
    one = Served(folder)
    one.run("migrate")
    password = one.run("user", "add", "inspector1", "林岚").strip().rpartition(": ")[2]
    command = [sys.executable, "-c", PROGRAM, str(one.port)]
    with _process(command, ROOT, one.port, one.environment) as pid:
        form = {
            "username": "inspector1",
            "password": password,
            "device": {"id": new_id(), "name": "Phone"},
        }
        token = httpx.post(f"{one.url}/v1/session", json=form, timeout=30).json()["token"]
        yield Server(one.port, "/v1/uploads", pid, {"Authorization": f"Bearer {token}"})


@contextlib.contextmanager
def npm_tus(folder: Path) -> Iterator[Server]:
    """@tus/server with its file store: neither hashes nor forces anything to the disk."""
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=PEERS, check=True)
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with _process(["node", "tus_server.mjs", str(folder), str(port)], PEERS, port, {}) as pid:
        yield Server(port, "/files", pid)


@contextlib.contextmanager
def _process(
    command: list[str], folder: Path, port: int, environment: dict[str, str]
) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=folder, env=os.environ | environment)
    try:
        _wait(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended before it answered"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
