"""Handing a round in, and putting a submitted answer right beside it."""

from collections.abc import Sequence

import msgspec

from backend.features.inspections import problems
from backend.features.inspections.commands import Amend, Submit
from backend.features.inspections.facts import Amended, Submitted
from backend.features.inspections.model import Amendment, Manifest, Round
from backend.features.inspections.rules.decision import (
    Decision,
    contributed,
    place,
    require_living,
    require_submitted,
)
from backend.features.inspections.states import COORDINATORS, MACHINE, OUTLET_STAFF, SELF_RHYTHMS
from backend.foundation.checklists.demands import Missing
from backend.foundation.checklists.scoring import Score
from backend.foundation.checklists.sheet import Sheet, manifest_hash
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import forbidden, too_large

AMENDMENTS_MAX = 100  # a sheet with more corrections than answers is a new round
MISSING_TOLD_MAX = 20  # what a phone can show; the rest is found when these are there


def submit(
    round_: Round,
    asked: Submit,
    sheet: Sheet,
    lacking: Sequence[Missing],
    score: Score,
    actor: Actor,
    when: When,
) -> Decision:
    """Frozen. A hash that differs is not refused: the work is received, and not called verified."""
    require_living(round_)
    if lacking:
        raise problems.incomplete(
            count=len(lacking),
            item=lacking[0].item,
            what=lacking[0].what,
            missing=[msgspec.to_builtins(one) for one in lacking[:MISSING_TOLD_MAX]],
        )
    state = MACHINE.require("submit", round_.state, actor, outlet=round_.outlet, line=round_.line)
    hash_ = manifest_hash(sheet)
    equal = hash_ == asked.manifest.hash and asked.manifest.answers == len(sheet.answers)
    late = round_.due_at is not None and when.judged_at > round_.due_at
    frozen = msgspec.structs.replace(
        round_,
        state=state,
        opened_at=round_.opened_at or when.occurred_at,
        submitted_at=when.occurred_at,
        received_at=when.received_at,
        submitted_by=actor.id,
        signature=asked.signature,
        manifest=_manifest(asked),
        hash_equal=equal,
        score=score,
        findings=len(sheet.findings),
        late=late,
    )
    fact = Submitted(
        **place(round_),
        by=actor.id,
        assigned_by=round_.assigned_by,
        template=round_.template,
        hash=hash_,
        hash_equal=equal,
        points=score.points,
        max=score.max,
        vetoed=score.vetoed,
        findings=len(sheet.findings),
        late=late,
    )
    return Decision(frozen, (fact,))


def submit_late(round_: Round, asked: Submit, actor: Actor, when: When) -> Decision:
    """The earlier assignee handed in what is no longer theirs to hand in: it is kept with their
    contribution, and the person who has the round now decides and submits."""
    require_living(round_)
    noted, facts = contributed(round_, actor, when, None)
    kept = tuple(
        msgspec.structs.replace(c, submitted=_manifest(asked)) if c.by == actor.id else c
        for c in noted.contributions
    )
    return Decision(msgspec.structs.replace(noted, contributions=kept), facts, "merged")


def amend(
    round_: Round, asked: Amend, sheet: Sheet, score: Score, actor: Actor, when: When
) -> Decision:
    """Beside the frozen sheet: what was, what is, who says so and why. `score` is the score with
    every amendment so far; the score of the day stays."""
    if actor.id != round_.submitted_by and not actor.may(COORDINATORS, round_.outlet, round_.line):
        raise forbidden(move="amend")
    own = actor.may(OUTLET_STAFF, round_.outlet, round_.line)
    if own and actor.id != round_.submitted_by and round_.rhythm not in SELF_RHYTHMS:
        raise problems.own_outlet(person=actor.name)
    require_submitted(round_)
    if len(round_.amendments) >= AMENDMENTS_MAX:
        raise too_large(what="amendments", limit=AMENDMENTS_MAX)
    stood = sheet.answers.get(asked.item)
    earlier = next((a for a in reversed(round_.amendments) if a.item == asked.item), None)
    was = earlier.value if earlier else stood.value if stood else None
    was_note = earlier.note if earlier else stood.note if stood else ""
    added = Amendment(
        id=when.event_id,
        item=asked.item,
        was=was,
        was_note=was_note,
        value=asked.value,
        note=asked.note,
        reason=asked.reason,
        by=actor.id,
        occurred_at=when.occurred_at,
        received_at=when.received_at,
        score=score,
    )
    fact = Amended(
        **place(round_),
        by=actor.id,
        assignee=round_.assignee,
        item=asked.item,
        was=was,
        value=asked.value,
        was_note=was_note,
        note=asked.note,
        reason=asked.reason,
    )
    return Decision(
        msgspec.structs.replace(round_, amendments=(*round_.amendments, added)), (fact,)
    )


def _manifest(asked: Submit) -> Manifest:
    return Manifest(
        answers=asked.manifest.answers, hash=asked.manifest.hash, blobs=asked.manifest.blobs
    )
