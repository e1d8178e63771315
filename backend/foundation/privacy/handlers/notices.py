"""Publishing and retiring notices."""

from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import args_invalid
from backend.foundation.privacy import consenting
from backend.foundation.privacy.commands import PublishNotice, RetireNotice
from backend.foundation.privacy.facts import NoticePublished, NoticeRetired
from backend.foundation.privacy.rules import publishing
from backend.foundation.privacy.tables import NOTICES


async def publish_notice(work: Work, asked: PublishNotice, ctx: Context) -> Outcome:
    """Refuses a notice that leaves something out, is already there, or is not what its id says."""
    _require_kind(ctx)
    publishing.require_officer(ctx.actor, "publish_notice")
    # Two editions of one code may be on their way at once: they are other records.
    await work.hold("notice_code", asked.doc.code)
    others = await work.find(NOTICES, code=asked.doc.code)
    notice = publishing.publish(asked.doc, work.purposes, others, ctx)
    work.save(NOTICES, notice)
    work.touch("privacy_notice", notice.id)
    return Outcome((NoticePublished(notice.id, notice.code, notice.edition, notice.purposes),))


async def retire_notice(work: Work, _asked: RetireNotice, ctx: Context) -> Outcome:
    """Nobody new is told it; consents that have it keep it."""
    _require_kind(ctx)
    publishing.require_officer(ctx.actor, "retire_notice")
    notice = publishing.retire(await consenting.notice_of(work, ctx.rec[1]), ctx)
    work.save(NOTICES, notice)
    work.touch("privacy_notice", notice.id)
    return Outcome((NoticeRetired(notice.id),))


def _require_kind(ctx: Context) -> None:
    if ctx.rec[0] != "privacy_notice":
        raise args_invalid(field="rec", reason=f"{ctx.op} is about a notice")
