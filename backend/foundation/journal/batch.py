"""What goes into the writer together, and what comes out."""

from collections.abc import Awaitable, Callable, Collection, Iterator
from itertools import islice

import msgspec

from backend.foundation.database.transaction import Tx
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.records import record_key
from backend.foundation.journal.verdicts import log_key
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import Actor

Buckets = Callable[[Tx], Awaitable[Collection[str]]]


class Batch(msgspec.Struct, frozen=True):
    """What came in together: who sent it, from which device, having seen what. `buckets` are those
    that whoever is answered receives: of records elsewhere verdicts say no more than their code.
    Without them no verdict shows a record."""

    actor: Actor
    device_id: str
    envelopes: tuple[Envelope, ...]
    saw: int = 0
    locks: tuple[str, ...] = ()  # further records that these commands will change
    new: bool = False  # its ids were made for this very call: at first they have no verdicts
    buckets: Buckets | None = None


class Result(msgspec.Struct, frozen=True):
    """Verdicts in the order asked. `expected` is the next `seq` when a gap stopped the batch."""

    answers: tuple[Answer, ...]
    last_seq: int
    head: int
    expected: int | None = None
    lacking: frozenset[str] = frozenset()  # digests told of just now whose bytes nobody has brought


def names_of(batch: Batch) -> Iterator[str]:
    """What is held from the first statement on."""
    yield log_key(batch.device_id, batch.actor.id)
    yield from batch.locks
    for envelope in batch.envelopes:
        yield record_key(*envelope.rec)
    # Bytes that a command tells of may be arriving in this very moment.
    told_of = dict.fromkeys(blob for envelope in batch.envelopes for blob in envelope.blobs)
    for digest in islice(told_of, limits.NEED_BLOBS_MAX):
        yield record_key("blob", digest)


def follows(batch: Batch, last_seq: int) -> bool:
    """Whether its commands take the next places of their order, or have none and ids that were made
    for this very call: then none of them was decided before in its place."""
    seqs = [envelope.seq for envelope in batch.envelopes]
    if not any(seqs):
        return batch.new
    return seqs == list(range(last_seq + 1, last_seq + 1 + len(seqs)))
