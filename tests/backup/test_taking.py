"""A backup is one moment, verified, and phones may forget what it holds only then."""

import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from backend.app import catalogue
from backend.backup import CopyFailed
from backend.backup.folder import Folder
from backend.backup.manifest import read_entries
from backend.foundation.evidence.commands import Receive
from backend.foundation.evidence.holdings import holdings
from backend.foundation.journal.failpoints import COPYING
from backend.house import House, build
from backend.serving import opened, prepare
from media.store import original_key
from media.store.folder import FolderStore
from tests.backup.conftest import Copies, command, number, rows_of, settings_in

SOMEBODY = "0198c0de-0000-7000-8000-00000000ca11"
DURABLE = "SELECT durable FROM sync_counter"
HEAD = "SELECT head FROM sync_counter"


async def refused(copies: Copies, house: House) -> str:
    """What a backup that must fail says: one line, and nothing half made stays."""
    before = [one.path.name for one in Folder(copies.root).backups()]
    with pytest.raises(CopyFailed) as failed:
        await copies.take(house)
    assert "\n" not in str(failed.value)
    assert [one.path.name for one in Folder(copies.root).backups()] == before
    assert not list(copies.root.glob("unfinished-*"))
    return str(failed.value)


async def some_digest(house: House) -> str:
    async with house.database.reading() as tx:
        async for page in holdings(tx):
            return next(one.digest for one in page if one.state == "accepted")
    raise AssertionError("the branch has no photo")


async def test_a_backup_is_restored_row_by_row(house: House, copies: Copies):
    taken = await copies.take(house)
    place, restored = await copies.restore()
    assert all(one.good for one in restored.findings)
    async with opened(build(place, catalogue())) as again:
        assert await rows_of(again) == await rows_of(house)
        assert again.epoch == restored.epoch != house.epoch
        keys = {one.key: one.size async for one in house.store.list()}
        assert {one.key: one.size async for one in again.store.list()} == keys
    assert taken.manifest.count == len(keys)
    assert not list((place.data_dir / "staging").rglob("*.part"))


async def test_postgres_and_back(house: House, copies: Copies, postgres, tmp_path: Path):
    """The same file serves both engines: a branch that has grown moves, and its backups with it."""
    await copies.take(house)
    place, _ = await copies.restore(postgres.new_database())
    async with opened(build(place, catalogue())) as grown:
        assert await rows_of(grown) == await rows_of(house)
        taken = await copies.take(grown)
        assert (taken.manifest.engine, taken.new) == ("postgres", 0)
        assert await number(grown, DURABLE) == taken.manifest.head
    shutil.rmtree(copies.elsewhere)
    place, _ = await copies.restore()
    async with opened(build(place, catalogue())) as again:
        assert await rows_of(again) == await rows_of(house)


async def test_durable_moves_to_the_head_of_the_snapshot(house: House, copies: Copies):
    assert await number(house, DURABLE) == 0
    taken = await copies.take(house)
    assert await number(house, DURABLE) == taken.durable == taken.manifest.head
    data = b"a photo that comes after it"
    await house.receiving.take(data, "image/jpeg", SOMEBODY)
    assert await number(house, HEAD) > taken.durable == await number(house, DURABLE)


async def test_a_backup_of_an_earlier_life_moves_nothing(
    house: House, copies: Copies, monkeypatch: pytest.MonkeyPatch
):
    """While the backup was verified somebody restored this database from another one."""

    def begins_again(name: str) -> None:
        if name == "before_durable":
            path = house.settings.database_url.removeprefix("sqlite:///")
            with sqlite3.connect(path) as other:
                other.execute("UPDATE sync_counter SET epoch = 'another'")

    monkeypatch.setattr("backend.backup.taking.failpoint", begins_again)
    assert (await copies.take(house)).durable == 0


async def test_only_new_photos_are_copied(house: House, copies: Copies):
    first = await copies.take(house)
    assert first.new > 0
    data = b"one more"
    digest = await house.receiving.take(data, "image/jpeg", SOMEBODY)
    second = await copies.take(house)
    assert second.new == 1
    assert Folder(copies.root).object_path(digest).read_bytes() == data


async def test_what_comes_after_the_snapshot_is_not_in_it(
    house: House, copies: Copies, monkeypatch: pytest.MonkeyPatch
):
    """Bytes may lie in the store that no row of the snapshot knows: nobody could erase them."""
    late = b"in the middle"
    path = house.store.path_of(original_key("e" * 64))  # type: ignore[union-attr]

    def arrives(name: str) -> None:
        if name == "after_snapshot":
            path.parent.mkdir(parents=True)
            path.write_bytes(late)

    monkeypatch.setattr("backend.backup.taking.failpoint", arrives)
    taken = await copies.take(house)
    assert original_key("e" * 64) not in {one.key for one in read_entries(taken.backup.path)}


async def test_bytes_that_decayed_in_the_folder_are_mended(house: House, copies: Copies):
    await copies.take(house)
    path = Folder(copies.root).object_path(await some_digest(house))
    good = path.read_bytes()
    path.write_bytes(good[:-1] + b"?")
    assert (await copies.take(house)).new == 1
    assert path.read_bytes() == good


