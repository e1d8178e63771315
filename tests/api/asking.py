"""Arguments that fit a Struct, made up by hypothesis: all that the type allows and no more."""

from collections.abc import Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

_CHARACTERS = st.characters(codec="utf-8")  # the zero byte, emoji and Chinese are among them
_ANY = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(_CHARACTERS, max_size=8)


class Asking:
    """Makes arguments. `words` are texts that mean something in the house that is asked: ids of
    records, keys of items, codes."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = list(words)
        self._known: dict[type, st.SearchStrategy[Any]] = {}

    def fitting(self, struct: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
        """JSON objects that decode as the Struct."""
        return self.of(inspect.type_info(struct))

    def of(self, kind: Any) -> st.SearchStrategy[Any]:
        maker = _MAKERS.get(type(kind))
        return maker(self, kind) if maker else _ANY

    def struct(self, kind: inspect.StructType) -> st.SearchStrategy[Any]:
        # Deferred and remembered, because a Struct may hold itself (a condition of conditions).
        if kind.cls not in self._known:
            self._known[kind.cls] = st.deferred(lambda: self._object(kind))
        return self._known[kind.cls]

    def _object(self, kind: inspect.StructType) -> st.SearchStrategy[Any]:
        required = {f.encode_name: self.of(f.type) for f in kind.fields if f.required}
        optional = {f.encode_name: self.of(f.type) for f in kind.fields if not f.required}
        return st.fixed_dictionaries(required, optional=optional)

    def text(self, kind: inspect.StrType) -> st.SearchStrategy[str]:
        if kind.pattern is not None:
            return st.from_regex(kind.pattern)
        least = kind.min_length or 0
        most = min(kind.max_length or 40, least + 40)
        strange = st.text(_CHARACTERS, min_size=least, max_size=most)
        fit = [one for one in self.words if least <= len(one) <= (kind.max_length or len(one))]
        return st.sampled_from(fit) | strange if fit else strange

    def list(self, kind: inspect.ListType | inspect.VarTupleType) -> st.SearchStrategy[Any]:
        least = kind.min_length or 0
        most = min(kind.max_length or 3, least + 3)
        return st.lists(self.of(kind.item_type), min_size=least, max_size=most)

    def dictionary(self, kind: inspect.DictType) -> st.SearchStrategy[dict[Any, Any]]:
        return st.dictionaries(self.of(kind.key_type), self.of(kind.value_type), max_size=3)

    def one_of(self, kind: inspect.UnionType) -> st.SearchStrategy[Any]:
        return st.one_of([self.of(one) for one in kind.types])

    def tuple(self, kind: inspect.TupleType) -> st.SearchStrategy[Any]:
        return st.tuples(*[self.of(one) for one in kind.item_types]).map(lambda it: [*it])


def _integer(_: Asking, kind: inspect.IntType) -> st.SearchStrategy[int]:
    least = kind.ge if kind.ge is not None else -(2**53)
    most = kind.le if kind.le is not None else 2**53
    return st.integers(least, most)


_MAKERS: dict[Any, Any] = {
    inspect.StructType: Asking.struct,
    inspect.StrType: Asking.text,
    inspect.IntType: _integer,
    inspect.ListType: Asking.list,
    inspect.VarTupleType: Asking.list,
    inspect.DictType: Asking.dictionary,
    inspect.UnionType: Asking.one_of,
    inspect.TupleType: Asking.tuple,
    inspect.BoolType: lambda _, kind: st.booleans(),
    inspect.NoneType: lambda _, kind: st.none(),
    inspect.LiteralType: lambda _, kind: st.sampled_from(kind.values),
}
