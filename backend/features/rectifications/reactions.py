"""What follows for cases when a neighbour raises a finding, or the bank's calendar changes."""

from datetime import date

from backend.features.rectifications.handlers.loading import KIND, due_in
from backend.features.rectifications.model import PhotoRef
from backend.features.rectifications.rules.dating import recount
from backend.features.rectifications.rules.decision import buckets_of
from backend.features.rectifications.rules.opening import DUE_WORKDAYS, open_case, told_more
from backend.features.rectifications.tables import CASES
from backend.foundation.checklists.facts import FindingRaised
from backend.foundation.evidence import attaching
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.when import when_of
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import derived_id
from backend.foundation.organisation import directory
from backend.foundation.organisation.facts import CalendarChanged

# Cases whose days are counted anew at once, the nearest first: beyond that the transaction would
# keep everybody waiting. What is left is counted when the year's list is next put in.
RECOUNT_MAX = 2000


def case_id(finding: str) -> str:
    """One finding, one case: whatever raises it, and however often."""
    return derived_id(finding, KIND)


async def open_on_finding(work: Work, fact: FindingRaised, ctx: Context) -> Outcome:
    """Opens the case of a finding; danger that was told before is told more."""
    id = case_id(fact.finding)
    before = await _pictures(work, fact.before)
    after = await _pictures(work, fact.after)
    await work.hold(KIND, id)  # the command names the round; the outlet may be at the case
    case = await work.load(CASES, id)
    if case is None:
        due = await due_in(work, ctx, DUE_WORKDAYS[fact.severity], fact.outlet)
        when = when_of(ctx, work.derive("event"))
        decision = open_case(id, fact, before, after, ctx.actor, when, due)
    else:
        shown = [ref.id for ref in (*case.before, *case.after)]
        living = {photo.id for photo in await work.load_many(PHOTOS, shown)}
        decision = told_more(case, fact, before, after, living)
    if decision.case is not case:
        work.save(CASES, decision.case)
        work.touch(KIND, id)
        # Whoever puts it right has to see what was wrong, also without a desk of their own.
        shown = (*fact.before, *fact.after)
        await attaching.cite(work, shown, (KIND, id), buckets_of(decision.case))
    return Outcome(decision.facts, rec=(KIND, id))


async def recount_due_days(work: Work, fact: CalendarChanged, ctx: Context) -> Outcome:
    """Due days that waited for this year's official days are counted anew."""
    if not fact.published:
        return Outcome()
    rows = await work.tx.tuples(
        f"SELECT id FROM rectification WHERE due_waits_for = ? ORDER BY due_at LIMIT {RECOUNT_MAX}",
        str(fact.year),
    )
    facts: list[Fact] = []
    for id in sorted(str(row[0]) for row in rows):
        await work.hold(KIND, id)  # before it is read: its outlet may be at it
        case = await work.load(CASES, id)
        if case is None or case.due_waits_for != str(fact.year):
            continue
        calendar = await directory.calendar(work, date.fromisoformat(case.due_steps[0].day))
        outlet = await directory.outlet(work, case.outlet)
        decision = recount(case, calendar, outlet, wire(ctx.now))
        work.save(CASES, decision.case)
        if decision.case.due_steps != case.due_steps:
            work.touch(KIND, id)
        facts += decision.facts
    return Outcome(tuple(facts))


async def _pictures(work: Work, ids: tuple[str, ...]) -> tuple[PhotoRef, ...]:
    """The photos with their digests, in the order told."""
    found = await work.load_many(PHOTOS, ids)
    return tuple(PhotoRef(id=photo.id, sha256=photo.sha256, by=photo.by) for photo in found)