async def test_old_backups_go_and_so_does_what_only_they_held(house: House, copies: Copies):
    taken = [(await copies.take(house, keep=2)).backup for _ in range(4)]
    assert Folder(copies.root).backups() == taken[2:]


async def test_a_photo_that_the_store_lost_is_told_and_can_be_left_out(
    house: House, copies: Copies
):
    digest = await some_digest(house)
    await house.store.delete(original_key(digest))
    said = await refused(copies, house)
    assert digest in said
    assert "--without-missing" in said
    assert await number(house, DURABLE) == 0
    taken = await copies.take(house, without_missing=True)
    assert taken.manifest.missing == [digest]
    assert "lost 1" in taken.text()
    _, restored = await copies.restore(without_missing=True)
    assert restored.missing == [digest]


async def test_a_photo_whose_bytes_changed_is_as_good_as_lost(house: House, copies: Copies):
    digest = await some_digest(house)
    path = house.store.path_of(original_key(digest))  # type: ignore[union-attr]
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert digest in await refused(copies, house)


async def test_the_folder_of_another_house_is_refused(house: House, copies: Copies, tmp_path: Path):
    await copies.take(house)
    other = settings_in(tmp_path / "other")
    await prepare(other)
    async with opened(build(other, catalogue())) as stranger:
        assert "nothing was recorded" in await refused(copies, stranger)
        asked = Receive(size=1, type="image/jpeg", by=SOMEBODY)
        await stranger.journal.command("evidence.receive", ("blob", "a" * 64), asked)
        assert "another installation" in await refused(copies, stranger)


async def test_a_history_that_was_rewritten_is_told_by_the_last_backup(
    house: House, copies: Copies
):
    """Whoever rewrites the whole chain has to rewrite the backups as well."""
    await copies.take(house)
    path = house.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as other:
        for (trigger,) in other.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'fact'"
        ).fetchall():
            other.execute(f'DROP TRIGGER "{trigger}"')
        other.execute("DELETE FROM fact WHERE seq = (SELECT MAX(seq) FROM fact)")
    assert "history was rewritten" in await refused(copies, house)


async def test_a_database_that_is_not_sound_takes_no_place(house: House, copies: Copies):
    async with house.database.unit_of_work() as tx:
        await tx.run("UPDATE sync_row SET h64 = 'x' WHERE ver = (SELECT MAX(ver) FROM sync_row)")
    assert "xunfang check" in await refused(copies, house)
    assert await number(house, DURABLE) == 0


async def test_tables_of_another_version_are_told(house: House, copies: Copies):
    async with house.database.unit_of_work() as tx:
        await tx.run("INSERT INTO migration (name, app_name) VALUES ('2099-01-01', 'xunfang')")
    assert "version that the server runs" in await refused(copies, house)
    async with house.database.unit_of_work() as tx:
        await tx.run("DELETE FROM migration WHERE name > '2026-11-25'")
    assert "xunfang migrate" in await refused(copies, house)


async def test_a_full_disk_leaves_the_earlier_backup(
    house: House, copies: Copies, monkeypatch: pytest.MonkeyPatch
):
    await copies.take(house)
    await house.receiving.take(b"one more", "image/jpeg", SOMEBODY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "put_now", full)
        assert "is full" in await refused(copies, house)
    with monkeypatch.context() as patched:
        patched.setattr("backend.backup.manifest.os.fsync", full)
        assert "is full" in await refused(copies, house)

    def filled(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("backend.foundation.database.copying._freeze_file", filled)
        assert "is full" in await refused(copies, house)
    assert (await copies.take(house)).backup.number == 2


async def test_a_folder_that_is_none_of_ours_is_left_alone(
    house: House, copies: Copies, tmp_path: Path
):
    copies.root.mkdir()
    (copies.root / "holiday.txt").write_text("pictures")
    assert "holiday.txt" in await refused(copies, house)
    copies.root = tmp_path / "a file"
    copies.root.write_text("")
    assert "a file" in str(await failing(copies, house))
    copies.root = Path("/proc/nobody/writes/here")
    assert "/proc" in str(await failing(copies, house))


async def failing(copies: Copies, house: House) -> CopyFailed:
    with pytest.raises(CopyFailed) as failed:
        await copies.take(house)
    return failed.value


async def test_two_backups_at_once_wait_for_each_other(house: House, copies: Copies):
    with Folder(copies.root).held():
        assert "another backup" in str(await failing(copies, house))


async def test_only_its_owner_may_read_a_backup(house: House, copies: Copies):
    taken = await copies.take(house)
    paths = [taken.backup.path, *taken.backup.path.iterdir()]
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


@pytest.mark.slow
async def test_a_backup_killed_anywhere_is_none(house: House, copies: Copies):
    """Each named place in turn: the last whole backup is the last one, `durable` never runs ahead
    of it, and the next backup clears what was left."""
    await copies.take(house)
    for place in COPYING:
        await house.receiving.take(place.encode(), "image/jpeg", SOMEBODY)
        code, said = command(house.settings.data_dir, "backup", str(copies.root), failpoint=place)
        assert code == -signal.SIGKILL, said
        last = Folder(copies.root).backups()[-1].manifest()
        assert await number(house, DURABLE) <= last.head
    taken = await copies.take(house)
    assert not list(copies.root.glob("unfinished-*"))
    assert await number(house, DURABLE) == taken.manifest.head
