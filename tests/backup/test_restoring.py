"""A restore goes into an empty place, whole, or says what to do."""

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backend.app import catalogue
from backend.backup import CopyFailed
from backend.backup.folder import Folder
from backend.backup.manifest import DATABASE, ERASURES, MANIFEST, OBJECTS, measured, read_entries
from backend.foundation.journal.failpoints import RESTORING
from backend.house import House, build
from backend.serving import opened, prepare
from tests.backup.conftest import Copies, command, rows_of, settings_in
from tests.backup.test_taking import SOMEBODY, some_digest


async def refused(copies: Copies, **more: object) -> str:
    with pytest.raises(CopyFailed) as failed:
        await copies.restore(**more)  # type: ignore[arg-type]
    assert "\n" not in str(failed.value)
    assert not (copies.elsewhere / "restoring.json").exists()
    return str(failed.value)


def spoilt(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-9] + b"x" + data[-8:])


async def test_nothing_that_is_there_is_written_over(house: House, copies: Copies):
    await copies.take(house)
    copies.elsewhere = house.settings.data_dir
    before = await rows_of(house)
    assert "the database is not empty" in await refused(copies)
    assert await rows_of(house) == before


async def test_a_store_or_a_staging_folder_in_use_is_refused(house: House, copies: Copies):
    await copies.take(house)
    lying = copies.elsewhere / "objects" / "objects" / "aa" / "photo"
    lying.parent.mkdir(parents=True)
    lying.write_bytes(b"somebody's")
    assert "the store is not empty" in await refused(copies)
    lying.unlink()
    begun = copies.elsewhere / "staging" / "somebody" / "one.part"
    begun.parent.mkdir(parents=True)
    begun.write_bytes(b"half a photo")
    assert "staging is not empty" in await refused(copies)
    begun.unlink()
    await copies.restore()


async def test_postgres_with_rows_or_with_strange_tables_is_refused(
    house: House, copies: Copies, postgres
):
    await copies.take(house)
    url = postgres.new_database()
    postgres.run("CREATE TABLE somebodys (id text)", url.rsplit("/", 1)[1])
    assert "something else" in await refused(copies, url=url)
    url = postgres.new_database()
    await prepare(settings_in(copies.elsewhere, url))  # tables without a row are empty enough
    shutil.rmtree(copies.elsewhere)
    await copies.restore(url)
    shutil.rmtree(copies.elsewhere)
    assert "the database is not empty" in await refused(copies, url=url)


async def test_an_installation_without_a_record_is_empty(house: House, copies: Copies):
    await copies.take(house)
    await prepare(settings_in(copies.elsewhere))
    place, _ = await copies.restore()
    async with opened(build(place, catalogue())) as again:
        assert await rows_of(again) == await rows_of(house)


async def test_a_folder_without_the_backup_that_is_asked_for(house: House, copies: Copies):
    assert "holds no backup" in await refused(copies)
    taken = await copies.take(house)
    assert taken.backup.path.name in await refused(copies, name="000007-never")


async def test_a_manifest_that_was_tampered_with(house: House, copies: Copies):
    taken = await copies.take(house)
    path = taken.backup.path / MANIFEST
    text = path.read_text()
    path.write_text(text.replace(f'"head": {taken.manifest.head}', '"head": 1'))
    assert "was changed" in await refused(copies)
    path.unlink()
    assert "no whole backup" in await refused(copies)


@pytest.mark.parametrize("name", [DATABASE, OBJECTS])
async def test_a_file_that_is_not_what_the_manifest_says(house: House, copies: Copies, name: str):
    taken = await copies.take(house)
    spoilt(taken.backup.path / name)
    assert name in await refused(copies)


async def test_a_photo_that_the_folder_lost_or_that_decayed(house: House, copies: Copies):
    await copies.take(house)
    path = Folder(copies.root).object_path(await some_digest(house))
    spoilt(path)
    said = await refused(copies)
    assert "has lost 1 objects" in said
    path.unlink()
    assert "--without-missing" in await refused(copies)
    _, restored = await copies.restore(without_missing=True)
    assert len(restored.missing) == 1
    assert "1 objects are lost" in restored.text()


