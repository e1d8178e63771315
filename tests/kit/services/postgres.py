"""A PostgreSQL server of the run's own: an empty cluster, loopback only, nobody's password.

The fast one forgets everything when the machine stops, which no test asks of it. The durable one
flushes as production does; the kill tests and the figures use it.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.kit.services.daemon import daemon, temporary_folder
from tests.kit.services.ports import free_port

_USER = "xunfang"
_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "64MB",
    "max_connections": "120",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
# A run makes thousands of databases: a cleaner that visits each of them in turn would never rest.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_numbers = count(1)


@dataclass(frozen=True)
class Postgres:
    port: int
    version: int

    def url(self, database: str) -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of `template` (a database name)."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        # Copied as files: page by page through the log costs half as much again.
        strategy = " STRATEGY FILE_COPY" if self.version >= 15 else ""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}{strategy}")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")

    def run(self, sql: str, database: str = "postgres") -> str:
        """One statement through psql. Returns what it prints, unaligned and without headings."""
        command = [str(_program("psql")), "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"]
        command += ["-d", self.url(database), "-c", sql]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{sql}: {done.stderr}")
        return done.stdout.strip()


def is_found() -> bool:
    return _program("initdb") is not None and _program("postgres") is not None


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    account = unprivileged_account()
    with temporary_folder(owner=account.pw_uid if account else None) as folder:
        data, port = folder / "data", free_port()
        user = account.pw_name if account else None
        _make_cluster(data, user)
        settings = _SETTINGS | (_DURABLE if durable else _FAST) | {"port": str(port)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        server = Postgres(port, _version())
        with daemon(
            [required("postgres"), "-D", data, *options],
            log=folder / "postgres.log",
            ready=lambda: _answers(server),
            user=user,
            stop_signal=signal.SIGINT,  # fast shutdown: it does not wait for open sessions
        ):
            yield server


def _make_cluster(data: Path, user: str | None) -> None:
    command = [str(required("initdb")), "-D", str(data), "-U", _USER, "-A", "trust", "-N"]
    command += ["-E", "UTF8", "--locale=C.UTF-8"]
    groups: list[str] | None = [] if user else None
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, user=user, extra_groups=groups, cwd="/"
    )


def _answers(server: Postgres) -> bool:
    try:
        return server.run("SELECT 1") == "1"
    except RuntimeError:
        return False


def unprivileged_account() -> pwd.struct_passwd | None:
    """Who the server runs as. PostgreSQL refuses to be root; anybody else starts it themselves."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _version() -> int:
    said = subprocess.run(
        [str(required("postgres")), "--version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"(\d+)", said.stdout)
    assert found, said.stdout
    return int(found.group(1))


def required(name: str) -> Path:
    program = _program(name)
    assert program, f"{name} is not installed: make services"
    return program


def _program(name: str) -> Path | None:
    """Debian keeps the server programs of each version in a folder of its own: newest first."""
    for folder in sorted(_DEBIAN.glob("*/bin"), key=lambda found: -float(found.parent.name)):
        if (folder / name).exists():
            return folder / name
    elsewhere = shutil.which(name)
    return Path(elsewhere) if elsewhere else None
