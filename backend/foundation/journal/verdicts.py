"""Stored answers: a repeat gets what the first one got.

Promises: every command that was ever decided has exactly one verdict; what was not applied keeps
its payload here, with numbers of persons masked and without secrets. `last_seq` per device and
person is kept for ever.
"""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.envelope import Answer, Envelope, RecKey
from backend.foundation.journal.masking import masked
from backend.foundation.journal.problems import record_erased
from backend.foundation.journal.records import record_key
from backend.foundation.journal.tables import DeviceLog
from backend.foundation.journal.tables import Verdict as VerdictTable
from backend.foundation.kernel.clock import Moment, wire


class Log(msgspec.Struct, frozen=True):
    """How far one person's commands from one device were taken."""

    id: str
    device_id: str
    person_id: str
    last_seq: int


class Verdict(msgspec.Struct, frozen=True):
    """One decided command."""

    id: str
    slot: str
    device_id: str
    person_id: str
    seq: int
    op: str
    rec_key: str
    status: str
    code: str | None
    answer: str
    payload: str | None
    payload_hash: str
    ver: int
    received_at: str


LOGS = Rows(DeviceLog, Log)
VERDICTS = Rows(VerdictTable, Verdict)


def log_key(device_id: str, person_id: str) -> str:
    """The row's key, and the name that is locked while a batch of this phone is at work."""
    return f"{device_id}:{person_id}"


def slot_of(device_id: str, person_id: str, envelope: Envelope) -> str:
    """The place that one command takes in its device's order; a command of the house takes none."""
    return f"{device_id}:{person_id}:{envelope.seq or envelope.id}"


def payload_hash(envelope: Envelope) -> str:
    """What tells a repeat from another command under the same id."""
    head = f"{envelope.op}|{envelope.v}|{envelope.rec[0]}|{envelope.rec[1]}|"
    return hashlib.sha256(head.encode() + bytes(envelope.args)).hexdigest()


async def standing(tx: Tx, log_key: str, recs: Iterable[RecKey]) -> tuple[int, frozenset[RecKey]]:
    """How far this phone's order was taken, and which of the records are erased. One query."""
    keys = {record_key(*rec): rec for rec in recs}
    clause, args = among(tx, "id", keys)
    rows = await tx.tuples(
        "SELECT id, last_seq FROM device_log WHERE id = ? "
        f"UNION ALL SELECT id, -1 FROM tombstone WHERE {clause}",
        log_key,
        *args,
    )
    last_seq = max((seq for _, seq in rows), default=0)
    return max(0, last_seq), frozenset(keys[id] for id, seq in rows if seq < 0)


async def stored(
    tx: Tx, envelopes: Sequence[Envelope], device_id: str, person_id: str
) -> dict[str, Verdict]:
    """Verdicts that these commands have already, by slot and by id. One query, or none."""
    if not envelopes:
        return {}
    slots = [slot_of(device_id, person_id, envelope) for envelope in envelopes]
    by_slot, slot_args = among(tx, "slot", slots)
    by_id, id_args = among(tx, "id", [envelope.id for envelope in envelopes])
    found = await VERDICTS.where(tx, f"{by_slot} OR {by_id}", *slot_args, *id_args)
    return {key: verdict for verdict in found for key in (verdict.slot, verdict.id)}


def repeated(envelope: Envelope, verdict: Verdict) -> Answer:
    """The answer to a command that was decided before."""
    answer = msgspec.json.decode(verdict.answer, type=Answer)
    answer.s = "duplicate"
    answer.original = verdict.status
    answer.seq = envelope.seq
    answer.ver = verdict.ver
    return answer


def verdict_row(
    envelope: Envelope,
    answer: Answer,
    device_id: str,
    person_id: str,
    ver: int,
    now: Moment,
    *,
    keeping: bool,
) -> Verdict:
    """The row for a fresh decision. Payloads are kept for what was not applied; of an erased
    record (not `keeping`) nothing is."""
    payload = None
    keeping = keeping and answer.code != record_erased.code
    if answer.s in ("rejected", "conflict") and keeping:
        # Whatever it was refused for: a number is found only once the arguments can be read.
        payload = masked(msgspec.json.encode(envelope))
    return Verdict(
        id=envelope.id,
        slot=slot_of(device_id, person_id, envelope),
        device_id=device_id,
        person_id=person_id,
        seq=envelope.seq,
        op=envelope.op,
        rec_key=record_key(*envelope.rec),
        status=answer.s,
        code=answer.code,
        answer=stored_answer(answer, keeping=keeping),
        payload=payload,
        payload_hash=payload_hash(envelope),
        ver=ver,
        received_at=wire(now),
    )


def stored_answer(answer: Answer, *, keeping: bool) -> str:
    """As a repeat will get it: without the record as it stood and, of an erased record, without
    what fills the words."""
    answer = msgspec.structs.replace(answer, row=None)
    if not keeping and answer.code != record_erased.code:  # that one names a record and no more
        answer = msgspec.structs.replace(answer, facts=None, detail=None, detail_zh=None)
    return msgspec.json.encode(answer).decode()
