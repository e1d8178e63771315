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
            return _all_refused(carrier, group, position, answer)
    return decided


def _all_refused(
    carrier: Carrier, group: list[Placed], guilty: int, answer: Answer
) -> list[tuple[int, Answer]]:
    refusal = problems.group_refused(code=answer.code)
    decided = []
    for position, envelope in group:
        if position == guilty:
            decided.append((position, answer))
        elif carrier.work.is_erased(envelope.rec):
            late = problems.record_erased(of=envelope.rec)
            decided.append((position, refused(envelope, late)))
        else:
            decided.append((position, refused(envelope, refusal)))
    return decided
