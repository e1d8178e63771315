"""Taking a consent back."""

from backend.foundation.identity import directory
from backend.foundation.journal.envelope import Context, Outcome, RecKey
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.privacy import keeping
from backend.foundation.privacy.commands import Withdraw
from backend.foundation.privacy.facts import ConsentWithdrawn, WithdrawalRecorded
from backend.foundation.privacy.model import Answer, Consent
from backend.foundation.privacy.rules import consent as rules
from backend.foundation.privacy.tables import ANSWERS, CONSENTS


async def withdraw(work: Work, asked: Withdraw, ctx: Context) -> Outcome:
    """Nothing is erased here: the record's owner hears the fact and answers for its own records.
    Taking back what is already taken back changes nothing: two people may have been told."""
    consent = await _consent(work, ctx.rec)
    outlet, line = await _place(work, consent)
    rules.require_withdrawing(ctx.actor, outlet, line)
    if asked.staff is not None:
        await directory.person(work, asked.staff)
    parent = (consent.parent_kind, consent.parent_id)
    answered = await work.find(ANSWERS, consent=consent.id)
    held = await keeping.is_held(work, parent)
    changed = rules.withdraw(answered, asked, ctx, held=held)
    if not changed:
        return Outcome()
    for answer in changed:
        work.save(ANSWERS, answer)
    work.touch("consent", consent.id)
    purposes = tuple(answer.purpose for answer in changed)
    recorded = WithdrawalRecorded(
        consent=consent.id,
        purposes=purposes,
        channel=asked.channel,
        asked_by=asked.asked_by,
        staff=asked.staff or ctx.actor.id,
    )
    return Outcome((recorded, withdrawn(consent, changed)), rec=parent)


def withdrawn(consent: Consent, changed: tuple[Answer, ...]) -> ConsentWithdrawn:
    """The shared fact for answers that were changed together."""
    first = changed[0]
    assert first.withdrawn_at, "an answer that was not taken back"
    assert first.erase_by, "an answer without a day"
    assert first.action, "an answer without an action"
    return ConsentWithdrawn(
        consent=consent.id,
        parent_kind=consent.parent_kind,
        parent_id=consent.parent_id,
        purposes=tuple(answer.purpose for answer in changed),
        at=first.withdrawn_at,
        erase_by=first.erase_by,
        action=first.action,
    )


async def _consent(work: Work, rec: RecKey) -> Consent:
    if rec[0] != "consent":
        raise problem.not_found()
    # Past the unit of work: the parent's owner publishes consents anew while it holds the parent,
    # so the row is read for good only when the parent is held here too.
    rows = await work.tx.tuples("SELECT parent_kind, parent_id FROM consent WHERE id = ?", rec[1])
    if rows:
        await work.hold(*rows[0])
    consent = await work.load(CONSENTS, rec[1])
    if consent is None:
        raise problem.not_found()
    return consent


async def _place(work: Work, consent: Consent) -> tuple[str, str | None]:
    """Where the parent is now. What was only made in this batch, or is erased, is where the consent
    was given."""
    body = await work.published(consent.parent_kind, consent.parent_id) or {}
    return body.get("outlet") or consent.outlet, body.get("line") or consent.line
