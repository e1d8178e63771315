"""The whole look at one photo, in one decode. Runs in the child process only."""

import contextlib
import io
import warnings
from pathlib import Path

from PIL import Image, ImageFile

from media.photo.findings import BYTES_MAX, PIXELS_MAX, RENDITION_SIZES, Examined, RefusedPhoto
from media.photo.fingerprint import fingerprint, gradient
from media.photo.quality import quality
from media.photo.renditions import renditions, upright
from media.photo.structure import check_end, recognise

_PILLOW_NAMES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_TURNED = range(5, 9)
_ORIENTATION = 0x0112

ImageFile.LOAD_TRUNCATED_IMAGES = False
# Our own limit comes first; Pillow's is the second judge, and refuses at the first pixel too many.
Image.MAX_IMAGE_PIXELS = PIXELS_MAX
warnings.simplefilter("error", Image.DecompressionBombWarning)


def examine(path: Path, declared_type: str) -> Examined:
    """Raises RefusedPhoto with a reason; `declared_type` is what the sender called it."""
    if path.stat().st_size > BYTES_MAX:
        raise RefusedPhoto("too_large", bytes=path.stat().st_size, bytes_max=BYTES_MAX)
    data = path.read_bytes()
    type = recognise(data)
    if declared_type != type:
        raise RefusedPhoto("type_mismatch", declared=declared_type, found=type)
    with _refusals():
        picture = Image.open(io.BytesIO(data), formats=(_PILLOW_NAMES[type],))
        _check_measures(picture, type)
        tail = check_end(data, type)
        width, height = _as_seen(picture)
        picture.draft("RGB", (RENDITION_SIZES[0], RENDITION_SIZES[0]))
        picture.load()
        shown = upright(picture)
        return Examined(
            type=type,
            width=width,
            height=height,
            tail=tail,
            quality=quality(shown),
            fingerprint=fingerprint(shown),
            gradient=gradient(shown),
            renditions=renditions(shown),
        )


def _check_measures(picture: Image.Image, type: str) -> None:
    pixels = picture.width * picture.height
    if pixels > PIXELS_MAX:
        raise RefusedPhoto("too_many_pixels", pixels=pixels, pixels_max=PIXELS_MAX)
    # A JPEG's further pictures lie behind its end and are judged there.
    frames = 1 if type == "image/jpeg" else getattr(picture, "n_frames", 1)
    if frames > 1:
        raise RefusedPhoto("too_many_frames", frames=frames)


def _as_seen(picture: Image.Image) -> tuple[int, int]:
    turned = False
    with contextlib.suppress(Exception):  # a broken EXIF block is no reason to refuse a photo
        turned = picture.getexif().get(_ORIENTATION) in _TURNED
    return (picture.height, picture.width) if turned else picture.size


@contextlib.contextmanager
def _refusals():
    """Pillow says what it dislikes in many ways; all of them mean one of two refusals."""
    try:
        yield
    except RefusedPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedPhoto("too_many_pixels", pixels_max=PIXELS_MAX) from None
    except MemoryError:
        raise RefusedPhoto("too_costly") from None
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        EOFError,
        OverflowError,
        AttributeError,
        ZeroDivisionError,
        NotImplementedError,
    ) as error:
        raise RefusedPhoto("unreadable", detail=type(error).__name__) from None
