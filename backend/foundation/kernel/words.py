"""Words to search by, for a language that puts no spaces between them. Pure.

Chinese is cut into pairs of characters: 灭火器 gives 灭火, 火器 and, because a run's last character
begins no pair, 器. Every character then begins a word, so that a search for a single one is a
search for a beginning. Pairs need no dictionary, which would not know a bank's own terms and would
cut a text and a question differently; a dictionary's mistake is a record that nobody finds. Letters
and digits of other writings are words as they stand. Both engines get the same words, so a
question finds the same records on either.

Pairs alone would find 火器 beside 灭火 anywhere in a text; whoever asks compares the text itself
(`matches`).
"""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from backend.foundation.kernel import limits

_HAN = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U000323af"
)
_RUN = re.compile(f"([{_HAN}]+)|((?:(?![{_HAN}])[^\\W_])+)")


class Term(msgspec.Struct, frozen=True):
    """One part of a question: what must stand in a text, the words that lead to it, and those that
    are only beginnings."""

    text: str
    whole: tuple[str, ...]
    begun: tuple[str, ...]


def folded(text: str) -> str:
    """The text as it is compared: full-width as half-width, large letters as small ones, any run of
    spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(text: str) -> list[str]:
    """Every word of the text by which it is found, each once, in order of appearance."""
    return list(dict.fromkeys(_all_words(folded(text))))


def asked(question: str) -> tuple[Term, ...]:
    """The parts of a question, separated by spaces. Empty when there is nothing to look for."""
    parts = folded(question).split()[: limits.SEARCH_TERMS_MAX]
    terms = (_term(part) for part in parts)
    return tuple(term for term in terms if term.whole or term.begun)


def matches(terms: tuple[Term, ...], text: str) -> bool:
    """Whether every part of the question stands in the text, which is folded."""
    return all(term.text in text for term in terms)


def excerpt(terms: tuple[Term, ...], text: str, around: int) -> str:
    """What stands around the first part of the question, on one line, as it was written."""
    flat = " ".join(text.split())
    # Folding may lengthen a letter (ß, ㎡); then the place is off by a few, which hurts nobody.
    at = max(0, folded(flat).find(terms[0].text)) if terms else 0
    first, last = max(0, at - around), at + len(terms[0].text if terms else "") + around
    cut = flat[first:last]
    return ("…" if first else "") + cut + ("…" if last < len(flat) else "")


def _all_words(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        han = run.group(1)
        if han is None:
            yield run.group()[: limits.SEARCH_WORD_MAX]
            continue
        for place in range(len(han) - 1):
            yield han[place : place + 2]
        yield han[-1]


def _term(part: str) -> Term:
    whole: list[str] = []
    begun: list[str] = []
    for run in _RUN.finditer(part):
        han = run.group(1)
        if han is None:
            begun.append(run.group()[: limits.SEARCH_WORD_MAX])
        elif len(han) == 1:
            begun.append(han)
        else:
            whole += (han[place : place + 2] for place in range(len(han) - 1))
    return Term(part, tuple(dict.fromkeys(whole)), tuple(dict.fromkeys(begun)))
