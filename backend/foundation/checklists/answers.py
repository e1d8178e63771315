"""What an answer may be, by type of item. The value on the wire is the value that is kept."""

import re
from decimal import Decimal
from typing import Any

from backend.foundation.checklists import problems
from backend.foundation.checklists.scoring import points_after
from backend.foundation.checklists.template import EVIDENCE, Item
from backend.foundation.kernel import clock, limits
from backend.foundation.kernel.problem import args_invalid, too_large

Value = str | list[str] | dict[str, Any] | None

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?")
_MOMENT = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_LATITUDE_MAX = 90_000_000  # in 1e-6 degrees
_LONGITUDE_MAX = 180_000_000
_ACCURACY_MAX_METRES = 100_000  # beyond that a position says nothing


def check_answer(item: Item, value: Any, note: str | None = None) -> None:
    """Raises a Problem unless `value` is an answer to `item` and the note is short enough."""
    if note is not None and len(note) > limits.TEXT_MAX:
        raise too_large(what="note", limit=limits.TEXT_MAX)
    if item.type in EVIDENCE:
        _require(value is None, item, "null")
        return
    _CHECKS[item.type](item, value)


def _pass_fail(item: Item, value: Any) -> None:
    _require(value in ("pass", "fail", "na"), item, "pass, fail, na")


def _score(item: Item, value: Any) -> None:
    if value == "na":
        return
    _require(isinstance(value, dict) and set(value) == {"points", "reasons"}, item, "points")
    points, reasons = value["points"], value["reasons"]
    _require(type(points) is int and 0 <= points <= item.points, item, "points")
    _require(isinstance(reasons, list), item, "reasons")
    known = {reason.code for reason in item.deductions}
    _require(all(isinstance(code, str) and code in known for code in reasons), item, "reasons")
    _require(len(set(reasons)) == len(reasons), item, "reasons")
    expected = points_after(item, reasons)
    if item.deductions and points != expected:
        raise problems.points_do_not_add_up(no=item.no, points=points, expected=expected)


def _number(item: Item, value: Any) -> None:
    _require(isinstance(value, str) and _NUMBER.fullmatch(value) is not None, item, "number")
    allowed = item.number
    if allowed is None:  # a sound template has it; an answer is not the place to complain
        return
    if len(value.partition(".")[2]) > allowed.decimals:
        raise problems.answer_too_precise(no=item.no, decimals=allowed.decimals)
    if not Decimal(allowed.min) <= Decimal(value) <= Decimal(allowed.max):
        raise problems.answer_out_of_range(
            no=item.no, value=value, min=allowed.min, max=allowed.max
        )


def _single(item: Item, value: Any) -> None:
    _require(value in [choice.key for choice in item.choices], item, "choice")


def _multiple(item: Item, value: Any) -> None:
    _require(isinstance(value, list) and 0 < len(value) <= len(item.choices), item, "choices")
    keys = [choice.key for choice in item.choices]
    _require(all(key in keys for key in value), item, "choices")
    _require(len(set(value)) == len(value), item, "choices")


def _text(item: Item, value: Any) -> None:
    _require(isinstance(value, str) and value.strip() != "", item, "text")
    if len(value) > limits.TEXT_MAX:
        raise too_large(what="text", limit=limits.TEXT_MAX)


def _location(item: Item, value: Any) -> None:
    _require(
        isinstance(value, dict) and set(value) == {"lat", "lon", "acc", "at"}, item, "location"
    )
    for field, low, high in (
        ("lat", -_LATITUDE_MAX, _LATITUDE_MAX),
        ("lon", -_LONGITUDE_MAX, _LONGITUDE_MAX),
        ("acc", 0, _ACCURACY_MAX_METRES),
    ):
        _require(type(value[field]) is int and low <= value[field] <= high, item, field)
    _datetime(item, value["at"])


def _datetime(item: Item, value: Any) -> None:
    _require(isinstance(value, str) and _MOMENT.fullmatch(value) is not None, item, "moment")
    try:
        clock.parse(value)
    except ValueError:
        _require(False, item, "moment")


def _require(holds: bool, item: Item, reason: str) -> None:
    if not holds:
        raise args_invalid(field=item.no, reason=reason)


_CHECKS = {
    "pass_fail": _pass_fail,
    "score": _score,
    "number": _number,
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "location": _location,
    "datetime": _datetime,
}
