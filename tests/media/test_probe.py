"""What the probe accepts and refuses, always through the real child process."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from media.photo import Examined, PhotoSandbox, RefusedPhoto, SandboxFailed
from media.photo.findings import BYTES_MAX
from tests.media import pictures


@pytest.fixture
async def sandbox() -> AsyncIterator[PhotoSandbox]:
    box = PhotoSandbox(wall_seconds=60)
    yield box
    await box.close()


@pytest.fixture
def look(sandbox: PhotoSandbox, tmp_path: Path):
    async def look(data: bytes, type: str = "image/jpeg") -> Examined:
        path = tmp_path / "photo"
        path.write_bytes(data)
        return await sandbox.examine(path, type)

    return look


@pytest.fixture
def refusal(look):
    async def refusal(data: bytes, type: str = "image/jpeg") -> str:
        with pytest.raises(RefusedPhoto) as caught:
            await look(data, type)
        return caught.value.reason

    return refusal


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
async def test_the_three_formats_of_phones_are_accepted(look, name):
    found = await look(getattr(pictures, name)(), f"image/{name}")
    assert (found.type, found.width, found.height, found.tail) == (
        f"image/{name}",
        1600,
        1200,
        None,
    )
    assert sorted(found.renditions) == [320, 1280]


async def test_an_empty_file_is_refused(refusal):
    assert await refusal(b"") == "empty"


async def test_more_than_twenty_megabytes_are_refused(refusal):
    assert await refusal(pictures.jpeg() + b"\0" * (BYTES_MAX + 1)) == "too_large"


@pytest.mark.parametrize(
    "data",
    [
        pictures.encoded(pictures.scene(200, 200), "GIF"),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><title>photo</title>",
        pictures.encoded(pictures.scene(200, 200), "TIFF"),
        pictures.encoded(pictures.scene(200, 200), "BMP"),
        b"%!PS-Adobe-3.0 EPSF-3.0",
        bytes(range(256)) * 8,
    ],
    ids=["gif", "svg", "html", "tiff", "bmp", "eps", "junk"],
)
async def test_other_formats_are_refused_before_any_decoder_sees_them(refusal, data):
    assert await refusal(data) == "format_not_allowed"


async def test_a_photo_under_a_wrong_type_is_refused(refusal):
    assert await refusal(pictures.png(), "image/jpeg") == "type_mismatch"


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("kept", [0.5, 0.98])
async def test_a_photo_cut_short_is_refused(refusal, name, kept):
    whole = getattr(pictures, name)()
    assert await refusal(whole[: int(len(whole) * kept)], f"image/{name}") == "unreadable"


async def test_a_jpeg_without_its_end_marker_is_refused(refusal):
    assert await refusal(pictures.jpeg()[:-2]) == "unreadable"


async def test_a_zip_behind_the_picture_is_refused(refusal):
    """The same bytes would be a picture to us and an archive to somebody else."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("run.js", "alert(1)")
    for name in ("jpeg", "png", "webp"):
        data = getattr(pictures, name)() + archive.getvalue()
        assert await refusal(data, f"image/{name}") == "trailing_bytes"


async def test_a_second_jpeg_nobody_announced_is_refused(refusal):
    assert await refusal(pictures.jpeg() + pictures.jpeg()) == "trailing_bytes"


async def test_the_film_of_a_motion_photo_is_kept_and_noted(look):
    still = pictures.jpeg(xmp=b"<x:xmpmeta GCamera:MotionPhoto='1'/>")
    assert (await look(still + pictures.film())).tail == "film"


async def test_a_film_with_a_zip_behind_it_is_refused(refusal):
    still = pictures.jpeg(xmp=b"<x:xmpmeta GCamera:MotionPhoto='1'/>")
    assert await refusal(still + pictures.film() + b"PK\x03\x04" + b"x" * 90) == "trailing_bytes"


async def test_the_gain_map_of_an_hdr_photo_is_kept(look):
    still = pictures.jpeg(xmp=b"<rdf:li hdrgm:Version='1.0'/>")
    assert (await look(still + pictures.jpeg(pictures.scene(400, 300)))).tail == "pictures"


async def test_a_multi_picture_file_is_one_photo(look):
    data = pictures.encoded(
        pictures.scene(), "MPO", save_all=True, append_images=[pictures.scene(320, 240)]
    )
    found = await look(data)
    assert (found.width, found.tail) == (1600, "pictures")


@pytest.mark.parametrize("size", [(50_000, 50_000), (9000, 9000), (8001, 8000)])
async def test_a_picture_larger_than_any_camera_makes_is_refused(refusal, size):
    assert await refusal(pictures.png_of_size(*size), "image/png") == "too_many_pixels"


async def test_a_jpeg_with_a_patched_size_is_refused(refusal):
    data = bytearray(pictures.jpeg())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (60_000).to_bytes(2, "big") * 2
    assert await refusal(bytes(data)) == "too_many_pixels"


@pytest.mark.parametrize("name", ["WEBP", "PNG"])
async def test_a_moving_picture_is_refused(refusal, name):
    frames = [pictures.scene(200, 150, seed) for seed in (1, 2, 3)]
    data = pictures.encoded(frames[0], name, save_all=True, append_images=frames[1:])
    assert await refusal(data, f"image/{name.lower()}") == "too_many_frames"


async def test_unusual_colours_are_accepted(look):
    for mode in ("L", "CMYK", "1"):
        picture = pictures.scene().convert(mode)
        name = "jpeg" if mode != "1" else "png"
        assert (await look(getattr(pictures, name)(picture), f"image/{name}")).width == 1600
    for mode in ("RGBA", "LA", "P", "I;16"):
        grey = pictures.scene().convert("L")
        picture = Image.new("I;16", (400, 300), 40_000) if mode == "I;16" else grey.convert(mode)
        assert (await look(pictures.png(picture), "image/png")).renditions


async def test_broken_exif_is_no_reason_to_refuse(look):
    assert (await look(pictures.jpeg(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff junk"))).width == 1600


async def test_a_child_that_takes_too_long_is_killed_and_the_next_photo_succeeds(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(pictures.jpeg())
    hurried = PhotoSandbox(wall_seconds=0.001)
    with pytest.raises(SandboxFailed, match="too_slow"):
        await hurried.examine(path, "image/jpeg")
    hurried._wall_seconds = 60
    assert (await hurried.examine(path, "image/jpeg")).width == 1600
    await hurried.close()


async def test_a_child_that_died_hurts_no_later_photo(sandbox, look):
    await look(pictures.jpeg())
    sandbox._idle[0].process.kill()
    with pytest.raises(SandboxFailed, match="died"):
        await look(pictures.jpeg())
    assert (await look(pictures.jpeg())).width == 1600
