"""Who gets which round: assigning, giving to somebody else, calling off, starting unplanned."""

import msgspec

from backend.features.inspections import problems
from backend.features.inspections.commands import Assign, Cancel, Reassign
from backend.features.inspections.facts import Assigned, Cancelled, Reassigned, Started
from backend.features.inspections.model import Round
from backend.features.inspections.rules.decision import Decision, place
from backend.features.inspections.states import (
    COORDINATORS,
    INSPECTING,
    MACHINE,
    SELF_RHYTHMS,
)
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.clock import Moment, parse
from backend.foundation.kernel.problem import args_invalid, forbidden


class Candidate(msgspec.Struct, frozen=True):
    """Somebody who may get a round: what they may do, and the outlets they work in today."""

    id: str
    name: str
    grants: tuple[Grant, ...]
    outlets: frozenset[str]

    def may_inspect(self, outlet: str, line: str) -> bool:
        """Whether a post of theirs covers inspecting this line at this outlet."""
        return Actor(id=self.id, name=self.name, grants=self.grants).may(INSPECTING, outlet, line)


class Paper(msgspec.Struct, frozen=True):
    """What planning needs to know of a checklist version."""

    id: str
    title: dict[str, str]
    line: str
    rhythm: str
    retired: bool


def assign(
    id: str, asked: Assign, paper: Paper, candidate: Candidate, actor: Actor, when: When
) -> Decision:
    """A new round. Nobody is asked to rate the outlet they work in."""
    if not actor.may(COORDINATORS, asked.outlet, paper.line):
        raise forbidden(move="assign")
    if _moment(asked.opens_at, "opens_at") >= _moment(asked.due_at, "due_at"):
        raise problems.window_empty()
    require_fit(candidate, asked.outlet, paper.line, asked.rhythm)
    made = Round(
        id=id,
        template=paper.id,
        title=paper.title,
        outlet=asked.outlet,
        line=paper.line,
        rhythm=asked.rhythm,
        assignee=asked.assignee,
        assigned_by=actor.id,
        opens_at=asked.opens_at,
        due_at=asked.due_at,
        unscheduled=False,
        state="assigned",
        made_at=when.received_at,
    )
    fact = Assigned(
        **place(made),
        assignee=made.assignee,
        template=made.template,
        rhythm=made.rhythm,
        due_at=asked.due_at,
    )
    return Decision(made, (fact,))


def start(
    id: str, outlet: str, paper: Paper, candidate: Candidate, actor: Actor, when: When
) -> Decision:
    """An unplanned round, open at once. A checklist retired meanwhile is taken and marked: the
    inspector may have stood in the outlet with it before anybody could tell them."""
    if not actor.may(INSPECTING, outlet, paper.line):
        raise forbidden(move="start")
    require_fit(candidate, outlet, paper.line, paper.rhythm)
    made = Round(
        id=id,
        template=paper.id,
        title=paper.title,
        outlet=outlet,
        line=paper.line,
        rhythm=paper.rhythm if paper.rhythm in SELF_RHYTHMS else "unscheduled",
        assignee=actor.id,
        assigned_by=actor.id,
        opens_at=None,
        due_at=None,
        unscheduled=True,
        state="open",
        made_at=when.received_at,
        opened_at=when.occurred_at,
        late_template=paper.retired,
    )
    fact = Started(**place(made), assignee=actor.id, template=paper.id, late_template=paper.retired)
    return Decision(made, (fact,))


def reassign(round_: Round, asked: Reassign, candidate: Candidate, actor: Actor) -> Decision:
    """To somebody else, who opens it anew; the answers stay. The same person again: no change."""
    state = MACHINE.require("reassign", round_.state, actor, outlet=round_.outlet, line=round_.line)
    if asked.assignee == round_.assignee:
        return Decision(round_, status="merged")
    require_fit(candidate, round_.outlet, round_.line, round_.rhythm)
    given = msgspec.structs.replace(
        round_, assignee=asked.assignee, assigned_by=actor.id, state=state
    )
    fact = Reassigned(
        **place(round_), earlier=round_.assignee, assignee=asked.assignee, reason=asked.reason
    )
    return Decision(given, (fact,))


def cancel(round_: Round, asked: Cancel, actor: Actor) -> Decision:
    """Called off with a reason; what was recorded so far stays readable."""
    if round_.state == "cancelled" and actor.may(COORDINATORS, round_.outlet, round_.line):
        return Decision(round_, status="merged")
    state = MACHINE.require("cancel", round_.state, actor, outlet=round_.outlet, line=round_.line)
    off = msgspec.structs.replace(round_, state=state, reason=asked.reason)
    return Decision(
        off, (Cancelled(**place(round_), assignee=round_.assignee, reason=asked.reason),)
    )


def require_fit(candidate: Candidate, outlet: str, line: str, rhythm: str) -> None:
    """A post that covers the outlet and line, and, except when an outlet looks at itself, no post
    in the outlet: nobody rates their own."""
    if not candidate.may_inspect(outlet, line):
        raise problems.assignee_out_of_scope(person=candidate.name)
    if rhythm not in SELF_RHYTHMS and outlet in candidate.outlets:
        raise problems.own_outlet(person=candidate.name)


def _moment(text: str, field: str) -> Moment:
    try:
        return parse(text)
    except ValueError:
        raise args_invalid(field=field, reason="not a moment") from None
