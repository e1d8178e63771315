"""The account's part of the API on a small organisation, on each engine."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide

from backend.api import account, problems, templates
from backend.api.sync.escrow import escrow
from backend.api.sync.hello import hello
from backend.api.sync.poke import poke
from backend.api.sync.pull import pull
from backend.api.sync.push import push
from backend.foundation.checklists.manifest import MANIFEST as CHECKLISTS
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.journal.catalogue import Catalogue
from backend.house import House as Installation
from backend.house import build
from backend.settings import Settings
from tests.foundation.identity.house import (
    MANIFESTS,
    PASSWORD,
    PHONE,
    House,
    furnish,
    house_on,
)
from tests.kit.world import Ground, opened, standing

HOST = "xunfang.example"
CALLED = (*MANIFESTS, EVIDENCE, CHECKLISTS)


@dataclass
class Api:
    """The application, the house behind it, and clients of it."""

    app: Litestar
    house: House
    installation: Installation

    @asynccontextmanager
    async def client(self, scheme: str = "http", **headers: str) -> AsyncIterator[AsyncClient]:
        transport = ASGITransport(cast(Any, self.app), raise_app_exceptions=False)
        address = f"{scheme}://{HOST}"
        async with AsyncClient(transport=transport, base_url=address, headers=headers) as client:
            yield client

    async def call(self, method: str, path: str, token: str = "", **more: Any) -> Response:
        """One request of an API client."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with self.client(**headers) as client:
            return await client.request(method, path, **more)

    async def token(self, username: str, **more: str) -> str:
        return (await self.house.sign_in(username, **more)).token  # type: ignore[arg-type]


def session_form(username: str, password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    """The body of POST /v1/session."""
    device = {"id": PHONE, "name": "Phone"}
    return {"username": username, "password": password, "device": device} | more


@pytest.fixture
async def api(ground: Ground, tmp_path: Path) -> AsyncIterator[Api]:
    url = await ground.laid("a house with calls", _furnished)
    settings = Settings(url, f"file://{tmp_path / 'objects'}", tmp_path)
    async with standing(url) as database:
        house = house_on(database)
        installation = build(settings, Catalogue(CALLED), house.clock)
        installation.database = database
        installation.journal = house.journal
        installation.access = house.access
        yield Api(_app(installation), house, installation)


async def _furnished(url: str) -> None:
    async with opened(url, CALLED) as database:
        await furnish(database)


def _app(installation: Installation) -> Litestar:
    provide: Callable[[], Installation] = lambda: installation  # noqa: E731
    return Litestar(
        route_handlers=[*account.ROUTES, *templates.ROUTES, escrow, hello, poke, pull, push],
        middleware=[account.AUTHENTICATION],
        dependencies={"house": Provide(provide, sync_to_thread=False)},
        exception_handlers=problems.HANDLERS,
        state=State({"house": installation}),
    )
