"""Sets one page or many with typst: `python -m backend.foundation.documents.children.paper`.

Photos and data lie in memory files, never on a disk, so a kill leaves nothing of them behind.
The fonts come from a package, the machine's own are not looked at, and a template cannot bring
packages of its own: the same order gives the same bytes everywhere, without a network.
"""

import os
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from backend.foundation.documents.children.serving import portion, serve
from backend.foundation.documents.orders import PaperOrder
from backend.foundation.documents.printable import named, printable
from backend.foundation.kernel import limits

# Fonts of 20 MB are mapped, not read; photos are the rest.
MEMORY_BYTES = 2 << 30
CPU_SECONDS = 20
FONTS = (pylopdf_fonts_zh_cn.sans_path(), pylopdf_fonts_zh_cn.serif_path())
_NOWHERE = "/nonexistent"
_FORMATS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"RIFF": "webp"}


def set_paper(asked: BinaryIO, answer: BinaryIO) -> None:
    """One order, one PDF."""
    order = msgspec.msgpack.decode(portion(asked), type=PaperOrder)
    for name, source in order.sources.items():
        if b'"@' in source:
            raise ValueError(f"{name} asks for a package; reports bring none")
    given, missing = printable(msgspec.json.decode(order.given), shapes())
    given["missing"] = named(missing)
    given["photos"] = {name: _in_memory(photo) for name, photo in order.photos.items()}
    answer.write(_compiled(order, given))


def shapes() -> set[int]:
    """Every code point for which the fonts have a shape."""
    found: set[int] = set()
    for path in FONTS:
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap() or ())
    return found


def _compiled(order: PaperOrder, given: Any) -> bytes:
    made = typst.compile(
        {**order.sources, "given.json": msgspec.json.encode(given)},  # type: ignore[arg-type]
        root="/proc/self/fd",
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(Path(FONTS[0]).parent)],
        ),
        ignore_system_fonts=True,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
        timestamp=order.made_at,
        pdf_standards=["a-2a"],
    )
    assert isinstance(made, bytes)
    return made


def _in_memory(photo: bytes) -> dict[str, str]:
    """Where typst finds the photo below its root. The file lives as long as this process."""
    kind = next((name for head, name in _FORMATS.items() if photo.startswith(head)), None)
    if kind is None:
        raise ValueError("a photo is JPEG, PNG or WebP")
    file = os.memfd_create("photo")
    with open(file, "wb", closefd=False) as into:
        into.write(photo)
    return {"path": f"/{file}", "format": kind}


if __name__ == "__main__":
    serve(
        set_paper,
        memory_bytes=MEMORY_BYTES,
        cpu_seconds=CPU_SECONDS,
        answer_bytes=limits.PAPER_BYTES_MAX,
    )
