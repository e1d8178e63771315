"""Two 64-bit hashes of how a photo looks, to find the same photo handed in twice.

`fingerprint` is the sign of the 64 lowest frequencies of a 32x32 cosine transform against their
median (the perceptual hash of Zauner, 2010); `gradient` says for each of 8x8 places whether luma
rises to the right (the difference hash of Krawetz, 2013). Recompressed, resized or brightened
copies differ in at most some 10 of 64 bits; crops over 3 percent and photos of screens are not
found. A match is a hint for a person.
"""

import math
from statistics import median

from PIL import Image

_SIDE = 32
_LOW = 8
_WAVES = [
    [math.cos(math.pi * (2 * x + 1) * u / (2 * _SIDE)) for x in range(_SIDE)] for u in range(_LOW)
]


def fingerprint(picture: Image.Image) -> str:
    """16 hex digits."""
    small = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    luma = small.tobytes()
    rows = [luma[y * _SIDE : (y + 1) * _SIDE] for y in range(_SIDE)]
    across = [[sum(map(float.__mul__, wave, map(float, row))) for wave in _WAVES] for row in rows]
    columns = list(zip(*across, strict=True))
    powers = [sum(map(float.__mul__, wave, column)) for wave in _WAVES for column in columns]
    middle = median(powers[1:])
    return _hex([power > middle for power in powers])


def gradient(picture: Image.Image) -> str:
    """16 hex digits."""
    small = picture.convert("L").resize((_LOW + 1, _LOW), Image.Resampling.BOX)
    luma = small.tobytes()
    width = _LOW + 1
    return _hex(
        [luma[y * width + x] < luma[y * width + x + 1] for y in range(_LOW) for x in range(_LOW)]
    )


def distance(one: str, other: str) -> int:
    """How many of the 64 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _hex(bits: list[bool]) -> str:
    return f"{sum(1 << (63 - place) for place, bit in enumerate(bits) if bit):016x}"
