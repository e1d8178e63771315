"""The servers and browsers of the tests start, answer as the real thing does, and leave nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, SSLError
from playwright.async_api import async_playwright

from tests.kit.services import install, shared
from tests.kit.services.chromium import FLAGS
from tests.kit.services.daemon import is_alive
from tests.kit.services.install import Need
from tests.kit.services.ports import free_ports, is_listening
from tests.kit.services.postgres import Postgres
from tests.kit.services.radosgw import Bucket
from tests.kit.services.webkit import Window


async def test_each_module_gets_an_empty_database_of_its_own(
    postgres: Postgres, postgres_database: str
):
    other = postgres.new_database()
    for url in (postgres_database, other):
        connection = await asyncpg.connect(url)
        await connection.execute("CREATE TABLE only_here (id text)")
        await connection.close()
    postgres.drop_database(other)


async def test_a_copy_of_a_prepared_database_has_its_rows(postgres: Postgres):
    prepared = postgres.new_database()
    name = prepared.rsplit("/", 1)[1]
    postgres.run("CREATE TABLE outlet AS SELECT 'Harbour Road' AS said", name)
    copy = postgres.new_database(template=name)
    assert postgres.run("SELECT said FROM outlet", copy.rsplit("/", 1)[1]) == "Harbour Road"


def test_the_durable_server_flushes_and_the_fast_one_does_not(
    postgres: Postgres, durable_postgres: Postgres
):
    assert durable_postgres.run("SHOW fsync") == "on"
    assert durable_postgres.run("SHOW synchronous_commit") == "on"
    assert postgres.run("SHOW fsync") == "off"


def test_the_run_has_one_server_however_often_it_is_asked_for(postgres: Postgres, run_folder: Path):
    assert shared.shared_postgres(run_folder) == postgres


def s3_client(bucket: Bucket, secret: str | None = None):
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        aws_access_key_id=bucket.access_key,
        aws_secret_access_key=secret or bucket.secret_key,
        region_name=bucket.region,
        verify=bucket.ca_file,
        config=Config(
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            retries={"max_attempts": 1},
        ),
    )


@pytest.mark.parametrize("name", ["s3", "s3_tls"])
def test_the_object_server_keeps_bytes_and_refuses_a_second_writer(
    name: str, request: pytest.FixtureRequest
):
    bucket = request.getfixturevalue(name)
    client = s3_client(bucket)
    key = f"photo-{name}"
    client.put_object(Bucket=bucket.name, Key=key, Body=b"light", IfNoneMatch="*")
    with pytest.raises(ClientError, match="PreconditionFailed"):
        client.put_object(Bucket=bucket.name, Key=key, Body=b"other", IfNoneMatch="*")
    assert client.get_object(Bucket=bucket.name, Key=key)["Body"].read() == b"light"


def test_the_object_server_refuses_a_wrong_secret(s3: Bucket):
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        s3_client(s3, secret="wrong").list_objects_v2(Bucket=s3.name)


def test_the_certificate_is_trusted_by_nobody_who_was_not_told(s3_tls: Bucket):
    stranger = Bucket(s3_tls.endpoint, s3_tls.name)
    with pytest.raises(SSLError):
        s3_client(stranger).list_objects_v2(Bucket=s3_tls.name)


@pytest.mark.browser
async def test_chromium_runs_a_page(chromium_path: str):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS])
        page = await browser.new_page()
        assert await page.evaluate("6 * 7") == 42
        await browser.close()


@pytest.mark.browser
def test_webkit_runs_a_page(webkit: Window):
    driver = webkit.open()
    assert driver.execute_script("return 6 * 7") == 42
    assert "Safari/605.1.15" in driver.execute_script("return navigator.userAgent")


def test_a_run_that_is_killed_leaves_no_server_behind(tmp_path: Path, postgres: Postgres):
    """The terminal is closed in mid-run: nobody gets to tidy up."""
    run = tmp_path / "run"
    run.mkdir()
    owner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    run.joinpath("owner").write_text(str(owner.pid))
    server = shared.shared_postgres(run)
    assert server.port != postgres.port
    owner.kill()
    owner.wait()
    deadline = time.monotonic() + 20
    while is_listening(server.port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_listening(server.port)
    shared.stop_all(run)


def test_stopping_a_run_stops_its_server_and_no_other(tmp_path: Path, postgres: Postgres):
    run = tmp_path / "run"
    run.mkdir()
    run.joinpath("owner").write_text(str(os.getpid()))
    server = shared.shared_postgres(run)
    holder = int(run.joinpath("postgres.pid").read_text())
    shared.stop_all(run)
    assert not is_listening(server.port)
    assert not is_alive(holder)
    assert is_listening(postgres.port)


def test_a_holder_killed_without_warning_takes_its_server_along(tmp_path: Path):
    run = tmp_path / "run"
    run.mkdir()
    run.joinpath("owner").write_text(str(os.getpid()))
    server = shared.shared_postgres(run)
    os.kill(int(run.joinpath("postgres.pid").read_text()), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while is_listening(server.port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_listening(server.port)


def test_ports_given_together_are_distinct():
    assert len(set(free_ports(50))) == 50


ABSENT = Need("Unobtainium", ("unobtainium-server",), lambda: False)


def test_an_ordinary_user_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(install, "NEEDS", (ABSENT,))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert install.install() == [ABSENT]
    said = capsys.readouterr().out
    assert "Unobtainium" in said
    assert "apt-get install -y --no-install-recommends unobtainium-server" in said


TESTS_OF_A_MISSING_SERVICE = """
import pytest
from tests.kit import fixtures
from tests.kit.services import install
from tests.kit.services.install import Need

@pytest.fixture
def absent(monkeypatch):
    monkeypatch.setattr(install, "NEEDS", (Need("Gone", ("gone",), lambda: False),))
    fixtures._require("Gone")

def test_of_it(absent):
    pass
"""


@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 error"), ("", "1 skipped")])
def test_a_missing_service_is_a_failure_in_ci_and_not_run_elsewhere(
    tmp_path: Path, ci: str, outcome: str
):
    tmp_path.joinpath("test_gone.py").write_text(TESTS_OF_A_MISSING_SERVICE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-c", "pyproject.toml", str(tmp_path)],
        env={**os.environ, "CI": ci, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout, done.stdout
    assert "apt-get install -y --no-install-recommends gone" in done.stdout
