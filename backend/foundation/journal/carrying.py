"""One command carried out inside a batch: decoded, decided, and followed by its reactions.

Promises: a refusal leaves no trace but its verdict; a reaction can never refuse the command that
caused it; the same command makes the same ids again. It does not write: see `flush`.
"""

import logging
from typing import Any

import msgspec

from backend.foundation.journal import problems
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.chain import Pending
from backend.foundation.journal.decoding import decoded, is_record
from backend.foundation.journal.envelope import (
    Answer,
    ClockSample,
    Context,
    Envelope,
    Fact,
    Outcome,
    RecKey,
    Told,
)
from backend.foundation.journal.manifest import Handler, LeftBehind
from backend.foundation.journal.records import record_key
from backend.foundation.journal.standing_in import (
    candidates,
    decided,
    is_worth_another,
    out_of_days,
    told,
)
from backend.foundation.journal.tables import NOT_APPLIED
from backend.foundation.journal.verdicts import Verdict, payload_hash
from backend.foundation.journal.work import Work
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Moment, parse
from backend.foundation.kernel.ids import derived_id, is_id
from backend.foundation.kernel.problem import Conflict, Problem

REACTIONS_DEEP_MAX = 4  # a fact of a reaction may be reacted to; a ring is a mistake of ours
ESCROWED = "journal.escrow"  # raw bytes that stand in a command's place
UNREADABLE = "journal.unreadable"  # an envelope of which only id and place could be read
NOOP = "noop"  # fills a place of the order whose command went into escrow
REUSED = "journal.reused"  # what an envelope is turned into whose id was used before
log = logging.getLogger("xunfang.journal")


_KEPT = {
    REUSED: problems.command_reused,
    ESCROWED: problems.escrowed,
    UNREADABLE: problems.escrowed,
}


class Reacted(Fact, frozen=True):
    """A reaction was refused. The causing command stands; a person has to look."""

    reaction: str
    code: str


