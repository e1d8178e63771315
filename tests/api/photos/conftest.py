"""The photo calls over HTTP, in this process: real database, store, staging and sandbox; who is
calling is said by the bearer's name instead of a session."""

import base64
import hashlib
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.base import DefineMiddleware

from backend.api import blobs, evidence, problems, uploads
from backend.foundation.evidence.manifest import MANIFEST
from backend.foundation.identity.access import Signed
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.jobs import lease
from backend.foundation.journal.tables import TABLES
from backend.foundation.journal.verdicts import LOGS, log_key
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.house import House, build
from backend.settings import Settings
from backend.worker import photos
from tests.foundation.evidence.album import ALBUM
from tests.kit.clock import FakeClock
from tests.kit.schema import create_all
from tests.kit.world import Phone


@dataclass
class Caller:
    """A person who is signed in, and the buckets they see."""

    name: str
    person: str = field(default_factory=new_id)
    device: str = field(default_factory=new_id)
    buckets: frozenset[str] = frozenset()
    grants: tuple[Grant, ...] = ()


class Callers:
    """Stands where identity's Access stands."""

    def __init__(self) -> None:
        self.known: dict[str, Caller] = {}

    def add(self, name: str, *buckets: str) -> Caller:
        self.known[name] = Caller(name, buckets=frozenset(buckets))
        return self.known[name]

    async def buckets_of(self, _tx: Any, signed: Signed) -> Collection[str]:
        return self.known[signed.username].buckets

    def signed(self, name: str, clock: FakeClock) -> Signed:
        later = clock.now() + timedelta(days=90)
        return Signed(
            actor=Actor(
                self.known[name].person, name, self.known[name].grants, self.known[name].device
            ),
            username=name,
            posts=(),
            session_id="",
            device_state="active",
            expires_at=later,
            renew_at=later,
            good_until=later,
            buckets=self.known[name].buckets,
        )


class ByName(AbstractAuthenticationMiddleware):
    async def authenticate_request(self, connection: Any) -> AuthenticationResult:
        house = connection.app.state.house
        name = connection.headers.get("authorization", "").removeprefix("Bearer ")
        signed = house.access.signed(name, house.clock) if name else None
        return AuthenticationResult(user=None, auth=signed)


@pytest.fixture
def callers() -> Callers:
    callers = Callers()
    callers.add("ana", "round:r1")
    callers.add("stranger", "round:r2")
    callers.add("officer").grants = (Grant("dpo"),)
    return callers


# For the tests whose outcome could differ: SQLite with a folder, PostgreSQL with radosgw.
ON_BOTH = pytest.mark.parametrize("settings", ["embedded", "production"], indirect=True)


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """SQLite with a local folder, unless a test asks for PostgreSQL and a real S3 server."""
    if getattr(request, "param", "embedded") == "embedded":
        return Settings(f"sqlite:///{tmp_path}/x.db", f"file://{tmp_path}/objects", tmp_path)
    bucket = request.getfixturevalue("s3")
    for variable, value in bucket.environment.items():
        monkeypatch.setenv(variable, value)
    # One bucket serves all tests of the run; a prefix of its own keeps each test alone.
    store_url = f"{bucket.store_url}&prefix={new_id()}"
    return Settings(request.getfixturevalue("postgres").new_database(), store_url, tmp_path)


@pytest.fixture
async def house(settings: Settings, callers: Callers) -> AsyncIterator[House]:
    house = build(settings, Catalogue((MANIFEST, ALBUM)), FakeClock())
    house.access = callers  # type: ignore[assignment]
    await house.database.open()
    await create_all(house.database, (*TABLES, *MANIFEST.tables, *ALBUM.tables))
    await house.open()
    yield house
    await house.close()


def _house_of(state: State) -> House:
    return state.house


def app_on(house: House) -> Litestar:
    return Litestar(
        route_handlers=[*uploads.ROUTES, *blobs.ROUTES, *evidence.ROUTES],
        middleware=[DefineMiddleware(ByName)],
        dependencies={"house": Provide(_house_of, sync_to_thread=False)},
        exception_handlers=problems.HANDLERS,
        state=State({"house": house}),
    )


class Browser:
    """Calls as one person."""

    def __init__(self, house: House, name: str) -> None:
        self.house = house
        # The framework and the client spell the same protocol with different types.
        self.app: Any = app_on(house)
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app),
            base_url="http://phone",
            headers={"Authorization": f"Bearer {name}", "Tus-Resumable": "1.0.0"},
        )

    async def create(self, data: bytes, body: bytes | None = None, **more: Any) -> httpx.Response:
        headers = {
            "Upload-Length": str(more.pop("length", len(data))),
            "Upload-Metadata": metadata(more.pop("digest", digest(data)), more.pop("type", None)),
        }
        if body is not None:
            headers["Content-Type"] = "application/offset+octet-stream"
        headers |= more.pop("headers", {})
        return await self.http.post("/v1/uploads", headers=headers, content=body)

    async def patch(self, url: str, offset: int, body: bytes, **headers: str) -> httpx.Response:
        sent = {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.patch(url, headers=sent, content=body)

    async def whole(self, data: bytes) -> httpx.Response:
        answer = await self.create(data, data)
        assert answer.status_code == 201, answer.text
        return answer


@pytest.fixture
async def ana(house: House) -> AsyncIterator[Browser]:
    browser = Browser(house, "ana")
    yield browser
    await browser.http.aclose()


@pytest.fixture
async def stranger(house: House) -> AsyncIterator[Browser]:
    browser = Browser(house, "stranger")
    yield browser
    await browser.http.aclose()


@pytest.fixture
async def attached(house: House, callers: Callers):
    """Tells of a photo in an album of this caller, published in their buckets."""

    async def attached(data: bytes, name: str = "ana", **more: Any) -> str:
        caller = callers.known[name]
        phone = Phone(house.journal, Actor(caller.person, name, (), caller.device))
        phone.seq = await last_seq(house, caller)
        rec = ("album", new_id())
        await phone.do("album.begin", rec, {"buckets": sorted(caller.buckets)})
        photo = {
            "id": new_id(),
            "sha256": digest(data),
            "size": len(data),
            "type": "image/jpeg",
            "source": "camera",
            "taken_at": "2026-11-24T00:58:10.004Z",
            **more,
        }
        answer = await phone.do("album.attach", rec, {"photo": photo})
        assert answer.s == "applied", answer
        return photo["id"]

    return attached


async def last_seq(house: House, caller: Caller) -> int:
    async with house.database.reading() as tx:
        logs = await LOGS.load(tx, [log_key(caller.device, caller.person)])
    return logs[0].last_seq if logs else 0


async def work_off(house: House) -> None:
    """Does every photo job that is due."""
    async with house.database.unit_of_work() as tx:
        jobs = await lease(tx, "w", house.clock.now(), 50)
    for job in jobs:
        await photos.examine(house, job.payload)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def metadata(sha256: str, type: str | None = None) -> str:
    encoded = base64.b64encode((type or "image/jpeg").encode()).decode()
    return f"sha256 {base64.b64encode(sha256.encode()).decode()},type {encoded}"


def checksum(algorithm: str, data: bytes) -> str:
    raw = hashlib.new(algorithm, data).digest()
    return f"{algorithm} {base64.b64encode(raw).decode()}"
