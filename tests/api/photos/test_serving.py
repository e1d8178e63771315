"""Photos on their way out: who may have them, and in which words of HTTP."""

import io

import pytest
from PIL import Image

from media.store import original_key, quarantine_key, rendition_key
from tests.api.photos.conftest import ON_BOTH, Browser, digest, work_off
from tests.media import pictures

PHOTO = pictures.jpeg(exif=pictures.exif(6))


@pytest.fixture
async def url(ana, attached, house) -> str:
    """A photo of ana's, received, looked into, accepted."""
    await attached(PHOTO)
    await ana.whole(PHOTO)
    await work_off(house)
    return f"/v1/blobs/{digest(PHOTO)}"


@ON_BOTH
async def test_the_original_comes_back_byte_for_byte_and_harmless(ana, url):
    answer = await ana.http.get(url)
    assert (answer.status_code, answer.content) == (200, PHOTO)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["ETag"] == f'"{digest(PHOTO)}"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@ON_BOTH
@pytest.mark.parametrize("size", [320, 1280])
async def test_the_smaller_picture_is_upright_and_anonymous(ana, url, size):
    answer = await ana.http.get(url, params={"size": size})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["Content-Disposition"] == "inline"
    picture = Image.open(io.BytesIO(answer.content))
    assert max(picture.size) == size
    assert picture.height > picture.width
    assert b"SERIAL" not in answer.content


@ON_BOTH
async def test_a_stranger_learns_nothing_not_even_that_it_exists(stranger, url):
    for path in (url, f"{url}?size=320", f"/v1/blobs/{'0' * 64}", "/v1/blobs/x"):
        answer = await stranger.http.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await stranger.http.get(url, headers={"If-None-Match": "*"})).status_code == 404
    assert (await stranger.http.get(url, headers={"Range": "bytes=0-1"})).status_code == 404


@ON_BOTH
async def test_who_sees_the_record_sees_the_photo(house, url, callers):
    callers.add("manager", "org", "round:r1")
    manager = Browser(house, "manager")
    assert (await manager.http.get(url)).content == PHOTO
    callers.add("manager", "org")
    assert (await manager.http.get(url)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-0", 206, 0, 0),
        ("bytes=100-199", 206, 100, 199),
        ("bytes=100-", 206, 100, len(PHOTO) - 1),
        ("bytes=-50", 206, len(PHOTO) - 50, len(PHOTO) - 1),
        ("bytes=100-99999999", 206, 100, len(PHOTO) - 1),
        ("bytes=0-1,5-6", 200, 0, len(PHOTO) - 1),
        ("bytes=9-1", 200, 0, len(PHOTO) - 1),
        ("lines=1-2", 200, 0, len(PHOTO) - 1),
    ],
)
async def test_a_part_can_be_asked_for(ana, url, asked, status, first, last):
    answer = await ana.http.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, PHOTO[first : last + 1])
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(PHOTO)}"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
async def test_a_part_that_does_not_exist_is_refused(ana, url, asked):
    answer = await ana.http.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.json()["code"]) == (416, "range_unsatisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{len(PHOTO)}"


@ON_BOTH
async def test_a_part_of_other_bytes_is_the_whole_of_these(ana, url):
    headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
    assert (await ana.http.get(url, headers=headers)).status_code == 200
    headers["If-Range"] = f'"{digest(PHOTO)}"'
    assert (await ana.http.get(url, headers=headers)).status_code == 206


async def test_what_the_browser_has_is_not_sent_again(ana, url):
    for path in (url, f"{url}?size=320"):
        etag = (await ana.http.get(path)).headers["ETag"]
        for tags in (etag, f'"x", {etag}', f"W/{etag}"):
            answer = await ana.http.get(path, headers={"If-None-Match": tags})
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer.headers["ETag"] == etag
        assert (await ana.http.get(path, headers={"If-None-Match": '"x"'})).status_code == 200


async def test_head_says_the_same_without_the_bytes(ana, url):
    whole, answer = await ana.http.get(url), await ana.http.head(url)
    assert (answer.status_code, answer.content) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control", "Accept-Ranges"):
        assert answer.headers[name] == whole.headers[name]


async def test_before_the_look_inside_there_is_no_picture_and_no_claimed_type(ana, attached):
    await attached(PHOTO)
    await ana.whole(PHOTO)
    url = f"/v1/blobs/{digest(PHOTO)}"
    pending = await ana.http.get(url, params={"size": 320})
    assert (pending.status_code, pending.json()["code"]) == (404, "rendition_pending")
    assert (await ana.http.get(url)).headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("size", ["0", "640", "x", "-1"])
async def test_only_two_sizes_exist(ana, url, size):
    assert (await ana.http.get(url, params={"size": size})).status_code == 422


@ON_BOTH
async def test_a_refused_photo_is_kept_out_of_sight_and_its_author_told(ana, attached, house):
    """A ZIP rides behind the picture."""
    data = PHOTO + b"PK\x05\x06" + b"\0" * 18
    id = await attached(data)
    await ana.whole(data)
    await work_off(house)
    assert (await ana.http.get(f"/v1/blobs/{digest(data)}")).status_code == 404
    assert not await house.store.exists(original_key(digest(data)))
    assert await house.store.get(quarantine_key(digest(data))) == data
    async with house.database.reading() as tx:
        rows = await tx.fetch("SELECT state, reason FROM photo WHERE id = ?", id)
    assert rows == [{"state": "refused", "reason": "trailing_bytes"}]


async def test_a_photo_under_a_wrong_name_is_refused(ana, house):
    data = pictures.png()
    await ana.whole(data)
    await work_off(house)
    async with house.database.reading() as tx:
        rows = await tx.fetch("SELECT state, reason FROM blob")
    assert rows == [{"state": "refused", "reason": "type_mismatch"}]


@ON_BOTH
async def test_a_small_picture_is_kept_once_and_serves_both_sizes(ana, attached, house):
    data = pictures.jpeg(pictures.scene(240, 180))
    await attached(data)
    await ana.whole(data)
    await work_off(house)
    assert not await house.store.exists(rendition_key(digest(data), 1280))
    url = f"/v1/blobs/{digest(data)}"
    small, large = [await ana.http.get(url, params={"size": size}) for size in (320, 1280)]
    assert small.content == large.content


@ON_BOTH
async def test_a_job_done_again_changes_nothing(ana, attached, house):
    """The worker was killed after its verdict and before it said so."""
    await attached(PHOTO)
    await ana.whole(PHOTO)
    await work_off(house)
    async with house.database.unit_of_work() as tx:
        before = await tx.tuples("SELECT head FROM sync_counter")
        await tx.run("UPDATE job SET status = 'queued'")
    await work_off(house)
    async with house.database.reading() as tx:
        assert await tx.tuples("SELECT head FROM sync_counter") == before
