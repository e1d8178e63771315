"""From stored bytes to a record of them, several at once.

Four photos that finish together cost one transaction and one fsync of the database instead of
four: whoever comes while a batch is being written waits for the next one. `register` returns when
the arrival is durable, so an upload may be acknowledged after it.
"""

import asyncio
import logging
from collections.abc import Iterable

import msgspec

from backend.foundation.evidence.commands import Receive
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import SYSTEM
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem

BATCH_MAX = 25  # one answer of the store to many uploads; more only makes the first one wait
# A phone sends four photos at a time and they tend to end together: waiting this long for company
# is nothing to a photo that took a second, and halves the commits.
LINGER_SECONDS = 0.004
log = logging.getLogger("xunfang.evidence")
_Waiting = tuple[Envelope, asyncio.Future[None]]


class Arrivals:
    """One per process."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def register(self, digest: str, size: int, type: str, by: str) -> None:
        """Returns when the arrival is committed. Raises the Problem of a busy database."""
        asked = Receive(size=size, type=type, by=by)
        envelope = Envelope(
            id=new_id(),
            op="evidence.receive",
            rec=("blob", digest),
            at=wire(self._journal.clock.now()),
            args=msgspec.Raw(msgspec.json.encode(asked)),
        )
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((envelope, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await done

    async def erased_among(self, digests: Iterable[str]) -> set[str]:
        """Those whose bytes are erased and that no new photo has. One query, or none."""
        wanted = list(digests)
        if not wanted:
            return set()
        async with self._journal.database.reading() as tx:
            blobs = await BLOBS.load(tx, wanted)
        return {blob.id for blob in blobs if blob.state in ("erasing", "erased")}

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(LINGER_SECONDS)
            batch, self._waiting = self._waiting[:BATCH_MAX], self._waiting[BATCH_MAX:]
            try:
                await self._execute(batch)
            except Exception as failed:
                # Handed to everybody who waits: each upload stays where it is and is sent again.
                if not isinstance(failed, Problem):
                    log.exception("arrivals could not be recorded")
                for _, done in batch:
                    if not done.done():
                        done.set_exception(failed)

    async def _execute(self, batch: list[_Waiting]) -> None:
        envelopes = tuple(envelope for envelope, _ in batch)
        result = await self._journal.execute(Batch(SYSTEM, SYSTEM.device_id, envelopes, new=True))
        for answer, (_, done) in zip(result.answers, batch, strict=True):
            if done.done():
                continue
            if answer.s in ("rejected", "conflict"):
                done.set_exception(self._refusal(answer))
            else:
                done.set_result(None)

    def _refusal(self, answer: Answer) -> Problem:
        return self._journal.catalogue.problems[answer.code or ""](**(answer.facts or {}))
