"""Who publishes a notice, and what it has to say."""

from collections.abc import Iterable, Mapping

import msgspec

from backend.foundation.journal.envelope import Context
from backend.foundation.journal.purpose import Purpose
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import forbidden
from backend.foundation.privacy import problems
from backend.foundation.privacy.model import Notice
from backend.foundation.privacy.notice import (
    REASONS,
    NoticeDoc,
    faults,
    notice_id,
    unknown_purpose,
)

OFFICER = frozenset({"dpo"})


def require_officer(actor: Actor, move: str) -> None:
    """Refuses everybody but the data-protection officer: an administrator gives rights to people
    and must not also decide what may be asked of customers."""
    if not actor.may(OFFICER):
        raise forbidden(move=move)


def publish(
    doc: NoticeDoc, known: Mapping[str, Purpose], others: Iterable[Notice], ctx: Context
) -> Notice:
    """The notice in force. `others` are the notices of the same code."""
    require_officer(ctx.actor, "publish_notice")
    id = ctx.rec[1]
    if notice_id(doc) != id:
        raise problems.notice_id_mismatch(id=id)
    others = list(others)
    if any(other.id == id for other in others):
        raise problems.notice_exists()
    found = faults(doc, known)
    if found:
        english, chinese = REASONS[found[0]]
        raise problems.notice_invalid(
            count=len(found), reason_en=english, reason_zh=chinese, faults=found
        )
    unknown = unknown_purpose(doc, known)
    if unknown is not None:
        raise problems.purpose_unknown(purpose=unknown)
    if any(other.edition == doc.edition for other in others):
        raise problems.notice_edition_taken(code=doc.code, edition=doc.edition)
    return Notice(
        id=id,
        code=doc.code,
        edition=doc.edition,
        title=doc.title,
        points=doc.points,
        purposes=doc.purposes,
        published_by=ctx.actor.id,
        published_at=wire(ctx.now),
    )


def retire(notice: Notice, ctx: Context) -> Notice:
    """The notice out of use. Consents that have it keep it."""
    require_officer(ctx.actor, "retire_notice")
    if notice.retired_at is not None:
        raise problems.notice_retired()
    return msgspec.structs.replace(notice, retired_at=wire(ctx.now))