class Carrier:
    """Carries out the commands of one batch, one after the other, on one `Work`."""

    def __init__(
        self, work: Work, catalogue: Catalogue, actor: Actor, device_id: str, now: Moment, saw: int
    ) -> None:
        self.work = work
        self.catalogue = catalogue
        self.actor = actor
        self.device_id = device_id
        self.now = now
        self.saw = saw
        self.facts: list[Pending] = []
        self.context: Context | None = None  # of the command in hand, once it could be read

    async def carry(self, envelope: Envelope) -> Answer:
        """The verdict on one command; its steps are staged, or taken back."""
        if self.work.is_erased(envelope.rec):
            return await self.come_late(envelope)
        mark, facts = self.work.mark(), len(self.facts)
        self.context = None
        try:
            status = await self._carry(envelope)
        except Problem as refusal:
            self.work.undo(mark)
            del self.facts[facts:]
            if refusal.code == problems.record_erased.code:
                return await self.come_late(envelope, refusal)
            if isinstance(refusal, Conflict) and refusal.keep is not None:
                await self._keep(refusal.keep, envelope)
            refusal = await self._explained(refusal, envelope)
            return refused(envelope, out_of_days(refusal, self.context))
        return Answer(id=envelope.id, seq=envelope.seq, s=status)

    async def come_late(self, envelope: Envelope, refusal: Problem | None = None) -> Answer:
        """The record is erased, or the one that the refusal names. What was meant for it is not
        kept, not even beside the verdict, and the bytes that only this command names go too."""
        late = LeftBehind(envelope.rec, ((self.actor.id, tuple(envelope.blobs)),), ended=False)
        for clear in self.catalogue.clearing:
            await clear(self.work, late)
        return refused(envelope, refusal or problems.record_erased(of=envelope.rec))

    async def _keep(self, keep: Any, envelope: Envelope) -> None:
        """Lets a refused move leave its note and photos with the record. Where even that is
        refused (an empty photo), the payload kept beside the verdict has to be enough."""
        mark, facts = self.work.mark(), len(self.facts)
        try:
            assert self.context is not None  # whoever keeps something was asked
            await self._follow(await keep(self.work), self.context, 0)
        except Problem as refusal:
            log.warning("%s was not kept: %s", envelope.op, refusal.code)
            self.work.undo(mark)
            del self.facts[facts:]

    async def _carry(self, envelope: Envelope) -> Any:
        if envelope.actor and envelope.actor != self.actor.id:
            raise problems.actor_mismatch()
        if not is_id(envelope.id):
            raise problem.args_invalid(field="id", reason="a UUID in lower case is needed")
        if not is_record(envelope.rec):
            raise problem.args_invalid(field="rec", reason="this is no id of a record")
        if envelope.op == NOOP:
            return "applied"
        if envelope.op in _KEPT:
            raise _KEPT[envelope.op]()
        command = self.catalogue.commands.get(envelope.op)
        if command is None or envelope.v > command.version:
            raise problems.op_unknown(op=envelope.op)
        asked = decoded(command, envelope)
        self.context = self._context(envelope)
        self.work.command_id = envelope.id
        outcome = await self._decided(command.handler, asked, self.context)
        await self._follow(outcome, self.context, 0)
        return outcome.status

    async def _decided(self, handler: Handler, asked: msgspec.Struct, context: Context) -> Outcome:
        """What the first of those says whose posts allow it; `context` becomes theirs."""
        refusals: list[Problem] = []
        for one in candidates(context):
            mark = self.work.mark()
            self.context = one
            try:
                return await decided(self.work, handler, asked, one)
            except Problem as refusal:
                if not is_worth_another(refusal):
                    raise
                self.work.undo(mark)
                refusals.append(refusal)
        raise told(refusals)

    async def _follow(self, outcome: Outcome, context: Context, depth: int) -> None:
        rec = outcome.rec or context.rec
        for notice in outcome.told:
            self.work.tell(notice)
        for fact in outcome.facts:
            self._record(fact, rec, context)
            for notices in self.catalogue.notices.get(type(fact), ()):
                of = self.catalogue.fact_names[type(fact)]
                for notice in notices.tell(fact, msgspec.structs.replace(context, rec=rec)):
                    self.work.tell(msgspec.structs.replace(notice, fact=of))
            for owner, reaction in self.catalogue.reactions.get(type(fact), ()):
                if depth >= REACTIONS_DEEP_MAX:
                    raise AssertionError(f"reactions of {owner} go round in a ring")
                await self._react(owner, reaction.react, fact, rec, context, depth)

    async def _react(
        self, owner: str, react: Any, fact: Fact, rec: RecKey, context: Context, depth: int
    ) -> None:
        mark, facts = self.work.mark(), len(self.facts)
        # The reaction's own ids and facts hang on the command and on its name, so that a replay
        # makes the same ones; several reactions to one fact must not share them.
        name = f"{owner}.{react.__name__}:{len(self.facts)}"
        inner = msgspec.structs.replace(
            context, command_id=derived_id(context.command_id, name), rec=rec
        )
        outer, self.work.command_id = self.work.command_id, inner.command_id
        try:
            await self._follow(await react(self.work, fact, inner), inner, depth + 1)
        except Problem as refusal:
            self.work.undo(mark)
            del self.facts[facts:]
            log.warning("reaction %s refused: %s", name, refusal.code)
            self.facts.append(
                Pending(
                    "journal.Reacted",
                    Reacted(reaction=f"{owner}.{react.__name__}", code=refusal.code),
                    rec,
                    inner,
                    0,
                )
            )
            self.work.tell(Told(context.actor.id, "reaction_refused", {"code": refusal.code}, rec))
        finally:
            self.work.command_id = outer

    def _record(self, fact: Fact, rec: RecKey, context: Context) -> None:
        name = self.catalogue.fact_names[type(fact)]
        self.facts.append(Pending(name, fact, rec, context, len(self.facts)))

    def _context(self, envelope: Envelope) -> Context:
        try:
            occurred_at = parse(envelope.at)
        except ValueError as wrong:
            raise problem.args_invalid(field="at", reason=str(wrong)) from wrong
        return Context(
            actor=self.actor,
            rec=envelope.rec,
            op=envelope.op,
            command_id=envelope.id,
            device_id=self.device_id,
            occurred_at=occurred_at,
            now=self.now,
            base=envelope.base,
            saw=envelope.saw if envelope.saw is not None else self.saw,
            offset_ms=envelope.clk.off,
            error_ms=envelope.clk.err,
            clock_suspect=is_suspect(envelope.clk),
            blobs=tuple(envelope.blobs),
            tpl=tuple(envelope.tpl or ()),
        )

    async def _explained(self, refusal: Problem, envelope: Envelope) -> Problem:
        """A record that is missing because its own creation was refused says so."""
        if refusal.code != problem.not_found.code:
            return refusal
        rows = await self.work.tx.tuples(
            f"SELECT code FROM verdict WHERE rec_key = ? AND device_id = ? AND {NOT_APPLIED} "
            "AND status = 'rejected' ORDER BY seq LIMIT 1",
            record_key(*envelope.rec),
            self.device_id,
        )
        return problems.parent_rejected(code=rows[0][0]) if rows else refusal


def refused(envelope: Envelope, refusal: Problem) -> Answer:
    """The verdict for a refusal."""
    return Answer(
        id=envelope.id,
        seq=envelope.seq,
        s="conflict" if isinstance(refusal, Conflict) else "rejected",
        code=refusal.code,
        cls=refusal.cls,
        detail=refusal.detail,
        detail_zh=refusal.detail_zh,
        facts=refusal.facts or None,
    )


def is_repeat(envelope: Envelope, verdict: Verdict) -> bool:
    """Whether this was decided before, and is not another command under a used id.

    What went into escrow has other bytes than the command in whose place it stands; the answer
    to either may have been lost before the phone sent the other."""
    kept = (ESCROWED, UNREADABLE)
    if envelope.op in kept or verdict.op in kept:
        return envelope.id == verdict.id
    return verdict.payload_hash == payload_hash(envelope)


def is_suspect(clock: ClockSample) -> bool:
    """Whether times of this device need a second look: a hint for people, never for rules."""
    return (
        abs(clock.off) > limits.CLOCK_SUSPECT_OFFSET_MS
        or clock.age > limits.CLOCK_SUSPECT_AGE_SECONDS
    )
