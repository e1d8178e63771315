"""What the two staff do on the spot: signing in, remarks, photos, guidance, hand-overs."""

from typing import Literal

import msgspec

from backend.features.visits import problems
from backend.features.visits.commands.visiting import (
    Attach,
    Authorise,
    Detach,
    GiveOver,
    Guide,
    Locate,
    MakeRemark,
    Sign,
)
from backend.features.visits.facts import (
    AuthorityNamed,
    Guided,
    HandedOver,
    Located,
    PhotoAttached,
    PhotoDetached,
    Remarked,
    Signed,
    SignedIn,
)
from backend.features.visits.model.parts import Answer, Person, Remark, SignedAt
from backend.features.visits.model.visit import Authority, Guidance, HandOver, Presence, Visit
from backend.features.visits.rules.decision import (
    Decision,
    answered,
    aside,
    overtaken,
    place,
    require_kind,
    standing,
    step,
)
from backend.features.visits.rules.wording import require_no_credential
from backend.features.visits.states import AT_IT, REQUESTERS
from backend.foundation.evidence.model import Photo
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import forbidden, not_found, too_large

REMARKS_MAX = 100
PHOTOS_MAX = 20  # of one home; more is a search, not a visit
HAND_OVERS_MAX = 100


def sign_in(visit: Visit, person: str, actor: Actor, when: When) -> Decision:
    """`person` is there: the actor, or the colleague whose PIN was checked. The first one begins
    the visit. The same one again is the same presence."""
    mine = standing(visit, actor)
    if not mine.once:
        raise forbidden(move="sign_in")
    if not mine.now:
        return aside(visit, "sign_in", actor, when, refused=problems.not_visit_staff)
    if person not in visit.staff:
        raise problems.not_visit_staff()
    if any(one.person == person for one in visit.presences):
        return Decision(visit, status="merged")
    if visit.state not in AT_IT | {"scheduled"}:
        return aside(visit, "sign_in", actor, when)
    how: Literal["own_device", "pin"] = "own_device" if person == actor.id else "pin"
    there = Presence(person, how, when.judged_at, when.occurred_at, when.received_at)
    told = (*visit.presences, there)
    begun = step(visit, "signed_in", actor, when, state="under_way", presences=told)
    return Decision(begun, (SignedIn(**place(visit), person=person, how=how),))


def locate(visit: Visit, person: Person, asked: Locate, actor: Actor) -> Decision:
    """Where somebody signed in; the last one told counts. It is the customer's home, so it lies
    with the address and not with the presence."""
    who = asked.person or actor.id
    if actor.id not in visit.staff or who not in visit.staff:
        raise problems.not_visit_staff()
    others = tuple(one for one in person.places if one.person != who)
    told = msgspec.structs.replace(person, places=(*others, SignedAt(who, asked.geo)))
    fact = Located(**place(visit), person=who, geo=msgspec.to_builtins(asked.geo))
    return Decision(visit, (fact,), person=told)


def remark(visit: Visit, person: Person, asked: MakeRemark, actor: Actor, when: When) -> Decision:
    """Words of somebody at work on the visit, at any time: delays and returns have reasons."""
    if not actor.may(REQUESTERS, visit.outlet, visit.line) and actor.id not in visit.staff:
        raise forbidden(move="remark")
    require_no_credential(asked.text, visit.kind)
    if len(person.remarks) >= REMARKS_MAX:
        raise too_large(what="remarks", limit=REMARKS_MAX)
    said = Remark(when.event_id, asked.about, asked.text, actor.id, when.judged_at)
    told = msgspec.structs.replace(person, remarks=(*person.remarks, said))
    fact = Remarked(**place(visit), about=asked.about, text=asked.text)
    return Decision(visit, (fact,), person=told)


def sign(visit: Visit, asked: Sign, actor: Actor, when: When) -> Decision:
    """The customer's signature or thumbprint. A consent will name it."""
    refused = overtaken(visit, actor, "sign")
    if refused is not None:
        return aside(visit, "sign", actor, when, refused=refused)
    fact = Signed(**place(visit), photo=asked.photo.id, sha256=asked.photo.sha256)
    return Decision(answered(visit, "signed", actor, when), (fact,))


