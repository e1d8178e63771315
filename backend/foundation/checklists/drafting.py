"""Drafts of checklists: whatever their author has written, kept at every pause.

A draft is one person's. Two devices of that person may write it at once; what comes from a device
that had not seen the other's words becomes a draft of its own beside it, so that neither is lost
and nobody has to choose before going on.
"""

from typing import Any

from backend.foundation.checklists import problems
from backend.foundation.checklists.commands import DropDraft, KeepDraft
from backend.foundation.checklists.handlers import PUBLISHERS
from backend.foundation.checklists.model import Draft
from backend.foundation.checklists.tables import DRAFTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import canonical, limits
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import args_invalid, forbidden, id_taken, not_found


async def keep_draft(work: Work, asked: KeepDraft, ctx: Context) -> Outcome:
    """Refuses nothing that can be written down: whether it is sound is asked at publishing."""
    _require_writer(ctx, "keep_draft")
    _require_plain(asked.doc)
    current = await work.load(DRAFTS, ctx.rec[1])
    if current is None:
        if len(await work.find(DRAFTS, by=ctx.actor.id)) >= limits.DRAFTS_MAX:
            raise problems.drafts_full(limit=limits.DRAFTS_MAX)
        return _kept(work, _draft(ctx.rec[1], asked, ctx, 1, None), "applied")
    if current.by != ctx.actor.id:
        raise id_taken()
    if current.rev > (ctx.base or 0) and current.device != ctx.device_id:
        return _kept(work, _draft(work.derive("copy"), asked, ctx, 1, current.id), "merged")
    return _kept(work, _draft(current.id, asked, ctx, current.rev + 1, current.copy_of), "applied")


async def drop_draft(work: Work, _asked: DropDraft, ctx: Context) -> Outcome:
    """Gone on all devices of its author. What is gone already stays gone."""
    _require_writer(ctx, "drop_draft")
    current = await work.load(DRAFTS, ctx.rec[1])
    if current is None or current.by != ctx.actor.id:
        raise not_found()
    work.remove(DRAFTS, current.id)
    work.touch("template_draft", current.id)
    return Outcome()


def _require_writer(ctx: Context, move: str) -> None:
    if not ctx.actor.may(PUBLISHERS):
        raise forbidden(move=move)
    if ctx.rec[0] != "template_draft":
        raise args_invalid(field="rec", reason=f"{ctx.op} is about a draft")


def _require_plain(doc: dict[str, Any]) -> None:
    # Fractions and endless numbers would have no digest later, and no phone writes them.
    try:
        canonical.canonical(doc)
    except (TypeError, ValueError) as error:
        raise args_invalid(field="doc", reason=str(error)) from error


def _kept(work: Work, draft: Draft, status: Any) -> Outcome:
    work.save(DRAFTS, draft)
    work.touch("template_draft", draft.id)
    return Outcome(status=status)


def _draft(id: str, asked: KeepDraft, ctx: Context, rev: int, copy_of: str | None) -> Draft:
    return Draft(
        id=id,
        by=ctx.actor.id,
        copy_of=copy_of,
        device=ctx.device_id,
        at=wire(ctx.occurred_at),
        rev=rev,
        **{name: getattr(asked, name) for name in KeepDraft.__struct_fields__},
    )
