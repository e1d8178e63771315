"""One function per command."""

from backend.foundation.exports import facts, rules
from backend.foundation.exports.commands import Fail, Finish, Order, Progress, Remove
from backend.foundation.exports.model import Export
from backend.foundation.exports.tables import EXPORTS
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import SYSTEM_ROLE
from backend.foundation.kernel.problem import id_taken, not_found

KIND = "export"
MAKE = "make_export"  # the job's name
_LIVING = ("ordered", "made")


async def order(work: Work, asked: Order, ctx: Context) -> Outcome:
    kind, id = ctx.rec
    if kind != KIND:
        raise not_found()
    own = await work.find(EXPORTS, by=ctx.actor.id)
    kept = sum(one.state in _LIVING for one in own)
    export = rules.order(id, asked, work.listings, kept, ctx.actor, ctx.now)
    work.listings[export.list].wanted(export.query)  # refuses what this list does not know
    if await work.load(EXPORTS, id) is not None:
        raise id_taken()
    work.enqueue(MAKE, {"export": id}, f"{MAKE}:{id}")
    return _saved(work, export, facts.Ordered(export.list, export.query, export.kind))


async def progress(work: Work, asked: Progress, ctx: Context) -> Outcome:
    return _saved(work, rules.progress(await _export(work, ctx), asked, ctx.actor))


async def finish(work: Work, asked: Finish, ctx: Context) -> Outcome:
    export = rules.finish(await _export(work, ctx), asked, ctx.actor, ctx.now)
    return _saved(work, export, facts.Finished(export.rows, export.sha256))


async def fail(work: Work, asked: Fail, ctx: Context) -> Outcome:
    export = rules.fail(await _export(work, ctx), asked, ctx.actor, ctx.now)
    return _saved(work, export, facts.Failed(asked.problem))


async def remove(work: Work, asked: Remove, ctx: Context) -> Outcome:
    export = await _export(work, ctx)
    rules.require_remover(ctx.actor)
    work.remove(EXPORTS, export.id)
    work.touch(KIND, export.id)
    return Outcome((facts.Removed(),))


async def _export(work: Work, ctx: Context) -> Export:
    export = await work.load(EXPORTS, ctx.rec[1]) if ctx.rec[0] == KIND else None
    if export is None or not (ctx.actor.id == export.by or ctx.actor.may(SYSTEM_ROLE)):
        raise not_found()
    return export


def _saved(work: Work, export: Export, *told: Fact) -> Outcome:
    work.save(EXPORTS, export)
    work.touch(KIND, export.id)
    return Outcome(told)
