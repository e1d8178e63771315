"""A client that costs little: one kept connection, JSON in and out."""

import http.client
import json
import time
import zlib
from collections.abc import Mapping
from typing import Any

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id

IDLE_SECONDS_MAX = 3


class Caller:
    """One person on one device, signed in."""

    def __init__(self, port: int, username: str, password: str, device: str | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.device = device or new_id()
        self.seq = 0
        self._used_at = time.monotonic()
        self.received_bytes = 0
        self.token = ""
        signed = self.post(
            "/v1/session",
            {
                "username": username,
                "password": password,
                "device": {"id": self.device, "name": "bench"},
            },
        )
        self.token = signed["token"]
        self.person = signed["person"]["id"]
        self.epoch = self.sync("hello", {})["epoch"]

    def post(self, path: str, body: Any, *, zipped: bool = False) -> Any:
        """One JSON call. Raises AssertionError with the answer unless it succeeded."""
        headers = {"Content-Type": "application/json", "Device-Id": self.device}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if zipped:
            headers["Accept-Encoding"] = "gzip"
        if time.monotonic() - self._used_at > IDLE_SECONDS_MAX:
            self.connection.close()  # the server would have, after five; the next call opens it
        self._used_at = time.monotonic()
        self.connection.request("POST", path, json.dumps(body), headers)
        answer = self.connection.getresponse()
        raw = answer.read()
        self.received_bytes += len(raw)
        if answer.getheader("Content-Encoding") == "gzip":
            raw = zlib.decompress(raw, zlib.MAX_WBITS | 16)
        assert answer.status < 300, (path, answer.status, raw[:500])
        return json.loads(raw)

    def get(self, path: str) -> Any:
        """One reading call. Raises AssertionError with the answer unless it succeeded."""
        headers = {"Device-Id": self.device, "Authorization": f"Bearer {self.token}"}
        if time.monotonic() - self._used_at > IDLE_SECONDS_MAX:
            self.connection.close()
        self._used_at = time.monotonic()
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        raw = answer.read()
        self.received_bytes += len(raw)
        assert answer.status < 300, (path, answer.status, raw[:500])
        return json.loads(raw)

    def sync(self, call: str, body: dict[str, Any], **more: Any) -> Any:
        """One of the phone's calls."""
        return self.post(f"/v1/sync/{call}", {"req": new_id()} | body, **more)

    def asked(self, op: str, rec: tuple[str, str], args: Any, **more: Any) -> dict[str, Any]:
        """The next command in this device's order."""
        self.seq += 1
        return {
            "id": new_id(),
            "seq": self.seq,
            "op": op,
            "v": 1,
            "actor": self.person,
            "rec": list(rec),
            "base": None,
            "at": wire(SystemClock().now()),
            "clk": {"off": 12, "err": 40, "age": 30},
            "args": args,
        } | more

    def push(self, commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Sends a batch; its verdicts."""
        return self.pushed(commands)["results"]

    def pushed(self, commands: list[dict[str, Any]]) -> Any:
        """Sends a batch; the whole answer."""
        body = {"device": self.device, "epoch": self.epoch, "saw": 0, "commands": commands}
        return self.sync("push", body)

    def pull_all(self, *, zipped: bool = False) -> dict[str, list[Any]]:
        """Everything this person may have, from nothing: rows by kind."""
        rows, _ = self.pull_above({}, zipped=zipped)
        return rows

    def pull_above(
        self, known: Mapping[str, int], *, zipped: bool = False
    ) -> tuple[dict[str, list[Any]], dict[str, int]]:
        """What is new above these cursors: rows by kind, and the cursors to go on from."""
        cursors = dict(known)
        rows: dict[str, list[Any]] = {}
        while True:
            answer = self.sync("pull", {"scopes": cursors, "epoch": self.epoch}, zipped=zipped)
            more = bool(answer["add"])
            cursors |= dict.fromkeys(answer["add"], 0)
            for bucket, page in answer["scopes"].items():
                cursors[bucket] = page["next"]
                more = more or page["more"]
                for row in page["rows"]:
                    rows.setdefault(row[0], []).append(row)
            if not more:
                return rows, cursors
