"""What happens to a photo after it was acknowledged, each part by itself: the look inside, the
smaller pictures, the worker's own share around both, and the call to an S3 store."""

import asyncio
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
from PIL import Image

from media.photo.examine import examine
from media.photo.renditions import renditions, upright
from media.store import open_store, original_key
from tests.bench.installation import Ground, Installation
from tests.bench.processor import cpu_seconds
from tests.bench.submission import PHOTO_BYTES, PHOTOS, Outbox
from tests.bench.table import Figure
from tests.bench.upload_client import photos
from tests.kit.served import ROOT
from tests.kit.services import radosgw
from tests.media import pictures

TURNS = 12
SUBMISSIONS = 12
PHOTOS_SECONDS_MAX = 120
S3_CALLS = 100


def figures(ground: Ground) -> Iterator[Figure]:
    """One lane after the other."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _looking(Path(folder))
    with ground.installation("postgres") as one:
        yield from _working(one)
    if not radosgw.is_found():
        yield Figure("lane: one call to S3", None, beside="radosgw is not on this machine")
        return
    spent = asyncio.run(_sending())
    yield Figure(f"lane: one call to S3 (radosgw), {PHOTO_BYTES // 1000} kB", spent, "ms")


def _looking(folder: Path) -> Iterator[Figure]:
    for wide, high, quality in ((1600, 1200, 60), (4032, 3024, 85)):
        path = folder / f"{wide}.jpg"
        path.write_bytes(pictures.jpeg(pictures.scene(wide, high), quality=quality))
        name = f"{wide * high / 1e6:.0f} MP, {path.stat().st_size / 1e6:.1f} MB"
        whole = _each(lambda path=path: examine(path, "image/jpeg"))
        shown = upright(Image.open(path))
        smaller = _each(lambda shown=shown: renditions(shown))
        yield Figure(
            f"lane: probe, hints and fingerprints of one photo ({name})", whole - smaller, "ms"
        )
        yield Figure(f"lane: its smaller pictures ({name})", smaller, "ms")


def _each(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of one call."""
    work()
    began = time.process_time()
    for _ in range(TURNS):
        work()
    return (time.process_time() - began) * 1000 / TURNS


def _working(one: Installation) -> Iterator[Figure]:
    """A worker with photos of 300 kB before it; its start and its first photos do not count."""
    outbox = Outbox(one)
    accepted = asyncio.run(_accepted(one, at_least=0))
    for _ in range(SUBMISSIONS):
        outbox.send(outbox.submission(with_thumbs=False))
    command = [sys.executable, "-m", "backend", "worker"]
    environment = os.environ | one.served.environment
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as worker:
        try:
            begun = asyncio.run(_accepted(one, at_least=accepted + SUBMISSIONS))
            before = cpu_seconds(worker.pid), one.cpu()[1]
            done = asyncio.run(_accepted(one, at_least=accepted + SUBMISSIONS * PHOTOS)) - begun
            spent = cpu_seconds(worker.pid) - before[0], one.cpu()[1] - before[1]
        finally:
            worker.terminate()
    yield Figure("lane: the whole worker, one photo of 300 kB", spent[0] * 1000 / done, "ms")
    yield Figure("lane: PostgreSQL for it", spent[1] * 1000 / done, "ms")


async def _accepted(one: Installation, at_least: int) -> int:
    """Waits until so many photos were looked into; how many it were then. On one connection: a
    new one for each question would cost PostgreSQL more than the photo."""
    connection = await asyncpg.connect(one.served.environment["XUNFANG_DATABASE_URL"])
    end = time.monotonic() + PHOTOS_SECONDS_MAX
    try:
        while time.monotonic() < end:
            done = await connection.fetchval("SELECT count(*) FROM blob WHERE state = 'accepted'")
            if done >= at_least:
                return done
            await asyncio.sleep(0.1)
    finally:
        await connection.close()
    raise AssertionError(f"not {at_least} photos in {PHOTOS_SECONDS_MAX} s")


async def _sending() -> float:
    with radosgw.running_radosgw() as gateway:
        bucket = gateway.new_bucket()
        os.environ.update(bucket.environment)
        store = open_store(bucket.store_url)
        sent = photos(S3_CALLS, PHOTO_BYTES)
        before = time.process_time()
        for data in sent:
            digest = hashlib.sha256(data).hexdigest()
            await store.put(original_key(digest), data, sha256=digest)
        spent = (time.process_time() - before) * 1000 / len(sent)
        await store.close()
    return spent
