"""Photos of an event, and what it led to: consents, contacts, the result."""

import msgspec

from backend.features.events import commands, problems
from backend.features.events.facts import (
    Concluded,
    FollowUpAsked,
    FollowUpDone,
    PhotoAttached,
    PhotoDetached,
    ResultAccepted,
)
from backend.features.events.model import Contacts, Event, Picture, Result
from backend.features.events.model.people import FollowUp
from backend.features.events.rules.decision import Decision, place, step
from backend.features.events.rules.planning import require_other_than, require_seen
from backend.features.events.states import HELD, MACHINE
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import PHOTOS_PER_ITEM_MAX
from backend.foundation.kernel.problem import bad_transition, not_found, too_large

CONTACT, PHOTOS, CHILDREN, ATTENDANCE = (
    "events.contact",
    "events.photos",
    "events.children",
    "events.attendance",
)


def attach(event: Event, asked: commands.Attach, agreed: frozenset[str], actor: Actor) -> Decision:
    """One more photo. `agreed` are the purposes to which the named consent still says yes.

    With protection of minors nobody is recognisable unless a guardian agreed."""
    _require_held(event, "attach")
    photo = asked.photo
    if any(one.id == photo.id for one in event.photos):
        return Decision(event, status="merged")
    if asked.people == "covered" and not asked.boxes:
        raise problems.boxes_missing()
    if asked.people == "shown":
        if event.minor_safe and CHILDREN not in agreed:
            raise problems.minor_photo()
        if asked.consent is not None and not agreed & {PHOTOS, CHILDREN}:
            raise problems.consent_needed(purpose=PHOTOS)
    if len(event.photos) >= PHOTOS_PER_ITEM_MAX:
        raise too_large(what="photos", limit=PHOTOS_PER_ITEM_MAX)
    picture = Picture(
        id=photo.id,
        sha256=photo.sha256,
        by=actor.id,
        people=asked.people,
        boxes=asked.boxes,
        consent=asked.consent,
    )
    fact = PhotoAttached(
        **place(event),
        photo=photo.id,
        sha256=photo.sha256,
        people=asked.people,
        boxes=asked.boxes,
        consent=asked.consent,
    )
    after = msgspec.structs.replace(event, photos=(*event.photos, picture))
    return Decision(after, (fact,))


def detach(event: Event, asked: commands.Detach, actor: Actor) -> Decision:
    """Away for good, until the report is accepted."""
    _require_held(event, "detach")
    if all(one.id != asked.photo for one in event.photos):
        raise not_found()
    after = without_photos(event, frozenset({asked.photo}))
    return Decision(after, (PhotoDetached(**place(event), photo=asked.photo, by=actor.id),))


def without_photos(event: Event, gone: frozenset[str]) -> Event:
    """The event when these photos are no more, in its result neither."""
    result = event.result
    if result is not None:
        kept = tuple(id for id in result.photos if id not in gone)
        result = msgspec.structs.replace(result, photos=kept)
    left = tuple(one for one in event.photos if one.id not in gone)
    return msgspec.structs.replace(event, photos=left, result=result)


def follow_up(
    id: str, event: Event, asked: commands.FollowUp, actor: Actor, when: When
) -> tuple[FollowUp, Decision]:
    """Where to reach somebody who said yes to it; for a child its guardian said yes to both."""
    if event.state not in HELD | {"reported", "cancelled"}:
        raise problems.event_not_open()
    given = {one.purpose for one in asked.consent.answers if one.given}
    for purpose in (CONTACT, CHILDREN) if asked.minor else (CONTACT,):
        if purpose not in given:
            raise problems.consent_needed(purpose=purpose)
    made = FollowUp(
        id=id,
        event=event.id,
        consent=asked.consent.id,
        name=asked.name,
        phone=asked.phone,
        topic=asked.topic,
        note=asked.note,
        check_in=asked.check_in,
        entry=asked.entry,
        by=actor.id,
        at=when.judged_at,
    )
    fact = FollowUpAsked(**place(event), follow_up=id, consent=asked.consent.id)
    return made, Decision(_told(event, asked=1), (fact,))


def done(event: Event, follow_up: FollowUp, asked: commands.DoneFollowUp) -> Decision:
    """The contact was made, so that there is no reason left to keep it."""
    fact = FollowUpDone(**place(event), follow_up=follow_up.id, outcome=asked.outcome)
    return Decision(_told(event, **{asked.outcome: 1}), (fact,))


def contact_ended(event: Event) -> Event:
    """A contact went before it was made: withdrawn, or its time was over."""
    return _told(event, ended=1)


def conclude(event: Event, asked: commands.Conclude, actor: Actor, when: When) -> Decision:
    """The result, once more when it was sent back or something is to be added."""
    if event.state != "closed":
        raise bad_transition(state=event.state, move="conclude")
    there = {one.id for one in event.photos}
    if not there.issuperset(asked.photos):
        raise problems.photo_not_here()
    result = Result(
        by=actor.id,
        at=when.received_at,
        cost=asked.cost,
        lessons=asked.lessons,
        topics=tuple(dict.fromkeys(asked.topics)),
        photos=tuple(dict.fromkeys(asked.photos)),
    )
    after = step(event, "concluded", actor, when, result=result)
    fact = Concluded(
        **place(event),
        by=actor.id,
        approved_by=event.approved_by,
        persons=event.counts.persons,
        photos=result.photos,
    )
    return Decision(after, (fact,))


def accept_result(event: Event, asked: commands.AcceptResult, actor: Actor, when: When) -> Decision:
    """Somebody else accepts what was handed in; from then on nothing changes."""
    state = MACHINE.require(
        "accept_result", event.state, actor, outlet=event.outlet, line=event.line
    )
    if event.result is None or event.result.state != "handed_in":
        raise problems.result_missing()
    require_other_than(event.result.by, actor)
    require_seen(event, asked.content_digest)
    result = msgspec.structs.replace(event.result, state="accepted")
    after = step(event, "reported", actor, when, note=asked.note, state=state, result=result)
    fact = ResultAccepted(
        **place(event),
        by=actor.id,
        handed_in_by=event.result.by,
        content_digest=asked.content_digest,
        note=asked.note,
    )
    return Decision(after, (fact,))


def _told(event: Event, **more: int) -> Event:
    names = Contacts.__struct_fields__
    told = {name: getattr(event.contacts, name) + more.get(name, 0) for name in names}
    return msgspec.structs.replace(event, contacts=Contacts(**told))


def _require_held(event: Event, move: str) -> None:
    if event.state not in HELD:
        raise bad_transition(state=event.state, move=move)
