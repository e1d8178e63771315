"""The server burns down with its disk; yesterday's backup comes back. Mrs Wu took her consent back
in between, and what she took back must not rise with it. Nor may anything be lost that a phone
holds: that is the drill of `tests/restore`, with real servers and phones."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from backend.app import catalogue, schema
from backend.backup import Restored, restore, take, taking, write_erasures
from backend.backup.folder import Folder
from backend.house import House, build
from backend.serving import opened, prepare
from backend.settings import Settings
from backend.worker.loop import Worker
from backend.worker.tasks import TASKS
from tests.features.visits.builders import ADDRESS, NAME, NOTE, WORDS
from tests.features.visits.test_bytes import RealHome, RealStage
from tests.kit.clock import FakeClock

PERSONAL = (ADDRESS, NAME, NOTE, WORDS)
PARTS = ("visit_person", "visit_answer", "photo")


class Lost:
    """A visit that is accepted and backed up; later the consent is taken back, and all is lost."""

    def __init__(self, home: RealHome, root: Path, url: Callable[[], str], keeps: Any) -> None:
        self.home, self.root, self.url, self.keeps = home, root, url, keeps
        self.house: House = home.stage.house_
        self.copies = root / "backups"
        self.list = root / "erasures.json"

    async def back_up(self) -> str:
        taken = await take(self.house, schema(), self.copies)
        return taken.backup.path.name

    async def taken_back(self) -> None:
        assert (await self.home.withdraw()).s == "applied"
        await self.home.stage.work()

    async def restored(self, **more: Any) -> tuple[House, Restored]:
        folder = self.root / "again"
        place = Settings(self.url(), f"file://{folder / 'objects'}", folder)
        done = await restore(place, catalogue(), schema(), self.copies, **more)
        house = build(place, catalogue(), self.house.clock)
        return await self.keeps.enter_async_context(opened(house)), done


@pytest.fixture
async def lost(
    engine_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Lost]:
    def another() -> str:
        if engine_url.startswith("sqlite"):
            return f"sqlite:///{tmp_path / 'again' / 'xunfang.db'}"
        return request.getfixturevalue("postgres").new_database()

    folder = tmp_path / "house"
    settings = Settings(engine_url, f"file://{folder / 'objects'}", folder)
    await prepare(settings)
    async with AsyncExitStack() as keeps:
        house = await keeps.enter_async_context(opened(build(settings, catalogue(), FakeClock())))
        stage = RealStage(house)
        await stage.furnish()
        home = RealHome(stage)
        await home.publish()
        await home.accepted()
        yield Lost(home, tmp_path, another, keeps)


async def texts(house: House) -> str:
    async with house.database.reading() as tx:
        names = [table._meta.tablename for table in schema().tables]
        return str([await tx.tuples(f'SELECT * FROM "{name}"') for name in names])


async def require_gone(lost: Lost, house: House) -> None:
    """No table, no store and no phone has any of it, and who brings it late is refused."""
    left = await texts(house)
    assert [text for text in PERSONAL if text in left] == []
    assert [one.key async for one in house.store.list()] == []
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT kind, COUNT(*) FROM record WHERE body <> 'null' GROUP BY 1")
    assert not {kind for kind, _ in rows} & set(PARTS)
    hand = lost.home.a
    hand.journal = house.journal
    late = await hand.do("visits.observe", lost.home.person, {})
    assert late.code == "record_erased"


async def require_visit(lost: Lost, house: House) -> None:
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT state FROM visit WHERE id = ?", lost.home.id)
    assert rows, "the course of the visit stays"


async def test_what_a_later_backup_knows_to_be_erased_does_not_come_back(lost: Lost) -> None:
    """The later backup is whole, and somebody restores the one from before all the same."""
    yesterday = await lost.back_up()
    bytes_of_it = set(lost.home.stage.bytes)
    folder = Folder(lost.copies)
    assert all(folder.object_path(digest).exists() for digest in bytes_of_it)
    await lost.taken_back()
    await lost.back_up()
    assert not any(folder.object_path(digest).exists() for digest in bytes_of_it)
    assert not any((folder.pool / "objects").rglob("*.*"))
    assert [path for path in (folder.pool / "objects").rglob("*") if path.is_file()] == []
    house, done = await lost.restored(name=yesterday)
    assert done.repeated > 3
    await require_gone(lost, house)
    await require_visit(lost, house)


async def test_what_is_erased_while_it_is_copied_is_erased_again(
    lost: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot has the photos, and the store has them no more when their turn comes."""
    real = taking.fill

    async def later(*given: Any) -> Any:
        await lost.taken_back()
        return await real(*given)

    monkeypatch.setattr(taking, "fill", later)
    await lost.back_up()
    house, done = await lost.restored()
    assert done.repeated > 3
    await require_gone(lost, house)


async def test_the_list_of_the_lost_server_is_enough(lost: Lost) -> None:
    await lost.back_up()
    await lost.taken_back()
    count = await write_erasures(lost.house.database, lost.list, "2026-11-25T00:00:00.000Z")
    house, done = await lost.restored(erasures=lost.list)
    assert done.repeated == count
    assert "known until 2026-11-25" in done.text()
    await require_gone(lost, house)


async def test_what_nobody_tells_is_said_and_a_phone_that_took_it_back_does_so_again(
    lost: Lost,
) -> None:
    await lost.back_up()
    await lost.taken_back()
    house, done = await lost.restored()
    assert done.repeated == 0
    assert f"what was erased after {done.known_until} has to be erased again" in done.text()
    back = await texts(house)
    assert [text for text in PERSONAL if text not in back] == []
    officer = lost.home.officer
    officer.journal, officer.seq = house.journal, officer.seq - 1  # it was sent, and is forgotten
    assert (await lost.home.withdraw()).s == "applied"
    worker = Worker(house, TASKS)
    while await worker.turn():
        pass
    await require_gone(lost, house)


async def test_a_list_of_another_house_or_of_nothing_is_refused(lost: Lost) -> None:
    await lost.back_up()
    lost.list.write_text("[]")
    with pytest.raises(RuntimeError, match="no list that"):
        await lost.restored(erasures=lost.list)
    await write_erasures(lost.house.database, lost.list, "2026-11-25T00:00:00.000Z")
    text = lost.list.read_text()
    lost.list.write_text(text.replace('"installation":"', '"installation":"0'))
    with pytest.raises(RuntimeError, match="another installation"):
        await lost.restored(erasures=lost.list)
    shutil.rmtree(lost.root / "again", ignore_errors=True)
    lost.list.write_text(text)
    await lost.restored(erasures=lost.list)
