"""POST /v1/sync/push: commands in order, one durable verdict each.

Promises: an answer is given only after the commit; a refusal of one command never refuses the
call; what another person left on a shared phone is taken for that person, or refused, never mixed.
"""

from collections.abc import Iterable
from typing import Any

from litestar import Request, Response, post

from backend.api.needed import needed
from backend.api.sync import wire
from backend.api.sync.hello import durable_version
from backend.foundation.identity.access import Signed
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.problems import actor_mismatch, record_erased
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import epoch_ms
from backend.foundation.kernel.clock import wire as moment_text
from backend.house import House
from backend.watching import figures


@post("/v1/sync/push", status_code=200, operation_id="SyncPush", opt={"body": wire.Push})
async def push(request: Request[Any, Signed, Any], house: House) -> Response[bytes]:
    """Takes a batch of commands and answers each with its verdict."""
    arrived = house.clock.now()
    sent: wire.Push = await wire.body_of(request, wire.Push)
    if sent.epoch and sent.epoch != house.epoch:
        raise wire.epoch_changed(epoch=house.epoch)
    if len(sent.commands) > limits.BATCH_COMMANDS_MAX:
        raise problem.too_large(what="batch", limit=f"{limits.BATCH_COMMANDS_MAX} commands")
    envelopes = wire.envelopes_of(sent.commands)
    signed = request.auth
    actor = await author_of(house, signed, envelopes)
    # Whoever is signed in is answered, whosever commands these are.
    buckets = lambda tx: house.access.buckets_of(tx, signed)  # noqa: E731
    result = await house.journal.execute(
        Batch(actor, signed.actor.device_id, envelopes, saw=sent.saw, buckets=buckets)
    )
    figures.BATCH_COMMANDS.observe(len(envelopes))
    for answer in result.answers:
        figures.VERDICTS.labels(answer.s).inc()
    digests = [digest for envelope in envelopes for digest in envelope.blobs]
    nowhere = result.lacking - _come_late(envelopes, result.answers)
    return wire.answer(
        request,
        wire.PushAnswer(
            req=sent.req,
            proto=wire.PROTOCOL,
            epoch=house.epoch,
            recv_at=moment_text(arrived),
            last_seq=result.last_seq,
            head=result.head,
            results=list(result.answers),
            need=(await needed(house, signed, digests, nowhere)).send,
            durable=await durable_version(house, result.head),
            device_state=signed.device_state,
            t1=epoch_ms(arrived),
            t2=epoch_ms(house.clock.now()),
            gap=None if result.expected is None else wire.Gap(result.expected),
        ),
    )


def _come_late(envelopes: Iterable[Envelope], answers: Iterable[Answer]) -> set[str]:
    """Bytes that belong to erased records: whether to ask for them is looked up."""
    pairs = zip(envelopes, answers, strict=False)  # a gap leaves the last ones without an answer
    late = [envelope for envelope, answer in pairs if answer.code == record_erased.code]
    return {digest for envelope in late for digest in envelope.blobs}


async def author_of(house: House, signed: Signed, envelopes: tuple[Envelope, ...]) -> Actor:
    """Whose commands these are: the signed-in person's, or those of somebody who allowed this
    phone to hand over their work. A mixed batch is taken as the signed-in person's, and what is
    not theirs is refused and kept.

    Raises actor_mismatch for a batch of somebody who never allowed it: taken as the signed-in
    person's it would use up numbers of an order that it does not belong to."""
    authors = {envelope.actor for envelope in envelopes} - {""}
    if len(authors) == 1 and (author := authors.pop()) != signed.actor.id:
        actor = await house.access.delegated(signed, author)
        if actor is None:
            raise actor_mismatch()
        return actor
    return signed.actor
