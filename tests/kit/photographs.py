"""Photographs of twelve megapixels as phones take them: two to four megabytes each.

The real ones are those that scikit-image ships for its examples, enlarged; noise puts back the
weight that enlarging takes away. The others are drawn. Every file is another one: its number is
in its noise, so that two never share a digest.
"""

import functools
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

WIDE, HIGH = 4032, 3024
BYTES_MIN, BYTES_MAX = 2_000_000, 4_000_000
_PACKAGE = "scikit-image==0.26.0"
_REAL = ("astronaut.png", "chelsea.png", "coffee.png", "motorcycle_left.png", "rocket.jpg")
_FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xunfang-photographs"


def real_photographs() -> list[Path]:
    """The photographs of the package, fetched once for this machine. Empty without a network."""
    found = [_FOLDER / name for name in _REAL]
    if not all(path.exists() for path in found):
        _fetch()
    return [path for path in found if path.exists()]


def _fetch() -> None:
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder]
        done = subprocess.run([sys.executable, *words, _PACKAGE], check=False)
        if done.returncode:
            return
        for wheel in Path(folder).glob("*.whl"):
            with zipfile.ZipFile(wheel) as files:
                for name in _REAL:
                    part = _FOLDER / f"{name}.{os.getpid()}.part"
                    part.write_bytes(files.read(f"skimage/data/{name}"))
                    part.rename(_FOLDER / name)


def photograph(folder: Path, number: int, *, real: bool = True) -> Path:
    """One file of 12 megapixels, different for each number; the same number gives the same file."""
    path = folder / f"photo-{number:02}.jpg"
    if not path.exists():
        sources = real_photographs() if real else []
        picture = Image.open(sources[number % len(sources)]) if sources else _drawn(number)
        path.write_bytes(_enlarged(picture.convert("RGB"), number))
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _drawn(number: int) -> Image.Image:
    """Soft hills of colour, placed by the number."""
    bands = [Image.linear_gradient("L").rotate(number * 37 + turn) for turn in (0, 90, 200)]
    return Image.merge("RGB", bands).filter(ImageFilter.GaussianBlur(2))


def _enlarged(picture: Image.Image, number: int) -> bytes:
    large = picture.resize((WIDE, HIGH), Image.Resampling.BILINEAR)
    # Rolled by the number: the same grain on every photo would be the same noise.
    grain = ImageChops.offset(_grain(), number * 131, number * 17)
    noisy = Image.blend(large, Image.merge("RGB", (grain, grain, grain)), 0.06)
    for quality in (88, 84, 80, 74, 68, 60, 92):
        out = io.BytesIO()
        noisy.save(out, "JPEG", quality=quality)
        if BYTES_MIN <= out.tell() <= BYTES_MAX:
            return out.getvalue()
    raise AssertionError(f"photo {number} weighs {out.tell()} bytes")


@functools.cache
def _grain() -> Image.Image:
    return Image.effect_noise((WIDE, HIGH), 60)
