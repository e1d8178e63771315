"""Erasure: a record goes from the server and from every phone that held it, and stays gone.

Promises: in one transaction the record is gone wherever it was published, the personal halves of
its facts are deleted, what was kept of its refused commands is blanked, notices about it are
removed, and a tombstone refuses every later command for it. Facts, their commitments and the chain
stay as they are, so everything else can still be verified. Phones are told by a record of its own
(kind `erasure`) in every bucket that ever held the erased one, and in the own bucket of everybody
who acted on it or received it by name: cursors, rebuilds and late phones need nothing more.

Against: commands that come later, or at this very moment (the record is held by name before it is
looked at), neighbours and reactions that still hold it (`Work.touch` refuses).

It does not reach: a copy of the database from before (a restore repeats what was erased since, as
far as it is told), phones of people who only saw the record through their post and lost that (they
dropped it then), and phones that never greet the server again.
"""

from collections.abc import Iterable

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.chain import Pending
from backend.foundation.journal.envelope import Answer, RecKey
from backend.foundation.journal.manifest import LeftBehind, Projection
from backend.foundation.journal.members import MEMBERS
from backend.foundation.journal.notices import NOTICES
from backend.foundation.journal.records import Erasing, record_key
from backend.foundation.journal.tables import NOT_APPLIED
from backend.foundation.journal.tables import Tombstone as TombstoneTable
from backend.foundation.journal.verdicts import stored_answer
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import SYSTEM_ID
from backend.foundation.kernel.clock import Moment, wire

KIND = "erasure"
# LIKE would take the underscore of an id for any character, and the two engines find a part of a
# text by different names.
_NAMES_IT = "replace(payload, ?, '') <> payload"


class Tombstone(msgspec.Struct, frozen=True):
    """When a record was erased, and by which command."""

    id: str
    at: str
    cause: str


class ErasureBody(msgspec.Struct, frozen=True):
    """What phones receive in place of an erased record. Nothing in it is personal: `of` is the
    record, `within` one that it was a part of, `digests` the bytes that go with it, `cause` the
    command."""

    of: RecKey
    within: RecKey | None
    digests: list[str]
    cause: str
    at: str


TOMBSTONES = Rows(TombstoneTable, Tombstone)


class Revived(Exception):
    """Somebody touched records that were erased long ago; `recs` says which."""

    def __init__(self, recs: Iterable[RecKey]) -> None:
        super().__init__(str(list(recs)))
        self.recs = frozenset(recs)


def erasure_id(rec: RecKey) -> str:
    """The id of the record that tells of an erasure: a phone that knows the erased one finds it."""
    return f"{rec[0]}.{rec[1]}"


async def dead_among(tx: Tx, recs: Iterable[RecKey]) -> frozenset[RecKey]:
    """Those of the records that are erased. One query, or none."""
    keys = {record_key(*rec): rec for rec in recs}
    if not keys:
        return frozenset()
    return frozenset(keys[row.id] for row in await TOMBSTONES.load(tx, keys))


async def carry_out(
    work: Work, catalogue: Catalogue, facts: list[Pending], by: str, now: Moment
) -> dict[str, Projection]:
    """Does what `work.erase` asked for, all but the numbering; the records that tell phones of it,
    by id. `by` is who sent the batch. A handful of queries for each erased record."""
    if not work.erased:
        return {}
    left = await _all_cleared(work, catalogue)
    for rec in await dead_among(work.tx, work.erased):
        del work.erased[rec]  # some time ago already
    told: dict[str, Projection] = {}
    for rec, erasing in work.erased.items():
        buckets = await _ever_in(work, rec)
        people = erasing.people | await _received_by_name(work, buckets) | {by}
        people |= {author for author, _ in left[rec]} | await _acted(work.tx, rec, facts)
        buckets |= {f"user:{person}" for person in people if person not in ("", SYSTEM_ID)}
        await _forget_halves(work.tx, rec, erasing)
        await _forget_notices(work, rec)
        work.save(TOMBSTONES, Tombstone(record_key(*rec), wire(now), erasing.cause))
        body = ErasureBody(rec, erasing.within, sorted(erasing.digests), erasing.cause, wire(now))
        told[erasure_id(rec)] = Projection(body, frozenset(buckets))
    for id, rec in zip(told, list(work.erased), strict=True):
        work.touched[rec] = work.touched.get(rec, 0) + 1
        work.touched[KIND, id] = 1
    return told


