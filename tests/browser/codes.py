"""A camera that sees slips with codes: a film of a few seconds that begins again."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.browser.building import PWA

_WIDE, _HIGH, _A_SECOND = 320, 240, 10
_GREY, _WHITE = b"\x80", b"\xff"
_DRAW = """
import { readFileSync } from 'node:fs';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
const file = 'node_modules/zxing-wasm/dist/writer/zxing_writer.wasm';
prepareZXingModule({ overrides: { wasmBinary: readFileSync(file).buffer } });
const drawn = [];
for (const text of JSON.parse(process.argv[1])) {
  const { symbol } = await writeBarcode(text, { format: 'QRCode' });
  drawn.push({ side: symbol.width, dots: [...symbol.data] });
}
console.log(JSON.stringify(drawn));
"""


def film(path: Path, shots: Sequence[tuple[str | None, float]]) -> Path:
    """Each shot is a code, or None for an empty view, and how many seconds it is seen."""
    texts = sorted({text for text, _ in shots if text})
    node = ["node", "--input-type=module", "-e", _DRAW, json.dumps(texts)]
    done = subprocess.run(node, cwd=PWA, check=True, capture_output=True, text=True)
    views = dict(zip(texts, map(_view, json.loads(done.stdout)), strict=True))
    colours = b"\x80" * (_WIDE * _HIGH // 2)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{_WIDE} H{_HIGH} F{_A_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for text, seconds in shots:
            view = views[text] if text else _GREY * (_WIDE * _HIGH)
            for _ in range(round(seconds * _A_SECOND)):
                out.write(b"FRAME\n" + view + colours)
    return path


def _view(drawn: dict[str, list[int] | int]) -> bytes:
    """A code with its quiet zone in the middle of the picture."""
    side, dots = drawn["side"], drawn["dots"]
    assert isinstance(side, int)
    assert isinstance(dots, list)
    size = _HIGH // (side + 8)
    quiet = (_WIDE - side * size) // 2
    row_of = [
        b"".join(bytes([dot]) * size for dot in dots[row * side : (row + 1) * side])
        for row in range(side)
    ]
    rows = [_WHITE * quiet + row + _WHITE * (_WIDE - quiet - len(row)) for row in row_of]
    body = b"".join(row * size for row in rows)
    above = (_HIGH - side * size) // 2
    empty = _WHITE * _WIDE
    return empty * above + body + empty * (_HIGH - above - side * size)