async def test_a_backup_of_a_newer_version_asks_for_that_version(house: House, copies: Copies):
    taken = await copies.take(house)
    file = taken.backup.path / DATABASE
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("INSERT INTO migration (name, app_name) VALUES ('2099-01-01', 'xunfang')")
        newer.commit()
    noted = taken.backup.path / MANIFEST
    now = measured(file)
    before = taken.manifest.database
    text = noted.read_text().replace(before.sha256, now.sha256)
    noted.write_text(text.replace(f'"size": {before.size}', f'"size": {now.size}', 1))
    digest = measured(noted).sha256
    (taken.backup.path / "manifest.sha256").write_text(f"{digest}  {MANIFEST}\n")
    assert "newer version (tables of 2099-01-01)" in await refused(copies)


async def test_a_backup_of_an_older_version_is_brought_up_to_date(house: House, copies: Copies):
    """Taken before an update, restored after it: the tables grow with the restore."""
    taken = await copies.take(house)
    file = taken.backup.path / DATABASE
    with closing(sqlite3.connect(file)) as older:
        # The one that took this column away; a later one may have made tables, which are there.
        older.execute("DELETE FROM migration WHERE name = '2026-11-27T07:53:30:186000'")
        older.execute("ALTER TABLE consent ADD COLUMN recording TEXT")
        older.commit()
    noted = taken.backup.path / MANIFEST
    now, before = measured(file), taken.manifest.database
    text = noted.read_text().replace(before.sha256, now.sha256)
    noted.write_text(text.replace(f'"size": {before.size}', f'"size": {now.size}', 1))
    digest = measured(noted).sha256
    (taken.backup.path / "manifest.sha256").write_text(f"{digest}  {MANIFEST}\n")
    place, _ = await copies.restore()
    async with opened(build(place, catalogue())) as again:
        assert await rows_of(again) == await rows_of(house)


async def test_a_later_backup_that_is_damaged_is_moved_away_by_hand(house: House, copies: Copies):
    """It may know what was erased since: leaving it out is somebody's decision."""
    first = await copies.take(house)
    later = await copies.take(house)
    spoilt(later.backup.path / ERASURES)
    assert f"move {later.backup.path} away" in await refused(copies, name=first.backup.path.name)
    shutil.rmtree(later.backup.path)
    await copies.restore()


async def test_an_earlier_backup_can_be_asked_for(house: House, copies: Copies):
    first = await copies.take(house)
    before = await rows_of(house)
    await house.receiving.take(b"later", "image/jpeg", SOMEBODY)
    await copies.take(house)
    place, restored = await copies.restore(name=first.backup.path.name)
    assert restored.manifest == first.manifest
    async with opened(build(place, catalogue())) as again:
        assert await rows_of(again) == before


async def test_the_house_key_is_asked_for_when_it_is_another(house: House, copies: Copies):
    await copies.take(house)
    _, restored = await copies.restore()
    assert "seal.pem" in restored.text()
    shutil.rmtree(copies.elsewhere)
    copies.elsewhere.mkdir()
    shutil.copy(house.settings.data_dir / "seal.pem", copies.elsewhere)
    _, restored = await copies.restore()
    assert "seal.pem" not in restored.text()


async def test_a_backup_in_a_folder_that_may_only_be_read_is_enough(house: House, copies: Copies):
    """Nothing is written to it: no lock, no journal beside the database."""
    await copies.take(house)

    def listing() -> set[tuple[str, int]]:
        return {(str(one), one.stat().st_mtime_ns) for one in copies.root.rglob("*")}

    before = listing()
    await copies.restore()
    assert listing() == before


@pytest.mark.slow
@pytest.mark.parametrize("place", RESTORING)
async def test_a_restore_that_was_killed_goes_on_and_no_server_starts_before(
    house: House, copies: Copies, place: str
):
    taken = await copies.take(house)
    point = f"{place}:3" if place.startswith("while") else place
    code, said = command(copies.elsewhere, "restore", str(copies.root), failpoint=point)
    assert code == -signal.SIGKILL, said
    code, said = command(copies.elsewhere, "serve", "--port", "1")
    assert code == 1
    assert "run `xunfang restore` again" in said
    second = await copies.take(house)
    with pytest.raises(CopyFailed, match="was interrupted here"):
        await copies.restore(name=second.backup.path.name)
    place_, _ = await copies.restore(name=taken.backup.path.name)
    async with opened(build(place_, catalogue())) as again:
        assert await rows_of(again) == await rows_of(house)
        keys = {one.key async for one in again.store.list()}
    assert keys == {one.key for one in read_entries(taken.backup.path)}
