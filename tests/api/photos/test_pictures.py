"""Pictures for documents: the smaller ones, and only what was looked into."""

import io

from PIL import Image

from tests.api.photos.conftest import ON_BOTH, digest, work_off
from tests.media import pictures

PHOTO = pictures.jpeg(exif=pictures.exif(6))
TINY = pictures.jpeg(pictures.scene(240, 180))


@ON_BOTH
async def test_a_document_gets_the_smaller_picture_without_place_and_device(ana, attached, house):
    for data in (PHOTO, TINY):
        await attached(data)
        await ana.whole(data)
    await work_off(house)
    wanted = [digest(PHOTO), digest(TINY)]
    async with house.database.reading() as tx:
        found = await house.pictures.of(tx, wanted)
    assert sorted(found) == sorted(wanted)
    assert max(Image.open(io.BytesIO(found[digest(PHOTO)])).size) == 1280
    assert b"SERIAL" not in found[digest(PHOTO)]


@ON_BOTH
async def test_what_nobody_looked_into_is_in_no_document(ana, attached, house):
    """Bytes that just came, and bytes of which only the digest is known."""
    await attached(PHOTO)
    await ana.whole(PHOTO)
    async with house.database.reading() as tx:
        assert await house.pictures.of(tx, [digest(PHOTO), digest(TINY)]) == {}
