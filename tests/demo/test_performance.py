"""The demo plays through without a refusal, on any day, and every screen has something to show."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.app import FOUNDATION
from backend.demo.performance import perform
from backend.demo.stage import Stage, StageClock
from backend.features import discover
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.chain import ENTRIES, first_break
from backend.foundation.journal.tables import TABLES
from backend.foundation.kernel.clock import Moment, wire
from backend.house import House, build
from backend.settings import Settings
from tests.kit.schema import create_all

HASH = "$argon2id$v=19$m=65536,t=3,p=4$" + "a" * 22 + "$" + "b" * 43
TUESDAY = datetime(2026, 11, 24, 3, 24, tzinfo=UTC)
LOOKED = {
    "type": "image/jpeg",
    "width": 960,
    "height": 720,
    "sharpness": 100,
    "brightness": 120,
    "contrast": 60,
    "fingerprint": "0" * 16,
    "gradient": "0" * 16,
}


class QuickLook:
    """Takes every photo for good, as the worker does after a longer look."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def turn(self) -> int:
        async with self.house.database.reading() as tx:
            blobs = await BLOBS.find(tx, "state", "stored")
        for blob in blobs:
            await self.house.journal.command("evidence.accept", ("blob", blob.id), LOOKED)
        return len(blobs)


async def played(
    tmp_path: Path, now: Moment, language: str = "zh", url: str | None = None
) -> dict[str, Any]:
    """Every record of the demo by kind, and where its chain of facts breaks."""
    catalogue = Catalogue((*FOUNDATION, *discover()))
    settings = Settings(
        database_url=url or f"sqlite:///{tmp_path / 'demo.db'}",
        store_url=f"file://{tmp_path / 'objects'}",
        data_dir=tmp_path,
    )
    clock = StageClock(now)
    house = build(settings, catalogue, clock)
    await house.database.open()
    try:
        own = tuple(table for manifest in catalogue.manifests for table in manifest.tables)
        await create_all(house.database, (*TABLES, *own))
        stage = Stage(house, clock, QuickLook(house), language)
        await perform(stage, HASH)
        async with house.database.reading() as tx:
            kinds = [kind for (kind,) in await tx.tuples("SELECT DISTINCT kind FROM record")]
        found: dict[str, Any] = {kind: list((await stage.bodies(kind)).values()) for kind in kinds}
        async with house.database.reading() as tx:
            found["break"] = first_break(await ENTRIES.where(tx, "1 = 1 ORDER BY seq"))
            found["latest"] = max(row[0] for row in await tx.tuples("SELECT received_at FROM fact"))
        return found
    finally:
        await house.close()


async def test_a_month_of_the_branch(tmp_path: Path, engine_url: str) -> None:
    found = await played(tmp_path, TUESDAY, url=engine_url)
    cases, rounds = found["rectification"], found["round"]
    states = Counter(case["state"] for case in cases)
    assert set(states) == {
        "open",
        "assigned",
        "accepted",
        "reported",
        "returned",
        "closed",
        "cancelled",
    }
    assert states["reported"] >= 3
    now = wire(TUESDAY)
    overdue = [c for c in cases if c["due_at"] and c["due_at"] < now and c["state"] == "accepted"]
    assert len(overdue) >= 2
    assert any(case["late"] for case in cases)
    assert any(case["handover"] for case in cases)
    assert any(case["extension"] and case["extension"]["answer"] == "asked" for case in cases)
    assert any(case["on_spot"] and case["before"] and case["after"] for case in cases)
    assert Counter(one["state"] for one in rounds) == {"submitted": 13, "assigned": 9, "open": 2}
    submitted = [one for one in rounds if one["state"] == "submitted"]
    assert [one["complete"] for one in submitted].count(False) == 1
    assert any(one["score"]["vetoed"] for one in submitted)
    assert all(one["findings"] == 0 or one["verified"] for one in submitted)
    assert Counter(photo["state"] for photo in found["photo"])["awaited"] == 1
    assert {one["code"] for one in found["privacy_notice"]} == {"home_visit", "event"}
    assert found["break"] is None
    assert found["latest"] <= wire(TUESDAY.replace(minute=25))


async def test_the_calendar_of_a_year_to_come_is_not_published(tmp_path: Path) -> None:
    found = await played(tmp_path, TUESDAY)
    known = {year["year"]: year["published"] for year in found["calendar"]}
    assert known[2026] is True
    assert known[2027] is False


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 28, 20, 30, tzinfo=UTC),  # a Sunday before dawn
        datetime(2027, 1, 3, 15, 50, tzinfo=UTC),  # minutes before midnight, calendar unknown
        datetime(2026, 10, 4, 1, 0, tzinfo=UTC),  # in the national holiday
    ],
)
async def test_it_plays_on_any_day_and_in_english(tmp_path: Path, now: Moment) -> None:
    found = await played(tmp_path, now, "en")
    texts = {case["text"] for case in found["rectification"]}
    assert "Two electric bikes block the ramp completely." in texts
    assert "Lin Lan" in {person["name"] for person in found["person"]}
    assert all(one["due_at"] > wire(now) for one in found["round"] if one["state"] == "open")
