"""Handing the round in: one freeze, one manifest, one hash, and a case for every finding."""

from typing import Any

from backend.features.inspections.commands import Amend, Submit
from backend.features.inspections.handlers.loading import (
    KIND,
    round_of,
    settle,
    times,
    writable,
)
from backend.features.inspections.model import Round, shots
from backend.features.inspections.rules import submitting as rules
from backend.features.inspections.rules.decision import Decision, buckets_of
from backend.features.inspections.rules.finding import raised
from backend.features.inspections.tables.sheets import found_in, photos_in, sheet_of
from backend.foundation.checklists import problems as checklists
from backend.foundation.checklists.answering import version_of
from backend.foundation.checklists.answers import check_answer
from backend.foundation.checklists.demands import missing
from backend.foundation.checklists.scoring import score
from backend.foundation.checklists.sheet import values_of
from backend.foundation.evidence import attaching
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import args_invalid


async def submit(work: Work, asked: Submit, ctx: Context) -> Outcome:
    round_, how = await writable(work, ctx)
    if how == "earlier":
        decision = rules.submit_late(round_, asked, ctx.actor, times(work, ctx))
        return settle(work, round_, decision)
    version = await version_of(work, round_.template)
    photos = await photos_in(work, round_)
    found = await found_in(work, round_)
    if asked.signature is not None and all(p.id != asked.signature for p in photos):
        raise args_invalid(field="signature", reason="no such photo in the round")
    sheet = await sheet_of(work, round_, asked.signature)
    lacking = missing(version.doc, sheet, shots(photos, found))
    points = score(version.doc, values_of(sheet))
    when = times(work, ctx)
    decision = rules.submit(round_, asked, sheet, lacking, points, ctx.actor, when)
    await attaching.publish_under(work, (KIND, round_.id), buckets_of(decision.round))
    work.touch("sheet", round_.id)
    items = version.items
    told = tuple(raised(round_, one, items[one.item], photos, on_spot=one.on_spot) for one in found)
    return settle(work, round_, Decision(decision.round, (*decision.facts, *told)))


async def amend(work: Work, asked: Amend, ctx: Context) -> Outcome:
    round_ = await round_of(work, ctx)
    version = await version_of(work, round_.template)
    item = version.items.get(asked.item)
    if item is None:
        raise checklists.template_item_unknown(item=asked.item)
    check_answer(item, asked.value, asked.note)
    sheet = await sheet_of(work, round_, round_.signature)
    values = _amended_values(round_, values_of(sheet), asked)
    when = times(work, ctx)
    points = score(version.doc, values)
    return settle(work, round_, rules.amend(round_, asked, sheet, points, ctx.actor, when))


def _amended_values(round_: Round, values: dict[str, Any], asked: Amend) -> dict[str, Any]:
    """The answers with every amendment so far and this one on top."""
    earlier = {amendment.item: amendment.value for amendment in round_.amendments}
    return values | earlier | {asked.item: asked.value}
