"""From the asking to the withdrawal with real bytes: a folder, and a real S3 server that keeps old
versions. In the end nothing of the customer is left anywhere, and everything still verifies."""

import os
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from PIL import Image

from backend.app import catalogue, schema
from backend.checking import look
from backend.house import House, build
from backend.serving import opened, prepare
from backend.settings import Settings
from backend.worker.loop import Worker
from backend.worker.tasks import TASKS
from media.store import every_prefix
from tests.features.front import digest
from tests.features.stage import Hand, Stage, picture
from tests.features.visits.builders import ADDRESS, NAME, NOTE, WORDS, Home
from tests.kit.clock import FakeClock
from tests.kit.services.radosgw import Bucket


class RealStage(Stage):
    """The stage in a whole house: bytes go through its gate into its store."""

    def __init__(self, house: House) -> None:
        super().__init__(house.database)
        assert isinstance(house.clock, FakeClock)
        self.house_, self.clock, self.journal = house, house.clock, house.journal
        self.access = house.access
        self.bytes: dict[str, bytes] = {}

    async def arrive(self, *photos: dict[str, Any], by: Hand, accept: bool = True) -> None:
        for photo in photos:
            data = self.bytes[photo["sha256"]]
            await self.house_.receiving.take(data, "image/jpeg", by.id)
        await self.work()

    async def work(self) -> None:
        worker = Worker(self.house_, TASKS)
        while await worker.turn():
            pass


class RealHome(Home):
    stage: RealStage

    def shot(self, name: str, **more: Any) -> dict[str, Any]:
        out = BytesIO()
        Image.frombytes("RGB", (400, 300), os.urandom(400 * 300 * 3)).save(out, "JPEG")
        data = out.getvalue()
        self.stage.bytes[digest(data)] = data
        return picture(name, sha256=digest(data), size=len(data), **more)


@pytest.fixture
def versioned(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Bucket:
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
async def real(
    engine_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[RealHome]:
    store_url = f"file://{tmp_path / 'objects'}"
    if request.param == "versioned":
        if engine_url.startswith("postgres"):
            pytest.skip("the store does not know the engine; one of them is enough")
        store_url = request.getfixturevalue("versioned").store_url
    settings = Settings(engine_url, store_url, tmp_path)
    await prepare(settings)
    async with opened(build(settings, catalogue(), FakeClock())) as house:
        stage = RealStage(house)
        await stage.furnish()
        home = RealHome(stage)
        await home.publish()
        yield home


async def lying(home: RealHome) -> list[str]:
    return [one.key async for one in home.stage.house_.store.list()]


async def texts(home: RealHome) -> str:
    async with home.stage.database.reading() as tx:
        rows = [
            await tx.tuples(f'SELECT * FROM "{table._meta.tablename}"') for table in schema().tables
        ]
    return str(rows)


async def test_from_the_asking_to_the_withdrawal_nothing_of_the_customer_is_left(
    real: RealHome,
) -> None:
    await real.accepted()
    rec = await real.authorisation()
    digests = sorted(real.stage.bytes)
    keys = await lying(real)
    assert len(digests) == 2
    assert len(keys) > 4, "originals and renditions"
    before = await texts(real)
    assert all(text in before for text in (ADDRESS, NAME, NOTE, WORDS))
    assert (await real.withdraw()).s == "applied"
    assert await certificate(real) == "ordered"
    await real.stage.work()
    assert await certificate(real) == "done"
    assert await lying(real) == []
    for sha in digests:
        for prefix in every_prefix(sha):
            assert not await real.stage.house_.store.remains(prefix)
    left = await texts(real)
    assert [text for text in (ADDRESS, NAME, NOTE, WORDS) if text in left] == []
    assert (await real.stage.body(*rec))["state"] == "revoked"
    for hand in (real.a, real.b, real.judge):
        held = await hand.sees()
        assert not [one for one in held if one[0] in ("visit_person", "visit_answer", "photo")]
    found = await look(real.stage.house_, schema())
    assert [str(one) for one in found if not one.good] == []


async def test_what_the_phone_still_had_of_it_does_not_come_back(real: RealHome) -> None:
    """The photo was told, the consent taken back, and then its bytes arrive."""
    await real.consented()
    shot = await real.photo("the door", arrives=False)
    await real.withdraw()
    await real.stage.work()
    before = await lying(real)
    refused = pytest.raises(Exception, match="blob_erased")
    with refused:
        await real.stage.arrive(shot, by=real.a)
    await real.stage.work()
    assert await lying(real) == before == []
    assert await certificate(real) == "done"


async def certificate(home: RealHome) -> str:
    async with home.stage.database.reading() as tx:
        rows = await tx.tuples("SELECT state FROM certificate")
    assert len(rows) == 1
    return rows[0][0]
