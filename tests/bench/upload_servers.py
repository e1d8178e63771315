"""The two servers that are compared, each a process of its own whose processor time is read from
the kernel."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from backend.foundation.kernel.ids import new_id
from tests.bench import neighbours
from tests.bench.processor import cpu_seconds
from tests.kit.served import ROOT, Served
from tests.kit.services.ports import free_port

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
        return cpu_seconds(self.pid) * 1000


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[Server]:
    """SQLite, local folder, a person signed in; hashed, fsynced, recorded in the journal."""
    one = Served(folder)
    one.run("migrate")
    password = one.run("user", "add", "inspector1", "林岚").strip().rpartition(": ")[2]
    command = [sys.executable, "-c", PROGRAM, str(one.port)]
    with neighbours.process(command, ROOT, one.port, one.environment) as pid:
        form = {
            "username": "inspector1",
            "password": password,
            "device": {"id": new_id(), "name": "Phone"},
        }
        token = httpx.post(f"{one.url}/v1/session", json=form, timeout=30).json()["token"]
        yield Server(one.port, "/v1/uploads", pid, {"Authorization": f"Bearer {token}"})


@contextlib.contextmanager
def npm_tus(folder: Path) -> Iterator[Server]:
    """@tus/server with its file store: neither hashes nor forces anything to the disk. Raises
    neighbours.Unavailable."""
    neighbours.bring()
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = ["node", "tus_server.mjs", str(folder), str(port)]
    with neighbours.process(command, neighbours.FOLDER, port) as pid:
        yield Server(port, "/files", pid)
