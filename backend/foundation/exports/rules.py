"""Who may order what, and what a file's maker may say of it. Pure."""

import hashlib
from collections.abc import Container
from datetime import timedelta

import msgspec

from backend.foundation.exports import problems
from backend.foundation.exports.commands import Fail, Finish, Order, Progress
from backend.foundation.exports.model import Export
from backend.foundation.identity.listing import require_overseer
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.kernel.problem import bad_transition, forbidden


def order(
    id: str, asked: Order, known: Container[str], kept: int, actor: Actor, now: Moment
) -> Export:
    """A new order. `known` are the listings of this house, `kept` how many files they have."""
    require_overseer(actor)
    if asked.list not in known:
        raise problems.list_unknown(list=asked.list)
    if kept >= limits.EXPORTS_KEPT_MAX:
        raise problems.exports_many(limit=limits.EXPORTS_KEPT_MAX)
    return Export(
        id=id,
        list=asked.list,
        query=asked.query,
        kind=asked.kind,
        language=asked.language,
        by=actor.id,
        ordered_at=wire(now),
    )


def progress(export: Export, asked: Progress, actor: Actor) -> Export:
    _require_maker(export, actor, "progress")
    return msgspec.structs.replace(export, rows=asked.rows)


def finish(export: Export, asked: Finish, actor: Actor, now: Moment) -> Export:
    """The file is there, from now on for a day."""
    _require_maker(export, actor, "finish")
    return msgspec.structs.replace(
        export,
        state="made",
        rows=asked.rows,
        size=asked.size,
        sha256=asked.sha256,
        reach=asked.reach,
        until=wire(now + timedelta(seconds=limits.EXPORT_LIFE_SECONDS)),
    )


def fail(export: Export, asked: Fail, actor: Actor, now: Moment) -> Export:
    """There will be no file. The order is told for as long as a file would be."""
    _require_maker(export, actor, "fail")
    until = wire(now + timedelta(seconds=limits.EXPORT_LIFE_SECONDS))
    return msgspec.structs.replace(export, state="failed", problem=asked.problem, until=until)


def require_remover(actor: Actor) -> None:
    """The file is gone from the store when this is said, and only the house knows that."""
    if not actor.may(SYSTEM_ROLE):
        raise forbidden(move="remove")


def require_file(export: Export, actor: Actor, now: Moment) -> None:
    """For whoever ordered it, and who sees today what it shows."""
    require_overseer(actor)
    if export.state != "made" or export.until is None or export.until <= wire(now):
        raise problems.export_gone()
    if export.reach != reach_of(actor):
        raise problems.export_reach()


def reach_of(actor: Actor) -> str:
    """What this person sees, as a digest: other posts make another one."""
    return hashlib.sha256(msgspec.json.encode(actor.grants)).hexdigest()


def _require_maker(export: Export, actor: Actor, move: str) -> None:
    if not actor.may(SYSTEM_ROLE):
        raise forbidden(move=move)
    if export.state != "ordered":
        raise bad_transition(state=export.state, move=move)
