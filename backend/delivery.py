"""`xunfang deliver FILE`: opens an export that a phone sealed, and takes what is in it.

Promises: delivering is a push like any other, so a second delivery, or the phone coming back to
life, changes nothing; photos are taken by their digest, and one that is not what it says is named
and left out. Whoever carries the file needs no rights: what is inside counts as its author's, with
the rights that person has today; what is refused is kept like every refusal. A command that breaks
us is kept as it is, and what stands behind it is taken.

Anybody who has the public key can seal a file. On a device that its author never signed in on it
gives no rights: what needs a post is kept and refused, and nobody approves by a made-up phone.
"""

import hashlib
import logging
from collections.abc import Iterator

import msgspec
from msgspec import structs

from backend.foundation.evidence.model import TYPES
from backend.foundation.evidence.problems import blob_erased
from backend.foundation.identity import devices, problems
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.carrying import ESCROWED
from backend.foundation.journal.decoding import is_record
from backend.foundation.journal.envelope import Answer, ClockSample, Envelope, RecKey
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import is_id, new_id
from backend.foundation.kernel.problem import Problem
from backend.house import House

log = logging.getLogger("xunfang.delivery")


class _Clock(msgspec.Struct):
    off: int | None = None
    err: int | None = None
    age: int | None = None
    boot: str = ""
    mono: int = 0


class _Row(msgspec.Struct):
    """A command as the phone keeps it; `args` stays as the bytes it would have sent."""

    seq: int
    id: str
    op: str
    v: int
    actor: str
    rec: RecKey
    at: str
    args: msgspec.Raw
    base: int | None = None
    group: str | None = None
    saw: int = 0
    clk: _Clock = msgspec.field(default_factory=_Clock)
    blobs: list[str] = []


class _Contents(msgspec.Struct):
    device: str
    person: str
    made_at: str
    commands: list[_Row]
    blobs: list[tuple[str, int, str]]


class Delivered(msgspec.Struct, frozen=True):
    """What became of the file."""

    person: str
    made_at: str
    answers: tuple[Answer, ...]
    photos: int
    damaged: tuple[str, ...]
    expected: int | None


async def deliver(house: House, sealed: bytes) -> Delivered:
    """Takes the file's commands and photos. Raises ValueError when it is not sealed for this
    server, was changed or is cut short; refuses with `person_unknown` for somebody unknown."""
    frames = house.seal.frames(sealed)
    contents = _read(next(frames))
    actor = await _author(house, contents)
    answers: list[Answer] = []
    expected = None
    rows = sorted(contents.commands, key=lambda row: row.seq)
    for first in range(0, len(rows), limits.BATCH_COMMANDS_MAX):
        batch = rows[first : first + limits.BATCH_COMMANDS_MAX]
        envelopes = tuple(_envelope(row) for row in batch)
        taken, expected = await _take(house, Batch(actor, contents.device, envelopes))
        answers += taken
        if expected is not None:
            break
    photos, damaged = await _take_photos(house, contents, frames)
    return Delivered(
        person=actor.name,
        made_at=contents.made_at,
        answers=tuple(answers),
        photos=photos,
        damaged=tuple(damaged),
        expected=expected,
    )


async def _author(house: House, contents: _Contents) -> Actor:
    actor = await house.access.actor_of(contents.person, contents.device)
    if actor is None:
        raise problems.person_unknown(person=contents.person)
    async with house.database.reading() as tx:
        known = await devices.is_known(tx, contents.device, contents.person)
    return actor if known else structs.replace(actor, grants=())


async def _take(house: House, batch: Batch) -> tuple[list[Answer], int | None]:
    """The verdicts, and what is missing before the rest. A batch that breaks us is halved until
    the guilty command stands alone; no phone is there any more to do it."""
    try:
        result = await house.journal.execute(batch)
    except Problem:
        raise
    except Exception:
        log.exception("%d commands could not be carried out", len(batch.envelopes))
        if len(batch.envelopes) == 1:
            kept = _escrowed(batch.envelopes[0])
            result = await house.journal.execute(structs.replace(batch, envelopes=(kept,)))
            return list(result.answers), result.expected
        middle = len(batch.envelopes) // 2
        first, rest = batch.envelopes[:middle], batch.envelopes[middle:]
        answers, expected = await _take(house, structs.replace(batch, envelopes=first))
        if expected is None:
            more, expected = await _take(house, structs.replace(batch, envelopes=rest))
            answers += more
        return answers, expected
    return list(result.answers), result.expected


def _escrowed(broken: Envelope) -> Envelope:
    raw = bytes(broken.args).decode("utf-8", "replace")
    return Envelope(
        id=broken.id if is_id(broken.id) else new_id(),
        seq=broken.seq,
        op=ESCROWED,
        rec=broken.rec if is_record(broken.rec) else ("escrow", "escrow"),
        blobs=broken.blobs,
        at=broken.at,
        args=msgspec.Raw(msgspec.json.encode({"op": broken.op, "rec": broken.rec, "raw": raw})),
    )


async def _take_photos(
    house: House, contents: _Contents, frames: Iterator[bytes]
) -> tuple[int, list[str]]:
    taken, damaged = 0, []
    for digest, _, type_ in contents.blobs:
        data = next(frames, b"")
        whole = hashlib.sha256(data).hexdigest() == digest and type_ in TYPES
        if not whole or len(data) > limits.BLOB_BYTES_MAX:
            damaged.append(digest)
            continue
        try:
            await house.receiving.take(data, type_, contents.person)
        except Problem as refusal:
            if refusal.code != blob_erased.code:
                raise
            continue  # it belonged to a record that is erased: there is nobody to miss it
        taken += 1
    return taken, damaged


def _read(frame: bytes) -> _Contents:
    try:
        return msgspec.json.decode(frame, type=_Contents)
    except msgspec.DecodeError as wrong:
        raise ValueError(f"the list inside cannot be read: {wrong}") from wrong


def _envelope(row: _Row) -> Envelope:
    clock = row.clk
    return Envelope(
        id=row.id,
        seq=row.seq,
        op=row.op,
        v=row.v,
        actor=row.actor,
        rec=row.rec,
        base=row.base,
        group=row.group,
        saw=row.saw,
        at=row.at,
        clk=ClockSample(clock.off or 0, clock.err or 0, clock.age or 0, clock.boot, clock.mono),
        args=row.args,
        blobs=row.blobs,
    )
