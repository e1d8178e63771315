"""A command on its way: what the phone sends, and what a handler is told about it."""

from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec

from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Moment

# What stands in key and index columns: short, and without the zero byte that PostgreSQL keeps in
# no text. A phone that sends something else has its command kept as unreadable, in its place.
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
Short = Annotated[str, msgspec.Meta(max_length=80, pattern=_PRINTABLE)]
Whole = Annotated[int, msgspec.Meta(ge=1 - 2**53, le=2**53 - 1)]  # what JavaScript can hold

Status = Literal["applied", "merged", "conflict", "rejected", "duplicate"]
RecKey = tuple[Short, Short]


class ClockSample(msgspec.Struct, frozen=True):
    """What the phone knows of its own clock. Never used for order or refusal."""

    off: Whole = 0  # estimated server minus device, milliseconds
    err: Whole = 0  # half width of that estimate, milliseconds
    age: Whole = 0  # seconds since it was taken
    boot: Short = ""
    mono: Whole = 0


class Envelope(msgspec.Struct, frozen=True):
    """One command as it travels (SYNC 3.2). Unknown fields are ignored: additive inside proto 1."""

    id: Short
    op: Short
    rec: RecKey
    at: Short
    args: msgspec.Raw = msgspec.Raw(b"{}")
    seq: Whole = 0
    v: Whole = 1
    actor: Short = ""
    base: Whole | None = None
    group: Short | None = None
    saw: Whole | None = None
    tpl: list[Any] | None = None
    clk: ClockSample = ClockSample()
    blobs: list[Short] = []


class Context(msgspec.Struct, frozen=True):
    """What a handler may know beside the asking itself. `now` is when the server received it."""

    actor: Actor
    rec: RecKey
    op: str
    command_id: str
    device_id: str
    occurred_at: Moment
    now: Moment
    base: int | None = None
    saw: int = 0
    offset_ms: int = 0
    error_ms: int = 0
    clock_suspect: bool = False
    blobs: tuple[str, ...] = ()
    tpl: tuple[Any, ...] = ()

    def judged_at(self) -> Moment:
        """The time that lateness is judged by: the phone's, corrected by its clock sample, never
        after the arrival. A clock that cannot be trusted, or not even counted with, says nothing:
        then it is the arrival."""
        if self.clock_suspect:
            return self.now
        try:
            return min(self.occurred_at + timedelta(milliseconds=self.offset_ms), self.now)
        except OverflowError:
            return self.now


class Fact(msgspec.Struct, frozen=True):
    """What happened, past tense. Subclasses name domain values only: who, when and where it was
    recorded come from the context. Fields listed in `personal()` go to the erasable half."""

    @classmethod
    def personal(cls) -> frozenset[str]:
        """Names of the fields that hold personal information. None, unless overridden."""
        return frozenset()


class Told(msgspec.Struct, frozen=True):
    """A notice to one person: its type has words on the phone, `params` fill them. The journal adds
    the `fact` that it tells of."""

    person: str
    type: str
    params: dict[str, Any] = {}
    rec: RecKey | None = None
    fact: str | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What a handler did: facts in order, and whether the server changed what was asked.

    `rec` names the record the facts are about, where it is not the command's own.
    """

    facts: tuple[Fact, ...] = ()
    status: Literal["applied", "merged"] = "applied"
    rec: RecKey | None = None
    told: tuple[Told, ...] = ()


class Answer(msgspec.Struct, omit_defaults=True):
    """One verdict as it travels. `s` is always there."""

    id: str
    seq: int
    s: Status
    rev: int | None = None
    ver: int | None = None
    code: str | None = None
    cls: str | None = None
    detail: str | None = None
    detail_zh: str | None = None
    facts: dict[str, Any] | None = None
    original: str | None = None
    row: msgspec.Raw | None = None
