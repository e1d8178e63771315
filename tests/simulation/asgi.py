"""One HTTP exchange with an ASGI application, without a socket."""

from collections.abc import Callable
from typing import Any

from tests.simulation.network import Call, Reply


async def exchange(app: Callable[..., Any], call: Call) -> Reply:
    """The answer. A torn call brings the body it has and then the line is gone."""
    path, _, query = call.path.partition("?")
    headers = [(name.encode(), value.encode()) for name, value in call.headers.items()]
    length = len(call.body) if call.announced is None else call.announced
    headers.append((b"content-length", str(length).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("10.0.0.7", 4242),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    sent: list[Any] = []
    torn = length > len(call.body)
    given = [{"type": "http.request", "body": call.body, "more_body": torn}]

    async def receive() -> Any:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    heard = {n.decode().lower(): v.decode() for n, v in sent[0].get("headers", ())}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Reply(sent[0]["status"], heard, body)
