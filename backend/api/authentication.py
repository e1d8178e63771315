"""Who is asking: a bearer token of an API client, or the browser's cookie.

A cookie travels by itself, also from a foreign page. SameSite keeps most of that away; what changes
something must besides come from our own pages (Origin), so that no second token is needed.
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Receive, Scope, Send

from backend.foundation.identity import problems
from backend.foundation.identity.access import Access, Signed

COOKIE = "xunfang_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What a phone may do whose person or device was stopped: hand over, learn that it was, sign out.
HANDING_OVER = ("/v1/sync/", "/v1/uploads", "/v1/blobs/need", "/v1/session")


class Authentication:
    """Puts the person into `request.user` and the session into `request.auth`.

    Handlers marked `opt={"public": True}` are let through. Refuses with `session_unknown`,
    `device_mismatch`, `origin_refused` or `device_stopped`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_public(scope):
            signed = await signed_in(scope, scope["litestar_app"].state.house.access)
            scope["user"] = signed.actor
            scope["auth"] = signed
        await self.app(scope, receive, send)


def is_public(scope: Scope) -> bool:
    """Whether everybody may call this: handlers that say so, and questions about options."""
    return scope["method"] == "OPTIONS" or bool(scope["route_handler"].opt.get("public"))  # type: ignore[typeddict-item]


async def signed_in(scope: Scope, access: Access) -> Signed:
    """The session behind a request. Refuses as said above."""
    headers = headers_of(scope)
    token = bearer_of(headers)
    if token is None:
        token = cookie_of(headers)
        if token is None:
            raise problems.session_unknown()
        if scope["method"] not in SAFE and not is_own_page(headers):  # type: ignore[typeddict-item]
            raise problems.origin_refused()
    signed = await access.of_token(token, headers.get("device-id"))
    if signed.device_state != "active" and not scope["path"].startswith(HANDING_OVER):
        raise problems.device_stopped(state=signed.device_state)
    return signed


def headers_of(scope: Scope) -> dict[str, str]:
    """Header names in lower case; cookies that came in several lines are joined."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        found[name] = f"{found[name]}; {value}" if name == "cookie" and name in found else value
    return found


def bearer_of(headers: Mapping[str, str]) -> str | None:
    """The token of `Authorization: Bearer …`, or None without that header.

    A header of another scheme counts as a token that nobody has: falling back to the cookie would
    carry out a request as somebody whom the client did not mean.
    """
    given = headers.get("authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def cookie_of(headers: Mapping[str, str]) -> str | None:
    """The token in our cookie, or None."""
    if COOKIE not in headers.get("cookie", ""):
        return None
    try:
        found = SimpleCookie(headers["cookie"]).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def is_own_page(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that the request comes from a page of this very host. A request
    that says nothing does not count: every browser we support says it for unsafe methods."""
    origin = headers.get("origin")
    if origin is not None:
        return _host_of(origin) == headers.get("host", "")
    return headers.get("sec-fetch-site") == "same-origin"


def is_foreign_page(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that another site's page sent this. API clients say nothing."""
    says_something = "origin" in headers or "sec-fetch-site" in headers
    return says_something and not is_own_page(headers)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
