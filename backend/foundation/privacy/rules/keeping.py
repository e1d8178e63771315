"""How long something is kept, what stops its end, and what a certificate says."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from backend.foundation.evidence.model import rec_key
from backend.foundation.journal.envelope import Context, RecKey
from backend.foundation.journal.purpose import AtEnd, Retention
from backend.foundation.kernel.actor import SYSTEM
from backend.foundation.kernel.clock import wire
from backend.foundation.privacy import problems
from backend.foundation.privacy.commands import HoldRecord, ReleaseHold
from backend.foundation.privacy.model import Awaited, Cause, Certificate, Hold, Kept
from backend.foundation.privacy.rules.consent import erase_by
from backend.foundation.privacy.rules.publishing import require_officer
from backend.foundation.privacy.states import MACHINE


class Order(msgspec.Struct, frozen=True):
    """What a feature says it erases or seals. `fields` are the personal fields that were emptied,
    `rule` the purpose or class by which."""

    rec: RecKey
    cause: Cause
    action: AtEnd
    records: tuple[RecKey, ...]
    digests: tuple[str, ...]
    fields: int
    rule: str
    erase_by: str | None


def kept(rec: RecKey, klass: Retention, since: date, outlet: str, line: str | None) -> Kept:
    """Due on the day after the last one it is kept."""
    return Kept(
        id=kept_id(rec, klass.code),
        kind=rec[0],
        rec_id=rec[1],
        rec=rec_key(*rec),
        klass=klass.code,
        action=klass.at_end,
        outlet=outlet,
        line=line,
        since=since.isoformat(),
        days=klass.days,
        due_on=(since + timedelta(days=klass.days)).isoformat(),
        reason=klass.code,
    )


def kept_id(rec: RecKey, klass: str) -> str:
    return f"{rec_key(*rec)}:{klass}"


def is_due(row: Kept, today: date) -> bool:
    """Whether its time has come and nobody has ended it."""
    return row.state == "kept" and row.due_on <= today.isoformat()


def ended(row: Kept, ctx: Context) -> Kept:
    return msgspec.structs.replace(row, state="ended", ended_at=wire(ctx.now))


def hold(asked: HoldRecord, ctx: Context) -> Hold:
    """The hold. Refuses everybody but the officer."""
    require_officer(ctx.actor, "hold")
    kind, id = asked.parent
    return Hold(
        id=ctx.rec[1],
        kind=kind,
        rec_id=id,
        rec=rec_key(kind, id),
        by=ctx.actor.id,
        why=asked.why,
        at=wire(ctx.now),
    )


def release(there: Hold, asked: ReleaseHold, ctx: Context) -> Hold:
    """The hold that stops nothing any more."""
    require_officer(ctx.actor, "release")
    if there.released_at is not None:
        raise problems.hold_released()
    return msgspec.structs.replace(
        there, released_by=ctx.actor.id, released_why=asked.why, released_at=wire(ctx.now)
    )


def is_held(holds: Iterable[Hold]) -> bool:
    """Whether any of the record's holds still lasts."""
    return any(one.released_at is None for one in holds)


def certificate(id: str, order: Order, ctx: Context) -> Certificate:
    """Done at once when no bytes have to go, or when they only are sealed."""
    waits = bool(order.digests) and order.action == "erase"
    return Certificate(
        id=id,
        cause=order.cause,
        action=order.action,
        kind=order.rec[0],
        rec_id=order.rec[1],
        rec=rec_key(*order.rec),
        rule=order.rule,
        records=order.records,
        fields=order.fields,
        digests=order.digests,
        by=ctx.actor.id,
        ordered_at=wire(ctx.now),
        erase_by=order.erase_by or erase_by(ctx.now),
        state="ordered" if waits else "done",
        done_at=None if waits else wire(ctx.now),
    )


def awaited(order: Certificate) -> tuple[Awaited, ...]:
    """The bytes it waits for; none when it is done."""
    if order.state == "done":
        return ()
    return tuple(
        Awaited(f"{order.id}|{digest}", order.id, digest) for digest in dict.fromkeys(order.digests)
    )


def with_gone(order: Certificate, waiting: Iterable[Awaited], ctx: Context) -> Certificate:
    """The certificate after some bytes went: done when none is left."""
    if order.state == "done" or any(one.gone_at is None for one in waiting):
        return order
    # Whoever's command the bytes went by (a worker's, always): the house says that they are gone.
    state = MACHINE.require("finish", order.state, SYSTEM, outlet=None, line=None)
    return msgspec.structs.replace(order, state=state, done_at=wire(ctx.now))
