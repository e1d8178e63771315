"""Small pictures with enough detail to be photographs, and the ways to spoil them."""

import io
import struct
import zlib

from PIL import Image, ImageDraw, ImageFilter


def scene(width: int = 1600, height: int = 1200, seed: int = 1) -> Image.Image:
    """Shapes, lines and grain: sharp, bright, and different for each seed."""
    picture = Image.effect_noise((width, height), 24).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for step in range(40):
        at = (step * 7919 * (seed + 3)) % (width - 80), (step * 104729 * (seed + 7)) % (height - 60)
        colour = (step * 53 % 256, step * 97 * seed % 256, step * 31 % 256)
        draw.rectangle((*at, at[0] + 40 + step * 5, at[1] + 30 + step * 3), outline=colour, width=6)
        draw.line((at, (width - at[0], height - at[1])), fill=colour, width=3)
    return picture


def jpeg(picture: Image.Image | None = None, **options) -> bytes:
    return encoded(picture, "JPEG", **{"quality": 85} | options)


def png(picture: Image.Image | None = None, **options) -> bytes:
    return encoded(picture, "PNG", **options)


def webp(picture: Image.Image | None = None, **options) -> bytes:
    return encoded(picture, "WEBP", **options)


def encoded(picture: Image.Image | None, name: str, **options) -> bytes:
    file = io.BytesIO()
    (picture or scene()).save(file, name, **options)
    return file.getvalue()


def blurred(radius: float) -> Image.Image:
    return scene().filter(ImageFilter.GaussianBlur(radius))


def exif(orientation: int) -> Image.Exif:
    """As phones write it: turned, with a maker, a serial number and a place."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = "PhoneMaker"
    block[0xA431] = "SERIAL-4711"
    block.get_ifd(0x8825)[1] = "N"
    block.get_ifd(0x8825)[2] = (30.0, 15.0, 12.5)
    return block


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that claims to be huge and holds almost nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def film() -> bytes:
    """The boxes of a tiny MP4, adding up."""
    kind = struct.pack(">I", 16) + b"ftyp" + b"isom\0\0\0\0"
    return kind + struct.pack(">I", 108) + b"mdat" + b"\7" * 100
