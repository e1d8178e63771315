"""What the tests need from the machine, and how it gets there.

As root on a Debian-family machine the missing packages are installed and named. Elsewhere the
command is printed and the tests that need them report themselves as not run. With CI=true
a missing service is a failure: a green run there means that everything was run.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.kit.services import chromium, postgres, radosgw, webkit

_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/xunfang-tests.conf")


@dataclass(frozen=True)
class Need:
    name: str
    packages: tuple[str, ...]
    found: Callable[[], bool]


WEBKIT_PACKAGES = ("webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1")
NEEDS = (
    Need("PostgreSQL", ("postgresql",), postgres.is_found),
    Need("radosgw", ("radosgw", "ceph-mon", "ceph-osd", "openssl"), radosgw.is_found),
    Need("Chromium", ("chromium", "fonts-noto-cjk", "libnss3-tools"), chromium.is_found),
    Need("WebKitGTK", WEBKIT_PACKAGES, webkit.is_found),
    Need("strace", ("strace",), lambda: shutil.which("strace") is not None),
)


class Missing(RuntimeError):
    """A service is not on this machine. The message says how to get it."""


def missing() -> list[Need]:
    return [need for need in NEEDS if not need.found()]


def command_for(needs: list[Need]) -> str:
    packages = " ".join(package for need in needs for package in need.packages)
    return f"apt-get install -y --no-install-recommends {packages}"


def install() -> list[Need]:
    """Install what is missing if this machine allows it, and return what is still missing."""
    needs = missing()
    if not needs:
        return []
    names = ", ".join(need.name for need in needs)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"Not on this machine: {names}. To run their tests, run as root:")
        print(f"  {command_for(needs)}")
        return needs
    print(f"Installing {names} for the tests:\n  {command_for(needs)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    with _no_server_is_started():
        subprocess.run(command_for(needs).split(), check=True, env=environment)
    return missing()


@contextmanager
def _no_server_is_started() -> Iterator[None]:
    """Debian starts a PostgreSQL of its own at installation. The tests bring theirs."""
    if _NO_CLUSTER.parent.parent.exists():
        yield
        return
    _NO_CLUSTER.parent.mkdir(parents=True)
    _NO_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        _NO_CLUSTER.unlink()
