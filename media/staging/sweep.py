"""After a start, and now and then: publish what is whole, remove what nobody will finish."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from media.staging.area import StagingArea
from media.staging.declared import Declared
from media.staging.problems import DigestMismatch, Expired, Locked, Unknown, Unwanted
from media.staging.upload import Finished

# After so many it is the store or the database that is away, and each further try waits for it.
FAILURES_MAX = 5

Publish = Callable[[Declared, Finished], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What a sweep did: uploads published, and thrown away as damaged, expired, never announced
    or not wanted."""

    published: int = 0
    damaged: int = 0
    expired: int = 0
    orphaned: int = 0
    unwanted: int = 0


async def sweep(area: StagingArea, now: datetime, publish: Publish) -> Leftovers:
    """Every step can be repeated: a second sweep finds nothing to do. `publish` may raise
    Unwanted, which throws the upload away, or anything else; then
    the upload stays for the next sweep, and those behind it have their turn: one photo that can
    never be published must not keep all others waiting. Raises the first failure at the end."""
    outcomes: Counter[str] = Counter()
    failures: list[Exception] = []
    for owner, id in area.waiting():
        try:
            outcomes[await _sweep_one(area, owner, id, now, publish)] += 1
        except Exception as failed:
            failures.append(failed)
            if len(failures) == FAILURES_MAX:
                break
    area.remove_strays()
    if failures:
        raise failures[0]
    outcomes.pop("kept", None)
    return Leftovers(**outcomes)


async def _sweep_one(
    area: StagingArea, owner: str, id: str, now: datetime, publish: Publish
) -> str:
    try:
        with area.hold(owner, id, now) as upload:
            if not upload.complete:
                return "kept"
            outcome = "published"
            try:
                await publish(upload.declared, await upload.finish())
            except Unwanted:
                outcome = "unwanted"
            upload.discard()
            return outcome
    except Expired:
        return "expired"
    except DigestMismatch:
        return "damaged"
    except Locked:
        return "kept"
    except Unknown:
        return "orphaned" if area.remove_orphan(owner, id) else "kept"
