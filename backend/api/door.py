"""The door that every call comes through, outside of everything else.

It gives each call an id (the caller's own, if it looks like one), tells it back in `X-Request-Id`
and in every refusal, and writes one line and a few figures when the answer has ended. It adds HSTS
where that is set. What it writes names the route as it is declared: the path itself has ids in it,
and a query may hold what people searched for.

Who the caller is behind a proxy is decided one layer further out, by uvicorn's own middleware, and
only for the proxies that the settings name: everybody can write `X-Forwarded-For`.
"""

import logging
import re
from typing import Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from backend.foundation.journal.tracing import traced
from backend.foundation.kernel.clock import ticks
from backend.foundation.kernel.ids import new_id
from backend.settings import Settings
from backend.watching import figures

_ID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Asked every few seconds, or for each file of the app: they would drown what is worth reading.
_UNTOLD = frozenset({"/healthz", "/readyz", "/", "/{path}"})
_STREAMS = frozenset({"/v1/sync/poke"})
log = logging.getLogger("xunfang.calls")


def behind_the_door(app: Any, settings: Settings) -> Any:
    """The ASGI application as it is served."""
    door = Door(app, hsts_seconds=settings.hsts_seconds, proxied=bool(settings.proxies))
    if not settings.proxies:
        return door
    return ProxyHeadersMiddleware(door, trusted_hosts=list(settings.proxies))


class Door:
    """One for each process."""

    def __init__(self, app: Any, *, hsts_seconds: int = 0, proxied: bool = True) -> None:
        self.app = app
        self._hsts = f"max-age={hsts_seconds}".encode() if hsts_seconds else None
        self._warned = proxied

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with traced(self._id_of(scope)) as id:
            await self._answered(id.encode(), scope, receive, send)

    async def _answered(self, id: bytes, scope: Any, receive: Any, send: Any) -> None:
        began, status = ticks(), 0

        async def sending(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", id)]
                if self._hsts is not None and scope["scheme"] == "https":
                    headers.append((b"strict-transport-security", self._hsts))
                message["headers"] = headers
            await send(message)

        with figures.REQUESTS_OPEN.track_inprogress():
            try:
                await self.app(scope, receive, sending)
            finally:
                _tell(scope, status, ticks() - began)

    def _id_of(self, scope: Any) -> str:
        given = b""
        for name, value in scope["headers"]:
            if name == b"x-request-id":
                given = value
            elif name == b"x-forwarded-for" and not self._warned:
                self._warned = True
                log.warning(
                    "somebody hands requests on, and XUNFANG_PROXIES does not name them: sign-ins "
                    "of everybody behind them are slowed down as if one machine sent them"
                )
        return given.decode() if _ID.fullmatch(given) else new_id()


def _tell(scope: Any, status: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in _METHODS else "other"
    route = scope.get("path_template") or "none"
    said = str(status) if status else "gone"  # the caller, before there was an answer
    figures.REQUESTS.labels(method, route, said).inc()
    if route not in _STREAMS:
        figures.REQUEST_SECONDS.labels(method, route).observe(seconds)
    if route in _UNTOLD and status < 500:
        return
    told = {"method": method, "route": route, "status": said, "ms": round(seconds * 1000)}
    level = logging.WARNING if status >= 500 else logging.INFO
    log.log(level, "call", extra={"told": told})
