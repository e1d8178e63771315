"""Where a house lives that will be lost: its folder, its database, its store; and the next one."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.kit.served import ROOT, Served
from tests.kit.services.postgres import running_postgres
from tests.kit.services.radosgw import running_radosgw

PASSWORD = "nobody drills with this"
READY_SECONDS = 180  # beside phones that go on asking, on a machine that does other things as well
NewEnvironment = Callable[[Path], dict[str, str]]


@dataclass
class Place:
    """One installation. On PostgreSQL its worker is a process of its own."""

    served: Served
    worker: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return self.served.environment

    @property
    def database_url(self) -> str:
        return self.environment["XUNFANG_DATABASE_URL"]

    @property
    def store_url(self) -> str:
        return self.environment["XUNFANG_STORE_URL"]

    def start(self) -> None:
        self.served.start()
        if self.database_url.startswith("postgresql"):
            self.worker = self.spawn("worker")

    def spawn(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """One command beside us."""
        with self.served.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "backend", *words],
                cwd=ROOT,
                env=os.environ | self.environment | environment,
                stdout=log,
                stderr=log,
            )

    def run_killed(self, *words: str, failpoint: str) -> bool:
        """One command that is to die at a failpoint. Whether it came by."""
        ended = self.spawn(*words, XUNFANG_FAILPOINT=failpoint).wait(120)
        assert ended in (0, -signal.SIGKILL), self.served.log.read_text()[-3000:]
        return ended != 0

    def kill(self) -> None:
        """The machine is off."""
        self.served.kill()
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
            self.worker = None

    def stop(self) -> None:
        if self.worker is not None:
            self.worker.terminate()
            self.worker.wait(30)
            self.worker = None
        self.served.stop()


class Places:
    """One house after the other on the same port, as phones know it."""

    def __init__(self, folder: Path, new: NewEnvironment) -> None:
        self.folder = folder
        self._new = new
        self._numbers = count(1)
        self.here = self._made()

    def move(self) -> Place:
        """The house is lost, disk, database and store; an empty place waits. What was kept apart,
        as the README says, is the house's key."""
        lost = self.here
        key = (lost.served.folder / "seal.pem").read_bytes()
        shutil.rmtree(lost.served.folder)
        self.here = self._made()
        self.here.served.port, self.here.served.url = lost.served.port, lost.served.url
        (self.here.served.folder / "seal.pem").write_bytes(key)
        return self.here

    def _made(self) -> Place:
        folder = self.folder / f"house-{next(self._numbers)}"
        folder.mkdir()
        environment = {"XUNFANG_DEMO_PASSWORD": PASSWORD, "XUNFANG_DURABLE": "backup"}
        served = Served(folder, **environment, **self._new(folder))
        served.ready_seconds = READY_SECONDS
        return Place(served)


@contextlib.contextmanager
def places(engine: str, folder: Path) -> Iterator[Places]:
    """`sqlite` with a folder for photos, or `postgres` with an S3 server; both are real."""
    if engine == "sqlite":

        def in_folder(one: Path) -> dict[str, str]:
            return {
                "XUNFANG_DATABASE_URL": f"sqlite:///{one / 'xunfang.db'}",
                "XUNFANG_STORE_URL": f"file://{one / 'objects'}",
            }

        yield Places(folder, in_folder)
        return
    with running_postgres() as postgres, running_radosgw() as gateway:

        def on_servers(_: Path) -> dict[str, str]:
            bucket = gateway.new_bucket()
            urls = {
                "XUNFANG_DATABASE_URL": postgres.new_database(),
                "XUNFANG_STORE_URL": bucket.store_url,
            }
            return urls | bucket.environment

        yield Places(folder, on_servers)
