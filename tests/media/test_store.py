"""The promises of a store, asked of the folder and of a real S3 server alike."""

import asyncio
import hashlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from media.store import (
    Conflict,
    Missing,
    ObjectStore,
    StoreUnreachable,
    every_prefix,
    open_store,
    original_key,
    quarantine_key,
    rendition_key,
)
from media.store.folder import FolderStore


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(params=["folder", "radosgw", "radosgw_tls"])
async def store(request, tmp_path, monkeypatch) -> AsyncIterator[ObjectStore]:
    if request.param == "folder":
        url = f"file://{tmp_path}/objects"
    else:
        name = "s3" if request.param == "radosgw" else "s3_tls"
        bucket = request.getfixturevalue(name)
        for variable, value in bucket.environment.items():
            monkeypatch.setenv(variable, value)
        url = f"{bucket.store_url}&prefix={digest(os.urandom(8))[:12]}"
    opened = open_store(url)
    yield opened
    await opened.close()


async def test_what_was_put_comes_back_whole_and_in_ranges(store):
    data = os.urandom(300_000)
    key = original_key(digest(data))
    assert await store.put(key, data, sha256=digest(data)) == "stored"
    assert await store.get(key) == data
    assert await store.get(key, 0, 0) == data[:1]
    assert await store.get(key, 100, 299) == data[100:300]
    assert await store.get(key, 299_990) == data[-10:]
    assert await store.get(key, 400_000, 400_010) == b""
    assert (await store.head(key)).size == len(data)
    assert await store.exists(key)


async def test_an_empty_object_is_an_object(store):
    key = original_key(digest(b""))
    assert await store.put(key, b"", sha256=digest(b"")) == "stored"
    assert await store.get(key) == b""


async def test_the_second_put_of_the_same_bytes_says_so_and_succeeds(store, tmp_path):
    """The answer to the first was lost; the sender tries again, from a file this time."""
    data = os.urandom(5000)
    source = tmp_path / "upload"
    source.write_bytes(data)
    key = original_key(digest(data))
    assert await store.put(key, source, sha256=digest(data)) == "stored"
    assert await store.put(key, source, sha256=digest(data)) == "already_there"
    assert await store.put(key, data, sha256=digest(data)) == "already_there"


@pytest.mark.parametrize("other", [b"shorter", b"other bytes as long."])
async def test_other_bytes_under_a_taken_key_are_a_conflict_and_change_nothing(store, other):
    key = original_key(digest(b"first bytes as long."))
    await store.put(key, b"first bytes as long.", sha256=digest(b"first bytes as long."))
    with pytest.raises(Conflict):
        await store.put(key, other, sha256=digest(other))
    assert await store.get(key) == b"first bytes as long."


async def test_of_eight_racing_writers_one_creates_and_all_succeed(store):
    data = os.urandom(50_000)
    key = original_key(digest(data))
    outcomes = await asyncio.gather(*(store.put(key, data, sha256=digest(data)) for _ in range(8)))
    assert sorted(outcomes) == ["already_there"] * 7 + ["stored"]
    assert await store.get(key) == data


async def test_what_is_not_there_is_missing(store):
    key = original_key(digest(b"never"))
    assert not await store.exists(key)
    with pytest.raises(Missing):
        await store.head(key)
    with pytest.raises(Missing):
        await store.get(key)


async def test_deleting_twice_is_deleting(store):
    key = original_key(digest(b"gone"))
    await store.put(key, b"gone", sha256=digest(b"gone"))
    await store.delete(key)
    await store.delete(key)
    assert not await store.exists(key)


async def test_erasing_takes_every_size_asks_and_leaves_the_neighbours(store):
    gone, stays = digest(b"gone"), digest(b"stays")
    for photo in (gone, stays):
        for key in (original_key(photo), rendition_key(photo, 320), rendition_key(photo, 1280)):
            await store.put(key, b"photo", sha256=digest(b"photo"))
    for _ in range(2):
        for prefix in every_prefix(gone):
            await store.erase(prefix)
            assert not await store.remains(prefix)
    assert len([found.key async for found in store.list()]) == 3
    assert await store.remains(original_key(stays))
    assert not await store.remains(quarantine_key(stays))


async def test_a_list_names_what_begins_alike(store):
    photo = digest(b"photo")
    keys = [original_key(photo), rendition_key(photo, 320), quarantine_key(photo)]
    for key in keys:
        await store.put(key, b"photo", sha256=photo)
    assert sorted([found.key async for found in store.list()]) == sorted(keys)
    assert [found.key async for found in store.list("renditions/")] == [keys[1]]


@pytest.mark.parametrize("key", ["../etc/passwd", "/abs", "a//b", "a/../b", "A", "", "a b"])
async def test_a_key_that_leads_elsewhere_is_refused(store, key):
    with pytest.raises(ValueError, match="not a store key"):
        await store.get(key)


@pytest.mark.parametrize("url", ["ftp://x", "file://host/x", "s3://", "s3://b?endpont=x"])
def test_an_address_with_a_slip_is_refused(url):
    with pytest.raises(ValueError, match=r"store|s3://|file://"):
        open_store(url)


def test_a_folder_installation_never_loads_boto3(tmp_path):
    """It costs 26 MB of memory and a tenth of a second."""
    program = (
        "import sys; from media.store import open_store; "
        f"open_store('file://{tmp_path}/objects'); print('boto3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


async def test_a_server_that_is_away_is_unreachable_and_not_missing(s3, monkeypatch):
    for variable, value in s3.environment.items():
        monkeypatch.setenv(variable, value)
    away = open_store("s3://bucket?endpoint=http://127.0.0.1:9")
    with pytest.raises(StoreUnreachable):
        await away.get(original_key(digest(b"x")))
    nowhere = open_store(f"s3://no-such-bucket?endpoint={s3.endpoint}")
    with pytest.raises(StoreUnreachable):
        await nowhere.get(original_key(digest(b"x")))
    await away.close()
    await nowhere.close()


async def test_bytes_reach_the_disk_before_their_name_does(tmp_path, monkeypatch):
    """Kill -9 is not a power cut, so the order itself is asserted: bytes, folders, name, folder."""
    order: list[str] = []
    root = tmp_path / "objects"
    store = FolderStore(root)
    data = b"a photo"
    path = store.path_of(original_key(digest(data)))

    real_fsync, real_link = os.fsync, os.link

    def fsync(handle: int) -> None:
        name = Path(f"/proc/self/fd/{handle}").readlink()
        order.append(f"fsync {'folder ' + name.name if name.is_dir() else 'bytes'}")
        real_fsync(handle)

    def link(source: Path, target: Path) -> None:
        real_link(source, target)
        order.append("link")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", link)
    await store.put(original_key(digest(data)), data, sha256=digest(data))
    assert order == [
        "fsync bytes",
        "fsync folder objects",
        "fsync folder objects",
        f"fsync folder {path.parent.parent.name}",
        "link",
        f"fsync folder {path.parent.name}",
    ]
    order.clear()
    await store.put(original_key(digest(data)), data, sha256=digest(data))
    assert order == ["fsync bytes", f"fsync folder {path.parent.name}"]


async def test_a_killed_process_leaves_no_half_file_behind(tmp_path):
    scratch = tmp_path / "objects/tmp"
    scratch.mkdir(parents=True)
    (scratch / "999999.1").write_bytes(b"half")
    FolderStore(tmp_path / "objects")
    assert list(scratch.iterdir()) == []
