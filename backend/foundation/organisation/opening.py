"""Opening days as people write them in a list: 工作日, daily, 周二至周六, Tue-Sat, 2,3,4. Pure."""

import re
import unicodedata

from backend.foundation.organisation.model import OpenDays

_NAMES: dict[str, int] = {
    **{name: number for number, name in enumerate("一二三四五六日", start=1)},
    **{str(number): number for number in range(1, 8)},
    "天": 7,
}
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORKDAYS = frozenset({"工作日", "workdays", "workday", "法定工作日"})
_ALL = frozenset({"每天", "每日", "全年", "天天", "all", "daily", "everyday", "全年无休"})
_PART = re.compile(r"([^-~至到–—]+)(?:[-~至到–—]([^-~至到–—]+))?")
_BETWEEN = re.compile(r"[,，、;；/\s和及]+")
_AROUND_RANGE = re.compile(r"\s*([-~至到–—])\s*")


def opening(text: str) -> tuple[OpenDays, tuple[int, ...]] | None:
    """What it says: the rule, and the weekdays (Monday is 1) where the rule is `week`. None when
    it says nothing that can be understood. Monday to Friday is what the bank does anyway."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    bare = plain.replace(" ", "")
    if bare in _WORKDAYS:
        return "workdays", ()
    if bare in _ALL:
        return "all", ()
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(_AROUND_RANGE.sub(r"\1", plain))):
        days = _days(part)
        if days is None:
            return None
        found |= days
    week = tuple(sorted(found))
    if not week:
        return None
    return ("workdays", ()) if week == (1, 2, 3, 4, 5) else ("week", week)


def _days(part: str) -> set[int] | None:
    match = _PART.fullmatch(part)
    if match is None:
        return None
    first, last = _weekday(match[1]), _weekday(match[2] or match[1])
    if first is None or last is None:
        return None
    return {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}


def _weekday(name: str) -> int | None:
    bare = name.strip().rstrip(".")
    for word in ("星期", "礼拜", "周"):
        bare = bare.removeprefix(word)
    if bare in _NAMES:
        return _NAMES[bare]
    long = [number for number, day in enumerate(_ENGLISH, start=1) if day.startswith(bare)]
    return long[0] if len(bare) >= 3 and len(long) == 1 else None
