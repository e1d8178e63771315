"""Findings of a round, before it is submitted."""

from backend.features.inspections.commands import DropFinding, RecordFinding
from backend.features.inspections.facts import PhotoDetached
from backend.features.inspections.handlers.loading import changed, times, writable
from backend.features.inspections.rules import finding as rules
from backend.features.inspections.rules.decision import place
from backend.features.inspections.tables import FOUND
from backend.features.inspections.tables.sheets import found_in, photos_in
from backend.foundation.checklists import problems as checklists
from backend.foundation.checklists.answering import version_of
from backend.foundation.evidence import attaching
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work


async def record_finding(work: Work, asked: RecordFinding, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    version = await version_of(work, round_.template)
    item = version.items.get(asked.item)
    if item is None:
        raise checklists.template_item_unknown(item=asked.item)
    current = await work.load(FOUND, asked.finding)
    count = len(await found_in(work, round_)) if current is None else 0
    found, fact = rules.record(round_, asked, current, count, ctx.actor, times(work, ctx))
    work.save(FOUND, found)
    facts: tuple[Fact, ...] = (fact,)
    if found.raised:
        # Danger does not wait for the round to be over; the fix on the spot, if there was one, is
        # told at submit, when its two photos are known.
        photos = await photos_in(work, round_)
        facts = (fact, rules.raised(round_, found, item, photos, on_spot=False))
    return changed(work, round_, how, ctx, asked.item, facts)


async def drop_finding(work: Work, asked: DropFinding, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    found = await work.load(FOUND, asked.finding)
    facts: tuple[Fact, ...] = (rules.drop(round_, found),)
    work.remove(FOUND, asked.finding)
    for photo in await photos_in(work, round_):
        if photo.finding == asked.finding:
            await attaching.detach(work, photo)
            gone = PhotoDetached(**place(round_), photo=photo.id, reason="finding dropped")
            facts = (*facts, gone)
    return changed(work, round_, how, ctx, None, facts)
