"""Handing a visit in: what has to be there, by its kind."""

from collections.abc import Iterator, Mapping

from backend.features.visits import problems
from backend.features.visits.facts import Submitted
from backend.features.visits.model.content import Whole
from backend.features.visits.model.parts import Answer
from backend.features.visits.model.visit import HandOver, Visit
from backend.features.visits.rules.answering import require_agreed
from backend.features.visits.rules.decision import (
    Decision,
    aside,
    overtaken,
    place,
    standing,
    step,
)
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.privacy.model import Standing as Agreed

# Without these nobody could say that it was the customer and their own wish. The address may be
# refused at the door, photos and a recording always.
REQUIRED = ("identity", "condition", "intention")


def submit(
    whole: Whole,
    actor: Actor,
    when: When,
    agreed: Mapping[str, Agreed],
    reviewers: tuple[str, ...],
) -> Decision:
    """The visit goes to whoever reviews it."""
    visit = whole.visit
    if visit.state == "submitted" and standing(visit, actor).now:
        return Decision(visit, status="merged")
    refused = overtaken(visit, actor, "submit")
    if refused is not None:
        return aside(visit, "submit", actor, when, refused=refused)
    require_pair(visit)
    if visit.kind == "verification":
        for aspect in REQUIRED:
            require_agreed(agreed[aspect], aspect)
    lacking = tuple(missing(whole))
    if lacking:
        raise problems.visit_incomplete(missing=", ".join(lacking))
    require_chain(visit)
    done = step(
        visit,
        "submitted",
        actor,
        when,
        state="submitted",
        submitted_by=actor.id,
        submitted_at=when.judged_at,
    )
    fact = Submitted(**place(visit), by=actor.id, staff=visit.staff, reviewers=reviewers)
    return Decision(done, (fact,))


def require_pair(visit: Visit) -> None:
    """Both of the two were there."""
    there = {one.person for one in visit.presences} & set(visit.staff)
    if len(there) < 2:
        raise problems.presence_missing(present=len(there))


def missing(whole: Whole) -> Iterator[str]:
    """What the kind of the visit demands and nobody recorded, as codes."""
    visit = whole.visit
    if visit.kind == "guidance" and visit.guidance is None:
        yield "guidance"
    if visit.kind == "collection" and not visit.hand_overs:
        yield "hand_over"
    if visit.kind == "verification":
        yield from _unverified(whole)


def _unverified(whole: Whole) -> Iterator[str]:
    if not _is_sighted(whole.answers.get("identity")):
        yield "identity"
    if (told := whole.answers.get("identity")) is None or told.agent is None:
        yield "agent"
    if (told := whole.answers.get("condition")) is None or not told.observed:
        yield "observation"
    if (told := whole.answers.get("intention")) is None or not told.intention:
        yield "intention"
    if whole.visit.authority is None:
        yield "authority"


def _is_sighted(identity: Answer | None) -> bool:
    """Somebody saw the principal's document, and nobody who saw it doubts that it is theirs."""
    if identity is None:
        return False
    seen = [one.document.matches for one in identity.sightings if one.of == "principal"]
    return bool(seen) and all(seen)


def require_chain(visit: Visit) -> None:
    """Whoever gives something away took it before: a bag comes from the customer, a receipt from
    one of the two staff."""
    by_number: dict[tuple[str, str], list[HandOver]] = {}
    for one in visit.hand_overs:
        by_number.setdefault((one.what, one.number), []).append(one)
    for (what, number), steps in by_number.items():
        holder: frozenset[str] = frozenset(visit.staff)
        if what == "sealed_bag":
            holder = frozenset({"customer"})
        for one in sorted(steps, key=lambda one: (one.at, one.id)):
            if one.giver not in holder or one.taker == one.giver:
                raise problems.chain_broken(number=number)
            holder = frozenset({one.taker})
