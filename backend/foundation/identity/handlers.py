"""One function per command: load, let the rules decide, write, say what happened."""

from datetime import date

from backend.foundation.identity import facts, pin_rules, pins, problems, rules
from backend.foundation.identity.commands import (
    AddPerson,
    ChangePerson,
    HandOverWork,
    HoldPost,
    LeavePost,
    ResetPin,
    RestorePerson,
    SetPassword,
    SetPin,
    SuspendPerson,
)
from backend.foundation.identity.model import Credential, Person
from backend.foundation.identity.tables import CREDENTIALS, PEOPLE, PINS, POSTS
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.kernel.clock import wire
from backend.foundation.organisation import directory
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.model import Outlet


async def add_person(work: Work, asked: AddPerson, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person_id = _own(ctx)
    if await work.load(PEOPLE, person_id) is not None:
        raise problem.id_taken()
    await _require_free(work, asked.username, person_id)
    person = Person(person_id, asked.username, asked.name, active=True)
    _save(work, person)
    fact = facts.PersonAdded(person=person.id, username=person.username, name=person.name)
    return Outcome(facts=(fact,))


async def change_person(work: Work, asked: ChangePerson, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person = await _person(work, ctx)
    if asked.username is not None:
        await _require_free(work, asked.username, person.id)
    changed = rules.change_person(person, asked)
    _save(work, changed)
    fact = facts.PersonChanged(person=changed.id, username=changed.username, name=changed.name)
    return Outcome(facts=(fact,))


async def hold_post(work: Work, asked: HoldPost, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person = await _person(work, ctx)
    if await work.load(POSTS, asked.post) is not None:
        raise problem.id_taken()
    today = business_day(ctx.now)
    outlet = await _scope(work, asked, today)
    held = await work.find(POSTS, person=person.id)
    post = rules.hold_post(person, asked, outlet, held, today)
    work.save(POSTS, post)
    work.touch("person", person.id)
    fact = facts.PostHeld(
        person=person.id,
        post=post.id,
        role=post.role,
        unit=post.unit,
        outlet=post.outlet,
        line=post.line,
        held_from=post.held_from,
        held_to=post.held_to,
    )
    return Outcome(facts=(fact,))


async def leave_post(work: Work, asked: LeavePost, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person = await _person(work, ctx)
    post = await work.load(POSTS, asked.post)
    if post is None or post.person != person.id:
        raise problems.post_unknown()
    left = rules.leave_post(post, asked.last_day, ctx.actor)
    if left is None:
        work.remove(POSTS, post.id)
    else:
        work.save(POSTS, left)
    work.touch("person", person.id)
    fact = facts.PostLeft(person=person.id, post=post.id, role=post.role, last_day=asked.last_day)
    return Outcome(facts=(fact,))


async def suspend_person(work: Work, asked: SuspendPerson, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person = rules.suspend(await _person(work, ctx), asked, ctx.actor)
    _save(work, person)
    return Outcome(facts=(facts.PersonSuspended(person=person.id, reason=asked.reason),))


async def restore_person(work: Work, asked: RestorePerson, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person = rules.restore(await _person(work, ctx))
    _save(work, person)
    return Outcome(facts=(facts.PersonRestored(person=person.id),))


async def hand_over_work(work: Work, asked: HandOverWork, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person = await _person(work, ctx)
    rules.require_receiver(person, await work.load(PEOPLE, asked.to))
    fact = facts.WorkHandedOver(
        person=person.id, to=asked.to, items=asked.items, reason=asked.reason
    )
    return Outcome(facts=(fact,))


async def set_password(work: Work, asked: SetPassword, ctx: Context) -> Outcome:
    person_id = _own(ctx)
    if person_id != ctx.actor.id:
        rules.require_keeper(ctx.actor)
    rules.require_hash(asked.password_hash)
    person = await _person(work, ctx)
    if person.id == ctx.actor.id:
        rules.require_replaced(await work.load(CREDENTIALS, person.id), asked.replaces)
    until = rules.one_time_until(ctx.actor, person, ctx.now)
    work.save(CREDENTIALS, Credential(person.id, asked.password_hash, wire(ctx.now), until))
    # Published again although nothing that phones see changed: every server process drops what
    # it remembers of people when the directory moves, and so the old sessions end everywhere.
    work.touch("person", person.id)
    fact = facts.PasswordSet(person=person.id, one_time=until is not None)
    return Outcome(facts=(fact,))


async def set_pin(work: Work, asked: SetPin, ctx: Context) -> Outcome:
    person_id = _own(ctx, "pin")
    if person_id != ctx.actor.id:
        raise problem.forbidden(needs="the person")
    pin = await pins.opened(work, person_id, asked.sealed, ctx)
    pin_rules.require_pin(pin)
    before = await work.load(PINS, person_id)
    work.save(PINS, await pins.made(pins.key_of(work), person_id, pin, before, ctx.now))
    work.touch("pin", person_id)
    return Outcome(facts=(facts.PinSet(person=person_id),))


async def reset_pin(work: Work, asked: ResetPin, ctx: Context) -> Outcome:
    rules.require_keeper(ctx.actor)
    person_id = _own(ctx, "pin")
    if await work.load(PINS, person_id) is None:
        person = await work.load(PEOPLE, person_id)
        raise problems.pin_not_set(person=person.name if person else person_id)
    work.remove(PINS, person_id)
    work.touch("pin", person_id)
    return Outcome(facts=(facts.PinReset(person=person_id),))


async def _scope(work: Work, asked: HoldPost, today: date) -> Outlet | None:
    """The outlet of the post, if it has one. Refuses a unit, outlet or line that is unknown or
    closed."""
    if asked.unit is not None:
        await directory.open_unit(work, asked.unit, today)
    if asked.line is not None:
        await directory.open_line(work, asked.line, today)
    if asked.outlet is None:
        return None
    return await directory.open_outlet(work, asked.outlet, today)


async def _person(work: Work, ctx: Context) -> Person:
    person = await work.load(PEOPLE, _own(ctx))
    if person is None:
        raise problem.not_found()
    return person


async def _require_free(work: Work, username: str, person_id: str) -> None:
    if any(other.id != person_id for other in await work.find(PEOPLE, username=username)):
        raise problems.username_taken(username=username)


def _save(work: Work, person: Person) -> None:
    work.save(PEOPLE, person)
    work.touch("person", person.id)


def _own(ctx: Context, kind: str = "person") -> str:
    """The id of the person the command is about. Refuses a record of another kind."""
    if ctx.rec[0] != kind:
        raise problem.args_invalid(field="rec", reason=f"{ctx.op} is about a {kind}")
    return ctx.rec[1]
