"""Posts to targets. Against a target that would make us ask our own network, or keep us waiting:
the name is resolved once, every address of it is judged, and the connection is made to that
address; no redirect is followed, no proxy of the environment used; time and size have limits.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from backend.foundation.kernel.clock import Moment
from backend.foundation.notices import addresses, outcomes
from backend.foundation.notices.messages import Request
from backend.foundation.notices.model import TargetKind
from backend.foundation.notices.outcomes import Outcome

SECONDS_MAX = 10  # a receiver that takes longer keeps nobody but itself waiting
ANSWER_BYTES_MAX = 16 * 1024
# Asked for as it is, and never unpacked: a small answer could become a large one.
_PLAIN = {"User-Agent": "Xunfang", "Accept-Encoding": "identity"}
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Posting:
    """One per process. `allowed` are hosts (or host:port) that need no https and may be private."""

    def __init__(self, allowed: Sequence[str], resolve: Resolve = resolved) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            timeout=SECONDS_MAX,
            # Kept connections are found again by address, and two hosts may share one: a message
            # would then arrive under the other's name and certificate.
            limits=httpx.Limits(max_keepalive_connections=0),
            # The system's own list of authorities: a bank's receivers have the bank's certificates.
            verify=ssl.create_default_context(),
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def post(self, kind: TargetKind, url: str, asked: Request, now: Moment) -> Outcome:
        """Sends one message. Everything that can go wrong outside is an outcome."""
        try:
            async with asyncio.timeout(SECONDS_MAX):
                return await self._post(kind, addresses.place_of(url), asked, now)
        except TimeoutError:
            return Outcome("later", "timeout")
        except httpx.TimeoutException:
            return Outcome("later", "timeout")
        except socket.gaierror:
            return Outcome("later", "name_unknown")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as failed:
            return Outcome("later", "no_tls" if _is_tls(failed) else "unreachable")

    async def _post(
        self, kind: TargetKind, place: addresses.Place, asked: Request, now: Moment
    ) -> Outcome:
        found = await self._resolve(place.host, place.port)
        if not found or not all(
            addresses.may_connect(place, address, self._allowed) for address in found
        ):
            return Outcome("later", "address_forbidden")
        address = f"[{found[0]}]" if ":" in found[0] else found[0]
        joint = "&" if "?" in place.path else "?"
        path = f"{place.path}{joint}{asked.query}" if asked.query else place.path
        request = self._client.build_request(
            "POST",
            f"{place.scheme}://{address}:{place.port}{path}",
            content=asked.body,
            headers={**asked.headers, "Host": _host(place), **_PLAIN},
            # The certificate is held against the name, not against the address that we go to.
            extensions={"sni_hostname": place.host},
        )
        answer = await self._client.send(request, stream=True)
        try:
            body = await _beginning(answer)
        finally:
            await answer.aclose()
        outcome = outcomes.of_answer(
            kind, answer.status_code, body, answer.headers.get("retry-after")
        )
        if outcome.verdict == "sent":
            return outcome
        return outcomes.with_clock(outcome, _ahead(answer.headers.get("date"), now))


async def _beginning(answer: httpx.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) >= ANSWER_BYTES_MAX:
            break
    return body[:ANSWER_BYTES_MAX]


def _host(place: addresses.Place) -> str:
    usual = 443 if place.scheme == "https" else 80
    return place.host if place.port == usual else f"{place.host}:{place.port}"


def _ahead(date: str | None, now: datetime) -> float | None:
    """How many seconds our clock is ahead of what the answer says."""
    if date is None:
        return None
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return None
    if theirs.tzinfo is None:
        theirs = theirs.replace(tzinfo=UTC)
    return (now - theirs).total_seconds()


def _is_tls(failed: BaseException | None) -> bool:
    while failed is not None:
        if "SSL" in type(failed).__name__ or "CERTIFICATE" in str(failed):
            return True
        failed = failed.__cause__ or failed.__context__
    return False
