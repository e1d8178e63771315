"""Texts with invented identity and card numbers, judged once by Python and kept for the phone.

The numbers can be nobody's: no region code begins with 9, and no issuer has the card prefix 699999.
After a deliberate change of a rule: `python -m tests.foundation.kernel.drawn_numbers`
"""

import json
import random
from pathlib import Path
from typing import Any

from backend.foundation.kernel import personal_numbers

SEED = 20_261_127
PATH = Path(__file__).parent / "cases" / "personal_numbers.json"
_BEFORE = ("", "证件", "卡号：", "note ", "他说是", "(", "编号 7 ", "a", "5", "\n", "😀")
_AFTER = ("", "。", " ok", "，请核对", ")", "x", "8", "\t", "号")
_JOINTS = ("", "", " ", "-", "·", "\u3000", "－", "  ", ".", "\u2003")
_EDGES = (
    "",
    "请拨打 0797-8888888 或 13800138000",
    "2026-05-04T09:12:33.120Z",
    "0199a1b2-7c3d-7e4f-8a9b-0c1d2e3f4a5b",
    "①②③④⑤⑥⑦⑧⑨①②③④⑤⑥⑦⑧⑨",
)


def stored() -> list[dict[str, Any]]:
    """What the file holds."""
    return json.loads(PATH.read_text("utf-8"))


def draw() -> list[dict[str, Any]]:
    """The same texts every time, with today's judgement."""
    chance = random.Random(SEED)
    texts = [*_EDGES, *(_text(chance) for _ in range(240))]
    return [
        {
            "text": text,
            "found": personal_numbers.find(text),
            "masked": personal_numbers.mask(text),
        }
        for text in texts
    ]


def identity(chance: random.Random) -> str:
    """A valid identity number of a region that does not exist."""
    year, month, day = chance.choice((1899, 1960, 1996, 2000)), chance.randint(1, 12), 28
    body = f"9{chance.randint(10000, 99999)}{year}{month:02}{day}{chance.randint(0, 999):03}"
    return next(body + c for c in "0123456789X" if personal_numbers.is_identity(body + c))


def card(chance: random.Random) -> str:
    """A card number with a valid check digit and a prefix that nobody issues."""
    digits = chance.randint(9, 12)
    body = "699999" + "".join(str(chance.randint(0, 9)) for _ in range(digits))
    return next(body + c for c in "0123456789" if personal_numbers.is_card(body + c))


def _text(chance: random.Random) -> str:
    number = chance.choice((identity, card))(chance)
    if chance.random() < 0.35:
        number = _spoilt(chance, number)
    written = _written(chance, number)
    text = chance.choice(_BEFORE) + written + chance.choice(_AFTER)
    return text + (f" / {_written(chance, card(chance))}" if chance.random() < 0.2 else "")


def _spoilt(chance: random.Random, number: str) -> str:
    """One digit changed, one left out, or a thirteenth month."""
    at = chance.randrange(len(number))
    ways = (
        number[:at] + str(chance.randint(0, 9)) + number[at + 1 :],
        number[:at] + number[at + 1 :],
        number[:10] + "13" + number[12:],
        number[:6] + "0000" + number[10:],
    )
    return chance.choice(ways)


def _written(chance: random.Random, number: str) -> str:
    joint, size = chance.choice(_JOINTS), chance.choice((3, 4, 6))
    parts = [number[at : at + size] for at in range(0, len(number), size)]
    whole = joint.join(parts)
    if chance.random() < 0.2:
        return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c == "X" else c for c in whole)
    return whole.lower() if chance.random() < 0.3 else whole


if __name__ == "__main__":
    PATH.write_text(json.dumps(draw(), ensure_ascii=False, indent=1) + "\n", "utf-8")
