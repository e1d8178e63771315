"""The demo's visits: every state that a screen shows, and one that somebody took back."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.app import catalogue
from backend.demo.performance import perform
from backend.demo.stage import Stage, StageClock
from backend.foundation.journal.tables import TABLES
from backend.house import build
from backend.settings import Settings
from tests.demo.test_performance import HASH, QuickLook
from tests.kit import numbers
from tests.kit.schema import create_all

SUNDAY = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 3, 24, tzinfo=UTC)
STORY = json.loads(Path("backend/features/visits/demo/story.json").read_text("utf-8"))


@pytest.mark.parametrize(("now", "language"), [(TUESDAY, "zh"), (SUNDAY, "en")])
async def test_a_month_of_visits(tmp_path: Path, now: datetime, language: str) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'demo.db'}", f"file://{tmp_path}/objects", tmp_path)
    clock = StageClock(now)
    house = build(settings, catalogue(), clock)
    await house.database.open()
    try:
        tables = tuple(t for one in house.catalogue.manifests for t in one.tables)
        await create_all(house.database, (*TABLES, *tables))
        stage = Stage(house, clock, QuickLook(house), language)
        await perform(stage, HASH)
        visits = (await stage.bodies("visit")).values()
        states = Counter(one["state"] for one in visits)
        assert set(states) == {"requested", "scheduled", "submitted", "accepted", "declined"}
        today = {one["day"] for one in visits if one["state"] == "scheduled"}
        assert today == {stage.today.isoformat()}
        issued = (await stage.bodies("authorisation")).values()
        assert Counter(one["state"] for one in issued) == {"used": 1, "issued": 1, "revoked": 1}
        people = await stage.bodies("visit_person")
        assert len(people) == len(visits) - 1
        assert await numbers.in_database(house.database) == []
        gone = next(one for one in STORY if "withdrawn" in one)
        async with house.database.reading() as tx:
            for table in ("visit_person", "visit_answer", "fact_personal", "record"):
                rows = str(await tx.tuples(f"SELECT * FROM {table}"))
                assert gone["person"]["address"][language] not in rows, table
                assert gone["words"][language] not in rows, table
    finally:
        await house.close()
