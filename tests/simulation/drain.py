"""One pass of the small phone's sync loop, as a generator: calls out, answers in.

An answer that does not echo the request id under protocol 1 is no answer, whatever its status.
"""

import gzip
import json
import zlib
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.chance import made_id
from tests.simulation.local import Local
from tests.simulation.network import Call, Reply

Talk = Generator[Call, Reply | None, dict[str, Any] | None]
BATCH_MAX = 25
PAGES_MAX = 400
POISON_TRIES = 3
ESCROW_TRIES = 8


@dataclass
class Way:
    """How this pass reaches the server: the token in hand and what the page remembers."""

    device: str
    token: str
    page_rows: int
    zipped: bool
    wall_ms: int
    crashes: dict[str, int] = field(default_factory=dict)  # per database: pushes that crashed
    calls: int = 0
    outcome: str = ""


def one_pass(local: Local, way: Way, *, pull: bool) -> Generator[Call, Reply | None, None]:
    """hello, push until empty, pull until nothing more. `pull` only for the person in hand."""
    answer = yield from _ask(way, "/v1/sync/hello", _hello(local, way))
    if answer is None:
        return
    if answer["epoch"] != local.epoch:
        if not pull and local.epoch is not None:
            return  # how much of it the restored server forgot is told to its author alone
        local.begin_epoch(answer["epoch"], answer["last_seq"] if pull else local.meta("seq", 0))
    if not (yield from _push_all(local, way, own=pull)):
        return
    if pull and answer["device_state"] == "active":
        yield from _pull_all(local, way)


def _hello(local: Local, way: Way) -> dict[str, Any]:
    return {
        "t0": way.wall_ms,
        "device": way.device,
        "build": 1,
        "proto": [1],
        "unsent": {"commands": len(local.unsent())},
    }


def _push_all(local: Local, way: Way, *, own: bool) -> Generator[Call, Reply | None, bool]:
    while batch := local.unsent()[: _batch_size(local, way)]:
        asked = {
            "device": way.device,
            "epoch": local.meta("epoch"),
            "saw": max(local.cursors().values(), default=0),
            "commands": batch,
        }
        answer = yield from _ask(way, "/v1/sync/push", asked)
        if way.outcome == "crashed":
            tries = way.crashes[local.person] = way.crashes.get(local.person, 0) + 1
            if tries < POISON_TRIES:
                return False
            if len(batch) > 1 or tries < ESCROW_TRIES:
                continue  # a part of it, at once
            if not own:
                return False  # the place in the order is its author's: they must be signed in
            answer = yield from _escrow(local, way, batch[0])
        if answer is None:
            return False
        way.crashes.pop(local.person, None)
        local.take_verdicts(answer["results"], answer.get("durable", 0))
        if answer.get("gap"):
            local.offer_again(answer["gap"]["expected"])
        if local.unsent() and local.unsent()[0] == batch[0]:
            return False  # nothing moved: another pass may know more
    return True


def _batch_size(local: Local, way: Way) -> int:
    tries = way.crashes.get(local.person, 0)
    return BATCH_MAX if tries < POISON_TRIES else max(1, BATCH_MAX >> (tries - POISON_TRIES + 1))


def _escrow(local: Local, way: Way, command: dict[str, Any]) -> Talk:
    asked = {"seq": command["seq"], "id": command["id"], "op": command["op"]}
    return (yield from _ask(way, "/v1/sync/escrow", asked | {"raw": json.dumps(command)}))


def _pull_all(local: Local, way: Way) -> Generator[Call, Reply | None, None]:
    for _ in range(PAGES_MAX):
        cursors, epoch = local.cursors(), local.meta("epoch")
        asked = {"scopes": cursors, "epoch": epoch, "limit": way.page_rows}
        answer = yield from _ask(way, "/v1/sync/pull", asked)
        if answer is None or answer["epoch"] != epoch or local.meta("epoch") != epoch:
            return
        if answer["device_state"] != "active":
            return
        for bucket, page in answer["scopes"].items():
            local.take_page(bucket, cursors.get(bucket, -1), page, epoch)
        local.take_scopes(answer["drop"], answer["add"])
        if not answer["add"] and not any(page["more"] for page in answer["scopes"].values()):
            return


def _ask(way: Way, path: str, body: dict[str, Any]) -> Talk:
    """One call. The answer, or None with the reason in `way.outcome`."""
    way.calls += 1
    req = made_id(way.token, way.wall_ms, way.calls)
    raw = json.dumps(body | {"req": req}).encode()
    headers = {"authorization": f"Bearer {way.token}", "device-id": way.device}
    headers |= {"content-type": "application/json", "accept-encoding": "gzip"}
    if way.zipped:
        headers["content-encoding"] = "gzip"
        raw = gzip.compress(raw, 1, mtime=0)
    reply = yield Call("POST", path, headers, raw)
    way.outcome = "no_answer"
    if reply is None:
        return None
    said = _read(reply)
    if said is None:
        return None
    if reply.status == 200 and said.get("proto") == 1 and said.get("req") == req:
        way.outcome = "ok"
        return said
    if reply.headers.get("content-type", "").startswith("application/problem+json"):
        way.outcome = str(said.get("code", "no_answer"))
    return None


def _read(reply: Reply) -> dict[str, Any] | None:
    body = reply.body
    try:
        if reply.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        said = json.loads(body)
    except (ValueError, OSError, EOFError, zlib.error):
        return None
    return said if isinstance(said, dict) else None
