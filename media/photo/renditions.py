"""Smaller pictures of a photo that carry nothing but pixels.

The photo is decoded once, at a reduced size where JPEG allows it, and the small picture is made
from the larger one. Orientation is applied, wide colour is converted to sRGB, transparency lies on
white, and the result is saved from bare pixels: no EXIF, no comment, no profile.
"""

import io

from PIL import Image, ImageCms, ImageOps

from media.photo.findings import RENDITION_SIZES


def upright(picture: Image.Image) -> Image.Image:
    """The loaded photo at the largest rendition's size: upright, sRGB, no alpha, no metadata."""
    largest = RENDITION_SIZES[0]
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture = _eight_bits(picture)
    picture.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = ImageOps.exif_transpose(picture) or picture
    picture = _on_white(_in_srgb(picture, profile))
    picture.info.clear()
    return picture


def renditions(picture: Image.Image) -> dict[int, bytes]:
    """WebP bytes by longest side, from what `upright` gave."""
    made: dict[int, bytes] = {}
    for size in RENDITION_SIZES:
        if max(picture.size) > size:
            picture = picture.copy()
            picture.thumbnail((size, size), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=78, method=2, exif=b"", xmp=b"", icc_profile=b"")
        made[size] = file.getvalue()
    return made


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit grey, which a plain conversion would clip to white."""
    return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Converted where the profile can be read; a photo with a broken profile stays as it is."""
    if not profile or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture
