"""Uploads: 200 photos of 300 KiB, four at a time, ours against npm's @tus/server in the same run.

`python -m tests.bench.upload` prints the table. The rounds alternate, so that what else the
machine does falls on both; the medians of the rounds are compared. The lanes behind the upload
(looking into a photo, sending it to S3) are measured apart, because other processes do them.
"""

import asyncio
import hashlib
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from media.photo import PhotoSandbox
from media.store import open_store, original_key
from tests.bench.upload_client import photos, send_all
from tests.bench.upload_servers import Server, npm_tus, ours
from tests.kit.services import radosgw
from tests.media import pictures

COUNT = 200
BYTES = 300 * 1024
ROUNDS = 5
WANTED_RATIO = 1.2


def figures() -> list[str]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        lines = _uploads(Path(folder))
        lines += [asyncio.run(_looking(Path(folder)))]
        lines += [asyncio.run(_sending())] if radosgw.is_found() else []
    return lines


def _uploads(folder: Path) -> list[str]:
    with ours(folder / "ours") as mine, npm_tus(folder / "npm") as npm:
        for server in (mine, npm):
            _round(server)  # the first round pays for imports and compilers
        spent = [(_round(mine), _round(npm)) for _ in range(ROUNDS)]
    own, other = (statistics.median(column) for column in zip(*spent, strict=True))
    head = f"upload {COUNT} x {BYTES // 1024} KiB, 4 at a time, median of {ROUNDS} rounds"
    return [
        f"{head}: ours {own:.2f} ms CPU each (hashed, fsynced, recorded)",
        f"{head}: @tus/server {other:.2f} ms CPU each (neither)",
        f"upload ratio to @tus/server: {own / other:.2f} (wanted <= {WANTED_RATIO})",
    ]


def _round(server: Server) -> float:
    """Processor time of the server per photo, in ms."""
    sent = photos(COUNT, BYTES)
    before = server.cpu_ms()
    asyncio.run(send_all(server.port, server.path, sent, server.headers))
    return (server.cpu_ms() - before) / COUNT


async def _looking(folder: Path) -> str:
    """One photo of 12 megapixels: probe, hints, hashes, both smaller pictures."""
    path = folder / "photo.jpg"
    path.write_bytes(pictures.jpeg(pictures.scene(4032, 3024)))
    sandbox = PhotoSandbox(children=1, wall_seconds=60)
    count = 10
    before = _children_ms()
    for _ in range(count):
        await sandbox.examine(path, "image/jpeg")
    await sandbox.close()
    spent = (_children_ms() - before) / count
    size = path.stat().st_size / 1e6
    return f"look into a 12 MP JPEG of {size:.1f} MB: {spent:.0f} ms CPU of the child each"


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


async def _sending() -> str:
    with radosgw.running_radosgw() as gateway:
        bucket = gateway.new_bucket()
        os.environ.update(bucket.environment)
        store = open_store(bucket.store_url)
        sent = photos(100, BYTES)
        before = time.process_time()
        for data in sent:
            digest = hashlib.sha256(data).hexdigest()
            await store.put(original_key(digest), data, sha256=digest)
        spent = (time.process_time() - before) * 1000 / len(sent)
        await store.close()
    return f"send {BYTES // 1024} KiB to radosgw: {spent:.2f} ms CPU of the worker each"


if __name__ == "__main__":
    print("\n".join(figures()))
