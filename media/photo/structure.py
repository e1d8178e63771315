"""Where a photo ends, read from the file's own structure without decoding a pixel.

Bytes after the end make a second file out of the first: a ZIP, a page, a script. They are refused.
Two tails are phones' own and are kept: further JPEGs announced by a multi-picture index or by the
XMP container of HDR photos, and the short film of a motion photo. A tail must be one of these from
its first byte to its last, not merely begin like one.
"""

from media.photo.findings import RefusedPhoto

_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"
_ANNOUNCEMENTS = (b"MPF\0", b"MotionPhoto", b"MicroVideo", b"hdrgm:", b"Container:Directory")
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SAMSUNG_FILM = b"MotionPhoto_Data"


def recognise(data: bytes) -> str:
    """`image/jpeg`, `image/png` or `image/webp` by the first bytes; refuses everything else."""
    if not data:
        raise RefusedPhoto("empty")
    if data.startswith(_JPEG):
        return "image/jpeg"
    if data.startswith(_PNG):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    raise RefusedPhoto("format_not_allowed")


def check_end(data: bytes, type: str) -> str | None:
    """The name of the tail that is kept, None when the picture is all there is; else refuses."""
    end = _ENDS[type](data, 0)
    if end == len(data):
        return None
    if type == "image/jpeg" and any(mark in data[:end] for mark in _ANNOUNCEMENTS):
        tail = _known_tail(data, end)
        if tail is not None:
            return tail
    raise RefusedPhoto("trailing_bytes", bytes=len(data) - end)


def _jpeg_end(data: bytes, start: int) -> int:
    """Just behind the end marker of the JPEG that begins at `start`."""
    at = start + 2
    while True:
        if at + 4 > len(data) and data[at : at + 2] != b"\xff\xd9":
            raise RefusedPhoto("unreadable")
        if data[at] != 0xFF:
            raise RefusedPhoto("unreadable")
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in _STANDALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if marker == 0xDA:
                at = _next_marker(data, at)


def _next_marker(data: bytes, at: int) -> int:
    """From inside compressed data to the next real marker: not a stuffed zero, not a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise RefusedPhoto("unreadable")
        following = data[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at


def _png_end(data: bytes, start: int) -> int:
    at = start + len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND" and at <= len(data):
            return at
    raise RefusedPhoto("unreadable")


def _webp_end(data: bytes, start: int) -> int:
    size = int.from_bytes(data[start + 4 : start + 8], "little")
    end = start + 8 + size + (size & 1)
    if end > len(data):
        raise RefusedPhoto("unreadable")
    return end


def _known_tail(data: bytes, at: int) -> str | None:
    name = "pictures"
    while at < len(data):
        if data.startswith(_JPEG, at):
            try:
                at = _jpeg_end(data, at)
            except RefusedPhoto:
                return None
        elif data[at + 4 : at + 8] == b"ftyp":
            at, name = _film_end(data, at, len(data)), "film"
        elif data[at : at + 1] == b"\0" and not data[at : at + 64].strip(b"\0"):
            at += min(64, len(data) - at)
        else:
            return "film" if _is_samsung_film(data, at) else None
        if at < 0:
            return None
    return name


def _film_end(data: bytes, at: int, limit: int) -> int:
    """Behind the last box of the MP4 that begins at `at`, or -1 when its boxes do not add up."""
    while at + 8 <= limit and data[at + 4 : at + 8].isalnum():
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8 or at + size > limit:
            return -1
        at += size
    return at


def _is_samsung_film(data: bytes, at: int) -> bool:
    """A named block with an MP4 in it, then a directory framed by SEFH and SEFT at the very end."""
    name = data.find(_SAMSUNG_FILM, at, at + 64)
    directory = data.rfind(b"SEFH", at)
    if name < 0 or directory < 0 or not data.endswith(b"SEFT"):
        return False
    return _film_end(data, name + len(_SAMSUNG_FILM), directory) == directory


_ENDS = {"image/jpeg": _jpeg_end, "image/png": _png_end, "image/webp": _webp_end}
