"""Finds numbers that must never be stored: Chinese identity numbers and payment cards.

Identity numbers by GB 11643-1999 (18 characters, ISO 7064 MOD 11-2 check character, a real date
at 7..14); cards by ISO/IEC 7812-1 (16 to 19 digits here, Luhn check, leading digit 3 to 6 as
payment cards use). Separators that people type (spaces, hyphens, full-width digits) are seen
through. What it does not find: fifteen-digit numbers from before 1999, numbers in pictures, and
numbers broken over two fields.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from backend.foundation.kernel.ids import is_id

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RUN = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][ \-·]?){14,22}[0-9Xx](?![0-9A-Za-z])")
_MASK_KEPT = 4


# Or a character beyond ASCII that is no plain Chinese one: NFKC makes digits, spaces and hyphens of
# many. Punctuation is a false yes, and cheap; a test goes through every character there is.
_MAYBE = re.compile(rb"(?:[0-9][ -]?){14}[0-9Xx]|\\u|[\xc2-\xe3\xea-\xf4]")


def maybe_in(raw: bytes) -> bool:
    """Whether JSON bytes could hold such a number at all: cheap, never a false no."""
    return _MAYBE.search(raw) is not None


def find(text: str) -> list[str]:
    """Every identity or card number in the text, as bare characters. Empty for clean text."""
    if len(text) < 15:
        return []
    found: list[str] = []
    for match in _RUN.finditer(unicodedata.normalize("NFKC", text)):
        bare = re.sub(r"[ \-·]", "", match.group()).upper()
        if is_identity(bare) or is_card(bare):
            found.append(bare)
    return found


def mask(text: str) -> str:
    """The text with every found number reduced to stars and its last four characters."""
    plain = unicodedata.normalize("NFKC", text)

    def hide(match: re.Match[str]) -> str:
        bare = re.sub(r"[ \-·]", "", match.group()).upper()
        if not (is_identity(bare) or is_card(bare)):
            return match.group()
        return "*" * (len(bare) - _MASK_KEPT) + bare[-_MASK_KEPT:]

    return _RUN.sub(hide, plain)


def mask_within(value: Any) -> Any:
    """A JSON value with the numbers in all of its texts masked; ids stay as they are."""
    if isinstance(value, str):
        return value if is_id(value) or not find(value) else mask(value)
    if isinstance(value, dict):
        return {key: mask_within(member) for key, member in value.items()}
    if isinstance(value, list):
        return [mask_within(member) for member in value]
    return value


def first_field(value: Any, path: str = "") -> str | None:
    """The dotted name of the first text in a JSON value that holds such a number, or None."""
    if isinstance(value, str):
        # A UUID may look like a card by chance; ids are ours, never a person's.
        return (path or "text") if not is_id(value) and find(value) else None
    if isinstance(value, dict):
        for key, member in value.items():
            where = first_field(member, f"{path}.{key}" if path else str(key))
            if where:
                return where
    if isinstance(value, list | tuple):
        for member in value:
            where = first_field(member, path)
            if where:
                return where
    return None


def is_identity(bare: str) -> bool:
    """Whether 18 characters are a valid GB 11643 identity number."""
    if len(bare) != 18 or not bare[:17].isdigit():
        return False
    try:
        date(int(bare[6:10]), int(bare[10:12]), int(bare[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, bare, strict=False))
    return bare[17] == _CHECKS[total % 11]


def is_card(bare: str) -> bool:
    """Whether 16 to 19 digits pass the Luhn check and begin as payment cards do."""
    if not (16 <= len(bare) <= 19 and bare.isdigit() and bare[0] in "3456"):
        return False
    total = 0
    for position, digit in enumerate(reversed(bare)):
        number = int(digit)
        if position % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return total % 10 == 0
