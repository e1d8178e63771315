"""Writes a batch: domain rows first, then the counter; what is numbered by it is handed back, to be
written together with the verdicts.

Promises: the order of version numbers is the order of commits, because the counter row is locked
from its bump to the commit; after the bump no domain row is touched, so two batches never wait for
each other in a ring; a record that left a bucket leaves a tombstone there.
"""

import hashlib
from typing import Any, NamedTuple

import msgspec

from backend.foundation.database.rows import Change, Rows, Write, write_all
from backend.foundation.database.transaction import Tx, among
from backend.foundation.database.worded import forget_removed
from backend.foundation.journal import beside, erasure, search, tallies
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.chain import (
    ENTRIES,
    PERSONAL,
    Entry,
    Pending,
    Personal,
    link,
)
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.erasure import Revived
from backend.foundation.journal.jobs import queueing
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.members import MEMBERS
from backend.foundation.journal.notices import NOTICES, notice_row, project_notice
from backend.foundation.journal.records import RECORDS, Record, record_key
from backend.foundation.journal.tables import SyncRow
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import Moment


class Place(msgspec.Struct, frozen=True):
    """A record in a bucket, at a version."""

    id: str
    rec_key: str
    kind: str
    rec_id: str
    bucket: str
    ver: int
    gone: bool
    h64: str


class Stood(NamedTuple):
    """How a record was published: its revision, the buckets that held it, which words found it (the
    mark of its row in the index), what it had added to the figures (None for neither)."""

    rev: int
    buckets: list[str]
    mark: str | None
    counts: str | None


PLACES = Rows(SyncRow, Place)
_NUMBERS = "UPDATE sync_counter SET head = ?, chain_seq = ?, chain_hash = ? WHERE id = 1"


class Flushed(msgspec.Struct, frozen=True):
    """What the numbers became, and what is still to be written with them; in which buckets
    anything moved, and who was taken into one or left it."""

    head: int
    records: dict[tuple[str, str], Record]
    numbered: list[Write]
    counter: list[Change]
    buckets: frozenset[str]
    people: frozenset[str]


async def flush(
    work: Work, catalogue: Catalogue, facts: list[Pending], now: Moment, by: str = ""
) -> Flushed:
    """Writes everything staged but for `numbered` and `counter`, which the caller writes next. `by`
    is who sent it. Raises ConstraintBroken when the database refuses a row, and Revived when a
    record was touched that is erased."""
    tx = work.tx
    erasures = await erasure.carry_out(work, catalogue, facts, by, now)
    for number, told in enumerate(work.told):
        if told.rec is not None and work.is_erased(told.rec):
            continue  # it would lead nowhere
        work.save(NOTICES, notice_row(work.command_id, number, told, now))
        work.touch("notice", work.derive(f"notice:{number}"))
    stood = await _stood(work)
    records, projections = await _projected(work, catalogue, stood, erasures)
    moved = _moved(records, projections, stood)
    beside.index_words(work, catalogue, projections, {key: was.mark for key, was in stood.items()})
    counted = {key: was.counts for key, was in stood.items()}
    sums = beside.count(work, projections, counted)
    forgotten = await _forgotten(work, catalogue, facts)
    members: list[Any] = []
    writes: list[Write] = []
    for rows, kept, gone in work.staged():
        if rows is MEMBERS:
            members = kept
            continue
        await rows.delete(tx, gone)
        writes.append(rows.upserting(kept))
    writes += [RECORDS.upserting(list(records.values())), queueing(work.jobs, now)]
    await write_all(tx, writes)
    if work.erased:
        await forget_removed(tx, search.SEARCHES.name)
    # A batch without places takes a number too: a refusal that shared its number with what the
    # last backup holds would count as durable, and no phone would offer it after a restore.
    head, chain_seq, chain_hash = await _take_numbers(tx, len(moved) or 1, len(facts))
    entries, personal = _linked(facts, chain_seq, chain_hash, forgotten)
    numbered = [
        PERSONAL.upserting(personal),
        ENTRIES.inserting(entries),
        PLACES.upserting(_numbered(moved, head)),
        tallies.TALLIES.inserting(tallies.differences(sums), tallies.ADDED),
        MEMBERS.upserting([_dated(member, head) for member in members]),
    ]
    chain_hash = entries[-1].entry_hash if entries else chain_hash
    counter = [Change(_NUMBERS, (head, chain_seq, chain_hash))]
    moved_in = frozenset(bucket for _, bucket, _ in moved)
    people = frozenset(member.person_id for member in members)
    return Flushed(head, records, numbered, counter, moved_in, people)


async def _stood(work: Work) -> dict[str, Stood]:
    """How the touched records were published until now. One query, without their bodies."""
    if not work.touched:
        return {}
    keys = {record_key(*key): key for key in work.touched}
    clause, args = among(work.tx, "r.id", keys)
    found: dict[str, Stood] = {}
    dead: set[RecKey] = set()
    for id, rev, bucket, erased_at, mark, counts in await work.tx.tuples(
        "SELECT r.id, r.rev, s.bucket, t.at, w.mark, c.counts FROM record r "
        "LEFT JOIN sync_row s ON s.rec_key = r.id AND NOT s.gone "
        "LEFT JOIN tombstone t ON t.id = r.id "
        "LEFT JOIN search w ON w.id = r.id "
        f"LEFT JOIN tallied c ON c.id = r.id WHERE {clause}",
        *args,
    ):
        stood = found.setdefault(id, Stood(rev, [], mark, counts))
        if bucket is not None:
            stood.buckets.append(bucket)
        if erased_at is not None:
            dead.add(keys[id])
    if dead:
        raise Revived(dead)
    return found


