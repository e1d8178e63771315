"""Phones that record, send, forget what is durable, and offer a restored server what it lacks."""

import base64
import hashlib
import http.client
import json
import os
import random
import threading
import time
from typing import Any

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id
from tests.bench import jpegs
from tests.kills.phones import Told

PAUSE_SECONDS = 0.03
AWAY_SECONDS = 0.2
BATCH = 20
PHOTO_BYTES = 9_000
ANSWER = "inspections.set_answer"


class Refused(Exception):
    """An answer that is none of ours to take: its status and code."""

    def __init__(self, status: int, text: bytes) -> None:
        super().__init__(f"{status} {text[:300]!r}")
        self.status = status


class Forgotten(Exception):
    """The server asks for what this phone was told to be durable."""


class Phone(threading.Thread):
    """One person on one device. `record` of the subclass says what they do all day.

    `outbox` and `sent` are commands by number, `photos` are bytes by digest; `stored` says of a
    photo at which version it was known to be with the server, None while it is not.
    """

    def __init__(self, port: int, username: str, password: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.username, self.password = port, username, password
        self.rng = random.Random(seed)
        self.told = Told(new_id())  # answers, which have one fact each
        self.others = Told(self.told.device)  # all other commands
        self.seq = self.durable = 0
        self.token = self.epoch = self.person = ""
        self.outbox: dict[int, dict[str, Any]] = {}
        self.sent: dict[int, tuple[dict[str, Any], int]] = {}
        self.photos: dict[str, bytes] = {}
        self.stored: dict[str, int | None] = {}
        self.kept: dict[str, str] = {}  # digest to photo, of everything that was ever stored
        self.working, self.ended = threading.Event(), threading.Event()
        self.failed: Exception | None = None
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._jpegs = jpegs.different(PHOTO_BYTES)

    @property
    def is_quiet(self) -> bool:
        """Nothing on this phone waits for the server."""
        waits = any(digest not in self.stored for digest in self.photos)
        return not (self.outbox or waits or self.working.is_set())

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                self._turn()
        except Exception as failed:
            self.failed = failed

    def record(self) -> None:
        """Puts something into the outbox."""
        raise NotImplementedError

    def ask(self, op: str, rec: tuple[str, str], args: Any, blobs: Any = ()) -> dict[str, Any]:
        """Into the outbox, with the next number."""
        self.seq += 1
        command = {
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
            "blobs": list(blobs),
        }
        self.outbox[self.seq] = command
        return command

    def take_photo(self) -> dict[str, Any]:
        """What a command says of a new picture. Every fifth is none, and will be refused."""
        data = os.urandom(500) if self.rng.random() < 0.2 else next(self._jpegs)
        digest = hashlib.sha256(data).hexdigest()
        self.photos[digest] = data
        return {
            "id": new_id(),
            "sha256": digest,
            "size": len(data),
            "type": "image/jpeg",
            "source": "camera",
            "taken_at": wire(SystemClock().now()),
            "width": 320,
            "height": 240,
        }

    def pull_all(self) -> dict[str, list[Any]]:
        """Everything this person may have, from nothing: rows by kind."""
        cursors: dict[str, int] = {}
        rows: dict[str, list[Any]] = {}
        more = True
        while more:
            answer = self.call("/v1/sync/pull", {"scopes": cursors, "epoch": self.epoch})
            more = bool(answer["add"])
            cursors |= dict.fromkeys(answer["add"], 0)
            for bucket, page in answer["scopes"].items():
                cursors[bucket] = page["next"]
                more = more or page["more"]
                for row in page["rows"]:
                    rows.setdefault(row[0], []).append(row)
        return rows

    def greet(self) -> None:
        """Signs in if need be; offers again what a restored server does not know."""
        if not self.token:
            device = {"id": self.told.device, "name": "drill"}
            form = {"username": self.username, "password": self.password, "device": device}
            said = self.call("/v1/session", form)
            self.token, self.person = said["token"], said["person"]["id"]
        said = self.call("/v1/sync/hello", {})
        if self.epoch and said["epoch"] != self.epoch:
            self._offer_again(said["last_seq"])
        self.epoch = said["epoch"]

    def call(self, path: str, body: Any) -> Any:
        """One JSON call. Raises Refused, or what the line raises."""
        named = {} if path == "/v1/session" else {"req": new_id()}
        headers = {"Content-Type": "application/json", "Device-Id": self.told.device}
        status, raw = self._send("POST", path, json.dumps(named | body), headers)
        if status >= 300:
            raise Refused(status, raw)
        return json.loads(raw)

    def _turn(self) -> None:
        try:
            if not self.epoch:
                self.greet()
            if self.working.is_set():
                self.record()
            self._sync()
            time.sleep(PAUSE_SECONDS)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            self._connection.close()
            time.sleep(AWAY_SECONDS)
        except Refused as refused:
            self._answer(refused)

    def _answer(self, refused: Refused) -> None:
        if refused.status == 401:
            self.token = ""  # signed in after the backup: the restored server does not know
        elif refused.status not in (409, 429, 503):
            raise refused
        else:
            time.sleep(AWAY_SECONDS)
        if refused.status in (401, 409):
            try:
                self.greet()
            except (OSError, http.client.HTTPException):
                self._connection.close()

    def _sync(self) -> None:
        while self.outbox:
            self._push()
        for digest in [one for one in self.photos if one not in self.stored]:
            self._upload(digest)
        said = self.call("/v1/sync/pull", {"scopes": {}, "epoch": self.epoch})
        for digest, ver in self.stored.items():
            if ver is None:
                self.stored[digest] = said["head"]
        self.durable = max(self.durable, said["durable"])
        self._forget()

    def _push(self) -> None:
        commands = [self.outbox[seq] for seq in sorted(self.outbox)][:BATCH]
        body = {"device": self.told.device, "epoch": self.epoch, "saw": 0, "commands": commands}
        said = self.call("/v1/sync/push", body)
        for result in said["results"]:
            command = self.outbox.pop(result["seq"])
            told = self.told if command["op"] == ANSWER else self.others
            told.repeats += result["s"] == "duplicate"
            told.verdicts[result["id"]] = result.get("original") or result["s"]
            self.sent[result["seq"]] = (command, result["ver"])
        if said.get("gap"):
            raise Forgotten(f"{self.told.device} has no {said['gap']['expected']} any more")

    def _upload(self, digest: str) -> None:
        size = len(self.photos[digest])
        said = self.call("/v1/blobs/need", {"blobs": [[digest, size, "image/jpeg"]]})
        if said["refused"]:
            del self.photos[digest]  # erased: nobody wants it any more
            return
        if digest not in said["have"]:
            status, raw = self._send("POST", "/v1/uploads", self.photos[digest], _tus(digest, size))
            if status == 410 or b"blob_erased" in raw:
                del self.photos[digest]
                return
            if status != 201:
                raise Refused(status, raw)
        self.stored[digest] = None
        self.kept[digest] = "stored"

    def _forget(self) -> None:
        """Whatever the server calls durable goes at once, the bytes as well."""
        needed = {d for command, ver in self.sent.values() if ver > self.durable
                  for d in command["blobs"]}  # fmt: skip
        needed |= {digest for command in self.outbox.values() for digest in command["blobs"]}
        for seq in [seq for seq, (_, ver) in self.sent.items() if ver <= self.durable]:
            del self.sent[seq]
        for digest, ver in self.stored.items():
            if ver is not None and ver <= self.durable and digest not in needed:
                self.photos.pop(digest, None)

    def _offer_again(self, last_seq: int) -> None:
        wanted = range(last_seq + 1, self.seq + 1)
        if gone := [seq for seq in wanted if seq not in self.sent and seq not in self.outbox]:
            raise Forgotten(f"{self.told.device} was told that {gone[:3]} are durable")
        for seq in [seq for seq in self.sent if seq > last_seq]:
            self.outbox[seq] = self.sent.pop(seq)[0]
        for digest in self.photos:
            self.stored.pop(digest, None)
        self.durable = 0

    def _send(self, verb: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, bytes]:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self._connection.request(verb, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def _tus(digest: str, size: int) -> dict[str, str]:
    named = base64.b64encode(digest.encode()).decode()
    kind = base64.b64encode(b"image/jpeg").decode()
    return {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(size),
        "Upload-Metadata": f"sha256 {named},type {kind}",
        "Content-Type": "application/offset+octet-stream",
    }
