"""Arguments of a command with one text of them planted: every place where a person could write.

Minimal and the same at every run: what must be there is filled with the least that its type takes,
and each place where the text fits is planted once.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

_DEPTH_MAX = 12  # a condition of conditions of conditions holds no other places than a condition
_FITTING = (
    "0198c0de-0000-7000-8000-000000000001",
    "0" * 64,
    "2026-11-24T01:00:00.000Z",
    "2026-11-24",
    "09:30",
    "xfs1.A",
    "care.photos",
    "person",
    "002X",
    "xfs1.WEZFWDEK",
    "counter@bank.example",
)


def planted(struct: type[msgspec.Struct], text: str) -> Iterator[dict[str, Any]]:
    """Arguments for the Struct, one for each place where the text can stand."""
    yield from _planted(inspect.type_info(struct), text, _DEPTH_MAX)


def _least(kind: Any, depth: int) -> Any:
    if isinstance(kind, inspect.StructType):
        return {f.encode_name: _least(f.type, depth - 1) for f in kind.fields if f.required}
    if isinstance(kind, inspect.StrType):
        return _text(kind)
    if isinstance(kind, inspect.IntType):
        return kind.ge or 0
    if isinstance(kind, inspect.BoolType):
        return False
    if isinstance(kind, inspect.LiteralType):
        return kind.values[0]
    if isinstance(kind, inspect.UnionType):
        return _least(kind.types[0], depth)
    if isinstance(kind, inspect.ListType | inspect.VarTupleType):
        return [_least(kind.item_type, depth - 1)] * (kind.min_length or 0)
    if isinstance(kind, inspect.TupleType):
        return [_least(one, depth - 1) for one in kind.item_types]
    return {} if isinstance(kind, inspect.DictType) else None


def _planted(kind: Any, text: str, depth: int) -> Iterator[Any]:
    if depth == 0:
        return
    if isinstance(kind, inspect.StructType):
        least = _least(kind, depth)
        for field in kind.fields:
            for value in _planted(field.type, text, depth - 1):
                yield least | {field.encode_name: value}
    elif isinstance(kind, inspect.StrType):
        if _fits(kind, text):
            yield text
    elif isinstance(kind, inspect.AnyType | inspect.RawType):
        yield from (text, {"said": [text]})
    elif isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _planted(one, text, depth)
    elif isinstance(kind, inspect.ListType | inspect.VarTupleType):
        fill = [_least(kind.item_type, depth)] * max((kind.min_length or 0) - 1, 0)
        for value in _planted(kind.item_type, text, depth - 1):
            yield [value, *fill]
    elif isinstance(kind, inspect.TupleType):
        least = _least(kind, depth)
        for place, one in enumerate(kind.item_types):
            for value in _planted(one, text, depth - 1):
                yield [*least[:place], value, *least[place + 1 :]]
    elif isinstance(kind, inspect.DictType):
        for value in _planted(kind.value_type, text, depth - 1):
            yield {_least(kind.key_type, depth) or "key": value}


def _text(kind: inspect.StrType) -> str:
    if kind.pattern is not None:
        fitting = next((one for one in _FITTING if re.search(kind.pattern, one)), None)
        assert fitting is not None, f"nothing here fits {kind.pattern}"
        return fitting
    return "a" * (kind.min_length or 1)


def _fits(kind: inspect.StrType, text: str) -> bool:
    if kind.pattern is not None and re.search(kind.pattern, text) is None:
        return False
    return (kind.min_length or 0) <= len(text) <= (kind.max_length or len(text))
