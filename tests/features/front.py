"""The HTTP front of the stage: sync, uploads and console views, called in this process. Who is
calling is said by the bearer's name; rights and buckets are the real ones."""

import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.base import DefineMiddleware

from backend.api import blobs, evidence, handing, problems, results, uploads
from backend.api.given import DEPENDENCIES
from backend.api.sync.pull import pull
from backend.api.sync.push import push
from backend.foundation.identity.access import Signed, read_network
from backend.foundation.identity.grants import buckets_of_grants
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.jobs import lease
from backend.foundation.journal.members import buckets_by_name
from backend.foundation.kernel.actor import Actor
from backend.house import House, build
from backend.settings import Settings
from backend.worker import photos
from tests.features.stage import MANIFESTS, Stage, fixed

VIEWS = [view for manifest in MANIFESTS for view in manifest.views]


class Known:
    """Stands where sessions stand: everybody on the stage is signed in."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def signed(self, name: str) -> Signed | None:
        """The person by that name with the rights of today."""
        actor = await self.stage.access.actor_of(fixed(name), f"{name}-phone")
        if actor is None:
            return None
        async with self.stage.database.reading() as tx:
            buckets = buckets_of_grants(actor, await read_network(tx))
        later = self.stage.clock.now() + timedelta(days=90)
        return Signed(
            actor=actor,
            username=name,
            posts=(),
            session_id="",
            device_state="active",
            expires_at=later,
            renew_at=later,
            good_until=later,
            buckets=buckets,
        )

    async def actor_of(self, person_id: str) -> Actor | None:
        """As the worker asks."""
        return await self.stage.access.actor_of(person_id)

    async def buckets_of(self, tx: Any, signed: Signed) -> frozenset[str]:
        return signed.buckets.union(await buckets_by_name(tx, signed.actor.id))


class ByName(AbstractAuthenticationMiddleware):
    async def authenticate_request(self, connection: Any) -> AuthenticationResult:
        name = connection.headers.get("authorization", "").removeprefix("Bearer ")
        signed = await connection.app.state.house.access.signed(name) if name else None
        return AuthenticationResult(user=None, auth=signed)


class Front:
    """The application on a stage."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        settings = Settings("sqlite:///unused.db", f"file://{folder / 'objects'}", folder)
        self.stage = stage
        bare = build(settings, Catalogue(MANIFESTS), stage.clock)
        self.house = House(
            settings=settings,
            clock=stage.clock,
            database=stage.database,
            catalogue=bare.catalogue,
            journal=stage.journal,
            access=Known(stage),  # type: ignore[arg-type]
            store=bare.store,
            staging=bare.staging,
            seal=bare.seal,
        )
        self.app: Any = Litestar(
            route_handlers=[
                push,
                pull,
                *uploads.ROUTES,
                *blobs.ROUTES,
                *evidence.ROUTES,
                *handing.ROUTES,
                *results.ROUTES,
                *VIEWS,
            ],
            middleware=[DefineMiddleware(ByName)],
            dependencies=DEPENDENCIES,
            exception_handlers=problems.HANDLERS,
            state=State({"house": self.house}),
        )

    async def call(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        """One request of this person."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {who}", "Tus-Resumable": "1.0.0"}
        headers |= more.pop("headers", {})
        async with httpx.AsyncClient(transport=transport, base_url="http://phone") as client:
            return await client.request(method, path, headers=headers, **more)

    async def get(self, who: str, path: str, **query: Any) -> Any:
        """A read that has to succeed."""
        answer = await self.call(who, "GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def create(self, who: str, data: bytes, body: bytes, sha: str = "") -> httpx.Response:
        """Begins an upload of `data` with its first bytes."""
        headers = {
            "Upload-Length": str(len(data)),
            "Upload-Metadata": _metadata(sha or digest(data)),
            "Content-Type": "application/offset+octet-stream",
        }
        return await self.call(who, "POST", "/v1/uploads", headers=headers, content=body)

    async def go_on(self, who: str, url: str, offset: int, body: bytes) -> httpx.Response:
        """Goes on with an upload."""
        headers = {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        return await self.call(who, "PATCH", url, headers=headers, content=body)

    async def work_off(self) -> None:
        """Looks into every photo that has arrived."""
        async with self.stage.database.unit_of_work() as tx:
            jobs = await lease(tx, "w", self.stage.clock.now(), 50)
        for job in jobs:
            await photos.examine(self.house, job.payload)


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def _metadata(sha: str) -> str:
    encoded = base64.b64encode(sha.encode()).decode()
    return f"sha256 {encoded},type {base64.b64encode(b'image/jpeg').decode()}"


@pytest.fixture
async def front(stage: Stage, tmp_path: Path) -> AsyncIterator[Front]:
    """The stage behind HTTP."""
    made = Front(stage, tmp_path)
    yield made
    await made.house.sandbox.close()
    await made.house.store.close()
