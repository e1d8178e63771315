"""One answer register: who may overwrite whom, decided without a database.

An answer is stale only if the register moved on after the revision that the person was looking at
*and* another device moved it. A stale answer that differs still wins, because it arrived last and
somebody stood in front of the thing; what it replaced goes into the register's history, and the
verdict is `merged`. Nothing is thrown away and nobody is asked in the middle of a round.
"""

from typing import Literal

import msgspec

from backend.foundation.checklists.answers import Value
from backend.foundation.checklists.sheet import MAIN, Answer, PastAnswer

HISTORY_MAX = 20  # quarrels over one item; beyond that the facts still hold every answer


class Register(msgspec.Struct, frozen=True):
    """A stored register. `cleared` keeps the revision alive after the answer was taken back."""

    id: str
    record: str
    item: str
    slot: str
    value: Value
    note: str
    by: str
    device: str
    at: str
    rev: int
    cleared: bool
    history: tuple[PastAnswer, ...] = ()


class Write(msgspec.Struct, frozen=True):
    """What somebody wants to stand in a register. `base` None: they saw no answer."""

    value: Value
    note: str
    by: str
    device: str
    at: str
    base: int | None
    cleared: bool = False


class Written(msgspec.Struct, frozen=True):
    """The register after the write, and how it went."""

    register: Register
    status: Literal["applied", "merged"]
    changed: bool


def register_id(record: str, item: str, slot: str = MAIN) -> str:
    """One register per record, item and slot."""
    return f"{record}:{item}:{slot}"


def write(current: Register | None, asked: Write, record: str, item: str, slot: str) -> Written:
    """The register after `asked` arrived. The same content again changes nothing."""
    if current is None:
        first = _register(asked, record, item, slot, rev=1, history=())
        return Written(register=first, status="applied", changed=True)
    if _same(current, asked):
        return Written(register=current, status="applied", changed=False)
    stale = is_stale(current, asked)
    history = current.history
    if stale and not current.cleared:
        lost = PastAnswer(value=current.value, note=current.note, by=current.by, at=current.at)
        history = (*history, lost)[-HISTORY_MAX:]
    after = _register(asked, record, item, slot, rev=current.rev + 1, history=history)
    return Written(register=after, status="merged" if stale else "applied", changed=True)


def is_stale(current: Register, asked: Write) -> bool:
    """Whether another device moved the register after the person looked at it."""
    if current.cleared and asked.base is None:
        return False  # a cleared register looks empty; an answer to it saw what there was
    return current.rev > (asked.base or 0) and current.device != asked.device


def as_answer(register: Register) -> Answer:
    """The register as it stands in the sheet on the wire."""
    return Answer(
        slot=register.slot,
        value=register.value,
        note=register.note,
        by=register.by,
        at=register.at,
        rev=register.rev,
        history=register.history,
    )


def _same(current: Register, asked: Write) -> bool:
    return (current.cleared, current.value, current.note) == (
        asked.cleared,
        asked.value,
        asked.note,
    )


def _register(
    asked: Write,
    record: str,
    item: str,
    slot: str,
    rev: int,
    history: tuple[PastAnswer, ...],
) -> Register:
    return Register(
        id=register_id(record, item, slot),
        record=record,
        item=item,
        slot=slot,
        value=asked.value,
        note=asked.note,
        by=asked.by,
        device=asked.device,
        at=asked.at,
        rev=rev,
        cleared=asked.cleared,
        history=history,
    )
