"""Which facts can leave the house, and in which words: those that packages declare notices of."""

from collections.abc import Mapping

import msgspec

from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.organisation.model import Words

TEST = "notices.TargetTested"
OTHER = Words(zh="有一条新消息", en="There is a notice for you")


class TellingKind(msgspec.Struct, frozen=True):
    """A type of fact. `placed`: it happens at an outlet and in a line, so that targets may have it;
    others are told to persons alone."""

    name: str
    words: Words
    placed: bool


def kinds_of(catalogue: Catalogue) -> dict[str, TellingKind]:
    """All of them by name, sorted, and the test message."""
    found = {TEST: TellingKind(TEST, Words(zh="测试消息", en="Test message"), placed=False)}
    for fact, declared in catalogue.notices.items():
        name = catalogue.fact_names[fact]
        words = next((Words(zh=one.zh, en=one.en) for one in declared if one.zh), OTHER)
        placed = {"outlet", "line"} <= set(fact.__struct_fields__)
        found[name] = TellingKind(name, words, placed)
    return dict(sorted(found.items()))


def words_of(kinds: Mapping[str, TellingKind], name: str) -> Words:
    """The words for a fact; a general sentence for one that has none."""
    kind = kinds.get(name)
    return OTHER if kind is None else kind.words
