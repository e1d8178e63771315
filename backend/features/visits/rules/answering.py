"""What is recorded of the customer, each only under what they agreed to."""

from typing import Any

import msgspec

from backend.features.visits import problems
from backend.features.visits.commands.visiting import (
    NoteAgent,
    NoteRecording,
    Observe,
    RecordIntention,
    Sight,
)
from backend.features.visits.facts import (
    AgentNoted,
    ConditionObserved,
    IntentionRecorded,
    RecordingNoted,
    Sighted,
)
from backend.features.visits.model.parts import (
    AgentSeen,
    Answer,
    Intention,
    Observed,
    Recording,
    Seen,
)
from backend.features.visits.model.visit import Visit
from backend.features.visits.rules.decision import (
    Decision,
    answered,
    aside,
    overtaken,
    place,
    require_kind,
)
from backend.foundation.journal.envelope import Fact
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.privacy.model import Sighting
from backend.foundation.privacy.model import Standing as Agreed

REFUSALS = {
    "missing": problems.consent_missing,
    "refused": problems.consent_refused,
    "withdrawn": problems.consent_withdrawn,
    "expired": problems.consent_expired,
}


def purpose_of(aspect: str) -> str:
    """The purpose under which an aspect is kept."""
    return f"visits.{aspect}"


def require_agreed(agreed: Agreed, aspect: str) -> None:
    """Only what somebody agreed to at that moment may be recorded."""
    if not agreed.holds:
        raise REFUSALS[agreed.state](purpose=purpose_of(aspect))


def sight(
    visit: Visit,
    answer: Answer,
    asked: Sight,
    seen: Sighting,
    actor: Actor,
    when: When,
) -> Decision:
    """A document was looked at. Each of the two staff looks for themselves."""
    others = tuple(
        one for one in answer.sightings if (one.of, one.document.by) != (asked.of, actor.id)
    )
    fact = Sighted(**place(visit), of=asked.of, document=seen.kind, matches=seen.matches)
    values = {"sightings": (*others, Seen(asked.of, seen))}
    return _record(visit, answer, "sight", values, fact, actor, when)


def note_agent(
    visit: Visit, answer: Answer, asked: NoteAgent, actor: Actor, when: When
) -> Decision:
    """Whether the person who is to act was there."""
    there = AgentSeen(asked.present, asked.relationship, actor.id, when.judged_at)
    fact = AgentNoted(**place(visit), present=asked.present, relationship=asked.relationship)
    return _record(visit, answer, "note_agent", {"agent": there}, fact, actor, when)


def observe(visit: Visit, answer: Answer, asked: Observe, actor: Actor, when: When) -> Decision:
    """What one of the staff saw. A doubt of one is not undone by the other seeing none."""
    saw = Observed(
        asked.responds_to_name,
        asked.states_purpose,
        asked.doubt,
        asked.note,
        actor.id,
        when.judged_at,
    )
    others = tuple(one for one in answer.observed if one.by != actor.id)
    fact = ConditionObserved(
        **place(visit),
        responds_to_name=asked.responds_to_name,
        states_purpose=asked.states_purpose,
        doubt=asked.doubt,
        note=asked.note,
    )
    values = {"observed": (*others, saw)}
    return _record(visit, answer, "observe", values, fact, actor, when)


def record_intention(
    visit: Visit,
    answer: Answer,
    asked: RecordIntention,
    actor: Actor,
    when: When,
) -> Decision:
    """What the customer said they want, as one of the staff heard it."""
    heard = Intention(asked.words, actor.id, when.judged_at)
    others = tuple(one for one in answer.intention if one.by != actor.id)
    fact = IntentionRecorded(**place(visit), words=asked.words)
    values = {"intention": (*others, heard)}
    return _record(visit, answer, "record_intention", values, fact, actor, when)


def note_recording(
    visit: Visit,
    answer: Answer,
    asked: NoteRecording,
    actor: Actor,
    when: When,
) -> Decision:
    """Where the bank's own recorder has the customer's voice."""
    kept = Recording(asked.recorder, asked.number, actor.id, when.judged_at)
    fact = RecordingNoted(**place(visit), recorder=asked.recorder, number=asked.number)
    return _record(visit, answer, "note_recording", {"recording": kept}, fact, actor, when)


def _record(
    visit: Visit,
    answer: Answer,
    what: str,
    values: dict[str, Any],
    fact: Fact,
    actor: Actor,
    when: When,
) -> Decision:
    """The answer in its part; where the visit has moved on, beside what was decided on."""
    require_kind(visit, "verification")
    refused = overtaken(visit, actor, what)
    if refused is not None:
        told = msgspec.to_builtins(values)
        return aside(visit, what, actor, when, refused=refused, answer=answer, values=told)
    filled = msgspec.structs.replace(answer, **values)
    return Decision(answered(visit, what, actor, when), (fact,), answer=filled)
