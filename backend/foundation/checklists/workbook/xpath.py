"""The small part of an XLSForm's expressions that a checklist has a place for. Pure.

Conditions: `${a} = 'x'`, `selected(${a}, 'x')`, joined by `and`, `or` and brackets. Ranges:
`. >= 0 and . <= 100`. Whatever else stands there is not guessed at.
"""

import re
from collections.abc import Callable

from backend.foundation.checklists.template import Condition
from backend.foundation.checklists.workbook.spoken import Unreadable

_WORDS = re.compile(
    r"\s*(?:(\$\{\s*[^}\s]+\s*\})|('[^']*'|\"[^\"]*\")|(selected|and|or)\b|([(),=]))", re.ASCII
)
_BOUND = re.compile(r"\s*\.\s*(>=|<=)\s*(-?[0-9]{1,12}(?:\.[0-9]{1,4})?)\s*")
_DEPTH_MAX = 8

Naming = Callable[[str], str]


def condition(text: str, item: Naming, choice: Naming) -> Condition:
    """The condition; `item` and `choice` give the keys of names. Raises Unreadable."""
    reader = _Reader(text, item, choice)
    found = reader.any_of(0)
    reader.end()
    return found


def bounds(text: str) -> tuple[str | None, str | None]:
    """Least and most that an answer may be, both included. Raises Unreadable."""
    found: dict[str, str] = {}
    for part in re.split(r"\band\b", text):
        match = _BOUND.fullmatch(part)
        if match is None or match[1] in found:
            raise Unreadable
        found[match[1]] = match[2]
    return found.get(">="), found.get("<=")


class _Reader:
    def __init__(self, text: str, item: Naming, choice: Naming) -> None:
        self._item, self._choice = item, choice
        self._words: list[str] = []
        at = 0
        while text[at:].strip():
            match = _WORDS.match(text, at)
            if match is None:
                raise Unreadable
            self._words.append(next(part for part in match.groups() if part))
            at = match.end()

    def any_of(self, depth: int) -> Condition:
        parts = self._joined("or", self._all_of, depth)
        return parts[0] if len(parts) == 1 else Condition(any_=tuple(parts))

    def end(self) -> None:
        if self._words:
            raise Unreadable

    def _all_of(self, depth: int) -> Condition:
        parts = self._joined("and", self._one, depth)
        return parts[0] if len(parts) == 1 else Condition(all_=tuple(parts))

    def _joined(self, word: str, read: Callable[[int], Condition], depth: int) -> list[Condition]:
        parts = [read(depth)]
        while self._words[:1] == [word]:
            self._next()
            parts.append(read(depth))
        return parts

    def _one(self, depth: int) -> Condition:
        if depth > _DEPTH_MAX:
            raise Unreadable
        word = self._next()
        if word == "(":
            inside = self.any_of(depth + 1)
            self._expect(")")
            return inside
        if word == "selected":
            self._expect("(")
            name = self._next()
            self._expect(",")
            found = self._answered(name, self._next())
            self._expect(")")
            return found
        self._expect("=")
        return self._answered(word, self._next())

    def _answered(self, name: str, value: str) -> Condition:
        if not name.startswith("${") or value[:1] not in ("'", '"'):
            raise Unreadable
        key = self._item(name[2:-1].strip())
        return Condition(item=key, in_=(self._choice(value[1:-1]),))

    def _expect(self, word: str) -> None:
        if self._next() != word:
            raise Unreadable

    def _next(self) -> str:
        if not self._words:
            raise Unreadable
        return self._words.pop(0)
