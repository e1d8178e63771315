"""The worker's look: everything due ends once, whoever is killed, repeated, doubled or broken."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.ids import new_id
from backend.foundation.privacy.due import expire_due
from backend.worker import periodic
from tests.foundation.privacy.care import CRASHES, REFUSES
from tests.foundation.privacy.conftest import Office


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.foundation.privacy.due.AT_ONCE", 2)


async def calls(office: Office, *addresses: str) -> list[tuple[str, str]]:
    made = [("call", new_id()) for _ in addresses]
    for call, address in zip(made, addresses, strict=True):
        await office.do("outreach", "care.begin", call, {"address": address})
    return made


async def addresses(office: Office) -> list[str]:
    return sorted(body["address"] for body in await office.bodies("call"))


async def test_everything_due_ends_and_a_second_look_finds_nothing(office: Office) -> None:
    await calls(office, "a", "b", "c", "d")
    assert await expire_due(office.journal) == 0
    office.clock.pass_(days=365)
    assert await expire_due(office.journal) == 5
    assert await addresses(office) == [""] * 5
    assert len(await office.fact("RetentionEnded")) == 5
    assert await expire_due(office.journal) == 0
    assert len(await office.bodies("certificate")) == 5


async def test_two_workers_at_once_tell_nothing_twice(office: Office) -> None:
    await calls(office, "a", "b", "c")
    office.clock.pass_(days=365)
    await asyncio.gather(expire_due(office.journal), expire_due(office.journal))
    assert len(await office.fact("RetentionEnded")) == 4
    assert len(await office.bodies("certificate")) == 4


@pytest.mark.parametrize("killed_after", [0, 1, 2, 3])
async def test_killed_half_way_the_next_one_does_the_rest(
    office: Office, monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    await calls(office, "a", "b", "c")
    office.clock.pass_(days=365)
    whole, done = Journal.command, 0

    async def command(self: Journal, *args: Any, **more: Any) -> Any:
        nonlocal done
        if done == killed_after:
            raise KeyboardInterrupt
        done += 1
        return await whole(self, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "command", command)
        with pytest.raises(KeyboardInterrupt):
            await expire_due(office.journal)
    assert len(await office.fact("RetentionEnded")) == killed_after
    await expire_due(office.journal)
    assert len(await office.fact("RetentionEnded")) == 4
    assert await addresses(office) == [""] * 4


async def test_one_that_crashes_stops_no_other_and_is_tried_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await calls(office, "a", CRASHES, "b")
    office.clock.pass_(days=365)
    with caplog.at_level(logging.ERROR, "xunfang.privacy"):
        await expire_due(office.journal)
    assert [record.name for record in caplog.records] == ["xunfang.privacy"]
    assert await addresses(office) == ["", "", "", CRASHES]
    assert await expire_due(office.journal) == 1


async def test_one_that_is_refused_is_shown_as_unanswered(office: Office) -> None:
    """A reaction cannot refuse its cause: the end is told, and nobody certified it."""
    (call,) = await calls(office, REFUSES)
    office.clock.pass_(days=365)
    await expire_due(office.journal)
    async with office.journal.database.reading() as tx:
        sql = "SELECT state, certificate FROM privacy_retention WHERE rec = ? AND klass = ?"
        rows = await tx.tuples(sql, f"call:{call[1]}", "care_year")
    assert [tuple(row) for row in rows] == [("ended", None)]


async def test_what_is_held_is_not_even_tried(office: Office) -> None:
    await office.hold()
    office.clock.pass_(days=365)
    assert await expire_due(office.journal) == 0


async def test_a_lane_that_fails_is_told_and_stops_no_other(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    async def broken(_house: Any) -> None:
        seen.append("broken")
        raise OSError("the database is away")

    house: Any = SimpleNamespace(journal=office.journal)
    office.clock.pass_(days=365)
    with caplog.at_level(logging.INFO, "xunfang.worker"):
        await periodic.look(house, {"broken": broken, "retention": periodic.retention})
    assert seen == ["broken"]
    assert len(await office.fact("RetentionEnded")) == 1
    told = [record.getMessage() for record in caplog.records if record.name == "xunfang.worker"]
    assert told == ["broken was not looked after", "1 records came to the end of their time"]


async def test_a_server_looks_at_its_start_and_stops_when_told(office: Office) -> None:
    house: Any = SimpleNamespace(journal=office.journal)
    office.clock.pass_(days=365)
    async with periodic.looked_after(house):
        for _ in range(500):
            if await office.fact("RetentionEnded"):
                break
            await asyncio.sleep(0.01)
    assert len(await office.fact("RetentionEnded")) == 1
