"""Work nobody waits for: queued in the transaction that made it necessary, leased by a worker.

Promises: a job is queued if and only if its cause was committed; one at a time holds it; a worker
that dies gives it back when the lease ends; what fails is tried again, later and later, and shown
by `xunfang check`, but never given up: after a night without the object store nobody would notice
photos that are looked at no more. It does not promise "exactly once": a job's effect must bear
repetition.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from backend.foundation.database.rows import Rows, Write
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.tables import Job as JobTable
from backend.foundation.journal.tracing import request_id
from backend.foundation.kernel.clock import Moment, parse, wire
from backend.foundation.kernel.ids import new_id

ATTEMPTS_SHOWN = 8  # some twenty minutes of failing: no hiccup any more
LEASE_SECONDS = 120
BACKOFF_SECONDS_MAX = 1800  # a photo is not looked at for half an hour after the store is back
_BACKOFF_SECONDS = 5


class Job(msgspec.Struct, frozen=True):
    """One piece of work."""

    id: str
    kind: str
    payload: dict[str, Any]
    dedupe: str
    status: str
    run_at: str
    attempts: int
    worker: str
    locked_until: str
    last_error: str
    queued_at: str | None = None
    request_id: str | None = None


JOBS = Rows(JobTable, Job)


def queueing(jobs: Sequence[tuple[str, dict[str, Any], str]], now: Moment) -> Write:
    """Queues each (kind, payload, dedupe) once; the same dedupe again does nothing."""
    at, by = wire(now), request_id.get() or None
    queued = [
        Job(new_id(), kind, payload, dedupe, "queued", at, 0, "", "", "", at, by)
        for kind, payload, dedupe in jobs
    ]
    return JOBS.inserting(queued, 'ON CONFLICT ("dedupe") DO NOTHING')


async def is_due(tx: Tx, now: Moment) -> bool:
    """Whether `lease` would find anything. Only reads."""
    rows = await tx.tuples(
        "SELECT 1 FROM job WHERE (status = 'queued' AND run_at <= ?) "
        "OR (status = 'running' AND locked_until < ?) LIMIT 1",
        wire(now),
        wire(now),
    )
    return bool(rows)


async def waiting(tx: Tx) -> list[tuple[str, str, int, Moment]]:
    """Kind, state, how many, and since when the oldest of them waits, of all that is not done."""
    rows = await tx.tuples(
        "SELECT kind, status, COUNT(*), MIN(COALESCE(queued_at, run_at)) FROM job "
        "WHERE status IN ('queued', 'running') GROUP BY kind, status"
    )
    return [(kind, state, count, parse(since)) for kind, state, count, since in rows]


async def is_running(tx: Tx, dedupe: str, *, but: str = "") -> bool:
    """Whether somebody is at a job whose `dedupe` begins so, other than the one named."""
    rows = await tx.tuples(
        "SELECT 1 FROM job WHERE status = 'running' AND substr(dedupe, 1, ?) = ? "
        "AND dedupe <> ? LIMIT 1",
        len(dedupe),
        dedupe,
        but,
    )
    return bool(rows)


async def lease(tx: Tx, worker: str, now: Moment, count: int) -> list[Job]:
    """Up to `count` due jobs, now held by this worker for LEASE_SECONDS. Two statements."""
    await tx.run(
        "UPDATE job SET status = 'queued' WHERE status = 'running' AND locked_until < ?", wire(now)
    )
    skip = "FOR UPDATE SKIP LOCKED" if tx.dialect == "postgres" else ""
    names = ", ".join(f'"{name}"' for name in JOBS.columns)
    rows = await tx.tuples(
        "UPDATE job SET status = 'running', attempts = attempts + 1, worker = ?, locked_until = ? "
        "WHERE id IN (SELECT id FROM job WHERE status = 'queued' AND run_at <= ? "
        f"ORDER BY run_at, id LIMIT {int(count)} {skip}) RETURNING {names}",
        worker,
        wire(now + timedelta(seconds=LEASE_SECONDS)),
        wire(now),
    )
    return JOBS.read(rows)


async def renew(tx: Tx, job: Job, worker: str, now: Moment) -> None:
    """Holds it for another LEASE_SECONDS, unless the lease was lost meanwhile."""
    await tx.run(
        "UPDATE job SET locked_until = ? WHERE id = ? AND worker = ? AND status = 'running'",
        wire(now + timedelta(seconds=LEASE_SECONDS)),
        job.id,
        worker,
    )


async def finish(tx: Tx, job: Job, worker: str) -> bool:
    """Marks it done. False when the lease was lost meanwhile: somebody else does it again."""
    return (
        await tx.run(
            "UPDATE job SET status = 'done', last_error = '' WHERE id = ? AND worker = ? "
            "AND status = 'running'",
            job.id,
            worker,
        )
        == 1
    )


async def fail(tx: Tx, job: Job, worker: str, now: Moment, error: str) -> None:
    """Puts it back with a growing delay."""
    delay = min(_BACKOFF_SECONDS * 2 ** min(job.attempts, 16), BACKOFF_SECONDS_MAX)
    later = now + timedelta(seconds=delay)
    await tx.run(
        "UPDATE job SET status = 'queued', run_at = ?, last_error = ? WHERE id = ? AND worker = ?",
        wire(later),
        error[:500],
        job.id,
        worker,
    )
