"""Erased photos leave the store in every size and version, whatever happens on the way."""

import contextlib
import os
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from PIL import Image

from backend.app import FOUNDATION, schema
from backend.checking import look
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from backend.house import House, build
from backend.serving import opened, prepare
from backend.settings import Settings
from backend.worker import erasing
from backend.worker.loop import Worker
from backend.worker.tasks import TASKS
from media.staging import Declared
from media.store import StoreUnreachable, every_prefix, original_key, quarantine_key
from tests.foundation.evidence.album import ALBUM, AlbumTable
from tests.foundation.evidence.conftest import capture, digest
from tests.kit.clock import FakeClock
from tests.kit.schema import ddl_of
from tests.kit.services.radosgw import Bucket
from tests.kit.world import Phone


@pytest.fixture
def versioned(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """A bucket of a real S3 server that keeps what was deleted."""
    bucket: Bucket = request.getfixturevalue("radosgw").new_bucket()
    for variable, value in bucket.environment.items():
        monkeypatch.setenv(variable, value)
    client = boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        config=Config(s3={"addressing_style": "path"}),
    )
    client.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    return bucket


@pytest.fixture(params=["folder", "versioned"])
async def house(
    engine_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[House]:
    store_url = f"file://{tmp_path / 'objects'}"
    if request.param == "versioned":
        if engine_url.startswith("postgres"):
            pytest.skip("the store does not know the engine; one of them is enough")
        store_url = request.getfixturevalue("versioned").store_url
    settings = Settings(engine_url, store_url, tmp_path)
    await prepare(settings)
    async with opened(build(settings, Catalogue((*FOUNDATION, ALBUM)), FakeClock())) as house:
        async with house.database.unit_of_work() as tx:
            for statement in ddl_of(AlbumTable, house.database.dialect):
                await tx.run(statement)
        yield house


@pytest.fixture
def ana(house: House) -> Phone:
    return Phone(house.journal, Actor(new_id(), "林岚"))


def picture() -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", (400, 300), os.urandom(400 * 300 * 3)).save(out, "JPEG")
    return out.getvalue()


async def work(house: House) -> None:
    worker = Worker(house, TASKS)
    while await worker.turn():
        pass


async def later(house: House) -> None:
    """Long enough for every wait between two tries and every lease."""
    house.clock.pass_(seconds=3600)  # type: ignore[attr-defined]
    await work(house)


async def album_with(ana: Phone, house: House, data: bytes) -> tuple[str, str]:
    rec = ("album", new_id())
    await ana.do("album.begin", rec, {"buckets": ["round:r1"]})
    await ana.do("album.attach", rec, {"photo": capture(data)})
    await house.receiving.take(data, "image/jpeg", ana.actor.id)
    await work(house)
    return rec


async def lying(house: House, data: bytes) -> list[str]:
    return [one.key async for one in house.store.list() if digest(data) in one.key]


async def state(house: House, data: bytes) -> str | None:
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT state FROM blob WHERE id = ?", digest(data))
    return rows[0][0] if rows else None


async def facts(house: House) -> int:
    async with house.database.reading() as tx:
        return (await tx.tuples("SELECT count(*) FROM fact WHERE type = 'evidence.Erased'"))[0][0]


async def test_every_size_and_every_version_goes_and_then_it_is_said(house, ana):
    data = picture()
    rec = await album_with(ana, house, data)
    await house.store.put(quarantine_key(digest(data)), data, sha256=digest(data))
    await house.store.delete(quarantine_key(digest(data)))  # a version is kept of it
    assert len(await lying(house, data)) == 3
    await ana.do("album.erase", rec)
    assert await facts(house) == 0
    await work(house)
    assert (await facts(house), await state(house, data)) == (1, "erased")
    for prefix in every_prefix(digest(data)):
        assert not await house.store.remains(prefix)


async def test_who_checks_is_told_what_is_left_of_erased_records(house, ana):
    data = picture()
    rec = await album_with(ana, house, data)
    await ana.do("album.attach", rec, {"photo": "nonsense"})
    await ana.do("album.erase", rec)
    assert await checked(house) == (True, "2 records erased, 1 photos on their way out")
    await work(house)
    assert await checked(house) == (True, "2 records erased, 0 photos on their way out")
    async with house.database.unit_of_work() as tx:
        await tx.run("UPDATE verdict SET payload = 'kept' WHERE status = 'rejected'")
        await tx.run("UPDATE record SET body = '{}' WHERE id = ?", f"album:{rec[1]}")
    said = "1 erased records with a body, 1 payloads kept of erased records"
    assert await checked(house) == (False, said)


async def checked(house: House) -> tuple[bool, str]:
    findings = {found.what: found for found in await look(house, schema())}
    return findings["erasure"].good, findings["erasure"].said


async def test_bytes_that_lie_in_quarantine_go_too(house, ana):
    data = b"no picture at all"
    rec = await album_with(ana, house, data)
    assert await lying(house, data) == [quarantine_key(digest(data))]
    await ana.do("album.erase", rec)
    await work(house)
    assert await lying(house, data) == []
    assert await facts(house) == 1


async def test_a_store_that_is_away_is_asked_again_and_nothing_is_said_before(
    house, ana, monkeypatch
):
    data = picture()
    rec = await album_with(ana, house, data)
    await ana.do("album.erase", rec)
    with monkeypatch.context() as away:

        async def fails(prefix: str) -> None:
            raise StoreUnreachable(prefix)

        away.setattr(house.store, "erase", fails)
        await later(house)
        assert (await facts(house), await state(house, data)) == (0, "erasing")
    with monkeypatch.context() as lying_store:

        async def nothing(prefix: str) -> None:
            """It says that it did."""

        lying_store.setattr(house.store, "erase", nothing)
        await later(house)
        assert (await facts(house), await state(house, data)) == (0, "erasing")
    await later(house)
    assert (await facts(house), await lying(house, data)) == (1, [])


class Killed(BaseException):
    """The worker's process ended here."""


@pytest.mark.parametrize("place", ["while_store_erased", "after_store_erased"])
async def test_a_worker_killed_on_the_way_is_followed_by_another(house, ana, monkeypatch, place):
    data = picture()
    rec = await album_with(ana, house, data)
    await ana.do("album.erase", rec)

    def failpoint(name: str) -> None:
        if name == place:
            raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(erasing, "failpoint", failpoint)
        with pytest.raises(Killed):
            await Worker(house, TASKS).turn()
    assert await facts(house) == 0
    await later(house)
    assert (await facts(house), await lying(house, data)) == (1, [])


async def test_an_upload_that_ends_after_the_erasure_leaves_nothing(house, ana):
    data = picture()
    rec = await album_with(ana, house, data)
    begun = Declared(new_id(), ana.actor.id, digest(data), "image/jpeg", len(data))
    with house.staging.create(begun, house.clock.now()) as upload:
        append = upload.append(0)
        append.write(data)
        await append.acknowledge(house.clock.now())
        await upload.announce()
        await ana.do("album.erase", rec)
        await work(house)  # it is being filled: the worker leaves it alone
        with pytest.raises(Problem) as refusal:
            await house.receiving.publish(begun, await upload.finish())
        assert refusal.value.code == "blob_erased"
    assert await lying(house, data) == [original_key(digest(data))]
    await later(house)
    assert await lying(house, data) == []
    done = await house.receiving.sweep()
    assert house.staging.announced() == []
    assert (done.published, await state(house, data)) == (0, "erased")


async def test_what_was_begun_of_erased_bytes_is_thrown_away(house, ana):
    data = picture()
    rec = await album_with(ana, house, data)
    for length in (len(data), 100):  # whole, and half way
        begun = Declared(new_id(), ana.actor.id, digest(data), "image/jpeg", len(data))
        with house.staging.create(begun, house.clock.now()) as upload:
            append = upload.append(0)
            append.write(data[:length])
            await append.acknowledge(house.clock.now())
            await upload.announce()
    await ana.do("album.erase", rec)
    assert len(house.staging.announced()) == 2
    await work(house)
    assert house.staging.announced() == []


async def test_a_sweep_on_another_disk_finds_what_is_erased(house, ana):
    """The worker that erased it has another disk; a process was killed before the last step."""
    data = picture()
    rec = await album_with(ana, house, data)
    await ana.do("album.erase", rec)
    await work(house)
    begun = Declared(new_id(), ana.actor.id, digest(data), "image/jpeg", len(data))
    with house.staging.create(begun, house.clock.now()) as upload:
        await upload.announce()
    await house.receiving.sweep()
    assert house.staging.announced() == []


async def test_a_new_photo_of_the_same_bytes_comes_whole_after_the_old_are_gone(house, ana):
    data = picture()
    rec = await album_with(ana, house, data)
    await ana.do("album.erase", rec)
    again = ("album", new_id())
    await ana.do("album.begin", again, {"buckets": ["round:r2"]})
    await ana.do("album.attach", again, {"photo": capture(data)})
    for _ in range(4):
        with contextlib.suppress(Problem):
            await house.receiving.take(data, "image/jpeg", ana.actor.id)
        await later(house)
    assert await state(house, data) == "accepted"
    assert len(await lying(house, data)) == 3
    assert await house.store.get(original_key(digest(data))) == data
    assert await facts(house) == 1


async def test_what_is_looked_into_at_that_moment_is_removed_afterwards(house, ana, monkeypatch):
    """The smaller pictures are made while the photo is erased: they must not outlive it."""
    data = picture()
    rec = ("album", new_id())
    await ana.do("album.begin", rec, {"buckets": ["round:r1"]})
    await ana.do("album.attach", rec, {"photo": capture(data)})
    await house.receiving.take(data, "image/jpeg", ana.actor.id)
    look = house.sandbox.examine

    async def slow(*given: Any) -> Any:
        found = await look(*given)
        await ana.do("album.erase", rec)
        await Worker(house, TASKS).turn()  # another worker: it has to wait for this one
        assert await facts(house) == 0
        return found

    monkeypatch.setattr(house.sandbox, "examine", slow)
    await work(house)
    await later(house)
    assert (await facts(house), await lying(house, data)) == (1, [])
