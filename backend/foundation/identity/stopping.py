"""Orders about devices: stop one, let it erase itself, sign everybody out there.

They are commands, because each is an act of an administrator and leaves a fact; what a device may
do counts for every process from the commit on, as an ended session does (see `access`).
"""

from backend.foundation.identity import facts, problems, rules, sessions
from backend.foundation.identity.commands import ConfirmErased, EndSessions, SetDeviceState
from backend.foundation.identity.model import Device
from backend.foundation.identity.tables import DEVICES, SESSIONS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem


async def set_device_state(work: Work, asked: SetDeviceState, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    device = rules.order(await _device(work, ctx), asked, ctx.actor, ctx.device_id, ctx.now)
    work.save(DEVICES, device)
    await sessions.bump_version(work.tx)
    fact = facts.DeviceStateSet(device=device.id, state=device.state, reason=asked.reason)
    return Outcome(facts=(fact,))


async def end_sessions(work: Work, asked: EndSessions, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    device = await _device(work, ctx)
    rules.require_other_device(device, ctx.device_id)
    found = await work.find(SESSIONS, device=device.id)
    for session in found:
        work.remove(SESSIONS, session.id)
    await sessions.bump_version(work.tx)
    people = tuple(sorted({session.person for session in found}))
    fact = facts.SessionsEnded(device=device.id, people=people, reason=asked.reason)
    return Outcome(facts=(fact,))


async def confirm_erased(work: Work, asked: ConfirmErased, ctx: Context) -> Outcome:
    device = rules.erased(await _device(work, ctx), asked, ctx.device_id, ctx.now)
    work.save(DEVICES, device)
    return Outcome(facts=(facts.DeviceErased(device=device.id, unsent=asked.unsent),))


async def _device(work: Work, ctx: Context) -> Device:
    if ctx.rec[0] != "device":
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a device")
    device = await work.load(DEVICES, ctx.rec[1])
    if device is None:
        raise problems.device_unknown()
    return device
