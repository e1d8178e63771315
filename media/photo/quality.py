"""Is it blurred, is it dark: two numbers and a spread, for a hint on the screen."""

from PIL import Image, ImageFilter, ImageStat

from media.photo.findings import Quality

_LONG_SIDE = 512

# The Laplacian lies between -1020 and 1020. Divided by four around 128 it fits a byte for all but
# the hardest edges, and the rounding adds about one to a variance whose threshold is 60.
_DIVIDED_BY = 4
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=_DIVIDED_BY, offset=128)


def quality(picture: Image.Image) -> Quality:
    grey = picture.convert("L")
    grey.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BOX)
    luma = ImageStat.Stat(grey)
    # Pillow copies border pixels through a kernel unfiltered: they are cut off.
    inner = (1, 1, max(2, grey.width - 1), max(2, grey.height - 1))
    edges = ImageStat.Stat(grey.filter(_LAPLACIAN).crop(inner))
    return Quality(
        sharpness=round(edges.var[0] * _DIVIDED_BY**2),
        brightness=round(luma.mean[0]),
        contrast=_percentile(luma.h, 95) - _percentile(luma.h, 5),
    )


def _percentile(histogram: list[int], percent: int) -> int:
    wanted = sum(histogram) * percent / 100
    seen = 0
    for luma, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return luma
    return 255