async def _projected(
    work: Work, catalogue: Catalogue, stood: dict[str, Stood], erasures: dict[str, Projection]
) -> tuple[dict[RecKey, Record], dict[RecKey, Projection | None]]:
    await _prepare(work, catalogue)
    records: dict[RecKey, Record] = {}
    projections: dict[RecKey, Projection | None] = {}
    for (kind, id), times in work.touched.items():
        key = record_key(kind, id)
        old = stood.get(key)
        rev = (old.rev if old else 0) + times
        projection = await _projection(work, catalogue, (kind, id), erasures)
        body = "null"
        if projection is not None:
            body = msgspec.json.encode(projection.body).decode()
        records[kind, id] = Record(key, kind, id, rev, body)
        projections[kind, id] = projection
    return records, projections


async def _projection(
    work: Work, catalogue: Catalogue, rec: RecKey, erasures: dict[str, Projection]
) -> Projection | None:
    kind, id = rec
    if rec in work.erased:
        return None  # whatever its feature may have left of it
    if kind == erasure.KIND:
        return erasures[id]
    project = project_notice if kind == "notice" else catalogue.kinds[kind].project
    return await project(work, id)


async def _forgotten(work: Work, catalogue: Catalogue, facts: list[Pending]) -> frozenset[RecKey]:
    """Records whose facts keep no personal half: erased now, or long ago. A query only for facts
    about a record that nobody looked at."""
    known = {*work.touched, *work.looked, *work.erased, *work.dead}
    recs = {fact.rec for fact in facts if fact.fact.personal() and fact.rec not in known}
    recs = {rec for rec in recs if rec[0] in catalogue.kinds}
    return frozenset(work.erased) | work.dead | await erasure.dead_among(work.tx, recs)


async def _prepare(work: Work, catalogue: Catalogue) -> None:
    by_kind: dict[str, list[str]] = {}
    for kind, id in work.touched:
        by_kind.setdefault(kind, []).append(id)
    for name, ids in by_kind.items():
        kind = catalogue.kinds.get(name)
        if kind is not None and kind.prepare is not None and len(ids) > 1:
            await kind.prepare(work, ids)


def _moved(
    records: dict[RecKey, Record],
    projections: dict[RecKey, Projection | None],
    stood: dict[str, Stood],
) -> list[tuple[Record, str, bool]]:
    """(record, bucket, gone) for every place that changes."""
    moved: list[tuple[Record, str, bool]] = []
    for name, record in records.items():
        projection = projections[name]
        now_in = projection.buckets if projection else frozenset()
        was_in = stood[record.id].buckets if record.id in stood else []
        moved += [(record, bucket, False) for bucket in sorted(now_in)]
        moved += [(record, b, True) for b in was_in if b not in now_in]
    return moved


async def _take_numbers(tx: Tx, places: int, facts: int) -> tuple[int, int, str]:
    # The lock is taken here, after every domain row, and not at the top: numbers must follow the
    # order of commits, or a phone that pulled 12 never asks for 11 again. Taken earlier, every
    # branch would wait for every other. They are written at the end, with the hash that the facts
    # lead to: each writing leaves a dead row behind, and all who look wade through those.
    lock = "FOR UPDATE" if tx.dialect == "postgres" else ""
    rows = await tx.tuples(
        f"SELECT head, chain_seq, chain_hash FROM sync_counter WHERE id = 1 {lock}"
    )
    head, chain_seq, chain_hash = rows[0]
    return head + places, chain_seq + facts, chain_hash


def _linked(
    facts: list[Pending], last_seq: int, chain_hash: str, forgotten: frozenset[RecKey]
) -> tuple[list[Entry], list[Personal]]:
    entries: list[Entry] = []
    personal: list[Personal] = []
    for seq, pending in enumerate(facts, last_seq - len(facts) + 1):
        entry, hidden = link(pending, seq, chain_hash)
        chain_hash = entry.entry_hash
        entries.append(entry)
        if hidden is not None and pending.rec not in forgotten:
            personal.append(hidden)
    return entries, personal


def _numbered(moved: list[tuple[Record, str, bool]], head: int) -> list[Place]:
    places = []
    for ver, (record, bucket, gone) in enumerate(moved, head - len(moved) + 1):
        places.append(
            Place(
                id=f"{record.id}:{bucket}",
                rec_key=record.id,
                kind=record.kind,
                rec_id=record.rec_id,
                bucket=bucket,
                ver=ver,
                gone=gone,
                h64=row_hash(record.kind, record.rec_id, ver),
            )
        )
    return places


def row_hash(kind: str, id: str, ver: int) -> str:
    """First 8 bytes of SHA-256("kind:id:ver") as 16 hex digits: what `check` folds by XOR."""
    return hashlib.sha256(f"{kind}:{id}:{ver}".encode()).hexdigest()[:16]


def _dated(member: Any, head: int) -> Any:
    if member.from_ver < 0:
        member = msgspec.structs.replace(member, from_ver=head)
    if member.until_ver is not None and member.until_ver < 0:
        member = msgspec.structs.replace(member, until_ver=head)
    return member
