"""What the smaller pictures show, and what they no longer carry."""

import io

import pytest
from PIL import Image, ImageCms

from media.photo.fingerprint import distance, fingerprint, gradient
from media.photo.quality import quality
from media.photo.renditions import renditions, upright
from tests.media import pictures

_UNDONE_BY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def pixel(picture: Image.Image) -> tuple[int, ...]:
    """Red, green and blue near the top left corner."""
    return tuple(picture.convert("RGB").crop((15, 15, 16, 16)).tobytes())


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def made(data: bytes) -> dict[int, Image.Image]:
    return {size: opened(blob) for size, blob in renditions(upright(opened(data))).items()}


def test_renditions_fit_their_sizes_and_never_enlarge():
    large = made(pictures.jpeg())
    assert {size: picture.size for size, picture in large.items()} == {
        1280: (1280, 960),
        320: (320, 240),
    }
    assert made(pictures.jpeg(pictures.scene(300, 200)))[1280].size == (300, 200)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_held_sideways_stands_upright(orientation):
    """A red mark at the top left of what the eye saw is at the top left of the rendition."""
    seen = Image.new("RGB", (400, 300), "white")
    seen.paste("red", (0, 0, 60, 60))
    stored = seen
    if orientation > 1:
        stored = seen.transpose(_UNDONE_BY[orientation])
    shown = made(pictures.jpeg(stored, exif=pictures.exif(orientation)))[320]
    assert shown.width > shown.height
    red, green, _ = pixel(shown)
    assert red > 200 > 60 > green


@pytest.mark.parametrize("size", [1280, 320])
def test_a_rendition_carries_nothing_but_pixels(size):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = pictures.jpeg(
        exif=pictures.exif(6),
        comment=b"made by A. Person",
        icc_profile=profile,
        xmp=b"<x:xmpmeta/>",
    )
    blob = renditions(upright(opened(data)))[size]
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened(blob).info)
    for mark in (b"SERIAL", b"PhoneMaker", b"EXIF", b"XMP ", b"ICCP", b"Person"):
        assert mark not in blob


def test_transparency_lies_on_white():
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    assert pixel(made(pictures.png(clear))[320]) == (255, 255, 255)


def test_sixteen_bits_are_scaled_and_not_clipped():
    grey = Image.new("I;16", (400, 300), 0x8000)
    red, _, _ = pixel(made(pictures.png(grey))[320])
    assert 120 <= red <= 136


def test_a_blurred_photo_and_a_dark_one_are_hinted_at():
    sharp = quality(pictures.scene())
    assert not sharp.maybe_blurred
    assert not sharp.maybe_dark
    assert quality(pictures.blurred(6)).maybe_blurred
    assert quality(pictures.scene().point([value // 8 for value in range(256)] * 3)).maybe_dark


def test_the_same_photo_compressed_again_is_recognised_and_another_is_not():
    first = opened(pictures.jpeg())
    again = opened(pictures.jpeg(pictures.scene().resize((800, 600)), quality=40))
    other = pictures.scene(seed=5)
    for hashed in (fingerprint, gradient):
        assert distance(hashed(first), hashed(again)) <= 10
        assert distance(hashed(first), hashed(other)) > 10
