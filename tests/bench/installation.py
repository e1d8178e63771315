"""A demo branch on a real server, on the engine that is measured."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.caller import Caller
from tests.bench.processor import cpu_seconds
from tests.kit.served import Served
from tests.kit.services.postgres import Postgres, running_postgres

PASSWORD = "a bench has no secrets"


@dataclass
class Installation:
    """The running server, and PostgreSQL beside it where that is the engine."""

    engine: str
    served: Served
    postgres_pid: int | None

    def caller(self, username: str) -> Caller:
        return Caller(self.served.port, username, PASSWORD)

    def cpu(self) -> tuple[float, float]:
        """Seconds used so far by the server and by PostgreSQL."""
        beside = cpu_seconds(self.postgres_pid) if self.postgres_pid else 0.0
        return cpu_seconds(self.served.pid), beside


@contextlib.contextmanager
def installation(engine: str) -> Iterator[Installation]:
    """A fresh demo branch, served; all of it gone afterwards."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xunfang-bench-")))
        environment, postgres = {"XUNFANG_DEMO_PASSWORD": PASSWORD}, None
        if engine == "postgres":
            postgres = stack.enter_context(running_postgres(durable=True))
            environment["XUNFANG_DATABASE_URL"] = postgres.new_database()
        served = Served(folder, **environment)
        served.run("migrate")
        served.run("demo")
        stack.callback(served.stop)
        served.start()
        yield Installation(engine, served, _pid_of(postgres) if postgres else None)


def _pid_of(postgres: Postgres) -> int:
    """The postmaster: the one whose children are the server's sessions."""
    folder = postgres.run("SHOW data_directory")
    return int(Path(folder, "postmaster.pid").read_text().split()[0])


def has(program: str) -> bool:
    """Whether a program can be found."""
    done = subprocess.run(["which", program], capture_output=True, env=os.environ, check=False)
    return done.returncode == 0