async def _all_cleared(
    work: Work, catalogue: Catalogue
) -> dict[RecKey, list[tuple[str, tuple[str, ...]]]]:
    """Every package clears what it keeps of an erased record; that may erase further records. What
    was left of refused commands: author and digests of each."""
    left: dict[RecKey, list[tuple[str, tuple[str, ...]]]] = {}
    while fresh := [rec for rec in work.erased if rec not in left]:
        # Held before it is looked at: what another batch writes of it in this moment comes first.
        await work.tx.lock(record_key(*rec) for rec in fresh)
        for rec in fresh:
            left[rec] = await _blank_refused(work.tx, rec, work.erased[rec])
            for clear in catalogue.clearing:
                await clear(work, LeftBehind(rec, tuple(left[rec]), ended=True))
    return left


class _Kept(msgspec.Struct):
    blobs: list[str] = []


async def _blank_refused(
    tx: Tx, rec: RecKey, erasing: Erasing
) -> list[tuple[str, tuple[str, ...]]]:
    """Takes the payload from what was not applied, and from its answer all that fills words."""
    where, args = "rec_key = ?", [record_key(*rec)]
    if erasing.within is not None:
        where += f" OR (rec_key = ? AND {_NAMES_IT})"
        args += [record_key(*erasing.within), rec[1]]
    rows = await tx.tuples(
        f"SELECT id, person_id, answer, payload FROM verdict WHERE {NOT_APPLIED} AND ({where})",
        *args,
    )
    left = []
    blanked = []
    for id, person, answer, payload in rows:
        blobs = msgspec.json.decode(payload, type=_Kept).blobs if payload else []
        left.append((person, tuple(blobs)))
        said = msgspec.json.decode(answer, type=Answer)
        blanked.append((stored_answer(said, keeping=False), id))
    await tx.run_many("UPDATE verdict SET payload = NULL, answer = ? WHERE id = ?", blanked)
    return left


async def _forget_halves(tx: Tx, rec: RecKey, erasing: Erasing) -> None:
    where, args = "(rec_id = ? AND rec_kind = ?)", [rec[1], rec[0]]
    if erasing.within is not None:
        where += f" OR (rec_id = ? AND rec_kind = ? AND {_NAMES_IT})"
        args += [erasing.within[1], erasing.within[0], rec[1]]
    await tx.run(
        f"DELETE FROM fact_personal WHERE id IN (SELECT id FROM fact WHERE {where})", *args
    )


async def _forget_notices(work: Work, rec: RecKey) -> None:
    rows = await work.tx.tuples(
        "SELECT id FROM notice WHERE rec_id = ? AND rec_kind = ?", rec[1], rec[0]
    )
    for (id,) in rows:
        work.remove(NOTICES, id)
        work.touch("notice", id)


async def _ever_in(work: Work, rec: RecKey) -> set[str]:
    # Places that were left stay in the index as gone: that is how it is known.
    rows = await work.tx.tuples("SELECT bucket FROM sync_row WHERE rec_key = ?", record_key(*rec))
    return {row[0] for row in rows}


async def _received_by_name(work: Work, buckets: Iterable[str]) -> set[str]:
    """Everybody who ever belonged to one of the buckets by name."""
    await work.find_many(MEMBERS, "bucket", buckets)
    found = [await work.find(MEMBERS, bucket=bucket) for bucket in buckets]
    return {member.person_id for members in found for member in members}


async def _acted(tx: Tx, rec: RecKey, facts: list[Pending]) -> set[str]:
    rows = await tx.tuples(
        "SELECT DISTINCT actor_id FROM fact WHERE rec_id = ? AND rec_kind = ?", rec[1], rec[0]
    )
    here = {pending.context.actor.id for pending in facts if pending.rec == rec}
    return here | {row[0] for row in rows}
