"""One function per command: load, let the rules decide, write, say what happened.

Nothing is sent here. Orders about what is on its way (a test, a replay, a pause that ends) are
facts; whoever gathers the facts for the targets carries them out in their place of the order.
"""

import msgspec

from backend.foundation.identity.pins import key_of
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.notices import NOTICES
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import Problem
from backend.foundation.notices import addresses, facts, problems, rules
from backend.foundation.notices.commands import (
    AddTarget,
    ChangeTarget,
    Choose,
    MarkRead,
    PauseTarget,
    RemoveTarget,
    ReplayTarget,
    ResumeTarget,
    SetAddress,
    TestTarget,
)
from backend.foundation.notices.model import Inbox, Target, TargetKind, lane_id
from backend.foundation.notices.tables import DELIVERIES, INBOXES, TARGETS
from backend.foundation.organisation import directory


async def mark_read(work: Work, asked: MarkRead, ctx: Context) -> Outcome:
    person = _of(ctx, "inbox")
    rules.require_own(ctx.actor, person)
    for notice in await work.load_many(NOTICES, asked.notices):
        # What is not theirs, or was read on another device, is passed over: reading twice is no
        # mistake, and a notice that went with its record must not come back as a refusal.
        gone = notice.rec_kind is not None and work.is_erased(
            (notice.rec_kind, notice.rec_id or "")
        )
        if notice.person_id == person and notice.read_at is None and not gone:
            work.save(NOTICES, msgspec.structs.replace(notice, read_at=wire(ctx.judged_at())))
            work.touch("notice", notice.id)
    return Outcome()


async def choose(work: Work, asked: Choose, ctx: Context) -> Outcome:
    person = _of(ctx, "inbox")
    rules.require_own(ctx.actor, person)
    inbox = rules.choose(await _inbox(work, person), asked)
    _keep(work, inbox)
    fact = facts.Chosen(person=person, muted=inbox.muted, quiet=inbox.quiet is not None)
    return Outcome(facts=(fact,))


async def set_address(work: Work, asked: SetAddress, ctx: Context) -> Outcome:
    person = _of(ctx, "inbox")
    if person != ctx.actor.id:
        rules.require_keeper(ctx.actor)
    if await work.load(PEOPLE, person) is None:
        raise problem.not_found()
    inbox = msgspec.structs.replace(await _inbox(work, person), address=asked.address)
    _keep(work, inbox)
    return Outcome(facts=(facts.AddressSet(person=person, address=asked.address),))


async def add_target(work: Work, asked: AddTarget, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    id = _of(ctx, "target")
    if await work.load(TARGETS, id) is not None:
        raise problem.id_taken()
    await _require_places(work, asked.outlets, asked.lines)
    target = Target(
        id=id,
        name=asked.name,
        kind=asked.kind,
        host=_host(work, asked.sealed, asked.kind, ctx),
        sealed=asked.sealed,
        kinds=asked.kinds,
        outlets=asked.outlets,
        lines=asked.lines,
        language=asked.language,
        state="active",
        made_at=wire(ctx.now),
    )
    work.save(TARGETS, target)
    fact = facts.TargetAdded(
        target=id,
        name=target.name,
        kind=target.kind,
        host=target.host,
        kinds=target.kinds,
        outlets=target.outlets,
        lines=target.lines,
    )
    return Outcome(facts=(fact,))


async def change_target(work: Work, asked: ChangeTarget, ctx: Context) -> Outcome:
    before = await _target(work, ctx)
    await _require_places(work, asked.outlets or (), asked.lines or ())
    host = None if asked.sealed is None else _host(work, asked.sealed, before.kind, ctx)
    target = rules.change(before, asked, host)
    work.save(TARGETS, target)
    fact = facts.TargetChanged(
        target=target.id,
        name=target.name,
        host=target.host,
        kinds=target.kinds,
        outlets=target.outlets,
        lines=target.lines,
        resealed=host is not None,
    )
    return Outcome(facts=(fact,))


async def pause_target(work: Work, asked: PauseTarget, ctx: Context) -> Outcome:
    target = rules.pause(await _target(work, ctx))
    work.save(TARGETS, target)
    return Outcome(facts=(facts.TargetPaused(target=target.id),))


async def resume_target(work: Work, asked: ResumeTarget, ctx: Context) -> Outcome:
    target = rules.resume(await _target(work, ctx))
    work.save(TARGETS, target)
    return Outcome(facts=(facts.TargetResumed(target=target.id),))


async def test_target(work: Work, asked: TestTarget, ctx: Context) -> Outcome:
    target = await _target(work, ctx)
    rules.require_sending(target)
    return Outcome(facts=(facts.TargetTested(target=target.id),))


async def replay_target(work: Work, asked: ReplayTarget, ctx: Context) -> Outcome:
    target = await _target(work, ctx)
    rules.require_sending(target)
    rules.require_one_replay(asked)
    if asked.delivery is not None:
        delivery = await work.load(DELIVERIES, asked.delivery)
        if delivery is None or delivery.lane != lane_id("hook", target.id):
            raise problem.not_found()
    fact = facts.TargetReplayed(target=target.id, delivery=asked.delivery, since=asked.since)
    return Outcome(facts=(fact,))


async def remove_target(work: Work, asked: RemoveTarget, ctx: Context) -> Outcome:
    target = await _target(work, ctx)
    work.remove(TARGETS, target.id)
    return Outcome(facts=(facts.TargetRemoved(target=target.id, name=target.name),))


def _host(work: Work, sealed: str, kind: TargetKind, ctx: Context) -> str:
    """What is shown of the sealed address. Refuses what cannot be opened or used."""
    try:
        plain = key_of(work).opened(sealed)
    except ValueError:
        raise problems.target_unreadable() from None
    found = addresses.read(plain, kind, ctx.rec[1], ctx.command_id)
    if isinstance(found, Problem):
        raise found
    return addresses.shown(found.url)


async def _require_places(work: Work, outlets: tuple[str, ...], lines: tuple[str, ...]) -> None:
    for outlet in outlets:
        await directory.outlet(work, outlet)
    for line in lines:
        await directory.line(work, line)


async def _inbox(work: Work, person: str) -> Inbox:
    return await work.load(INBOXES, person) or Inbox(person)


def _keep(work: Work, inbox: Inbox) -> None:
    work.save(INBOXES, inbox)
    work.touch("inbox", inbox.id)


async def _target(work: Work, ctx: Context) -> Target:
    rules.require_keeper(ctx.actor)
    target = await work.load(TARGETS, _of(ctx, "target"))
    if target is None:
        raise problem.not_found()
    return target


def _of(ctx: Context, kind: str) -> str:
    if ctx.rec[0] != kind:
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a {kind}")
    return ctx.rec[1]
