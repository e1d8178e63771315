"""Commands that belong together: all of them are applied, or none."""

from itertools import groupby

from backend.foundation.journal import problems
from backend.foundation.journal.carrying import Carrier, refused
from backend.foundation.journal.envelope import Answer, Envelope

Placed = tuple[int, Envelope]  # a command and its position in the batch


def units_of(unit: list[Placed]) -> list[list[Placed]]:
    """Neighbours of one group together, every other command alone."""
    return [
        list(members) for _, members in groupby(unit, key=lambda pair: pair[1].group or pair[1].id)
    ]


async def carry_group(carrier: Carrier, group: list[Placed]) -> list[tuple[int, Answer]]:
    """Carries out one unit; when one of several is refused, all of them are."""
    mark, facts = carrier.work.mark(), len(carrier.facts)
    decided: list[tuple[int, Answer]] = []
    for position, envelope in group:
        answer = await carrier.carry(envelope)
        decided.append((position, answer))
        if answer.s in ("rejected", "conflict") and len(group) > 1:
            carrier.work.undo(mark)
            del carrier.facts[facts:]
            return await _all_refused(carrier, group, position, answer)
    return decided


async def _all_refused(
    carrier: Carrier, group: list[Placed], guilty: int, answer: Answer
) -> list[tuple[int, Answer]]:
    """The verdicts once the group's steps are taken back. What the group itself wanted to erase is
    still there: a phone told otherwise would let go of a living record."""
    told = await _guilty(carrier, dict(group)[guilty], answer)
    refusal = problems.group_refused(code=told.code)
    decided = []
    for position, envelope in group:
        if position == guilty:
            decided.append((position, told))
        elif carrier.work.is_erased(envelope.rec):
            decided.append((position, await carrier.come_late(envelope)))
        else:
            decided.append((position, refused(envelope, refusal)))
    return decided


async def _guilty(carrier: Carrier, envelope: Envelope, answer: Answer) -> Answer:
    """What the one is told for which all are refused, and its neighbours with it."""
    if carrier.work.is_erased(envelope.rec):
        return await carrier.come_late(envelope)
    if answer.code != problems.record_erased.code:
        return answer
    return await _touched_erased(carrier, envelope, answer)


async def _touched_erased(carrier: Carrier, envelope: Envelope, answer: Answer) -> Answer:
    """The record lives; another one that it touched does not, or was to go with this group."""
    of = (answer.facts or {})["of"]
    if carrier.work.is_erased(of):
        return await carrier.come_late(envelope, problems.record_erased(of=of))
    return refused(envelope, problems.erased_in_group())
