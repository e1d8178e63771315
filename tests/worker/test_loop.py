"""The worker outlives what happens around it; nobody would notice if it did not."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from prometheus_client import REGISTRY

from backend.app import catalogue, schema
from backend.checking import look
from backend.foundation.database.rows import write_all
from backend.foundation.database.transaction import Busy
from backend.foundation.journal import jobs, tracing
from backend.foundation.kernel.clock import wire
from backend.house import House, build
from backend.serving import opened, prepare
from backend.settings import Settings
from backend.watching.round import look as look_at_the_queue
from backend.worker.loop import Worker
from media.staging import StagingProblem
from tests.kit.clock import FakeClock


@pytest.fixture
async def house(engine_url: str, tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(engine_url, f"file://{tmp_path / 'objects'}", tmp_path)
    await prepare(settings)
    async with opened(build(settings, catalogue(), FakeClock())) as house:
        yield house


async def queue(house: House, dedupe: str = "one") -> None:
    async with house.database.unit_of_work() as tx:
        await write_all(tx, [jobs.queueing([("toy", {}, dedupe)], house.clock.now())])


async def left(house: House) -> list[tuple[str, int]]:
    async with house.database.reading() as tx:
        return [tuple(row) for row in await tx.tuples("SELECT status, attempts FROM job")]


async def test_a_database_that_is_held_for_a_while_does_not_end_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup holds the file, or PostgreSQL starts again: the next turn is like any other."""
    done = asyncio.Event()

    async def task(_house: House, _payload: dict[str, Any]) -> None:
        done.set()

    worker = Worker(house, {"toy": task})
    sound, failures = worker._anything_due, [Busy("held"), RuntimeError("gone")]

    async def shaky() -> bool:
        if failures:
            raise failures.pop()
        return await sound()

    monkeypatch.setattr(worker, "_anything_due", shaky)
    monkeypatch.setattr("backend.worker.loop.IDLE_SECONDS", 0.01)
    await queue(house)
    running = asyncio.create_task(worker.run())
    await asyncio.wait_for(done.wait(), 5)
    worker.stop()
    await asyncio.wait_for(running, 5)
    assert await left(house) == [("done", 1)]


async def test_a_job_is_never_given_up_however_long_the_store_is_away(house: House) -> None:
    """A night without the object store must not leave photos that nobody ever looks at."""
    away = True

    async def task(_house: House, _payload: dict[str, Any]) -> None:
        if away:
            raise OSError("the store does not answer")

    worker = Worker(house, {"toy": task})
    await queue(house)
    for _ in range(40):
        await worker.turn()
        house.clock.pass_(seconds=jobs.BACKOFF_SECONDS_MAX)  # type: ignore[attr-defined]
    away = False
    await worker.turn()
    ((status, attempts),) = await left(house)
    assert status == "done"
    assert attempts > jobs.ATTEMPTS_SHOWN


async def test_sweeping_goes_on_after_a_failure(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = asyncio.Event()
    failures: list[Exception] = [OSError(5, "disk"), StagingProblem("strange")]

    async def shaky() -> Any:
        if failures:
            raise failures.pop()
        swept.set()
        return await sound()

    sound = house.receiving.sweep
    monkeypatch.setattr(house.receiving, "sweep", shaky)
    monkeypatch.setattr("backend.foundation.evidence.receiving.SWEEP_SECONDS", 0.01)
    sweeping = asyncio.create_task(house.receiving.keep_swept())
    await asyncio.wait_for(swept.wait(), 5)
    sweeping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sweeping


async def test_what_was_tried_often_is_shown_to_whoever_checks(house: House) -> None:
    await queue(house)
    later = wire(house.clock.now() + timedelta(hours=1))
    async with house.database.unit_of_work() as tx:
        await tx.run("UPDATE job SET attempts = ?, run_at = ?", jobs.ATTEMPTS_SHOWN, later)
    finding = (await looked_at(house))["jobs"]
    assert (finding.good, "1 toy" in finding.said) == (False, True)


async def looked_at(house: House) -> dict[str, Any]:
    return {finding.what: finding for finding in await look(house, schema())}


async def test_a_task_is_told_under_the_call_that_made_it_necessary(house: House) -> None:
    """The phone's call is long answered, and maybe another process does the task."""
    seen: list[str] = []

    async def task(_house: House, _payload: dict[str, Any]) -> None:
        seen.append(tracing.request_id.get())

    with tracing.traced("call-17"):
        await queue(house)
    await queue(house, "two")
    async with house.database.reading() as tx:
        (own,) = await tx.tuples("SELECT id FROM job WHERE dedupe = 'two'")
    await Worker(house, {"toy": task}).turn()
    assert sorted(seen) == sorted(["call-17", own[0]])
    assert tracing.request_id.get() == ""


async def test_the_queue_is_told_by_kind_state_and_age(house: House) -> None:
    await queue(house)
    cast(FakeClock, house.clock).pass_(seconds=90)
    await queue(house, "two")
    await look_at_the_queue(house.database, house.clock)
    assert figure("xunfang_jobs", kind="toy", state="queued") == 2
    assert figure("xunfang_oldest_job_seconds", kind="toy") == 90
    assert figure("xunfang_looked_at_seconds") == house.clock.now().timestamp()
    async with house.database.unit_of_work() as tx:
        await tx.run("UPDATE job SET status = 'done'")
    await look_at_the_queue(house.database, house.clock)
    assert figure("xunfang_jobs", kind="toy", state="queued") is None
    assert figure("xunfang_oldest_job_seconds", kind="toy") is None


def figure(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)
