"""A process killed by signal 9 in the middle of an upload, at every place that has a name."""

import hashlib
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media.staging import Declared, Finished, Leftovers, StagingArea, sweep
from media.store import original_key
from media.store.folder import FolderStore

NOW = datetime(2026, 5, 4, 9, 12, tzinfo=UTC)
PHOTO = hashlib.shake_256(b"photo").digest(400_000)

# Announce, then append pieces of 50 000, acknowledging each by a line on the output; at the end
# verify, put into the store, and discard.
PROGRAM = """
import asyncio, hashlib, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from media.staging import Declared, StagingArea, killing
from media.store import original_key
from media.store.folder import FolderStore
NOW = datetime(2026, 5, 4, 9, 12, tzinfo=UTC)
root, failpoint = Path(sys.argv[1]), sys.argv[2]
photo = hashlib.shake_256(b"photo").digest(400_000)
digest = hashlib.sha256(photo).hexdigest()

async def main():
    area = StagingArea(root / "staging", length_max=1 << 20, keep=timedelta(days=7),
                       failpoint=killing(failpoint))
    store = FolderStore(root / "objects")
    with area.create(Declared("u", "ana", digest, "image/jpeg", len(photo)), NOW) as upload:
        await upload.announce()
        for start in range(0, len(photo), 50_000):
            append = upload.append(start)
            append.write(photo[start:start + 50_000])
            print(await append.acknowledge(NOW), flush=True)
        finished = await upload.finish()
        await store.put(original_key(digest), finished.path, sha256=digest)
        area.failpoint("after_rename")
        upload.discard()
        print("published", flush=True)
asyncio.run(main())
"""


def run(root: Path, failpoint: str) -> list[str]:
    """What the process acknowledged before it died."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root), failpoint], capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("passing", [1, 2, 5])
async def test_killed_after_a_write_every_acknowledged_byte_is_there(tmp_path, passing):
    acknowledged = run(tmp_path, f"after_write:{passing}")
    area = StagingArea(tmp_path / "staging", length_max=1 << 20, keep=timedelta(days=7))
    with area.hold("ana", "u", NOW) as upload:
        assert upload.offset >= int((["0", *acknowledged])[-1])
        assert upload.path.read_bytes() == PHOTO[: upload.offset]
        append = upload.append(upload.offset)
        append.write(PHOTO[upload.offset :])
        await append.acknowledge(NOW)
        assert (await upload.finish()).size == len(PHOTO)


@pytest.mark.parametrize("failpoint", ["after_last_byte", "after_hash", "after_rename"])
async def test_killed_near_the_end_the_next_start_publishes_it_once(tmp_path, failpoint):
    assert "published" not in run(tmp_path, failpoint)
    area = StagingArea(tmp_path / "staging", length_max=1 << 20, keep=timedelta(days=7))
    store = FolderStore(tmp_path / "objects")
    outcomes: list[str] = []

    async def publish(declared: Declared, finished: Finished) -> None:
        key = original_key(declared.sha256)
        outcomes.append(await store.put(key, finished.path, sha256=finished.sha256))

    assert await sweep(area, NOW, publish) == Leftovers(published=1)
    assert outcomes == ["already_there" if failpoint == "after_rename" else "stored"]
    assert await store.get(original_key(hashlib.sha256(PHOTO).hexdigest())) == PHOTO
    assert list(area.root.glob("*/*")) == []
