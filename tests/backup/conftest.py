"""The demo branch, played once and copied for each test, and what is done with it."""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.app import catalogue, schema
from backend.backup import Restored, Taken, restore, take
from backend.demo import play
from backend.house import House, build
from backend.serving import opened, prepare
from backend.settings import Settings
from tests.kit.served import ROOT


def settings_in(folder: Path, url: str | None = None) -> Settings:
    """An installation below a folder; its database there as well unless it has a URL."""
    return Settings(
        database_url=url or f"sqlite:///{folder / 'xunfang.db'}",
        store_url=f"file://{folder / 'objects'}",
        data_dir=folder,
        demo_password="nobody signs in here",
        durable="backup",
    )


@pytest.fixture(scope="session")
async def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played")
    await prepare(settings_in(folder))
    await play.play(settings_in(folder))
    return folder


@pytest.fixture
async def house(played: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A branch at work, on SQLite and a folder."""
    folder = tmp_path / "house"
    shutil.copytree(played, folder)
    async with opened(build(settings_in(folder), catalogue())) as one:
        yield one


class Copies:
    """The folder of this test's backups, and the places that it restores into."""

    def __init__(self, root: Path) -> None:
        self.root = root / "backups"
        self.elsewhere = root / "elsewhere"

    async def take(self, house: House, **more: Any) -> Taken:
        return await take(house, schema(), self.root, **more)

    async def restore(self, url: str | None = None, **more: Any) -> tuple[Settings, Restored]:
        place = settings_in(self.elsewhere, url)
        return place, await restore(place, catalogue(), schema(), self.root, **more)


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


async def rows_of(house: House) -> dict[str, list[Any]]:
    """Every row of every table, booleans as numbers, but for the counter's epoch and durable."""
    found: dict[str, list[Any]] = {}
    async with house.database.reading() as tx:
        for table in schema().tables:
            name = table._meta.tablename
            columns = [one._meta.name for one in table._meta.columns]
            if name == "sync_counter":
                columns = [one for one in columns if one not in ("epoch", "durable")]
            listed = ", ".join(f'"{one}"' for one in columns)
            rows = await tx.tuples(f'SELECT {listed} FROM "{name}"')
            plain = [[int(v) if isinstance(v, bool) else v for v in row] for row in rows]
            found[name] = sorted(plain, key=repr)
    return found


async def number(house: House, sql: str, *args: Any) -> Any:
    async with house.database.reading() as tx:
        return (await tx.tuples(sql, *args))[0][0]


def command(folder: Path, *words: str, failpoint: str = "") -> tuple[int, str]:
    """One command in a process of its own, to die at a failpoint: its end, and what it said."""
    environment = {"XUNFANG_DATA_DIR": str(folder), "XUNFANG_FAILPOINT": failpoint}
    done = subprocess.run(
        [sys.executable, "-m", "backend", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
