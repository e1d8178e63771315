"""Photographs of an exact weight, each with bytes that no server has seen before."""

import os
from collections.abc import Iterator

from tests.media import pictures

SEGMENT_BYTES_MAX = 65_533  # what the two bytes of a comment's length can say, without themselves
FRAME_BYTES = 4  # marker and length of a comment
ROOM_MIN = FRAME_BYTES + 16  # enough randomness that no two are alike


def different(size: int) -> Iterator[bytes]:
    """JPEG files of `size` bytes for ever: one picture, and random comments that fill it up."""
    start, rest = _picture(size)
    while True:
        yield start + comments(size - len(start) - len(rest)) + rest


def comments(room: int) -> bytes:
    """Random comments that take exactly so many bytes, at least ROOM_MIN."""
    parts = []
    while room:
        inside = min(SEGMENT_BYTES_MAX, room - FRAME_BYTES)
        if 0 < room - inside - FRAME_BYTES < FRAME_BYTES:
            inside -= FRAME_BYTES  # what is left must hold a comment of its own
        parts.append(b"\xff\xfe" + (inside + 2).to_bytes(2) + os.urandom(inside))
        room -= inside + FRAME_BYTES
    return b"".join(parts)


def _picture(size: int) -> tuple[bytes, bytes]:
    """A picture that leaves some room, cut behind the first marker."""
    wide, high = (1600, 1200) if size > 100_000 else (320, 240)
    scene = pictures.scene(wide, high)
    for quality in range(90, 4, -5):
        data = pictures.jpeg(scene, quality=quality)
        if len(data) <= size - ROOM_MIN:
            return data[:2], data[2:]
    raise AssertionError(f"{wide} x {high} does not fit into {size} bytes")
