"""The words by which a desk finds a record, kept beside it by the flush.

Promises: a record is found by what it says now, from the commit on; what is erased, or leaves the
desk, is found no more from that commit on; a place is in the row, so that whoever asks is shown
nothing of a place that is not theirs, and not counted anything either. Written only when what it
says has changed: of a round that is being filled nothing is.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.records import record_key
from backend.foundation.journal.tables import Search as SearchTable
from backend.foundation.kernel import limits
from backend.foundation.kernel.words import words_of

SEPARATOR = "\n"


class Sought(msgspec.Struct, frozen=True):
    """How a desk finds a record: in which texts, where it belongs, as of when (a wire moment of the
    server), and which record a hit opens. Empty texts are left out; with none it is not found."""

    outlet: str
    line: str
    at: str
    opens: RecKey
    texts: tuple[str, ...]


class Search(msgspec.Struct, frozen=True):
    """A row of the index."""

    id: str
    kind: str
    opens_kind: str
    opens_id: str
    outlet: str
    line: str
    at: str
    text: str
    words: str
    mark: str


SEARCHES = Rows(SearchTable, Search)


def row_of(rec: RecKey, sought: Sought | None) -> Search | None:
    """The row for a record, or None where there is nothing to find."""
    texts = (
        list(dict.fromkeys(filter(None, (one.strip() for one in sought.texts)))) if sought else []
    )
    text = SEPARATOR.join(texts)[: limits.SEARCH_TEXT_MAX].replace("\x00", "")
    if sought is None or not text:
        return None
    id = record_key(*rec)
    place = (outlet_word(sought.outlet), line_word(sought.line))
    parts = (*sought.opens, sought.outlet, sought.line, sought.at, text)
    return Search(
        id=id,
        kind=rec[0],
        opens_kind=sought.opens[0],
        opens_id=sought.opens[1],
        outlet=sought.outlet,
        line=sought.line,
        at=sought.at,
        text=text,
        words=" ".join([*words_of(text), *_spans(sought.at), *place]),
        mark=hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32],
    )


def outlet_word(outlet: str) -> str:
    """The word that every record of this outlet has, so that a search at one outlet of forty looks
    at its records alone."""
    return _name_word("o", outlet)


def line_word(line: str) -> str:
    """The word that every record of this line has: who follows one alone would otherwise be shown
    the hits of a small one after all those of the others were looked at."""
    return _name_word("l", line)


def windows(upper: str, years: int) -> Sequence[tuple[str, str]]:
    """The time before a moment in pieces, latest first: each with its word and its first moment.
    Two weeks, three months, then years; the last one has no word and no beginning.

    An index of words has no order. A word that stands in every tenth record of ten years is asked
    for in the latest week first, and mostly that is where it ends.
    """
    day = date.fromisoformat(upper[:10])
    monday = day - timedelta(days=day.weekday())
    found = [(_week(monday), monday), (_week(monday - timedelta(7)), monday - timedelta(7))]
    first = found[-1][1]
    for _ in range(3):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append((_month(first), first))
    for year in range((first - timedelta(days=1)).year, first.year - years, -1):
        found.append((f"y{year:04d}", date(year, 1, 1)))
    return [*((word, begin.isoformat()) for word, begin in found), ("", "")]


def _spans(at: str) -> tuple[str, str, str]:
    """The words of its week, month and year, as the text of the moment has them (UTC)."""
    day = date.fromisoformat(at[:10])
    return _week(day - timedelta(days=day.weekday())), _month(day), f"y{day.year:04d}"


def _name_word(letter: str, name: str) -> str:
    return f"{letter}{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _week(monday: date) -> str:
    return f"w{monday:%Y%m%d}"


def _month(day: date) -> str:
    return f"m{day:%Y%m}"
