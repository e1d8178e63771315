"""Shapes that travel as ready bytes, described here for the document and its tests.

The calls of SYNC and of the photo lane build their JSON by hand because they are hot; what they
promise is nevertheless a type, and the fuzz run holds every answer against it.
"""

from typing import Annotated, Any, Literal

import msgspec

from backend.api.sync import wire
from backend.foundation.identity.model import DeviceState
from backend.foundation.journal.envelope import Answer, ClockSample

_UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
Proto = Literal[1]
Two = Annotated[list[str], msgspec.Meta(min_length=2, max_length=2)]
Three = Annotated[list[str | int], msgspec.Meta(min_length=3, max_length=3)]
Row = tuple[str, str, int, int, Any]
Gone = tuple[str, str, int]


class CommandShape(msgspec.Struct):
    """One command of the phone's order. `op` names what is asked and the shape of `args`."""

    id: Annotated[str, msgspec.Meta(pattern=_UUID)]
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
    op: str
    rec: tuple[str, str]
    at: Annotated[str, msgspec.Meta(description="The device's clock, ISO-8601 with a zone.")]
    args: dict[str, Any]
    v: int = 1
    actor: str = ""
    base: int | None = None
    group: str | None = None
    saw: int | None = None
    tpl: list[Any] | None = None
    clk: ClockSample = ClockSample()
    blobs: list[str] = []


class HelloAnswer(msgspec.Struct):
    """A clock sample, the order's standing, and what the server expects."""

    proto: Proto
    req: str
    epoch: str
    t1: int
    t2: int
    device_state: DeviceState
    actor: dict[str, str]
    last_seq: int
    scopes: list[str]
    limits: dict[str, int]
    policy: dict[str, int]
    durable: int
    seal_key: str


class PushAnswer(msgspec.Struct):
    """Verdicts in the order sent, and the digests that the server lacks."""

    proto: Proto
    req: str
    epoch: str
    recv_at: str
    last_seq: int
    head: int
    results: list[Answer]
    need: list[str]
    durable: int
    device_state: DeviceState
    t1: int
    t2: int
    gap: wire.Gap | msgspec.UnsetType = msgspec.UNSET


class Check(msgspec.Struct):
    """Count and folded hash of a bucket's living records."""

    n: int
    x: str


class PageAnswer(msgspec.Struct):
    """One bucket's rows and tombstones above the cursor."""

    next: int
    more: bool
    rows: list[Row]
    gone: list[Gone]
    check: Check | None


class PullAnswer(msgspec.Struct):
    """What is new in each bucket, and which buckets came and went."""

    proto: Proto
    req: str
    epoch: str
    t1: int
    t2: int
    head: int
    drop: list[str]
    add: list[str]
    reset: list[str]
    scopes: dict[str, PageAnswer]
    device_state: DeviceState
    policy: dict[str, int]
    durable: int


class EscrowAnswer(msgspec.Struct):
    """The verdict on the escrowed command."""

    proto: Proto
    req: str
    epoch: str
    last_seq: int
    results: list[Answer]
    gap: wire.Gap | None


class NeedAnswer(msgspec.Struct):
    """The digests sorted: here already, wanted, begun (address and offset), never taken (code)."""

    proto: Proto
    req: str
    epoch: str
    have: list[str]
    need: list[str]
    partial: list[Three]
    refused: list[Two]


BY_OPERATION: dict[str, type[msgspec.Struct]] = {
    "SyncHello": HelloAnswer,
    "SyncPush": PushAnswer,
    "SyncPull": PullAnswer,
    "SyncEscrow": EscrowAnswer,
    "BlobsNeed": NeedAnswer,
}
