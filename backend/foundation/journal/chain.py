"""The fact log as a hash chain: each entry is hashed over the one before it.

entry_hash = SHA-256(0x00 | prev_hash | canonical public payload). The public payload holds type,
record, actor, device, cause and times; the personal half of a fact is represented by a commitment
SHA-256(salt | canonical personal payload), so that erasing it leaves the chain verifiable. Whom a
deputy stood in for is part of the public payload.
Tamper-evident, not unforgeable: who can rewrite the whole table and every copy can rewrite the
chain (signed checkpoints are a later part). Entries are numbered under the counter's lock.
"""

import hashlib
from typing import Any

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.journal.envelope import Context, Fact, RecKey
from backend.foundation.journal.tables import Fact as FactTable
from backend.foundation.journal.tables import FactPersonal
from backend.foundation.kernel.canonical import canonical
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import derived_id, new_salt

GENESIS = "0" * 64
_NOTHING: tuple[Any, ...] = (None, "", [])


class Entry(msgspec.Struct, frozen=True):
    """One link of the chain as stored."""

    id: str
    seq: int
    type: str
    rec_kind: str
    rec_id: str
    actor_id: str
    for_person: str | None
    device_id: str
    cause: str
    occurred_at: str
    offset_ms: int
    error_ms: int
    received_at: str
    payload: str
    commitment: str | None
    prev_hash: str
    entry_hash: str


class Personal(msgspec.Struct, frozen=True):
    """The erasable half of an entry."""

    id: str
    salt: str
    payload: str


ENTRIES = Rows(FactTable, Entry)
PERSONAL = Rows(FactPersonal, Personal)


class Pending(msgspec.Struct, frozen=True):
    """A fact before it has its place in the chain."""

    name: str
    fact: Fact
    rec: RecKey
    context: Context
    number: int  # position among the facts of its command: makes the id repeatable


def link(pending: Pending, seq: int, prev_hash: str) -> tuple[Entry, Personal | None]:
    """The entry at `seq` after `prev_hash`, and its personal half where it has one."""
    context = pending.context
    values: dict[str, Any] = msgspec.to_builtins(pending.fact)
    hidden = {name: values[name] for name in pending.fact.personal() if name in values}
    if all(value in _NOTHING for value in hidden.values()):
        hidden = {}  # nobody wrote anything: there is nothing to erase, and nothing to commit to
    for name in hidden:
        del values[name]
    fact_id = derived_id(context.command_id, f"fact:{pending.number}:{pending.name}")
    personal = None
    commitment = None
    if hidden:
        salt = new_salt()
        body = canonical(hidden)
        commitment = hashlib.sha256(bytes.fromhex(salt) + body).hexdigest()
        personal = Personal(fact_id, salt, body.decode())
    public = {
        "type": pending.name,
        "rec": list(pending.rec),
        "actor": context.actor.id,
        "device": context.device_id,
        "cause": context.command_id,
        "occurred_at": wire(context.occurred_at),
        "offset_ms": context.offset_ms,
        "error_ms": context.error_ms,
        "received_at": wire(context.now),
        "values": values,
        "commitment": commitment,
    }
    if context.actor.for_person is not None:
        public["for_person"] = context.actor.for_person
    payload = canonical(public)
    entry = Entry(
        id=fact_id,
        seq=seq,
        type=pending.name,
        rec_kind=pending.rec[0],
        rec_id=pending.rec[1],
        actor_id=context.actor.id,
        for_person=context.actor.for_person,
        device_id=context.device_id,
        cause=context.command_id,
        occurred_at=public["occurred_at"],
        offset_ms=context.offset_ms,
        error_ms=context.error_ms,
        received_at=public["received_at"],
        payload=payload.decode(),
        commitment=commitment,
        prev_hash=prev_hash,
        entry_hash=entry_hash(prev_hash, payload),
    )
    return entry, personal


def entry_hash(prev_hash: str, payload: bytes) -> str:
    """SHA-256 of 0x00, the previous hash and the canonical payload (RFC 6962's leaf prefix)."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(prev_hash) + payload).hexdigest()


def first_break(entries: list[Entry], prev_hash: str = GENESIS) -> int | None:
    """The `seq` of the first entry that does not follow from the one before, or None."""
    for entry in entries:
        expected = entry_hash(prev_hash, entry.payload.encode())
        if entry.prev_hash != prev_hash or entry.entry_hash != expected:
            return entry.seq
        prev_hash = entry.entry_hash
    return None
