"""What paper cannot show is replaced by a sign that everybody sees. Pure.

A character that the fonts lack, a half character, a control character or one that turns the
direction of reading is printed as 〓 (geta mark, the printer's sign for a missing type), and the
page says which ones. Nothing vanishes and nothing is reordered behind the reader's back.
"""

import unicodedata
from typing import Any

GETA = "〓"
_KEPT = frozenset("\n\t")
# Control, format (among them the marks that turn direction), half characters, private use, and
# numbers that are no character. Joiners and soft hyphens are among them: without a shape of
# their own they would make two different names look alike.
_BANNED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def printable(value: Any, shapes: frozenset[int] | set[int]) -> tuple[Any, tuple[str, ...]]:
    """A JSON value whose texts hold only what has a shape in `shapes` (code points), and the
    characters that were replaced, each once, in order. Keys stay as they are."""
    missing: dict[str, None] = {}
    return _printable(value, shapes, missing), tuple(missing)


def named(characters: tuple[str, ...]) -> str:
    """`U+2A6D6 U+202E`, for the line that tells what was replaced."""
    return " ".join(f"U+{ord(character):04X}" for character in characters)


def _printable(value: Any, shapes: frozenset[int] | set[int], missing: dict[str, None]) -> Any:
    if isinstance(value, str):
        return _text(value, shapes, missing)
    if isinstance(value, dict):
        return {key: _printable(member, shapes, missing) for key, member in value.items()}
    if isinstance(value, list):
        return [_printable(member, shapes, missing) for member in value]
    return value


def _text(text: str, shapes: frozenset[int] | set[int], missing: dict[str, None]) -> str:
    # Composed first: é may have a shape where e followed by an accent has none.
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if all(ord(character) in shapes for character in text) and text.isprintable():
        return text
    return "".join(_character(character, shapes, missing) for character in text)


def _character(character: str, shapes: frozenset[int] | set[int], missing: dict[str, None]) -> str:
    if character in _KEPT:
        return character
    if ord(character) in shapes and unicodedata.category(character) not in _BANNED:
        return character
    missing[character] = None
    return GETA
