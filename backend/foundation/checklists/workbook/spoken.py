"""Points, answers and conditions as people write them in a cell. Pure.

A condition reads `1.1 = fail / na`; several are `all(1.1 = fail; any(1.2 = na; 1.3 = high))`, or
全部(…) and 任一(…). Answers are written in either language.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from backend.foundation.checklists.template import Condition

ANSWERS = {"pass": "合格", "fail": "不合格", "na": "不适用", "answered": "已作答"}
_MEANT = {words: token for token, words in ANSWERS.items()}
_ALL, _ANY = ("all", "全部"), ("any", "任一")
_PARTS = re.compile(
    r"\s*(all|any|全部|任一)\s*\(|\s*([();=])\s*|\s*([^();=]+?)\s*(?=[();=]|$)", re.I
)
_POINTS_MAX = 10_000
_DEPTH_MAX = 8  # soundness allows three; deeper still must not use up the stack

Naming = Callable[[str], str]


class Unreadable(Exception):
    """What stands there is neither points nor a condition."""


def points_text(tenths: int) -> float | int:
    """25 tenths are 2.5."""
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def tenths(text: str) -> int:
    """2.5 is 25 tenths. Raises Unreadable."""
    try:
        value = Decimal(unicodedata.normalize("NFKC", text)) * 10
    except InvalidOperation:
        raise Unreadable from None
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= _POINTS_MAX:
        raise Unreadable
    return int(value)


def answers_text(tokens: tuple[str, ...], tongue: str) -> str:
    return " / ".join(ANSWERS.get(one, one) if tongue == "zh" else one for one in tokens)


def answers(text: str) -> tuple[str, ...]:
    """Tokens out of `fail / na` or 不合格、不适用."""
    parts = re.split(r"[/、,|]", unicodedata.normalize("NFKC", text))
    return tuple(_MEANT.get(one, one) for part in parts if (one := part.strip()))


def condition_text(condition: Condition, tongue: str) -> str:
    """The condition as a cell shows it."""
    place = 1 if tongue == "zh" else 0
    for name, parts in ((_ALL, condition.all_), (_ANY, condition.any_)):
        if parts is not None:
            inside = "; ".join(condition_text(part, tongue) for part in parts)
            return f"{name[place]}({inside})"
    return f"{condition.item} = {answers_text(condition.in_ or (), tongue)}"


def condition(text: str, named: Naming) -> Condition:
    """The condition that a cell shows. `named` gives the key of an item by key or number.

    Raises Unreadable.
    """
    reader = _Reader(unicodedata.normalize("NFKC", text), named)
    found = reader.one(0)
    reader.end()
    return found


class _Reader:
    def __init__(self, text: str, named: Naming) -> None:
        self._words: list[str] = []
        self._named = named
        at = 0
        while at < len(text):
            match = _PARTS.match(text, at)
            if match is None or match.end() == at:
                raise Unreadable
            group, mark, word = match.groups()
            self._words.append(f"{group.lower()}(" if group else mark or word)
            at = match.end()

    def one(self, depth: int) -> Condition:
        if depth > _DEPTH_MAX:
            raise Unreadable
        word = self._next()
        if word.endswith("(") and len(word) > 1:
            parts = [self.one(depth + 1)]
            while (mark := self._next()) == ";":
                parts.append(self.one(depth + 1))
            if mark != ")":
                raise Unreadable
            if word[:-1] in _ALL:
                return Condition(all_=tuple(parts))
            return Condition(any_=tuple(parts))
        if word in "();=" or self._next() != "=":
            raise Unreadable
        taken = self._next()
        if taken in "();=":
            raise Unreadable
        return Condition(item=self._named(word), in_=answers(taken))

    def end(self) -> None:
        if self._words:
            raise Unreadable

    def _next(self) -> str:
        if not self._words:
            raise Unreadable
        return self._words.pop(0)
