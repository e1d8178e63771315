"""The place that a store keeps its objects in, and the store whose calls are counted."""

from pathlib import Path
from uuid import uuid4

import pytest

from media.store import Missing, ObservedStore, StoreUnreachable, open_store, original_key
from media.store.folder import FolderStore
from tests.kit.services.radosgw import Bucket

NOTHING = original_key("0" * 64)


@pytest.fixture
def nowhere(s3: Bucket, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a bucket that nobody made."""
    for variable, value in s3.environment.items():
        monkeypatch.setenv(variable, value)
    return s3.store_url.replace(f"s3://{s3.name}", f"s3://made-{uuid4().hex[:12]}")


async def test_a_bucket_that_is_not_there_is_told_and_made_once(nowhere: str):
    store = open_store(nowhere)
    with pytest.raises(StoreUnreachable, match="there is no bucket"):
        await store.look()
    assert await store.make() is True
    await store.look()
    assert await store.make() is False
    with pytest.raises(Missing):
        await store.head(NOTHING)
    await store.close()


async def test_a_server_that_does_not_know_us_is_no_bucket_to_be_made(
    nowhere: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    store = open_store(nowhere)
    for call in (store.look, store.make):
        with pytest.raises(StoreUnreachable):
            await call()
    await store.close()


async def test_a_folder_that_went_away_is_told(tmp_path: Path):
    store = open_store(f"file://{tmp_path}/objects")
    await store.look()
    assert await store.make() is False
    (tmp_path / "objects").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreUnreachable):
        await store.look()
    await store.close()


async def test_answers_are_told_apart_from_failures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told: list[tuple[str, str]] = []
    behind = FolderStore(tmp_path / "objects")

    def tell(call: str, outcome: str, seconds: float) -> None:
        assert seconds >= 0
        told.append((call, outcome))

    store = ObservedStore(behind, tell)
    with pytest.raises(Missing):
        await store.get(NOTHING)
    assert await store.exists(NOTHING) is False

    async def away(key: str) -> None:
        raise StoreUnreachable("away")

    monkeypatch.setattr(behind, "delete", away)
    with pytest.raises(StoreUnreachable):
        await store.delete(NOTHING)
    assert told == [("get", "done"), ("head", "done"), ("delete", "failed")]
    assert store.path_of(NOTHING) == behind.path_of(NOTHING)
    await store.close()
