"""How features keep answers: they own the command and the right to answer, this owns the register.

A record that has a sheet delegates here: `set_answer` and `clear_answer` judge the value against
the template, decide stale against fresh and stage the register; `answers_of` gives the sheet's
half that is answers. Facts and touches are the feature's, because only it knows its record.
"""

import msgspec

from backend.foundation.checklists import problems
from backend.foundation.checklists.answers import Value, check_answer
from backend.foundation.checklists.model import Template
from backend.foundation.checklists.registers import (
    Register,
    Write,
    Written,
    as_answer,
    register_id,
    write,
)
from backend.foundation.checklists.sheet import MAIN, Answer, answer_key
from backend.foundation.checklists.tables import REGISTERS, TEMPLATES
from backend.foundation.checklists.template import Item, TemplateDoc, item_index
from backend.foundation.journal.envelope import Context
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire

KEPT_MAX = 64  # versions in use at one time; each is some 50 kB


class Version(msgspec.Struct, frozen=True):
    """What never changes of a version: its content, and the items of it by key."""

    id: str
    doc: TemplateDoc
    items: dict[str, Item]


_KEPT: dict[str, Version] = {}


async def template_of(work: Work, id: str) -> Template:
    """The version with this id, also a retired one. Raises `template_unknown`."""
    template = await work.load(TEMPLATES, id)
    if template is None:
        raise problems.template_unknown(template=id)
    return template


async def template_for(work: Work, id: str, actor: Actor) -> Template:
    """The version, for whoever has a post in its line; for others it was never published either.
    Raises `template_unknown`."""
    template = await template_of(work, id)
    if not actor.is_at(None, template.line):
        raise problems.template_unknown(template=id)
    return template


async def version_of(work: Work, id: str) -> Version:
    """The content of the version with this id, also of a retired one. Raises `template_unknown`.

    Kept in memory: the id is the digest of the content, and every change of a sheet asks for it.
    Whether it was retired is not in it, for that does change: see `template_of`."""
    if id not in _KEPT:
        template = await template_of(work, id)
        if len(_KEPT) >= KEPT_MAX:
            _KEPT.clear()
        _KEPT[id] = Version(id, template.doc, item_index(template.doc))
    return _KEPT[id]


async def set_answer(
    work: Work,
    version: Version,
    record: str,
    item: str,
    value: Value,
    note: str,
    ctx: Context,
    slot: str = MAIN,
) -> Written:
    """Stages the answer. Status `merged` when it replaced what another device wrote meanwhile.

    Raises `template_item_unknown`, `args_invalid` and the other refusals of `answers`.
    """
    asked_of = version.items.get(item)
    if asked_of is None:
        raise problems.template_item_unknown(item=item)
    check_answer(asked_of, value, note)
    return await _write(work, record, item, slot, _asked(ctx, value, note))


async def clear_answer(
    work: Work, version: Version, record: str, item: str, ctx: Context, slot: str = MAIN
) -> Written:
    """Stages an empty register. Clearing what is not there changes nothing."""
    if item not in version.items:
        raise problems.template_item_unknown(item=item)
    return await _write(work, record, item, slot, _asked(ctx, None, "", cleared=True))


def begin(work: Work, record: str) -> None:
    """The record is new, and nobody has answered anything in it yet: nothing to look for."""
    work.begin(REGISTERS, record=record)


async def answers_of(work: Work, record: str) -> dict[str, Answer]:
    """The answers of a record's sheet, by item; registers of other slots as `item@slot`."""
    registers = await work.find(REGISTERS, record=record)
    return {
        answer_key(register.item, register.slot): as_answer(register)
        for register in sorted(registers, key=lambda one: one.id)
        if not register.cleared
    }


async def _write(work: Work, record: str, item: str, slot: str, asked: Write) -> Written:
    id = register_id(record, item, slot)
    current: Register | None = await work.member(REGISTERS, id, record=record)
    written = write(current, asked, record, item, slot)
    if written.changed:
        work.save(REGISTERS, written.register)
    return written


def _asked(ctx: Context, value: Value, note: str, *, cleared: bool = False) -> Write:
    return Write(
        value=value,
        note=note,
        by=ctx.actor.id,
        device=ctx.device_id,
        at=wire(ctx.occurred_at),
        base=ctx.base,
        cleared=cleared,
    )
