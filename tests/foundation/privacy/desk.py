"""The officer's console over HTTP, called in this process. Who calls is said by the bearer."""

from pathlib import Path
from typing import Any

import httpx
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.base import DefineMiddleware

from backend.api import privacy, problems
from backend.foundation.identity.access import Signed
from backend.foundation.journal.catalogue import Catalogue
from backend.house import House, build
from backend.settings import Settings
from tests.foundation.privacy.conftest import MANIFESTS, Office


class Desk:
    """The calls of the console on an office's database."""

    def __init__(self, office: Office, folder: Path) -> None:
        settings = Settings("sqlite:///unused.db", f"file://{folder / 'objects'}", folder)
        bare = build(settings, Catalogue(MANIFESTS), office.clock)
        self.house = House(
            settings=settings,
            clock=office.clock,
            database=office.journal.database,
            catalogue=bare.catalogue,
            journal=office.journal,
            access=bare.access,
            store=bare.store,
            staging=bare.staging,
            seal=bare.seal,
        )

        class ByName(AbstractAuthenticationMiddleware):
            async def authenticate_request(self, connection: Any) -> AuthenticationResult:
                name = connection.headers["authorization"].removeprefix("Bearer ")
                later = office.clock.now()
                signed = Signed(
                    actor=office.phones[name].actor,
                    username=name,
                    posts=(),
                    session_id="",
                    device_state="active",
                    expires_at=later,
                    renew_at=later,
                    good_until=later,
                    buckets=frozenset(),
                )
                return AuthenticationResult(user=None, auth=signed)

        self.app: Any = Litestar(
            route_handlers=[*privacy.ROUTES],
            middleware=[DefineMiddleware(ByName)],
            dependencies={"house": Provide(_house, sync_to_thread=False)},
            exception_handlers=problems.HANDLERS,
            state=State({"house": self.house}),
        )

    async def call(self, path: str, who: str = "dpo", **query: Any) -> httpx.Response:
        """One read of this person."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {who}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            place = f"/v1/console/privacy/{path}"
            return await client.get(place, headers=headers, params=query)

    async def rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """All rows, page by page; every page but the last is full."""
        found: list[dict[str, Any]] = []
        cursor = {}
        while True:
            answer = await self.call(path, limit=2, **query, **cursor)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found += page["rows"]
            if page["next"] is None:
                return found
            assert len(page["rows"]) == 2
            cursor = {"cursor": page["next"]}


def _house(state: State) -> House:
    return state.house
