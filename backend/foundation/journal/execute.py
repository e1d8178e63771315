"""The only writer. A batch of commands goes in, verdicts come out, in one transaction.

Promises
- Every command gets one durable verdict; a repeat gets the stored one, whatever happened between.
- The order within a device and person holds; a gap stops the batch, a refusal never does.
- Domain rows, verdicts, facts, versions and `last_seq` are committed together or not at all.
- Commands of one group are applied together or refused together.

Against: answers lost after the commit, batches sent twice at once, two phones at one record
(records are locked by name), the database refusing a row that the rules let through (the batch is
then carried out again one command at a time, so that only the guilty one is refused), processes
killed at any point (named below for the kill tests).

It does not handle: an exception that is no Problem. That is our mistake; the batch is rolled back,
the caller answers 500, and the phone takes the batch apart until it finds the command.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence

import msgspec

from backend.foundation.database.engine import Database
from backend.foundation.database.rows import write_all
from backend.foundation.database.transaction import Busy, ConstraintBroken, Tx
from backend.foundation.journal import problems
from backend.foundation.journal.batch import Batch, Result, follows, names_of
from backend.foundation.journal.carrying import REUSED, Carrier, is_repeat, refused
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.envelope import Answer, Envelope, RecKey
from backend.foundation.journal.erasure import Revived, dead_among
from backend.foundation.journal.failpoints import failpoint
from backend.foundation.journal.flush import Flushed, flush
from backend.foundation.journal.groups import Placed, carry_group, units_of
from backend.foundation.journal.house_key import HouseKey
from backend.foundation.journal.showing import show
from backend.foundation.journal.verdicts import (
    LOGS,
    VERDICTS,
    Log,
    Verdict,
    log_key,
    repeated,
    slot_of,
    standing,
    stored,
    verdict_row,
)
from backend.foundation.journal.work import Work
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import SYSTEM, SYSTEM_ID, Actor
from backend.foundation.kernel.clock import Clock, Moment
from backend.foundation.kernel.ids import derived_id, new_id
from backend.foundation.kernel.problem import Problem

_RETRY_SECONDS = 0.02
Tell = Callable[[int, Iterable[str], Iterable[str], str], None]


def _nobody(head: int, buckets: Iterable[str], people: Iterable[str], by: str) -> None:
    return None


class Journal:
    """The writer of one installation."""

    def __init__(
        self, database: Database, catalogue: Catalogue, clock: Clock, key: HouseKey | None = None
    ) -> None:
        self.database, self.catalogue, self.clock, self.key = database, catalogue, clock, key
        self.tell: Tell = _nobody  # whom it may concern, after each commit

    async def execute(self, batch: Batch) -> Result:
        """Carries out a batch. Raises the `busy` Problem when it could not be had in five tries."""
        one_by_one = False
        dead: frozenset[RecKey] = frozenset()
        for attempt in range(limits.PUSH_ATTEMPTS_MAX):
            try:
                # Once it was tried: a commit may have gone through whose answer was lost.
                return await self._execute(batch, one_by_one, dead, may_repeat=attempt > 0)
            except Revived as touched:
                # Once more, with knowledge: who touches them is refused there, and nobody else.
                dead |= touched.recs
            except ConstraintBroken:
                one_by_one = True
            except Busy:
                await asyncio.sleep(_RETRY_SECONDS * 2**attempt)
        raise problems.busy()

    async def command(
        self,
        op: str,
        rec: tuple[str, str],
        args: msgspec.Struct | dict[str, object],
        *,
        actor: Actor = SYSTEM,
        command_id: str | None = None,
        at: str | None = None,
        locks: tuple[str, ...] = (),
    ) -> Answer:
        """One command of the house itself (worker, import, command line). Raises its refusal."""
        from_house = Envelope(
            id=command_id or new_id(),
            op=op,
            rec=rec,
            at=at or self.clock.now().isoformat(),
            args=msgspec.Raw(msgspec.json.encode(args)),
        )
        device_id, new = actor.device_id or "house", command_id is None
        result = await self.execute(Batch(actor, device_id, (from_house,), locks=locks, new=new))
        answer = result.answers[0]
        if answer.s in ("rejected", "conflict"):
            known = {kind.code: kind for kind in problems.ALL} | self.catalogue.problems
            raise Problem(known[answer.code or ""], answer.facts or {})
        return answer

    async def _execute(
        self, batch: Batch, one_by_one: bool, dead: frozenset[RecKey], *, may_repeat: bool
    ) -> Result:
        failpoint("before_begin")
        async with self.database.unit_of_work(names_of(batch)) as tx:
            run = _Run(self, batch, tx, dead)
            result = await run.carry_out(one_by_one, may_repeat=may_repeat)
            failpoint("before_commit")
        failpoint("after_commit")
        if run.buckets or run.people:
            self.tell(run.head, run.buckets, run.people, batch.device_id)
        return result


class _Run:
    """One attempt at one batch inside one transaction."""

    def __init__(self, journal: Journal, batch: Batch, tx: Tx, dead: frozenset[RecKey]) -> None:
        self.dead = dead  # records that are erased
        self.journal = journal
        self.batch = batch
        self.tx = tx
        self.now: Moment = journal.clock.now()
        self.answers: dict[int, Answer] = {}
        self.log_key = log_key(batch.device_id, batch.actor.id)
        self.head = 0
        self.lacking: set[str] = set()
        self.buckets: set[str] = set()
        self.people: set[str] = set()

    async def carry_out(self, one_by_one: bool, *, may_repeat: bool) -> Result:
        last_seq = await self._look()
        known: dict[str, Verdict] = {}
        if may_repeat or not follows(self.batch, last_seq):
            # Else no place in the order is taken yet. Should an id have been used in another one,
            # its verdict cannot be written twice, and the second try comes here.
            known = await stored(
                self.tx, self.batch.envelopes, self.batch.device_id, self.batch.actor.id
            )
        failpoint("after_dedup_read")
        fresh, last_seq, expected = self._sorted_out(known, last_seq)
        await self._carry(fresh, last_seq, one_by_one)
        if not self.head:
            self.head = (await self.tx.tuples("SELECT head FROM sync_counter WHERE id = 1"))[0][0]
        for position, answer in self.answers.items():
            answer.id = self.batch.envelopes[position].id
        ordered = tuple(self.answers[position] for position in sorted(self.answers))
        return Result(ordered, last_seq, self.head, expected, frozenset(self.lacking))

    async def _look(self) -> int:
        """How far this phone's order was taken; learns which of the records are erased."""
        recs = {envelope.rec for envelope in self.batch.envelopes}
        if not any(envelope.seq for envelope in self.batch.envelopes):
            # The house's own commands have no order, and most are about bytes, not records.
            recs = {rec for rec in recs if rec[0] in self.journal.catalogue.kinds}
            self.dead |= await dead_among(self.tx, recs)
            return 0
        last_seq, dead = await standing(self.tx, self.log_key, recs)
        self.dead |= dead
        return last_seq

    def _sorted_out(
        self, known: dict[str, Verdict], last_seq: int
    ) -> tuple[list[Placed], int, int | None]:
        """Answers repeats; gives the fresh commands with their positions, and where a gap is."""
        fresh: list[Placed] = []
        used = {verdict.id for verdict in known.values()}
        for position, envelope in enumerate(self.batch.envelopes):
            slot = slot_of(self.batch.device_id, self.batch.actor.id, envelope)
            verdict = known.get(slot) or (None if envelope.seq else known.get(envelope.id))
            if verdict is not None:
                same = is_repeat(envelope, verdict)
                self.answers[position] = (
                    repeated(envelope, verdict)
                    if same
                    else refused(envelope, problems.command_reused())
                )
            elif envelope.seq and envelope.seq != last_seq + 1:
                return fresh, last_seq, last_seq + 1
            elif envelope.id in used and not envelope.seq:
                self.answers[position] = refused(envelope, problems.command_reused())
            else:
                last_seq = envelope.seq or last_seq
                if envelope.id in used:
                    # The id was used in another place of the order, maybe of this very batch. Its
                    # verdict row needs an id of its own, or the first answer would be overwritten.
                    stand_in = derived_id(SYSTEM_ID, f"{slot}|{envelope.id}")
                    envelope = msgspec.structs.replace(envelope, id=stand_in, op=REUSED)
                used.add(envelope.id)
                fresh.append((position, envelope))
        return fresh, last_seq, None

    async def _carry(self, fresh: list[Placed], last_seq: int, one_by_one: bool) -> None:
        if not fresh:
            return
        log = Log(self.log_key, self.batch.device_id, self.batch.actor.id, last_seq)
        logs = [log] if any(envelope.seq for _, envelope in fresh) else []
        if not one_by_one:
            self._note(await self._unit(fresh, logs))
            return
        for unit in units_of(fresh):
            self._note(await self._guarded(unit))
        await LOGS.upsert(self.tx, logs)

    def _note(self, decided: Iterable[tuple[int, Answer]]) -> None:
        self.answers.update(decided)

    async def _guarded(self, unit: list[Placed]) -> list[tuple[int, Answer]]:
        try:
            async with self.tx.savepoint():
                return await self._unit(unit)
        except ConstraintBroken:
            refusal = problems.constraint_broken()
            decided = [(position, refused(envelope, refusal)) for position, envelope in unit]
            flushed = await flush(Work(self.tx), self.journal.catalogue, [], self.now)
            self.head = flushed.head
            await self._store(unit, decided, flushed)
            return decided

    async def _unit(self, unit: list[Placed], logs: Sequence[Log] = ()) -> list[tuple[int, Answer]]:
        """Decides, writes and stores the verdicts of these commands, and how far they got."""
        batch, catalogue = self.batch, self.journal.catalogue
        looked = (envelope.rec for _, envelope in unit)
        work = Work(self.tx, self.dead, looked, catalogue.purposes)
        work.key, work.listings = self.journal.key, catalogue.listings
        work.under_way = catalogue.under_way
        carrier = Carrier(work, catalogue, batch.actor, batch.device_id, self.now, batch.saw)
        await self._prepare(work, [envelope for _, envelope in unit])
        decided: list[tuple[int, Answer]] = []
        for group in units_of(unit):
            decided += await carry_group(carrier, group)
        self.lacking |= work.lacking
        failpoint("after_decisions")
        flushed = await flush(work, catalogue, carrier.facts, self.now, batch.actor.id)
        failpoint("after_bump")
        self.dead |= frozenset(work.erased)
        self.head = flushed.head
        self.buckets |= flushed.buckets
        self.people |= flushed.people
        await self._store(unit, decided, flushed, logs)
        work.close()
        return decided

    async def _prepare(self, work: Work, envelopes: list[Envelope]) -> None:
        by_op: dict[str, list[Envelope]] = {}
        for envelope in envelopes:
            by_op.setdefault(envelope.op, []).append(envelope)
        for op, alike in by_op.items():
            command = self.journal.catalogue.commands.get(op)
            if command is not None and command.prepare is not None and len(alike) > 1:
                await command.prepare(work, alike)

    async def _store(
        self,
        unit: list[Placed],
        decided: list[tuple[int, Answer]],
        flushed: Flushed,
        logs: Sequence[Log] = (),
    ) -> None:
        rows = []
        for (_, envelope), (_, answer) in zip(unit, decided, strict=True):
            answer.ver = flushed.head
            record = flushed.records.get(envelope.rec)
            if record is not None:
                answer.rev = record.rev
            rows.append(
                verdict_row(
                    envelope,
                    answer,
                    self.batch.device_id,
                    self.batch.actor.id,
                    flushed.head,
                    self.now,
                    keeping=envelope.rec not in self.dead,
                )
            )
        # Never over one that is there: a verdict was told to somebody.
        writes = [*flushed.numbered, VERDICTS.inserting(rows), LOGS.upserting(logs)]
        await write_all(self.tx, writes, flushed.counter)
        # Asked last, when memberships and places are what this batch made of them.
        await show(self.tx, self.batch.buckets, unit, decided, flushed.head)
