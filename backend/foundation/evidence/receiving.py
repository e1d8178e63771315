"""The last steps of an upload: whole and verified bytes become a stored photo.

Promises: what was acknowledged is in the store and in the database; every step can be repeated,
so a process killed between two of them loses nothing and doubles nothing. The order is: bytes
durable in staging, bytes in the store under their digest, record of them, staging emptied.
"""

import asyncio
import hashlib
import logging

from backend.foundation.evidence import problems
from backend.foundation.evidence.arrivals import Arrivals
from backend.foundation.evidence.expected import Expected
from backend.foundation.kernel.clock import Clock
from backend.foundation.kernel.problem import Problem
from media.staging import Declared, Finished, Leftovers, StagingArea, Unwanted, sweep
from media.store import Conflict, ObjectStore, StoreUnreachable, original_key

SWEEP_SECONDS = 3600  # uploads expire after days; an hour more is no difference
log = logging.getLogger("xunfang.evidence")


class Receiving:
    """One per process."""

    def __init__(
        self, staging: StagingArea, store: ObjectStore, arrivals: Arrivals, clock: Clock
    ) -> None:
        self.staging = staging
        self._store = store
        self._arrivals = arrivals
        self._clock = clock
        self.expected = Expected(clock)

    async def publish(self, declared: Declared, finished: Finished) -> None:
        """Returns when the photo is safe. Raises store_unreachable, busy or blob_erasing: then
        nothing is lost, the upload stays whole in staging and the next HEAD, PATCH or sweep tries
        again. Raises blob_erased when nobody wants the bytes any more: they are thrown away."""
        key = original_key(finished.sha256)
        try:
            await self._store.put(key, finished.path, sha256=finished.sha256)
        except StoreUnreachable as away:
            log.warning("the store does not answer: %s", away)
            raise problems.store_unreachable() from away
        except Conflict as broken:
            # Under a content address this means that the stored bytes have decayed.
            log.exception("the stored bytes of %s are damaged", finished.sha256)
            raise problems.store_unreachable() from broken
        self.staging.failpoint("after_rename")
        await self._arrivals.register(finished.sha256, finished.size, declared.type, declared.owner)
        self.expected.forget(declared.owner, finished.sha256)
        self.staging.failpoint("after_row")

    async def take(self, data: bytes, type: str, by: str) -> str:
        """Bytes that are whole already (the house's own papers, an import); their digest."""
        sha256 = hashlib.sha256(data).hexdigest()
        await self._store.put(original_key(sha256), data, sha256=sha256)
        await self._arrivals.register(sha256, len(data), type, by)
        return sha256

    async def sweep(self) -> Leftovers:
        """After a start, and now and then: finish what is whole, remove what expired, and what is
        erased: the worker that erased it may not have this disk."""
        digests = {declared.sha256 for declared in self.staging.announced()}
        for digest in await self._arrivals.erased_among(digests):
            self.forget(digest)
        return await sweep(self.staging, self._clock.now(), self._publish_swept)

    def forget(self, sha256: str) -> None:
        """Throws away what was begun of these bytes."""
        self.staging.forget(sha256, self._clock.now())

    async def _publish_swept(self, declared: Declared, finished: Finished) -> None:
        try:
            await self.publish(declared, finished)
        except Problem as refusal:
            if refusal.code != problems.blob_erased.code:
                raise
            raise Unwanted from None

    async def keep_swept(self) -> None:
        """Sweeps at once, because the last process may have been killed, and then every hour."""
        while True:
            try:
                done = await self.sweep()
                if done != Leftovers():
                    log.info("staging swept: %s", done)
            except Problem as refusal:
                log.warning("staging not swept: %s", refusal.code)
            except Exception:
                # Nobody waits for this task: what ended it once would end it for good.
                log.exception("staging not swept")
            await asyncio.sleep(SWEEP_SECONDS)
