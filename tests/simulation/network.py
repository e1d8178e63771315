"""What may happen to one exchange between a phone and the server.

A byte turned over inside TLS breaks the connection; it is let through only where a checksum inside
must find it (gzip bodies, uploads). Everything else may happen to any call at any time.
"""

from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

Fault = Literal[
    "none",
    "drop_request",
    "drop_answer",
    "duplicate",
    "delay",
    "truncate_request",
    "truncate_answer",
    "flip_request",
    "flip_answer",
    "portal",
    "portal_json",
    "bad_gateway",
]
FAULTS: tuple[Fault, ...] = (
    "drop_request",
    "drop_answer",
    "duplicate",
    "delay",
    "truncate_request",
    "truncate_answer",
    "flip_request",
    "flip_answer",
    "portal",
    "portal_json",
    "bad_gateway",
)
_WEIGHTS = (6, 10, 5, 8, 2, 2, 2, 2, 2, 1, 2)
PORTAL = b"<html><body>Welcome to Lobby-WiFi. Please accept our terms.</body></html>"


@dataclass(frozen=True)
class Call:
    """One HTTP request as a phone makes it. `announced`: the bytes it promised, when the line
    broke before all of them came."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    announced: int | None = None

    @property
    def is_checked(self) -> bool:
        """Whether a turned byte must be found out by a checksum inside."""
        return self.headers.get("content-encoding") == "gzip" or "upload-checksum" in self.headers


@dataclass(frozen=True)
class Reply:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Fate:
    """How this exchange goes: its fault and its two delays."""

    fault: Fault
    out_ms: int
    back_ms: int
    again_ms: int  # when a duplicate arrives, counted from the sending


def fate_of(rng: Random, trouble: float) -> Fate:
    """Draws a fate; `trouble` is the share of exchanges that go wrong."""
    fault: Fault = "none"
    if rng.random() < trouble:
        fault = rng.choices(FAULTS, _WEIGHTS)[0]
    slow = 40_000 if fault == "delay" else 400
    again = rng.randint(1, 120_000)
    return Fate(fault, rng.randint(5, slow), rng.randint(5, slow), again)


def damaged(call: Call, fate: Fate, rng: Random) -> Call:
    """The request as it arrives after truncation or a turned byte. Bytes of a photo stop in the
    middle of the line; a short request comes in one piece, cut by somebody in between."""
    if fate.fault == "truncate_request":
        half = call.body[: len(call.body) // 2]
        announced = len(call.body) if call.path.startswith("/v1/uploads") else None
        return replace(call, body=half, announced=announced)
    if fate.fault == "flip_request" and call.is_checked:
        return replace(call, body=flipped(call.body, rng))
    return call


def is_cut(call: Call, fate: Fate) -> bool:
    """Whether the request never arrives."""
    return fate.fault == "drop_request" or (fate.fault == "flip_request" and not call.is_checked)


def returned(reply: Reply, fate: Fate, rng: Random) -> Reply | None:
    """The answer as the phone gets it; None when nothing comes."""
    if fate.fault in ("drop_answer", "flip_answer"):
        return None
    if fate.fault == "truncate_answer":
        return Reply(reply.status, reply.headers, reply.body[: rng.randint(0, len(reply.body))])
    return reply


def in_between(fate: Fate) -> Reply | None:
    """An answer by somebody who is not the server."""
    if fate.fault == "portal":
        return Reply(200, {"content-type": "text/html"}, PORTAL)
    if fate.fault == "portal_json":
        return Reply(200, {"content-type": "application/json"}, b'{"ok":true}')
    if fate.fault == "bad_gateway":
        return Reply(502, {"content-type": "text/html"}, b"<h1>502 Bad Gateway</h1>")
    return None


def flipped(body: bytes, rng: Random) -> bytes:
    """The bytes with one bit turned over."""
    if not body:
        return body
    place = rng.randrange(len(body))
    return body[:place] + bytes([body[place] ^ (1 << rng.randrange(8))]) + body[place + 1 :]
