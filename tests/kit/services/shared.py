"""One server of a kind for a whole test run, however many processes the run has.

The first process that asks starts a holder; the others find what it wrote down. The holder stops
its server when the run says so, or when the process that owns the run is gone.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.kit.services.daemon import ServiceFailed, is_alive
from tests.kit.services.postgres import Postgres, running_postgres
from tests.kit.services.radosgw import RadosGateway, running_radosgw

_START_SECONDS = 90
_STARTERS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "postgres": running_postgres,
    "postgres-durable": lambda: running_postgres(durable=True),
    "radosgw": running_radosgw,
}


def shared_postgres(run: Path, *, durable: bool = False) -> Postgres:
    return Postgres(**_shared("postgres-durable" if durable else "postgres", run))


def shared_radosgw(run: Path) -> RadosGateway:
    return RadosGateway(**_shared("radosgw", run))


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def hold(name: str, run: Path, owner: int) -> None:
    """Run one server until the run ends. This is the body of the holder process."""
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))
    with _STARTERS[name]() as server:
        described = run / f"{name}.json"
        unfinished = described.with_suffix(".part")
        unfinished.write_text(json.dumps(asdict(server)))
        unfinished.rename(described)
        while not stopped and run.exists() and is_alive(owner):
            time.sleep(0.2)


def stop_all(run: Path) -> None:
    """Stop every holder of this run and wait for it."""
    for noted in run.glob("*.pid"):
        holder = int(noted.read_text())
        if is_alive(holder):
            os.kill(holder, signal.SIGTERM)
            _wait_for_end(holder)


def _wait_for_end(holder: int) -> None:
    deadline = time.monotonic() + 30
    while is_alive(holder) and time.monotonic() < deadline:
        with suppress(ChildProcessError):  # another worker may have started it
            os.waitpid(holder, os.WNOHANG)
        time.sleep(0.05)


def _shared(name: str, run: Path) -> dict[str, Any]:
    described = run / f"{name}.json"
    with lock(run / f"{name}.lock"):
        if not described.exists():
            _start_holder(name, run, described)
    return json.loads(described.read_text())


def _start_holder(name: str, run: Path, described: Path) -> None:
    log = run / f"{name}.log"
    owner = run.joinpath("owner").read_text()
    command = [sys.executable, "-m", "tests.kit.services", "hold", name, str(run), owner]
    with log.open("wb") as output:
        holder = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    run.joinpath(f"{name}.pid").write_text(str(holder.pid))
    deadline = time.monotonic() + _START_SECONDS
    while not described.exists():
        if holder.poll() is not None or time.monotonic() > deadline:
            raise ServiceFailed(f"{name} did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.05)
