"""A phone of the soak, and the ear that hears all live streams."""

import base64
import hashlib
import http.client
import itertools
import random
import selectors
import socket
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id
from tests.bench import jpegs, rounds
from tests.bench.caller import Caller

PHOTO_BYTES = 60_000
ANSWERS_MOST = 8


@dataclass
class Said:
    """What all phones were told, in seconds of waiting, and what went wrong, in words."""

    pushes: list[float] = field(default_factory=list)
    pulls: list[float] = field(default_factory=list)
    uploads: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    heard: int = 0
    cut: int = 0

    @staticmethod
    def share(waited: list[float], percent: int) -> float:
        """That percentile; 0 of nothing."""
        if len(waited) < 2:
            return waited[0] if waited else 0.0
        return statistics.quantiles(waited, n=100, method="inclusive")[percent - 1]


class Phone(threading.Thread):
    """One person on one device, with a round of their own."""

    def __init__(
        self, port: int, username: str, password: str, said: Said, stopping: threading.Event,
        seed: int,
    ) -> None:  # fmt: skip
        super().__init__(daemon=True)
        self.username, self.said, self.stopping = username, said, stopping
        self.think_seconds, self.photo_every = 5.0, 12
        self._rng = random.Random(seed)
        self._caller = Caller(port, username, password)
        rows = self._caller.pull_all(zipped=True)
        paper, doc = rounds.longest_paper(rows)
        self._items = itertools.cycle(rounds.answerable(doc))
        outlets = rows["outlet"]
        self._round = rounds.start_round(self._caller, paper, outlets[seed % len(outlets)][1])
        self._cursors: dict[str, int] = {}
        self._photos = jpegs.different(PHOTO_BYTES)

    @property
    def token(self) -> str:
        return self._caller.token

    def run(self) -> None:
        for turn in itertools.count(self._rng.randrange(self.photo_every)):
            if self.stopping.wait(self._rng.expovariate(1 / self.think_seconds)):
                return
            try:
                self._turn(with_photo=turn % self.photo_every == 0)
            except (AssertionError, OSError, ValueError, http.client.HTTPException) as failed:
                self.said.errors.append(f"{self.username}: {failed!r}"[:300])
                self._caller.connection.close()

    def _turn(self, *, with_photo: bool) -> None:
        caller = self._caller
        chosen = list(itertools.islice(self._items, self._rng.randint(1, ANSWERS_MOST)))
        commands = rounds.answers(caller, self._round, chosen)
        for command in commands:
            command["args"]["note"] = command["id"]
        photo = next(self._photos) if with_photo else b""
        if photo:
            commands.append(self._attaching(photo, chosen[-1]))
        began = time.monotonic()
        for result in caller.push(commands):
            assert result["s"] == "applied", result
        self.said.pushes.append(time.monotonic() - began)
        if photo:
            self._upload(photo)
        self._pull()

    def _pull(self) -> None:
        began, more = time.monotonic(), True
        while more:
            body = {"scopes": self._cursors, "epoch": self._caller.epoch}
            answer = self._caller.sync("pull", body, zipped=True)
            more = bool(answer["add"])
            for bucket in answer["drop"]:
                self._cursors.pop(bucket, None)
            self._cursors |= dict.fromkeys(answer["add"], 0)
            for bucket, page in answer["scopes"].items():
                self._cursors[bucket] = page["next"]
                more = more or page["more"]
        self.said.pulls.append(time.monotonic() - began)

    def _attaching(self, data: bytes, item: dict[str, Any]) -> dict[str, Any]:
        digest = hashlib.sha256(data).hexdigest()
        photo = {
            "id": new_id(),
            "sha256": digest,
            "size": len(data),
            "type": "image/jpeg",
            "source": "camera",
            "taken_at": wire(SystemClock().now()),
            "width": 320,
            "height": 240,
        }
        args = {"photo": photo, "purpose": "answer", "item": item["key"]}
        rec = ("round", self._round)
        return self._caller.asked("inspections.attach", rec, args, blobs=[digest])

    def _upload(self, data: bytes) -> None:
        digest = base64.b64encode(hashlib.sha256(data).hexdigest().encode()).decode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(data)),
            "Upload-Metadata": f"sha256 {digest},type {base64.b64encode(b'image/jpeg').decode()}",
            "Content-Type": "application/offset+octet-stream",
        }
        began = time.monotonic()
        self._caller.connection.request("POST", "/v1/uploads", data, headers)
        answer = self._caller.connection.getresponse()
        body = answer.read()
        assert answer.status == 201, (answer.status, body[:300])
        self.said.uploads.append(time.monotonic() - began)


class Ear:
    """Holds the live streams of all phones in one thread, and counts what they say."""

    def __init__(self) -> None:
        self._streams = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._heard = self._cut = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def hear(self, port: int, token: str) -> None:
        line = socket.create_connection(("127.0.0.1", port), timeout=60)
        asked = f"GET /v1/sync/poke HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}"
        line.sendall(f"{asked}\r\n\r\n".encode())
        line.setblocking(False)
        with self._lock:
            self._streams.register(line, selectors.EVENT_READ)

    def end(self) -> tuple[int, int]:
        """How many events were heard, and how many streams were cut before this."""
        self._ending.set()
        self._thread.join(30)
        for key in list(self._streams.get_map().values()):
            self._streams.unregister(key.fileobj)
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        return self._heard, self._cut

    def _listen(self) -> None:
        while not self._ending.is_set():
            with self._lock:
                ready = self._streams.select(timeout=0) if self._streams.get_map() else []
            for key, _ in ready:
                self._read(key.fileobj)
            if not ready:
                time.sleep(0.05)

    def _read(self, line: Any) -> None:
        try:
            data = line.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._heard += data.count(b"data:")
        if not data or b"HTTP/1.1 4" in data or b"HTTP/1.1 5" in data:
            self._cut += 1
            with self._lock:
                self._streams.unregister(line)
            line.close()
