"""A staging area and uploads that were begun in it."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from media.staging import Declared, StagingArea

NOW = datetime(2026, 5, 4, 9, 12, tzinfo=UTC)
PHOTO = bytes(range(256)) * 400


def area_at(root: Path) -> StagingArea:
    return StagingArea(root, length_max=1 << 20, keep=timedelta(days=7))


def photo(id: str = "u1", data: bytes = PHOTO) -> Declared:
    return Declared(id, "ana", hashlib.sha256(data).hexdigest(), "image/jpeg", len(data))


async def begun(area: StagingArea, upto: int, declared: Declared | None = None) -> None:
    with area.create(declared or photo(), NOW) as upload:
        append = upload.append(0)
        append.write(PHOTO[:upto])
        assert await append.acknowledge(NOW) == upto
        await upload.announce()
