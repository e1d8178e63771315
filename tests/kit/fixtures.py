"""The real servers and browsers a test may ask for by name. Started at the first asking."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.services import chromium, install, shared
from tests.kit.services.postgres import Postgres
from tests.kit.services.radosgw import Bucket, RadosGateway
from tests.kit.services.webkit import Window, webkit_window

RUN = "XUNFANG_TESTRUN"


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run owns the folder in which the others find its servers."""
    if hasattr(config, "workerinput"):
        return
    run = Path(tempfile.mkdtemp(prefix="xunfang-run-"))
    run.joinpath("owner").write_text(str(os.getpid()))
    os.environ[RUN] = str(run)


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or RUN not in os.environ:
        return
    run = Path(os.environ.pop(RUN))
    shared.stop_all(run)
    shutil.rmtree(run, ignore_errors=True)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Shared by all processes of this test run."""
    return Path(os.environ[RUN])


@pytest.fixture(scope="session")
def postgres(run_folder: Path) -> Postgres:
    """The run's PostgreSQL server. `new_database()` gives an empty database in a blink."""
    _require("PostgreSQL")
    return shared.shared_postgres(run_folder)


@pytest.fixture(scope="session")
def durable_postgres(run_folder: Path) -> Postgres:
    """A second server that flushes as production does: for kills and figures."""
    _require("PostgreSQL")
    return shared.shared_postgres(run_folder, durable=True)


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """One database for this process; its tests share it."""
    url = postgres.new_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture(scope="module")
def postgres_database(postgres: Postgres) -> Iterator[str]:
    """An empty database for this module alone."""
    url = postgres.new_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture(scope="session")
def radosgw(run_folder: Path) -> RadosGateway:
    _require("radosgw")
    return shared.shared_radosgw(run_folder)


@pytest.fixture(scope="session")
def s3(radosgw: RadosGateway) -> Bucket:
    """A new bucket of a real S3 server."""
    return radosgw.new_bucket()


@pytest.fixture(scope="session")
def s3_tls(radosgw: RadosGateway) -> Bucket:
    """The same over TLS, with a certificate that only `ca_file` vouches for."""
    return radosgw.new_bucket(tls=True)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """For Playwright's `executable_path`; start it with `tests.kit.services.chromium.FLAGS`."""
    _require("Chromium")
    path = chromium.chromium_path()
    assert path
    return path


@pytest.fixture
def webkit() -> Iterator[Window]:
    """A WebKitGTK window with a profile of its own, not yet open."""
    _require("WebKitGTK")
    with webkit_window() as window:
        yield window
        print(window.log.read_text(errors="replace"))  # shown with a test that failed


def _require(name: str) -> None:
    """Not on this machine: a failure in CI, a loud skip elsewhere."""
    absent = [need for need in install.missing() if need.name == name]
    if not absent:
        return
    message = f"not run: {name} is missing; {install.command_for(absent)}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
