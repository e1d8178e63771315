"""One query for what several commands of a batch would ask for one by one.

Promises: nothing is decided here, and what was not prepared is loaded when its turn comes; rows
that another batch may be writing are read only once their names are held, as everywhere.
"""

import contextlib
from collections.abc import Sequence
from itertools import islice

import msgspec

from backend.foundation.database.transaction import among
from backend.foundation.evidence.model import rec_key
from backend.foundation.evidence.tables import BLOBS, PHOTOS, PLACES
from backend.foundation.journal.envelope import Envelope
from backend.foundation.journal.work import Work
from backend.foundation.kernel.ids import is_digest
from backend.foundation.kernel.limits import NEED_BLOBS_MAX


class _Photo(msgspec.Struct):
    id: str


class _Names(msgspec.Struct):
    """As much of an attach command as says which photo it is about."""

    photo: _Photo


async def captures(work: Work, envelopes: Sequence[Envelope]) -> None:
    """For commands that carry a `Capture` as `photo` and name its digests as their `blobs`."""
    named = (digest for envelope in envelopes for digest in envelope.blobs)
    digests = list(islice(dict.fromkeys(named), NEED_BLOBS_MAX))
    # Held first: the bytes may be arriving in this very moment (see `attaching`).
    await work.tx.lock(rec_key("blob", digest) for digest in digests)
    here = {blob.id for blob in await work.load_many(BLOBS, digests)}
    work.lacking.update(digest for digest in digests if digest not in here)
    ids = []
    for envelope in envelopes:
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            ids.append(msgspec.json.decode(envelope.args, type=_Names).photo.id)
    await work.load_many(PHOTOS, ids)


async def arrivals(work: Work, envelopes: Sequence[Envelope]) -> None:
    """For bytes that arrived together."""
    digests = [envelope.rec[1] for envelope in envelopes if is_digest(envelope.rec[1])]
    await work.load_many(BLOBS, digests)
    await hold_photos(work, digests)


async def places(work: Work, photos: Sequence[str]) -> None:
    """For photos that are published together."""
    await work.find_many(PLACES, "photo", photos)


async def hold_photos(work: Work, digests: Sequence[str]) -> None:
    """Photos with these digests can be found without a query, and their records are held: a
    handler of theirs may be at work, and what it writes must be seen here."""
    clause, args = among(work.tx, "sha256", digests)
    rows = await work.tx.tuples(f"SELECT DISTINCT parent FROM photo WHERE {clause}", *args)
    await work.tx.lock(row[0] for row in rows)
    await work.find_many(PHOTOS, "sha256", digests)