def attach(visit: Visit, answer: Answer, asked: Attach, actor: Actor, when: When) -> Decision:
    """One more photo. One that comes too late is kept with the others and marked."""
    photo = asked.photo
    if photo.id in answer.photos:
        return Decision(visit, status="merged")
    if len(answer.photos) >= PHOTOS_MAX:
        raise too_large(what="photos", limit=PHOTOS_MAX)
    more = msgspec.structs.replace(answer, photos=(*answer.photos, photo.id))
    refused = overtaken(visit, actor, "attach")
    if refused is not None:
        values = {"photo": photo.id}
        return aside(visit, "attach", actor, when, refused=refused, answer=more, values=values)
    fact = PhotoAttached(**place(visit), photo=photo.id, sha256=photo.sha256)
    return Decision(answered(visit, "attached", actor, when), (fact,), answer=more)


def detach(
    visit: Visit, answer: Answer, asked: Detach, photo: Photo | None, actor: Actor, when: When
) -> Decision:
    """A photo may be taken again until the visit is handed in; what was once seen stays."""
    if photo is None or asked.photo not in answer.photos:
        raise not_found()
    if photo.by != actor.id or visit.state not in AT_IT or visit.submitted_at is not None:
        raise problems.visit_photo_not_yours()
    rest = tuple(id for id in answer.photos if id != asked.photo)
    fact = PhotoDetached(**place(visit), photo=asked.photo)
    less = msgspec.structs.replace(answer, photos=rest)
    return Decision(answered(visit, "detached", actor, when), (fact,), answer=less)


def authorise(visit: Visit, asked: Authorise, actor: Actor, when: When, today: str) -> Decision:
    """What the agent is to be able to do, as the customer wants it."""
    require_kind(visit, "verification")
    refused = overtaken(visit, actor, "authorise")
    if refused is not None:
        return aside(visit, "authorise", actor, when, refused=refused)
    if asked.until < today:
        raise problems.authority_past()
    business = tuple(dict.fromkeys(asked.business))
    wanted = Authority(business, asked.scope, asked.until)
    fact = AuthorityNamed(**place(visit), business=business, scope=asked.scope, until=asked.until)
    named = answered(visit, "authority_named", actor, when, authority=wanted)
    return Decision(named, (fact,))


def guide(visit: Visit, asked: Guide, actor: Actor, when: When) -> Decision:
    """What was taught, from a list. There is no other field."""
    require_kind(visit, "guidance")
    refused = overtaken(visit, actor, "guide")
    if refused is not None:
        return aside(visit, "guide", actor, when, refused=refused)
    taught = Guidance(tuple(dict.fromkeys(asked.topics)), asked.minutes)
    fact = Guided(**place(visit), topics=taught.topics, minutes=taught.minutes)
    return Decision(answered(visit, "guided", actor, when, guidance=taught), (fact,))


def hand_over(visit: Visit, asked: GiveOver, actor: Actor, when: When) -> Decision:
    """A bag or receipt changes hands. In which order phones tell it does not matter: the chain is
    looked at when the visit is handed in."""
    require_kind(visit, "collection")
    if any(one.id == asked.id for one in visit.hand_overs):
        return Decision(visit, status="merged")
    refused = overtaken(visit, actor, "hand_over")
    if refused is not None:
        return aside(visit, "hand_over", actor, when, refused=refused)
    if len(visit.hand_overs) >= HAND_OVERS_MAX:
        raise too_large(what="hand_overs", limit=HAND_OVERS_MAX)
    one = HandOver(asked.id, asked.what, asked.number, asked.giver, asked.taker, asked.at, actor.id)
    fact = HandedOver(
        **place(visit),
        hand_over=one.id,
        what=one.what,
        number=one.number,
        giver=one.giver,
        taker=one.taker,
    )
    told = (*visit.hand_overs, one)
    return Decision(answered(visit, "handed_over", actor, when, hand_overs=told), (fact,))
