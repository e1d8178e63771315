"""Addresses of targets: what may stand in one, and where the house may connect to.

Against: a target that makes the server ask services of its own network (SSRF). Only https to
addresses of the public internet, or hosts that the installation names; what a name resolves to is
judged, and the connection is made to that very address, so that a second answer of the name server
leads nowhere else. Redirects are not followed (see `worker/posting`).
"""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

from backend.foundation.kernel.problem import Problem
from backend.foundation.notices import problems
from backend.foundation.notices.model import TargetKind

URL_MAX = 600
SECRET_LEAST = 16
SECRET_MOST = 200


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the administrator's browser seals: the address, the secret (empty for robots without
    one), and the one target and command that they are given for."""

    url: str
    secret: str
    target: str
    command: str


class Place(msgspec.Struct, frozen=True):
    """Where to connect to: scheme, host, port, and the path with its query."""

    scheme: str
    host: str
    port: int
    path: str


def read(plain: bytes, kind: TargetKind, target: str, command: str | None) -> Sealed | Problem:
    """What was sealed, or why it cannot be used. `command` None: it was judged when it came."""
    try:
        found = msgspec.json.decode(plain, type=Sealed)
    except msgspec.DecodeError:
        return problems.target_unreadable()
    if found.target != target or (command is not None and found.command != command):
        return problems.target_elsewhere()
    try:
        place_of(found.url)
    except ValueError as wrong:
        return problems.target_address_wrong(reason=str(wrong))
    secret = found.secret
    if kind == "webhook" and not SECRET_LEAST <= len(secret) <= SECRET_MOST:
        return problems.target_secret_short(least=SECRET_LEAST)
    return found


def place_of(url: str) -> Place:
    """The parts of an address. Raises ValueError with what is wrong."""
    if len(url) > URL_MAX or not url.isascii() or any(c.isspace() or ord(c) < 32 for c in url):
        raise ValueError("too long, or signs that no address has")
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError("https:// and a host are needed")
    if parts.username is not None or parts.password is not None:
        raise ValueError("no user name belongs into it")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    path = parts.path or "/"
    return Place(
        parts.scheme, parts.hostname, port, f"{path}?{parts.query}" if parts.query else path
    )


def shown(url: str) -> str:
    """What may be shown of an address: the path and query of a robot's are its key."""
    place = place_of(url)
    usual = 443 if place.scheme == "https" else 80
    port = "" if place.port == usual else f":{place.port}"
    return f"{place.scheme}://{place.host}{port}"


def is_named(place: Place, allowed: Iterable[str]) -> bool:
    """Whether the installation names this host, alone or with its port."""
    return bool({place.host, f"{place.host}:{place.port}"} & set(allowed))


def may_connect(place: Place, address: str, allowed: Iterable[str]) -> bool:
    """Whether the house may connect to this address for this place."""
    if is_named(place, allowed):
        return True
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return place.scheme == "https" and (mapped or found).is_global
