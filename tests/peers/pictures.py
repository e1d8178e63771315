"""Small real photographs, each with bytes of its own."""

import io
from typing import Any

from PIL import Image

from tests.features.front import digest
from tests.features.stage import picture


def jpeg(shade: int = 120) -> bytes:
    """A JPEG of 640 x 480 with some structure in it."""
    image = Image.effect_mandelbrot((640, 480), (-2.0, -1.2, 0.8, 1.2), 30 + shade % 60)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=80, comment=str(shade))
    return out.getvalue()


def capture(data: bytes, **values: Any) -> dict[str, Any]:
    """What the phone tells of these bytes."""
    return picture("", sha256=digest(data), size=len(data), **values)
