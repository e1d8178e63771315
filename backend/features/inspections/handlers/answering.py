"""Answers: the hot path. One look-up each in what the batch has loaded, and nothing copied."""

import msgspec

from backend.features.inspections.commands import ClearAnswer, SetAnswer
from backend.features.inspections.facts import AnswerCleared, AnswerSet
from backend.features.inspections.handlers.loading import changed, writable
from backend.features.inspections.model import Round
from backend.features.inspections.rules.decision import Standing, place
from backend.foundation.checklists import answering
from backend.foundation.checklists.registers import HISTORY_MAX, Register, Written, register_id
from backend.foundation.checklists.sheet import MAIN, PastAnswer
from backend.foundation.checklists.tables import REGISTERS
from backend.foundation.checklists.template import SCORED
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import forbidden


async def set_answer(work: Work, asked: SetAnswer, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    _require_slot(asked.slot, ctx)
    version = await answering.version_of(work, round_.template)
    standing = await _held_by_other(work, round_, how, asked.item, asked.slot, ctx)
    written = await answering.set_answer(
        work, version, round_.id, asked.item, asked.value, asked.note, ctx, asked.slot
    )
    if standing is not None:
        written = _kept_beside(work, standing, written)
    chosen = version.items[asked.item].type in SCORED
    fact = AnswerSet(
        **place(round_),
        item=asked.item,
        slot=asked.slot,
        chosen=asked.value if chosen else None,
        value=None if chosen else asked.value,
        note=asked.note,
    )
    facts: tuple[Fact, ...] = (fact,) if written.changed else ()
    return changed(work, round_, how, ctx, asked.item, facts, written.status)


async def clear_answer(work: Work, asked: ClearAnswer, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    _require_slot(asked.slot, ctx)
    version = await answering.version_of(work, round_.template)
    if await _held_by_other(work, round_, how, asked.item, asked.slot, ctx) is not None:
        return Outcome(status="merged")
    written = await answering.clear_answer(work, version, round_.id, asked.item, ctx, asked.slot)
    fact = AnswerCleared(**place(round_), item=asked.item, slot=asked.slot)
    facts: tuple[Fact, ...] = (fact,) if written.changed else ()
    return changed(work, round_, how, ctx, asked.item, facts, written.status)


def _require_slot(slot: str, ctx: Context) -> None:
    """The agreed answer, or a member's own; nobody answers in another one's name."""
    if slot not in (MAIN, ctx.actor.id):
        raise forbidden(move="set_answer")


async def _held_by_other(
    work: Work, round_: Round, how: Standing, item: str, slot: str, ctx: Context
) -> Register | None:
    """What the present assignee wrote there already, when an earlier one comes late."""
    if how != "earlier":
        return None
    id = register_id(round_.id, item, slot)
    current = await work.member(REGISTERS, id, record=round_.id)
    if current is None or current.cleared or current.by == ctx.actor.id:
        return None
    return current


def _kept_beside(work: Work, standing: Register, written: Written) -> Written:
    """The late answer goes into the history; what the present assignee wrote stays."""
    late = written.register
    if not written.changed:
        return written
    beside = PastAnswer(value=late.value, note=late.note, by=late.by, at=late.at)
    kept = msgspec.structs.replace(standing, history=(*standing.history, beside)[-HISTORY_MAX:])
    work.save(REGISTERS, kept)
    return Written(register=kept, status="merged", changed=True)
