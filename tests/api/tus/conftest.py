"""A real server process with one person on it, for clients that other people wrote."""

import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.foundation.kernel.ids import new_id
from media.store import original_key, quarantine_key
from tests.kit.served import Served

SWEPT_SECONDS = 20


class Inspector:
    """Somebody signed in to a server that may be killed and started again."""

    def __init__(self, server: Served, password: str) -> None:
        self.server = server
        self.folder = server.folder
        self.password = password
        self.token = ""

    @property
    def uploads(self) -> str:
        return f"{self.server.url}/v1/uploads"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def sign_in(self) -> "Inspector":
        form = {
            "username": "inspector1",
            "password": self.password,
            "device": {"id": new_id(), "name": "Phone"},
        }
        answer = httpx.post(f"{self.server.url}/v1/session", json=form, timeout=30)
        assert answer.status_code in (200, 201), answer.text
        self.token = answer.json()["token"]
        return self

    def has(self, data: bytes) -> bool:
        """Whether the store holds these bytes, and nothing waits in staging any more. The worker
        may have found meanwhile that they are no photo, and moved them out of sight."""
        digest = hashlib.sha256(data).hexdigest()
        places = (self.folder / "objects" / key(digest) for key in (original_key, quarantine_key))
        held = [_bytes_of(path) for path in places]
        left = list((self.folder / "staging").glob("*/*.part"))
        return data in held and not left

    def soon_has(self, data: bytes) -> bool:
        """As `has`, once the sweep that follows a start has come to this upload: what the phone is
        told rests on the store and the row, not on an empty staging area."""
        until = time.monotonic() + SWEPT_SECONDS
        while not self.has(data) and time.monotonic() < until:
            time.sleep(0.05)
        return self.has(data)

    def need(self, data: bytes) -> dict:
        """What the server answers about these bytes."""
        asked = {"req": "r", "blobs": [[hashlib.sha256(data).hexdigest(), len(data), "image/jpeg"]]}
        answer = httpx.post(
            f"{self.server.url}/v1/blobs/need", json=asked, headers=self.headers, timeout=30
        )
        return answer.json()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An installation that no server has run on yet, and its one person's password. Copy it."""
    server = Served(tmp_path_factory.mktemp("founded"))
    server.run("migrate")
    printed = server.run("user", "add", "inspector1", "林岚")
    return server.folder, printed.strip().rpartition(": ")[2]


@pytest.fixture
def inspector(founded: tuple[Path, str], tmp_path: Path) -> Iterator[Inspector]:
    folder, password = founded
    server = Served(shutil.copytree(folder, tmp_path / "house"))
    one = Inspector(server, password)
    server.start()
    yield one.sign_in()
    server.stop()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None  # moved between two looks
