"""How features say that something was erased or sealed: an order, and a certificate in the end.

Promises: the certificate is `ordered` in the transaction that empties the rows, and `done` only
when every digest it names was reported gone (`evidence.facts.Erased`), in whatever order and
however often that is reported. What is never reported stays `ordered`, and is overdue from
`erase_by` on.

A feature answers `ConsentWithdrawn` and `RetentionEnded` with one `order` each, also when it had
nothing left to erase: an end that nobody answered is shown to the officer as unanswered.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from backend.foundation.evidence.facts import Erased
from backend.foundation.journal.envelope import Context, Fact, Outcome, RecKey
from backend.foundation.journal.purpose import AtEnd
from backend.foundation.journal.work import Work
from backend.foundation.kernel.clock import wire
from backend.foundation.privacy import keeping
from backend.foundation.privacy.facts import ErasureDone, ErasureOrdered
from backend.foundation.privacy.model import Cause, Certificate
from backend.foundation.privacy.rules import keeping as rules
from backend.foundation.privacy.tables import AWAITED, CERTIFICATES


class Ordered(NamedTuple):
    """The certificate, and what the feature puts into its outcome."""

    certificate: Certificate
    facts: tuple[Fact, ...]


async def order(
    work: Work,
    rec: RecKey,
    cause: Cause,
    records: Iterable[RecKey],
    digests: Iterable[str],
    *,
    ctx: Context,
    rule: str,
    fields: int = 0,
    action: AtEnd = "erase",
    erase_by: str | None = None,
) -> Ordered:
    """Stages the certificate for what of this record is erased or sealed: the records by kind and
    id, the number of personal fields emptied, the digests whose bytes go. `rule` is the purpose
    (withdrawal) or the class (retention) by which; `erase_by` None is the promise of the house.

    Erased records are no longer kept (see `keeping`)."""
    told = rules.Order(
        rec=rec,
        cause=cause,
        action=action,
        records=tuple(records),
        digests=tuple(dict.fromkeys(digests)),
        fields=fields,
        rule=rule,
        erase_by=erase_by,
    )
    id = work.derive(f"certificate:{cause}:{rec[0]}:{rec[1]}:{rule}:{action}")
    assert await work.load(CERTIFICATES, id) is None, f"{rule} of {rec} is ordered twice at once"
    made = rules.certificate(id, told, ctx)
    work.save(CERTIFICATES, made)
    for one in rules.awaited(made):
        work.save(AWAITED, one)
    work.touch("certificate", id)
    if cause == "retention":
        await keeping.answered(work, rec, rule, id)
    if action == "erase":
        for record in told.records:
            await keeping.end(work, record, ctx, id)
    return Ordered(made, _facts(made))


async def note_erased(work: Work, fact: Erased, ctx: Context) -> Outcome:
    """Marks the bytes as gone in every certificate that waits for them; those without any left are
    done."""
    # Past the unit of work: another batch may be noting other bytes of the same certificate, and
    # what it writes must be seen here before its rows are read.
    rows = await work.tx.tuples(
        "SELECT certificate FROM certificate_digest WHERE digest = ? AND gone_at IS NULL "
        "ORDER BY certificate",
        fact.digest,
    )
    facts: list[Fact] = []
    for (id,) in rows:
        await work.hold("certificate", id)
        facts += await _note(work, id, fact.digest, ctx)
    return Outcome(tuple(facts))


async def _note(work: Work, id: str, digest: str, ctx: Context) -> list[Fact]:
    for one in await work.find(AWAITED, certificate=id):
        if one.digest == digest and one.gone_at is None:
            work.save(AWAITED, msgspec.structs.replace(one, gone_at=wire(ctx.now)))
    made = await work.load(CERTIFICATES, id)
    assert made is not None, f"bytes are awaited for a certificate {id} that is not there"
    after = rules.with_gone(made, await work.find(AWAITED, certificate=id), ctx)
    if after == made:
        return []
    work.save(CERTIFICATES, after)
    work.touch("certificate", id)
    return [ErasureDone(id)]


def _facts(made: Certificate) -> tuple[Fact, ...]:
    ordered = ErasureOrdered(
        certificate=made.id,
        cause=made.cause,
        action=made.action,
        rule=made.rule,
        records=made.records,
        fields=made.fields,
        digests=made.digests,
        erase_by=made.erase_by,
    )
    return (ordered, ErasureDone(made.id)) if made.state == "done" else (ordered,)
