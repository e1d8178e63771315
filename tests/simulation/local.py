"""The small phone's own database: what one person wrote and received on one device.

The rules are the product's (SYNC 4): an edit is one strict transaction over sequence and outbox; a
page and its cursor are one transaction; what was acknowledged stays in `sent` until it is durable;
a record is kept while any of its buckets is.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from tests.simulation.chance import made_id
from tests.simulation.disk import GONE, Disk, Write
from tests.simulation.replica import Row

HOLLOW = "erased"
LATE = "record_erased"


class Sent(msgspec.Struct, frozen=True):
    """A command with the verdict that the server gave."""

    command: dict[str, Any]
    status: str
    ver: int


class Local:
    """One person's database on one device."""

    def __init__(self, person: str, *, edits_strict: bool = True) -> None:
        self.person = person
        self.edits_strict = edits_strict
        self.disk = Disk()

    # What is there

    def meta(self, name: str, otherwise: Any = None) -> Any:
        return self.disk.table("meta").get(name, otherwise)

    @property
    def epoch(self) -> str | None:
        return self.meta("epoch")

    def unsent(self) -> list[dict[str, Any]]:
        """Commands without a verdict, in their order."""
        outbox = self.disk.table("outbox")
        return [outbox[seq] for seq in sorted(outbox)]

    def cursors(self) -> dict[str, int]:
        return dict(self.disk.table("scopes"))

    def rows(self) -> dict[tuple[str, str], Row]:
        return self.disk.table("rec")

    def sent(self) -> dict[int, Sent]:
        return self.disk.table("sent")

    # What changes it

    def confirm(self, command: dict[str, Any]) -> dict[str, Any]:
        """Writes one edit down with the next number. Raises StoreFailed; then it never was."""
        seq = self.meta("seq", 0) + 1
        numbered = command | {"seq": seq}
        writes = [("meta", "seq", seq), ("outbox", seq, numbered)]
        self.disk.commit(writes, strict=self.edits_strict)
        return numbered

    def note(self, **values: Any) -> None:
        self.disk.commit([("meta", key, value) for key, value in values.items()], strict=False)

    def take_verdicts(self, results: Iterable[dict[str, Any]], durable: int) -> None:
        """Moves answered commands from the outbox to `sent`, and forgets what is durable."""
        writes: list[Write] = []
        outbox, sent = self.disk.table("outbox"), self.sent()
        for result in results:
            command = outbox.get(result["seq"])
            if command is None or command["id"] != result["id"]:
                continue
            status = result.get("original") or result["s"]
            sent_one = Sent(command, status, result.get("ver", 0))
            if result.get("code") == LATE or self._is_of_erased(command):
                sent_one = hollow(sent_one)
            writes.append(("outbox", result["seq"], GONE))
            writes.append(("sent", result["seq"], sent_one))
        writes += [("sent", seq, GONE) for seq, one in sent.items() if one.ver <= durable]
        self.disk.commit(writes, strict=False)

    def take_page(self, bucket: str, asked: int, page: dict[str, Any], epoch: str) -> bool:
        """Stores a page with its cursor, unless another tab was faster. Whether it was stored."""
        if self.cursors().get(bucket, -1) != asked or self.meta("epoch") != epoch:
            return False
        changed: dict[tuple[str, str], Row | None] = {}
        for kind, id, ver, rev, body in page.get("rows", ()):
            old = changed.get((kind, id), self.rows().get((kind, id)))
            places = (old.places if old else {}) | {bucket: ver}
            newer = old is None or rev >= old.rev
            kept = (rev, body) if newer or old is None else (old.rev, old.body)
            changed[kind, id] = Row(*kept, places)
        for kind, id, _ in page.get("gone", ()):
            changed[kind, id] = _without(
                changed.get((kind, id), self.rows().get((kind, id))), bucket
            )
        writes: list[Write] = [("scopes", bucket, page["next"])]
        for (kind, _), row in list(changed.items()):
            if kind == "erasure" and row is not None:
                writes += self._without_erased(row.body, changed)
        writes += [("rec", key, GONE if row is None else row) for key, row in changed.items()]
        self.disk.commit(writes, strict=False)
        return True

    def _without_erased(
        self, told: dict[str, Any], changed: dict[tuple[str, str], Row | None]
    ) -> list[Write]:
        """The record goes at once, and what was sent of it; what is unsent waits for its answer."""
        of = tuple(told["of"])
        if of in self.rows() or of in changed:
            changed[of] = None
        return [
            ("sent", seq, hollow(one))
            for seq, one in self.sent().items()
            if tuple(one.command["rec"]) == of and one.command["id"] != told["cause"]
        ]

    def _is_of_erased(self, command: dict[str, Any]) -> bool:
        row = self.rows().get(("erasure", ".".join(command["rec"])))
        return row is not None and row.body["cause"] != command["id"]

    def take_scopes(self, drop: Iterable[str], add: Iterable[str]) -> None:
        """Forgets dropped buckets with what was only there, and begins added ones at 0."""
        cursors = self.cursors()
        dropped = [bucket for bucket in drop if bucket in cursors]
        writes: list[Write] = [("scopes", bucket, GONE) for bucket in dropped]
        for key, row in self.rows().items():
            left: Row | None = row
            for bucket in dropped:
                left = _without(left, bucket)
            if left is not row:
                writes.append(("rec", key, GONE if left is None else left))
        writes += [("scopes", bucket, 0) for bucket in add if bucket not in cursors]
        if writes:
            self.disk.commit(writes, strict=False)

    def begin_epoch(self, epoch: str, last_seq: int) -> None:
        """The server was restored: what it no longer knows goes out again, then all is received
        anew. Numbers above what this phone gave (its own loss) continue after them."""
        writes: list[Write] = [("meta", "epoch", epoch)]
        for seq, one in self.sent().items():
            if seq > last_seq:
                writes += [("sent", seq, GONE), ("outbox", seq, one.command)]
        writes += [("rec", key, GONE) for key in self.rows()]
        writes += [("scopes", bucket, GONE) for bucket in self.cursors()]
        self.disk.commit(writes, strict=True)

    def offer_again(self, expected: int) -> None:
        """The server waits for an earlier command: everything from there goes out again."""
        writes: list[Write] = []
        for seq, one in self.sent().items():
            if seq >= expected:
                writes += [("sent", seq, GONE), ("outbox", seq, one.command)]
        if writes:
            self.disk.commit(writes, strict=True)


def hollow(one: Sent) -> Sent:
    """What is left of a command of an erased record: its place in the order."""
    command = one.command
    if command["op"] == "noop":
        return one
    empty = {"op": "noop", "rec": ["noop", "light"], "args": {}, "base": None, "v": 1}
    return Sent(command | empty | {"id": made_id(command["id"], "hollow")}, HOLLOW, one.ver)


def _without(row: Row | None, bucket: str) -> Row | None:
    if row is None or bucket not in row.places:
        return row
    places = {name: ver for name, ver in row.places.items() if name != bucket}
    return Row(row.rev, row.body, places) if places else None
