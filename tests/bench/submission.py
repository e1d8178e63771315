"""One submission: 20 answers and 3 photos of 300 kB, received, hashed and durable, on PostgreSQL
and a local folder.

It is sent as a phone sends it: one push that starts the round, answers it, names the photos and
hands it in, and whose answer says which bytes are needed; then small pictures first and the
photos, four at a time. Every photo is another file. The worker is not running: its lanes are
measured apart.
"""

import asyncio
import hashlib
import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

from backend.foundation.checklists.sheet import Answer, Sheet, manifest_hash
from backend.foundation.kernel.ids import new_id
from tests.bench import jpegs, rounds
from tests.bench.installation import Ground, Installation
from tests.bench.table import Figure
from tests.bench.upload_client import send_all

ANSWERS = 20
PHOTOS = 3
PHOTO_BYTES = 300_000
THUMB_BYTES = 12_000
SUBMISSIONS = 15
ROUNDS = 5
CPU_MS_MAX = 12
AT = "2026-11-24T01:00:00.000Z"
WHAT = f"submission of {ANSWERS} answers and {PHOTOS} photos (0.9 MB)"


class Spent(NamedTuple):
    """Per submission: ms of the server and of PostgreSQL, bytes of tables and of their log."""

    server: float
    database: float
    stored: float
    logged: float


def figures(ground: Ground) -> Iterator[Figure]:
    """CPU by process, and what the database grew by."""
    with ground.installation("postgres") as one:
        outbox = Outbox(one)
        _round(one, outbox, with_thumbs=True)  # the first round pays for what is loaded once
        bare = [_round(one, outbox, with_thumbs=False) for _ in range(ROUNDS)]
        full = [_round(one, outbox, with_thumbs=True) for _ in range(ROUNDS)]
    spent = Spent(*(statistics.median(column) for column in zip(*bare, strict=True)))
    both = statistics.median(one.server + one.database for one in bare)
    yield Figure(f"{WHAT}: CPU of the server", spent.server, "ms")
    yield Figure(f"{WHAT}: CPU of PostgreSQL", spent.database, "ms")
    yield Figure(f"{WHAT}: CPU of both together", both, "ms", CPU_MS_MAX)
    with_thumbs = statistics.median(one.server + one.database for one in full)
    yield Figure("the same with the phone's small pictures sent first: both", with_thumbs, "ms")
    photo_bytes = PHOTOS * PHOTO_BYTES
    log = f"{spent.logged / photo_bytes:.3f} of write-ahead log"
    yield Figure("its bytes of database per byte of photo", spent.stored / photo_bytes, beside=log)


def _round(one: Installation, outbox: "Outbox", *, with_thumbs: bool) -> Spent:
    waiting = [outbox.submission(with_thumbs=with_thumbs) for _ in range(SUBMISSIONS)]
    size, log = database_bytes(one), log_bytes(one)
    before = one.cpu()
    for submission in waiting:
        outbox.send(submission)
    server, database = one.cpu_since(before)
    return Spent(
        server * 1000 / SUBMISSIONS,
        database * 1000 / SUBMISSIONS,
        (database_bytes(one) - size) / SUBMISSIONS,
        (log_bytes(one) - log) / SUBMISSIONS,
    )


def database_bytes(one: Installation) -> int:
    """What the database takes on the disk."""
    return int(one.ask("SELECT pg_database_size(current_database())"))


def log_bytes(one: Installation) -> int:
    """How much write-ahead log the cluster has written."""
    return int(one.ask("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"))


class Submission(NamedTuple):
    """Commands for one push, and files with their small pictures first."""

    commands: list[dict[str, Any]]
    files: list[bytes]


class Outbox:
    """An inspector's phone that makes submissions and sends them."""

    def __init__(self, one: Installation) -> None:
        self.port = one.served.port
        self.paper = rounds.publish_paper(one.caller("admin"), ANSWERS)
        self.caller = one.caller("inspector")
        self.outlet = self.caller.pull_all()["outlet"][0][1]
        self.headers = {"Authorization": f"Bearer {self.caller.token}"}
        self._photos = jpegs.different(PHOTO_BYTES)
        self._thumbs = jpegs.different(THUMB_BYTES)

    def submission(self, *, with_thumbs: bool) -> Submission:
        """The next one, complete."""
        round_ = new_id()
        rec = ("round", round_)
        photos = [next(self._photos) for _ in range(PHOTOS)]
        thumbs = [next(self._thumbs) if with_thumbs else None for _ in photos]
        captures = [_capture(*pair) for pair in zip(photos, thumbs, strict=True)]
        asked = self.caller.asked
        commands = [
            asked("inspections.start", rec, {"template": self.paper, "outlet": self.outlet}),
            *(
                asked("inspections.set_answer", rec, {"item": f"i_{number}", "value": "pass"})
                for number in range(ANSWERS)
            ),
            *(
                asked(
                    "inspections.attach",
                    rec,
                    {"photo": capture, "item": f"i_{number}", "purpose": "answer"},
                    blobs=[capture["sha256"], *filter(None, [capture["thumb"]])],
                )
                for number, capture in enumerate(captures)
            ),
            asked("inspections.submit", rec, {"manifest": self._manifest(captures)}),
        ]
        return Submission(commands, [*filter(None, thumbs), *photos])

    def send(self, submission: Submission) -> None:
        """All of it; returns when the server has acknowledged the last byte."""
        answer = self.caller.pushed(submission.commands)
        for result in answer["results"]:
            assert result["s"] == "applied", result
        assert len(answer["need"]) == len(submission.files), answer
        asyncio.run(send_all(self.port, "/v1/uploads", submission.files, self.headers))

    def _manifest(self, captures: list[dict[str, Any]]) -> dict[str, Any]:
        given = Answer(slot="main", value="pass", note="", by=self.caller.person, at=AT, rev=1)
        sheet = Sheet(self.paper, {f"i_{number}": given for number in range(ANSWERS)})
        return {
            "answers": ANSWERS,
            "hash": manifest_hash(sheet),
            "blobs": [[capture["sha256"], capture["size"]] for capture in captures],
        }


def _capture(photo: bytes, thumb: bytes | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "sha256": _digest(photo),
        "size": len(photo),
        "type": "image/jpeg",
        "source": "camera",
        "taken_at": AT,
        "thumb": _digest(thumb) if thumb else None,
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
