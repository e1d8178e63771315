"""The command line says what is wrong in one line, and keeps a second server off a SQLite file."""

import asyncio
import threading
from pathlib import Path

import pytest

from backend.app import catalogue
from backend.cli import main
from backend.foundation.database.engine import database_for
from backend.foundation.identity import accounts
from backend.foundation.identity.passwords import Passwords
from backend.house import build
from backend.serving import alone, opened, prepare
from backend.settings import Settings, read
from tests.foundation.identity.house import CHEAP
from tests.kit.services.radosgw import Bucket

Capture = pytest.CaptureFixture[str]
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATABASE_URL", "STORE_URL", "DURABLE"):
        monkeypatch.delenv(f"XUNFANG_{name}", raising=False)
    monkeypatch.setenv("XUNFANG_DATA_DIR", str(tmp_path / "var"))
    return tmp_path


def said(*words: str) -> str:
    """What a command that must fail says last."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert isinstance(ended.value.code, str), ended.value.code
    return ended.value.code


@pytest.mark.parametrize(
    ("name", "value", "words", "told"),
    [
        ("DATABASE_URL", NOWHERE, "migrate", "PostgreSQL"),
        ("DATABASE_URL", NOWHERE, "check", "PostgreSQL"),
        ("DATABASE_URL", NOWHERE, "worker", "PostgreSQL"),
        ("DATABASE_URL", NOWHERE, "serve", "PostgreSQL"),
        ("DATABASE_URL", "mysql://x/y", "migrate", "mysql"),
        ("DATABASE_URL", "sqlite:x.db", "migrate", "sqlite"),
        ("STORE_URL", "ftp://x", "migrate", "ftp"),
        ("STORE_URL", "s3://bucket?endpiont=x", "migrate", "endpiont"),
        ("DURABLE", "maybe", "check", "XUNFANG_DURABLE"),
        ("PROXIES", "10.0.0.1, caddy", "serve", "XUNFANG_PROXIES"),
        ("PROXIES", "10.0.0.1/8", "serve", "XUNFANG_PROXIES"),
        ("HSTS_SECONDS", "a year", "serve", "XUNFANG_HSTS_SECONDS"),
        ("DRAIN_SECONDS", "-1", "serve", "XUNFANG_DRAIN_SECONDS"),
        ("METRICS", "9100", "serve", "XUNFANG_METRICS"),
        ("METRICS", "127.0.0.1:70000", "worker", "XUNFANG_METRICS"),
        ("LOG", "xml", "worker", "XUNFANG_LOG"),
        ("DATA_DIR", "/proc/xunfang", "migrate", "/proc/xunfang"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(
    installation: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    words: str,
    told: str,
) -> None:
    monkeypatch.setenv(f"XUNFANG_{name}", value)
    line = said(words)
    assert line.startswith("xunfang: ")
    assert told in line
    assert "\n" not in line


def test_a_password_that_is_wrong_is_told(
    installation: Path, monkeypatch: pytest.MonkeyPatch, postgres: object
) -> None:
    url = postgres.url("no_such_database")  # type: ignore[attr-defined]
    monkeypatch.setenv("XUNFANG_DATABASE_URL", url)
    assert "no_such_database" in said("migrate")


def test_files_that_are_not_there_are_named(installation: Path) -> None:
    asyncio.run(prepare(read()))
    assert "gone.bin" in said("deliver", "gone.bin")
    tls = ("--tls-cert", "gone.crt", "--tls-key", "gone.key")
    assert "gone.crt" in said("serve", "--port", "0", *tls)
    assert "belong together" in said("serve", "--tls-cert", "gone.crt")


def test_before_the_first_start_the_commands_say_what_to_do(installation: Path) -> None:
    for words in (("check",), ("user", "reset", "ana"), ("deliver", __file__), ("backup", "x")):
        assert "xunfang migrate" in said(*words)


def test_a_folder_without_a_backup_and_a_backup_of_nothing_are_told(
    installation: Path, tmp_path: Path
) -> None:
    assert "holds no backup" in said("restore", str(tmp_path / "nowhere"))
    asyncio.run(prepare(read()))
    assert "nothing was recorded" in said("backup", str(tmp_path / "copies"))


@pytest.mark.parametrize("other", ["var", "elsewhere"])
def test_a_second_server_on_the_same_file_is_refused(tmp_path: Path, other: str) -> None:
    """Also when it has a folder of its own: it is the file that two writers would fight over."""
    database, store = f"sqlite:///{tmp_path / 'x.db'}", f"file://{tmp_path}/objects"
    first = Settings(database, store, tmp_path / "var")
    second = Settings(database, store, tmp_path / other)
    with alone(first):
        told: list[str] = []

        def start() -> None:
            try:
                with alone(second):
                    told.append("started")
            except RuntimeError as refused:
                told.append(str(refused))

        starting = threading.Thread(target=start)
        starting.start()
        starting.join(5)
    assert "another server" in told[0]
    with alone(second):
        pass


def test_a_worker_does_not_begin_on_tables_of_another_version(
    installation: Path, monkeypatch: pytest.MonkeyPatch, postgres_database: str
) -> None:
    """An update where the worker is started before the tables were brought up to date."""
    monkeypatch.setenv("XUNFANG_DATABASE_URL", postgres_database)
    asyncio.run(prepare(read()))

    async def forget_one() -> None:
        database = database_for(postgres_database)
        await database.open()
        async with database.unit_of_work() as tx:
            await tx.run("DELETE FROM migration WHERE id = (SELECT MAX(id) FROM migration)")
        await database.close()

    asyncio.run(forget_one())
    assert "migrations are missing" in said("worker")


def test_the_bucket_of_a_new_house_is_made_and_that_of_another_is_never_replaced(
    installation: Path, monkeypatch: pytest.MonkeyPatch, s3: Bucket, capsys: Capture
) -> None:
    """A name with a slip would hide every photo behind an empty bucket."""
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    address = s3.store_url.replace(f"s3://{s3.name}", "s3://house-{}")
    monkeypatch.setenv("XUNFANG_STORE_URL", address.format("one"))
    assert done("migrate", capsys).endswith("the store's bucket was made\n")
    assert done("migrate", capsys) == "the database is up to date\n"
    asyncio.run(begin_a_house())
    monkeypatch.setenv("XUNFANG_STORE_URL", address.format("onee"))
    assert done("migrate", capsys) == "the database is up to date\n"


async def begin_a_house() -> None:
    async with opened(build(read(), catalogue())) as house:
        await accounts.add(house.journal, Passwords(CHEAP), username="ana", name="Ana")


def done(word: str, capsys: Capture) -> str:
    """What a command that succeeds prints."""
    with pytest.raises(SystemExit) as ended:
        main([word])
    assert ended.value.code == 0
    return capsys.readouterr().out
