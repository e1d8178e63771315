"""What looking at a photo can end in."""

from dataclasses import dataclass, field

# Stable codes: they travel to phones, which have words for each.
REASONS = (
    "empty",
    "too_large",
    "format_not_allowed",
    "type_mismatch",
    "too_many_pixels",
    "too_many_frames",
    "trailing_bytes",
    "unreadable",
    "too_costly",
)

# 20 MB holds a 48-megapixel JPEG as phones take it; it is also the limit of one upload.
BYTES_MAX = 20 * 1024 * 1024

# Covers the 48 to 50 megapixel cameras of today's phones; decoded that is 256 MB.
PIXELS_MAX = 64_000_000

RENDITION_SIZES = (1280, 320)


class RefusedPhoto(Exception):
    """This is not a photo we accept; `reason` is one of REASONS, `facts` its numbers."""

    def __init__(self, reason: str, **facts: int | str) -> None:
        super().__init__(f"{reason} {facts}" if facts else reason)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Quality:
    """Hints for a person, never a reason to refuse.

    `sharpness`: variance of the Laplacian at 512 px; below some 60 a photo may be blurred.
    `brightness`: mean luma, 0 to 255. `contrast`: 95th minus 5th percentile of luma.
    """

    sharpness: int
    brightness: int
    contrast: int

    @property
    def maybe_blurred(self) -> bool:
        return self.sharpness < 60

    @property
    def maybe_dark(self) -> bool:
        return self.brightness < 40 or self.contrast < 30


@dataclass(frozen=True, slots=True)
class Examined:
    """An accepted photo. `width` and `height` as one sees it upright; `tail` names the moving
    picture that some phones append. `fingerprint` and `gradient` are 64-bit hashes in 16 hex
    digits; `renditions` maps the longest side in pixels to WebP bytes."""

    type: str
    width: int
    height: int
    tail: str | None
    quality: Quality
    fingerprint: str
    gradient: str
    renditions: dict[int, bytes] = field(repr=False)
